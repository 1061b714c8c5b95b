"""As whom somebody may take part, and in which group: read anew each time, from where they belong now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party, Sort
from alongside.ground.records.queries import visible_to
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import OUR_SIDES, Basis, Decision, DecisionGroup, Side
from alongside.planning.decisions.way_models import Way
from alongside.planning.rolls.belonging import belongs
from alongside.planning.rolls.models import Roll, Seat
from alongside.planning.rolls.policy import may_take_part, speaks_for


@dataclass(frozen=True)
class Standing:
    """Somebody may take part as this party, in one of these groups. `seat` is the place they have; without one they
    take it as they choose, because they belong."""

    party: Party
    groups: tuple[DecisionGroup, ...]
    seat: Seat | None = None
    took_part: bool = False

    @property
    def group(self) -> DecisionGroup:
        """The group they stand in unless they say another."""
        return self.seat.group if self.seat is not None and self.seat.group in self.groups else self.groups[0]


def standings(viewer: Actor, decision: Decision) -> list[Standing]:
    """As whom this viewer may take part: themselves first, then the groups and organisations they speak for."""
    if viewer.party is None or not may_take_part(by=viewer):
        return []
    return _of(decision, [viewer.party, *speaks_for(viewer)])


def standing_of(viewer: Actor, decision: Decision, voter: Party) -> Standing | None:
    """As this party, if the viewer may take part for it, sees the decision, and it has a place or belongs."""
    if not may_take_part(by=viewer, voter=voter) or not visible_to(viewer).filter(pk=decision.pk).exists():
        return None
    return next(iter(_of(decision, [voter])), None)


def _of(decision: Decision, parties: list[Party]) -> list[Standing]:
    seats = {seat.party_id: seat for seat in _seats(decision).filter(party__in=parties)}
    keys = [seat.pk for seat in seats.values()]
    took = set(Roll.objects.filter(seat__in=keys).values_list("seat", flat=True)) if keys else set()
    found = [_standing(decision, party, seats.get(party.pk), took) for party in parties]
    return [one for one in found if one is not None]


def _seats(decision: Decision) -> QuerySet[Seat]:
    return Seat.objects.filter(decision=decision).select_related("group", "says", "confirmed_by")


def _standing(decision: Decision, party: Party, seat: Seat | None, took: set[UUID]) -> Standing | None:
    if seat is None:
        groups = on_their_word(decision, party)
        return Standing(party, groups) if groups and belongs(decision, party) else None
    if seat.ended:
        return None
    done = seat.pk in took
    groups = (seat.group,) if done else _may_say(decision, party, seat)
    return Standing(party, groups, seat, done) if groups else None


def _may_say(decision: Decision, party: Party, seat: Seat) -> tuple[DecisionGroup, ...]:
    """The groups among which somebody with a place says which is theirs: a list, a code for people directly affected,
    or who confirmed it has said it. Whoever came by membership must still belong."""
    if seat.way == Way.MEMBER and not belongs(decision, party):
        return ()
    if is_put(seat) or not party.is_person:
        return (seat.group,)
    own = on_their_word(decision, party)
    return own if seat.group in own or seat.group.affected else (seat.group,)


def is_put(seat: Seat) -> bool:
    """Whether somebody else said in which group this place is."""
    by_code = seat.way == Way.CODE and seat.group.affected  # printed for those people and handed to them
    return seat.way == Way.LIST or by_code or seat.confirmed_by_id is not None


def on_their_word(decision: Decision, party: Party) -> tuple[DecisionGroup, ...]:
    """Those that somebody may call their own without being put there. Nobody says alone that they are directly
    affected: else a crowd could take the part of few, and outvote them or hold up what they need."""
    own = decision.terms.basis == Basis.OWN_LIFE
    return tuple(group for group in groups_for(decision, party) if own or not group.affected)


def groups_for(decision: Decision, party: Party) -> tuple[DecisionGroup, ...]:
    """The groups with a part of the say that a party of this kind can belong to, in their order.

    People stand with people (with communities, where a decision has no group of people); organisations stand where
    the register says, and suppliers only where those taking part agreed to it beforehand.
    """
    voting = decisions.voting(decision)
    sides = {group.side for group in voting}
    if party.is_person:
        side: str = Side.PEOPLE if Side.PEOPLE in sides else Side.COMMUNITIES
    else:
        side = decisions.side_of(party)
    if party.sort == Sort.HOUSEHOLD:
        return ()  # those who live there choose, each for themselves
    if side == Side.SUPPLIERS and decision.terms.suppliers_agreed_on is None:
        return ()
    return tuple(group for group in voting if group.side == side)


def fits(decision: Decision, party: Party, group: DecisionGroup) -> bool:
    """Whether those who keep the roll may put this party into this group: a person into any of people and communities
    (beside a council, those who work for it would be more than one ballot of it), an organisation into none of people,
    and one that is paid for what it does only among suppliers, where these vote at all."""
    if group not in decisions.voting(decision) or party.sort == Sort.HOUSEHOLD:
        return False
    if party.is_person:
        return group.side in OUR_SIDES
    if decisions.side_of(party) == Side.SUPPLIERS or group.side == Side.SUPPLIERS:
        return group in groups_for(decision, party)
    return group.side != Side.PEOPLE
