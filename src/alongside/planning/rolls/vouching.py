"""A neighbour with a place vouches for one who has none: their place has a name, and who vouched stands beside it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import OUR_SIDES, Decision, DecisionGroup
from alongside.planning.decisions.way_models import Way
from alongside.planning.rolls import alike, codes, policy
from alongside.planning.rolls.models import Seat
from alongside.planning.rolls.standing import on_their_word, standings

VOUCHES = 3  # for as many neighbours somebody may vouch


@action("rolls.vouch", may=policy.may_vouch)
def vouch(*, by: Actor, decision: Decision, name: str) -> str:
    """Say that a neighbour belongs here: gives the code that is theirs, to be handed on. At most three each.

    Who vouched for whom is written down and seen by those who look after the decision. The neighbour's place is held
    against those of the same name when it is used (`alike.used_by_another`), and nothing is said of them before.
    Nobody becomes directly affected by it. Raises Refused for whoever has no place of their own, or has theirs because
    somebody vouched; Fault without a name.
    """
    name = " ".join(name.partition("(")[0].split())
    if not has_place_of_own(by, decision):
        raise Refused(_("Only somebody with a place of their own can vouch for a neighbour."))
    group = _group_for(decision, by.me)
    if not decisions.allows(decision, Way.VOUCHED) or not decisions.is_open_for(decision, "vote") or group is None:
        raise Refused(_("Nobody can vouch in this decision now."))
    if not 2 <= len(name) <= 120 or not alike.plain(name):
        raise Fault("name", _("Write your neighbour’s name, in 120 letters or fewer"))
    if alike.is_same(name, by.me.name):
        raise Fault("name", _("This is your own name, and you have a place"))
    Party.objects.select_for_update().get(pk=by.me.pk)  # of several presses at once, one after the other
    mine_so_far = Seat.objects.filter(decision=decision, vouched_by=by.me, ended=False)
    if len(mine_so_far) >= VOUCHES:
        raise Fault("name", _("You can vouch for 3 neighbours. You have done that."))
    if any(alike.is_same(seat.name, name) for seat in mine_so_far):
        raise Fault("name", _("You have vouched for this neighbour. Their code works once."))
    code = codes.fresh()
    Seat.objects.create(
        decision=decision, group=group, way=Way.VOUCHED, name=name, vouched_by=by.me, code_hash=codes.hashed(code)
    )
    return code


def has_place_of_own(viewer: Actor, decision: Decision) -> bool:
    """Whether this person takes part by themselves, and not because a neighbour vouched: only then may they vouch."""
    mine = next((one for one in standings(viewer, decision) if one.party.pk == viewer.me.pk), None)
    return mine is not None and (mine.seat is None or mine.seat.way != Way.VOUCHED)


def can_vouch(viewer: Actor, decision: Decision) -> bool:
    """Whether the way to vouch for a neighbour is shown to them now."""
    is_open = decisions.allows(decision, Way.VOUCHED) and decisions.is_open_for(decision, "vote")
    return is_open and has_place_of_own(viewer, decision)


def _group_for(decision: Decision, party: Party) -> DecisionGroup | None:
    """Where a neighbour stands at first: among people who are not marked as directly affected."""
    own = on_their_word(decision, party)
    return next((group for group in own if group.side in OUR_SIDES), None)
