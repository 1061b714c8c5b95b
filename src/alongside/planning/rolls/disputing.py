"""What people are told after the vote: that it was stopped, and who wrote a choice down for them; and they can say
that they never asked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor, Source
from alongside.ground.notices.actions import message, tell
from alongside.ground.notices.models import Way as Reached
from alongside.ground.people.models import Party, PartyState
from alongside.ground.people.queries import stewards
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import may_run
from alongside.planning.rolls import policy
from alongside.planning.rolls.models import Roll

THROUGH_A_HELPER = (Reached.LETTER, Reached.TELEPHONE)


def tell_helped(*, by: Actor, decision: Decision) -> int:
    """Tell everybody for whom somebody wrote a choice down who did, how and on which day. How many were told.

    Called inside the action that closes the box, when all is mixed, in the order of the places' keys: so neither the
    order of these messages nor their time says anything about the order of the ballots. Where some are reached through
    a helper only, those who look after the decision are asked to write to them too.
    """
    rows = Roll.objects.filter(decision=decision, seat__party__state=PartyState.LIVE).exclude(helper=None)
    found = list(rows.select_related("seat__party", "helper").order_by("seat"))
    unread: list[Roll] = []
    for roll in found:
        assert roll.seat.party is not None and roll.helper is not None
        words = message(
            "You were asked: %(question)s %(helper)s wrote down what you chose, %(how)s, on %(day)s. If you asked for"
            " that, there is nothing to do. If you did not, press “This was not me” or ring us. Nobody can see what"
            " was chosen.",
            question=decision.question,
            helper=roll.helper.name,
            how=Source(roll.helped_by).label,
            day=roll.day,
        )
        title = message("%(helper)s wrote a choice down for you", helper=roll.helper.name)
        link = f"/decide/{decision.record.key}/not-me/"
        notice = tell(by=by, to=roll.seat.party, title=title, body=words, record=decision.record, link=link)
        if notice.way in THROUGH_A_HELPER:
            unread.append(roll)
    _ask_for_letters(by, decision, unread)
    return len(found)


def _ask_for_letters(by: Actor, decision: Decision, rolls: list[Roll]) -> None:
    """What goes by letter or telephone goes through whoever helps: perhaps the very person it is about. So those who
    look after the decision are asked to send a letter of their own; a steward too, where one of them helped."""
    owner = decision.record.owner
    if not rolls or owner.is_person:
        return
    title = message("Send a letter to those for whom a helper chose")
    words = message(
        "You asked: %(question)s Some people read no screen, and a helper wrote down their choice. Our message to them"
        " goes through their helper. So that they also hear it from you, print a letter for each and send it.",
        question=decision.question,
    )
    helpers = {roll.helper.pk: roll.helper for roll in rolls if roll.helper is not None}
    told = {owner}
    if any(may_run(Actor(person=helper), decision) for helper in helpers.values()):
        told |= set(stewards().exclude(pk__in=helpers)[:1])
    for party in sorted(told, key=lambda one: one.pk):
        link = f"/decide/{decision.record.key}/helped/"
        tell(by=by, to=party, title=title, body=words, record=decision.record, link=link)


def tell_stopped(*, by: Actor, decision: Decision) -> int:
    """Tell everybody who took part that the vote was stopped, with the reason that was given. How many were told.
    Paper without a page cannot be told. Called inside the action that closes the box, in the order of the places' keys.
    """
    rows = Roll.objects.filter(decision=decision, seat__party__state=PartyState.LIVE).select_related("seat__party")
    found = [roll.seat.party for roll in rows.order_by("seat") if roll.seat.party is not None]
    title = message("A vote in which you took part was stopped")
    words = message(
        "You were asked: %(question)s It was stopped, and what was chosen is not counted. Why: %(why)s",
        question=decision.question,
        why=decision.stage_why,
    )
    for party in found:
        tell(by=by, to=party, title=title, body=words, record=decision.record, link=f"/decide/{decision.record.key}/")
    return len(found)


@action("rolls.not_me", may=policy.may_dispute)
def not_me(*, by: Actor, decision: Decision, voter: Party) -> Roll:
    """The person did not ask for the choice that somebody wrote down for them. Saying it again changes nothing.

    Those who look after the decision hear it, with both names; a steward too, where the helper is one of them. The
    ballot cannot be found and stays in the count: the reconciliation says how many places are disputed. The person
    says it, or whoever keeps the roll on their word. Raises Fault where nobody helped them.
    """
    rows = Roll.objects.select_for_update(of=("self",)).filter(decision=decision, seat__party=voter)
    roll = rows.exclude(helper=None).select_related("helper").first()
    if roll is None or roll.helper is None:
        raise Fault("voter", _("Nobody wrote down a choice for this person"))
    if roll.disputed:
        return roll
    Roll.objects.filter(pk=roll.pk).update(disputed=True)
    roll.disputed = True
    _tell_keepers(decision, voter, roll, roll.helper)
    return roll


def _tell_keepers(decision: Decision, voter: Party, roll: Roll, helper: Party) -> None:
    words = message(
        "%(person)s did not ask %(helper)s to write down a choice (%(how)s, %(day)s). Nobody can find that ballot, so"
        " it stays in the count. Speak with both of them.",
        person=voter.shown_name,
        helper=helper.shown_name,
        how=Source(roll.helped_by).label,
        day=roll.day,
    )
    title = message("Somebody says: that was not me")
    owner, link = decision.record.owner, f"/decide/{decision.record.key}/helped/"
    told = {owner} if owner != voter else set()
    if owner == voter or may_run(Actor(person=helper), decision):
        told |= set(stewards().exclude(pk=helper.pk)[:1])
    for party in sorted(told, key=lambda one: one.pk):
        by = Actor.system("rolls")
        tell(by=by, to=party, title=title, body=words, record=decision.record, link=link)
