"""Everybody who belongs to a group, put on the list with one press: for those who look after both."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party, PartyState
from alongside.ground.people.queries import open_memberships
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import OUR_SIDES, Decision, DecisionGroup, Side, Stage
from alongside.planning.decisions.way_models import Way
from alongside.planning.rolls import policy
from alongside.planning.rolls.affected import is_before
from alongside.planning.rolls.entering import hold_open_roll
from alongside.planning.rolls.listing import Named, refuse_when_over, write_down
from alongside.planning.rolls.models import Seat


def group_of_members(decision: Decision) -> DecisionGroup | None:
    """The one group in which members stand; None where there are several, of which nobody can say theirs for them."""
    own = [one for one in decisions.voting(decision) if one.side in OUR_SIDES and not one.affected]
    people = [one for one in own if one.side == Side.PEOPLE] or own
    return people[0] if len(people) == 1 else None


def may_put_members(viewer: Actor, decision: Decision) -> bool:
    """Whether the button stands there: it would put somebody on, and would tell nothing of who has chosen."""
    return (
        policy.may_put_members(by=viewer, decision=decision)
        and _tells_nothing(decision)
        and group_of_members(decision) is not None
        and _without_place(decision).exists()
    )


def _tells_nothing(decision: Decision) -> bool:
    """Once people choose by membership, whoever had a place already would be missing from the list: so nobody is put
    there any more. Where a list says who is counted, everybody has their place by it."""
    return decisions.counted_by(decision) == Way.LIST or (
        decisions.counted_by(decision) == Way.MEMBER and (decision.stage == Stage.DRAFT or is_before(decision))
    )


def _without_place(decision: Decision) -> QuerySet[Party]:
    """People who belong now and have no place yet."""
    members = open_memberships().filter(of=decision.record.owner).values("member")
    people = Party.objects.filter(pk__in=members, kind=Kind.PERSON, state=PartyState.LIVE)
    return people.exclude(pk__in=Seat.objects.filter(decision=decision).exclude(party=None).values("party"))


@action("rolls.put_members", may=policy.may_put_members)
def put_members(*, by: Actor, decision: Decision) -> int:
    """Give everybody who belongs to the group a place on the list, each with their page. Whoever has one gets no
    second, and a page takes over the place of its name. How many are new. Raises Refused once the vote is over, where
    it would tell who has chosen, and where members could stand in several groups."""
    refuse_when_over(decision)
    hold_open_roll(decision)
    group = group_of_members(decision)
    if group is None or not _tells_nothing(decision):
        raise Refused(_("Members cannot be put on this list all at once. Write their names instead."))
    return write_down(decision, group, [Named("", one) for one in _without_place(decision).order_by("pk")])
