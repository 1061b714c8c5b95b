"""Who may propose, ask, answer and end, and who can be asked at all. Consent first: nothing is promised for anyone."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.ground.consent.queries import allowed
from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party, PartyState
from alongside.ground.people.queries import blocked_between, may_speak_for
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.contributions.queries import REST, asked_since, can_be_reached, needs_rest
from alongside.knowing.outcomes.models import Outcome

PART = "plan"


@rule(_("Only the person whose plan it is can add to it."))
def may_propose(*, by: Actor, outcome: Outcome, **_rest: Any) -> bool:
    return may_speak_for(by, outcome.record.owner, PART)


@rule(_("Only the person whose plan it is can ask."))
def may_ask(*, by: Actor, contribution: Contribution, **_rest: Any) -> bool:
    return may_speak_for(by, contribution.record.owner, PART)


@rule(_("Only the person or group who was asked can answer."))
def may_answer(*, by: Actor, contribution: Contribution, **_rest: Any) -> bool:
    return may_speak_for(by, contribution.party)


@rule(_("Only the two of you can change this."))
def may_change(*, by: Actor, contribution: Contribution, **_rest: Any) -> bool:
    return may_ask(by=by, contribution=contribution) or may_answer(by=by, contribution=contribution)


@rule(_("We will ask as soon as they can answer you: sign in, or name someone who helps you."))
def asker_can_be_answered(*, asker: Party) -> bool:
    return asker.state == PartyState.LIVE and can_be_reached(asker)


@rule(_("They are not being asked for anything just now. You can choose something else, or add a wish."))
def holder_can_be_asked(*, asker: Party, holder: Party) -> bool:
    return holder.state == PartyState.LIVE and holder.pk not in blocked_between(asker)


@rule(_("This is not open just now. You can choose something else."))
def is_open(*, contribution: Contribution) -> bool:
    """What is on a break is asked for again when the break is over; what stands in no register takes none."""
    return contribution.asset is None or not contribution.asset.paused


@rule(_("They would rather not be asked about this. You can choose something else."))
def holder_lets_ask(*, contribution: Contribution) -> bool:
    """What is in nobody's register has nothing to say no with; what is there has its holder's word on it."""
    return contribution.asset is None or allowed("contacted").filter(pk=contribution.asset.pk).exists()


@rule(_("Nobody looks after this page yet, so there is no one to ask. You can get in touch yourself."))
def somebody_can_answer(*, holder: Party) -> bool:
    return can_be_reached(holder)


@rule(_("Someone else asked them this week. Nobody is asked twice in a week. Try again in a few days."))
def holder_has_rested(*, contribution: Contribution) -> bool:
    return not needs_rest(contribution) or not asked_since(contribution.party, timezone.now() - REST)
