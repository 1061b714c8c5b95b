"""You said, we did: an answer to every idea, what was done with its evidence, and a word before and after it is due."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import one_line, words_of
from alongside.ground.notices.actions import message, tell
from alongside.ground.notices.wording import Message
from alongside.ground.people.language import page_language
from alongside.ground.people.models import GONE, Party
from alongside.ground.thread.actions import tie
from alongside.ground.thread.models import LinkKind
from alongside.planning.answers import policy, queries
from alongside.planning.answers.acting import act as act
from alongside.planning.answers.acting import answer_call as answer_call
from alongside.planning.answers.grounding import Said as Said
from alongside.planning.answers.grounding import ground as ground
from alongside.planning.answers.models import Act, Reply, Saying
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import today, who_answers
from alongside.planning.ideas.models import Idea

MOST_REPLIES = 200  # to one idea
SOON = timedelta(days=7)  # before the day on which answers are due
AGAIN = timedelta(days=28)  # while they are late
WITH_DAY = (Saying.WILL_DO, Saying.PART)


@action("answers.reply", may=policy.may_reply)
def reply(*, by: Actor, idea: Idea, saying: str, words: str = "", by_day: date | None = None, evidence: str = "",
          done_on: date | None = None) -> Reply:  # fmt: skip
    """Answer an idea in public, below all that was answered before, which stays. Whoever put it forward is told.

    Every idea gets one, also those that were dropped or did not win; what was joined is answered with what it was
    joined with. Raises Fault without the reason, for a promise without a day to come, for a thing done on a day to
    come, and while people still choose: an answer given before them would choose for them.
    """
    if saying not in Saying.values:
        raise Fault("saying", _("Choose what you can say today"))
    if not queries.may_be_answered(idea):
        raise Fault("saying", _("This is still being decided. It can be answered once that is over."))
    words = words_of(words, "words", _("Write why, in a few words. Everyone can read it."))
    if saying in WITH_DAY and (by_day is None or by_day < today()):
        raise Fault("by_day", _("Give the day by which it will be done"))
    if saying == Saying.DONE:
        _demand_past(done_on)
    return _add(
        by,
        idea,
        _answering(by, idea),
        saying=saying,
        words=words,
        by_day=by_day if saying in WITH_DAY else None,
        percent=100 if saying == Saying.DONE else None,
        done_on=(done_on or today()) if saying == Saying.DONE else None,
        evidence=_evidence(evidence),
    )


@action("answers.follow_up", may=policy.may_follow_up)
def follow_up(*, by: Actor, idea: Idea, words: str, percent: int, evidence: str = "",
              done_on: date | None = None) -> Reply:  # fmt: skip
    """How far it is, of what was promised: `percent` of a hundred, with where it can be seen. All of it is done.

    Said by those who answer, or those who do it. Raises Fault where nothing was promised, and for a thing that is
    done without where it can be seen.
    """
    last = queries.last_reply(idea)
    if last is None or last.saying not in (*WITH_DAY, Saying.DONE):
        raise Fault("percent", _("Nothing was promised here yet. Answer it first."))
    if not 0 <= percent <= 100:
        raise Fault("percent", _("Enter how much of it is done, from 0 to 100"))
    done = percent == 100
    if done and not evidence.strip():
        raise Fault("evidence", _("Say where people can see it: an address, a place, or who to ask"))
    if done:
        _demand_past(done_on)
    return _add(
        by,
        idea,
        _answering(by, idea),
        saying=Saying.DONE if done else (Saying.PART if last.saying == Saying.PART else Saying.WILL_DO),
        words=words_of(words, "words", _("Write what was done since")),
        by_day=None if done else last.by_day,
        percent=percent,
        done_on=(done_on or today()) if done else None,
        evidence=_evidence(evidence),
    )


@action("answers.remind", may=policy.may_remind)
def remind(*, by: Actor, decision: Decision, left: int, late: bool) -> Decision:
    """Tell those who must answer how many ideas wait, a week before the day and while it is late; late, also those
    whose decision it is."""
    owner = decision.record.owner
    answers = who_answers(decision)
    day = decision.answer_by
    assert day is not None
    question = decision.question[:120]
    late_title = message("Answers are late: %(question)s", question=question)
    title = late_title if late else message("Answers are due soon: %(question)s", question=question)
    body = message("Ideas without an answer: %(n)s. The day for it is %(day)s. Everyone can see this.", n=left, day=day)
    for party in {answers.pk: answers, owner.pk: owner}.values() if late else (answers,):
        if party.state not in GONE:
            link = f"/decide/{decision.record.key}/answers/"
            tell(by=by, to=party, title=title, body=body, record=decision.record, link=link)
    return decision


@action("answers.remind_call", may=policy.may_remind)
def remind_call(*, by: Actor, act: Act, late: bool) -> Act:
    """Tell an organisation that a councillor called on that its answer is due, or late."""
    if act.to is not None and act.to.state not in GONE and act.due is not None:
        late_title = message("Your answer to a councillor is late")
        title = late_title if late else message("Your answer to a councillor is due soon")
        body = message("It is due on %(day)s. Everyone can see this.", day=act.due)
        link = f"/decide/{act.decision.record.key}/answers/"
        tell(by=by, to=act.to, title=title, body=body, record=act.decision.record, link=link)
    return act


@action("answers.tend", may=policy.may_remind)
def tend(*, by: Actor) -> dict[str, int]:
    """Once a night: say what is due soon and what is late, each once. How many decisions and calls were spoken of."""
    now = today()
    told = {"answers": 0, "calls": 0}
    for decision, left in queries.waiting(now + SOON):
        late, mark = _mark(decision.answer_by, now)
        remind(by=by, decision=decision, left=left, late=late, key=f"{decision.record.key} {mark}")
        told["answers"] += 1
    for one in queries.calls_waiting(now + SOON):
        late, mark = _mark(one.due, now)
        remind_call(by=by, act=one, late=late, key=f"{one.key} {mark}")
        told["calls"] += 1
    return told


def _mark(due: date | None, now: date) -> tuple[bool, str]:
    """Whether it is late, and a name for the reminder of this time, of which there is one: before, late, four weeks
    on, eight weeks on."""
    assert due is not None
    if now <= due:
        return False, f"soon {due}"
    return True, f"late {due} {(now - due) // AGAIN}"


def _add(by: Actor, idea: Idea, name: Party, **said: object) -> Reply:
    """One reply more, under the lock of the decision, so that two at once stand one after the other."""
    last = queries.lock(idea).aggregate(last=Max("n"))["last"] or 0
    if last >= MOST_REPLIES:
        raise Fault("words", _("There are too many answers here. Speak to each other instead."))
    given = Reply.objects.create(idea=idea, n=last + 1, by=name, lang=page_language(), **said)
    tie(by=Actor.system("answers"), src=idea.record, dst=idea.decision.record, kind=LinkKind.ANSWERS)
    for one in queries.told_of(idea):
        link = f"/decide/{idea.decision.record.key}/ideas/{idea.record.key}/"
        title = message("There is an answer to your idea: %(title)s", title=one.title)
        body: str | Message = given.words
        tell(by=Actor.system("answers"), to=one.record.owner, title=title, body=body, record=one.record, link=link)
    return given


def _answering(by: Actor, idea: Idea) -> Party:
    """Of those who must answer; else of those who do it."""
    if policy.is_answerable(by, idea.decision) or idea.run_by is None:
        return who_answers(idea.decision)
    return idea.run_by


def _demand_past(day: date | None) -> None:
    if day is not None and day > today():
        raise Fault("done_on", _("Give the day on which it was done. It cannot be a day to come."))


def _evidence(words: str) -> str:
    said = one_line(words)
    if len(said) > 500:
        raise Fault("evidence", _("Use 500 letters or fewer"))
    return said
