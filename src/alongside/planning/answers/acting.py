"""What councillors do for a decision: open doors, call for an answer by a day, bring people together, declare."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import words_of
from alongside.ground.notices.actions import message, tell
from alongside.ground.people.language import page_language
from alongside.ground.people.models import Kind, Party, PartyState
from alongside.planning.answers import policy
from alongside.planning.answers.models import Act, ActKind
from alongside.planning.decisions.models import Decision, Stage
from alongside.planning.decisions.queries import today

LONGEST = 2_000  # letters
MOST_ACTS = 200  # in one decision


@action("answers.act", may=policy.may_act)
def act(
    *, by: Actor, decision: Decision, kind: str, words: str, to: Party | None = None, due: date | None = None
) -> Act:
    """A councillor says what they did for a decision, in their own name, for everyone who sees it to read.

    They hold no vote; this is what they can do. A call names an organisation and a day; it is told, and whether it
    has answered is shown. Raises Fault without words, for a call without whom or a day to come, and for a draft.
    """
    assert by.person is not None
    if kind not in ActKind.values:
        raise Fault("kind", _("Choose what you did"))
    if decision.stage == Stage.DRAFT:
        raise Fault("kind", _("This decision is not open yet"))
    if Act.objects.filter(decision=decision).count() >= MOST_ACTS:
        raise Fault("words", _("There is so much here already. Speak to each other instead."))
    if kind == ActKind.CALL:
        if to is None or to.kind != Kind.ORGANISATION:
            raise Fault("to", _("Choose the organisation that is to answer"))
        if due is None or due < today():
            raise Fault("due", _("Give the day by which they are to answer"))
    made = Act.objects.create(
        decision=decision,
        by=by.person,
        kind=kind,
        words=_did(words),
        to=to if kind == ActKind.CALL else None,
        due=due if kind == ActKind.CALL else None,
        lang=page_language(),
    )
    link = f"/decide/{decision.record.key}/answers/"
    if made.to is not None and made.to.state == PartyState.LIVE:
        title = message("A councillor asks you to answer by %(day)s", day=made.due or "")
        tell(by=Actor.system("answers"), to=made.to, title=title, body=made.words, record=decision.record, link=link)
    title = message("A councillor did something for your decision")
    if decision.record.owner.state == PartyState.LIVE:
        owner = decision.record.owner
        tell(by=Actor.system("answers"), to=owner, title=title, body=made.words, record=decision.record, link=link)
    return made


@action("answers.answer_call", may=policy.may_answer_call)
def answer_call(*, by: Actor, act: Act, words: str) -> Act:
    """The organisation that was called on answers in public, once: it stays as it was written. Whoever called hears."""
    said = _answered(words)
    if not Act.objects.filter(pk=act.pk, answered_on=None).update(answer=said, answered_on=today()):
        raise Fault("words", _("This was answered by now"))
    act.refresh_from_db()
    link = f"/decide/{act.decision.record.key}/answers/"
    title = message("They answered your call")
    if act.by.state == PartyState.LIVE:
        tell(by=Actor.system("answers"), to=act.by, title=title, body=said, record=act.decision.record, link=link)
    return act


def _did(words: str) -> str:
    return words_of(words, "words", _("Write what you did, or will do"), LONGEST)


def _answered(words: str) -> str:
    return words_of(words, "words", _("Write your answer. Everyone can read it."), LONGEST)
