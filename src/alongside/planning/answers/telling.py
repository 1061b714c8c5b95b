"""The story of an idea: what it came from, who put it forward, what became of it, what was answered, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.actor import Actor
from alongside.ground.records.models import Record
from alongside.ground.thread.queries import came_from
from alongside.planning.answers.models import Reply, Saying
from alongside.planning.answers.queries import Answered
from alongside.planning.decisions.models import Decision, Stage
from alongside.planning.decisions.queries import OVER, today
from alongside.planning.ideas.models import Idea, IdeaState
from alongside.planning.ideas.queries import Rounds, options
from alongside.planning.results.queries import result as result_of

MOST_AFTER = 4
DOING = (Saying.WILL_DO, Saying.PART, Saying.DONE)
ROOMS = {"barrier": ("knowing", "eye"), "outcome": ("knowing", "eye"), "review": ("reviewing", "turn")}


@dataclass(frozen=True)
class Step:
    """One knot of the thread: in which room, when, what, in whose language, and where it can be read."""

    room: str
    icon: str
    when: date | None
    what: str
    words: str = ""
    lang: str = ""
    link: str = ""
    mine: bool = False


def story(viewer: Actor, idea: Idea, replies: Iterable[Reply], rounds: Rounds | None = None) -> list[Step]:
    """Every step that this viewer may see, oldest first: back to what led to the question, on to what was done; with
    the round before and the next one, where it went back for talk."""
    rounds = rounds or Rounds()
    steps = [*_first_said(rounds), *_before(viewer, idea), _put_forward(viewer, idea), *_became(viewer, idea)]
    if rounds.after is not None:
        steps.append(_in_round(rounds.after, _("It came along into the next round")))
    for one in replies:
        done = one.saying == Saying.DONE
        room, icon = ("doing", "spade") if done or one.percent else ("planning", "talk")
        what = f"{one.called}: {one.get_saying_display()}"
        steps.append(Step(room, icon, one.done_on or one.on, what, one.words, one.lang))
    return steps


def afterwards(decision: Decision, rows: Iterable[Answered]) -> list[Step]:
    """What happened once it was decided: the last word about each idea, oldest first, and what comes next."""
    link = reverse("answers:list", args=[decision.record.key])
    rows = list(rows)
    said = [(row.last, row.idea) for row in rows if row.last is not None]
    last = sorted(said, key=lambda pair: (pair[0].on, pair[0].pk))
    steps = [Step("planning", "path", decision.stage_on, str(decision.get_stage_display()))]
    for one, idea in last[-MOST_AFTER:]:
        room, icon = ("doing", "spade") if one.saying in DOING else ("planning", "talk")
        what = f"{one.called}: {one.get_saying_display()}"
        steps.append(Step(room, icon, one.done_on or one.on, what, idea.title, idea.record.lang, link))
    promised = [one.by_day for one, _idea in last if one.by_day is not None and one.by_day >= today()]
    if promised:
        steps.append(Step("doing", "spade", min(promised), _("Next: a day that was promised"), mine=True))
    elif decision.answer_by is not None and decision.answer_by >= today() and any(row.is_due for row in rows):
        steps.append(Step("planning", "talk", decision.answer_by, _("Next: every idea has its answer"), mine=True))
    return steps


def _first_said(rounds: Rounds) -> list[Step]:
    if rounds.before is None:
        return []
    return [_in_round(rounds.before, _("First put forward by: %(who)s") % {"who": rounds.before.called})]


def _in_round(idea: Idea, what: str) -> Step:
    made = timezone.localdate(idea.record.made)
    return Step("planning", "wish", made, what, idea.title, idea.record.lang, idea.where_read)


def _before(viewer: Actor, idea: Idea) -> list[Step]:
    decision = idea.decision
    found = [link.src for link in came_from(viewer, decision.record)]
    own = [
        link.src for link in came_from(viewer, idea.record) if link.src_id != decision.pk and link.src.kind != "idea"
    ]
    steps = [_came(record) for record in (*found, *own) if record.kind != "idea"]
    link = reverse("decisions:one", args=[decision.record.key])
    asked = timezone.localdate(decision.declared_at) if decision.declared_at else None
    side = _("The question, set by: %(who)s") % {"who": decision.get_question_side_display()}
    return [*steps, Step("planning", "path", asked, side, decision.question, decision.record.lang, link)]


def _came(record: Record) -> Step:
    room, icon = ROOMS.get(record.kind, ("planning", "path"))
    links = {"barrier": "/in-the-way/", "decision": "/decide/"}
    whats = {"barrier": _("Somebody said what gets in the way"), "decision": _("An earlier decision")}
    link = f"{links[record.kind]}{record.key}/" if record.kind in links else ""
    what = whats.get(record.kind, _("What somebody said"))
    return Step(room, icon, timezone.localdate(record.made), what, link=link)


def _put_forward(viewer: Actor, idea: Idea) -> Step:
    mine = viewer.party is not None and viewer.party.pk == idea.record.owner_id
    what = _("You said") if mine else _("Put forward by: %(who)s") % {"who": idea.called}
    return Step("planning", "wish", timezone.localdate(idea.record.made), what, idea.title, idea.record.lang, mine=mine)


def _became(viewer: Actor, idea: Idea) -> list[Step]:
    decision, steps = idea.decision, []
    if idea.state == IdeaState.MERGED and idea.merged_into is not None:
        link = reverse("ideas:one", args=[decision.record.key, idea.merged_into.record.key])
        steps.append(Step("planning", "path", idea.state_on, _("Joined with another idea"), idea.state_why, link=link))
    elif idea.state == IdeaState.DROPPED:
        who = _("Not taken further, by: %(who)s") % {"who": idea.get_state_side_display()}
        steps.append(Step("planning", "path", idea.state_on, who, idea.state_why))
    elif idea.state == IdeaState.LISTED:
        n = next((one.n for one in options(viewer, decision) if one.idea_id == idea.pk), None)
        steps.append(Step("planning", "path", None, _("On the list, number %(n)s") % {"n": n}))
    if decision.stage in OVER:
        steps.append(_decided(viewer, idea))
    return steps


def _decided(viewer: Actor, idea: Idea) -> Step:
    """How the decision came out, and for an idea on the list whether it was chosen."""
    decision = idea.decision
    what, link = str(decision.get_stage_display()), reverse("decisions:one", args=[decision.record.key])
    result = result_of(viewer, decision)
    if result is not None:
        fates = [one for one in result.options.select_related("option") if one.option.idea_id == idea.pk]
        if fates and decision.stage == Stage.DECIDED:
            what = _("Decided: it was chosen") if fates[0].place is not None else _("Decided: not this time")
        link = reverse("results:one", args=[decision.record.key])
    return Step("planning", "path", decision.stage_on, what, decision.stage_why, link=link)
