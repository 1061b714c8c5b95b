"""As whom somebody may take part, and in which group: read anew each time, from where they belong now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party, PartyState, Sort
from alongside.ground.people.queries import belongs_to
from alongside.ground.places.models import AreaWithin
from alongside.ground.records.models import Level
from alongside.ground.records.queries import visible_to
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import OUR_SIDES, Basis, Decision, DecisionGroup, Side, Way
from alongside.planning.rolls.models import Roll, Seat
from alongside.planning.rolls.policy import may_take_part, speaks_for

MOSTLY = 0.5  # of an area that lies in another


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
        return self.seat.group if self.seat is not None else self.groups[0]


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
    return Seat.objects.filter(decision=decision).select_related("group")


def _standing(decision: Decision, party: Party, seat: Seat | None, took: set[UUID]) -> Standing | None:
    if seat is not None:
        if seat.ended:
            return None
        done = seat.pk in took
        return Standing(party, (seat.group,) if done else _may_say(decision, party, seat), seat, done)
    groups = _on_their_word(decision, groups_for(decision, party))
    return Standing(party, groups) if groups and _belongs(decision, party) else None


def _may_say(decision: Decision, party: Party, seat: Seat) -> tuple[DecisionGroup, ...]:
    """The groups among which somebody with a place says which is theirs: a list, or who runs it, has said it."""
    own = groups_for(decision, party)
    free = seat.way != Way.LIST and party.is_person and seat.group in own
    if not free or (seat.group.affected and seat.group.pk in placed(decision)):
        return (seat.group,)
    return _on_their_word(decision, own) or (seat.group,)


def _on_their_word(decision: Decision, groups: tuple[DecisionGroup, ...]) -> tuple[DecisionGroup, ...]:
    """Those that somebody may call their own without being put there. Who is directly affected everybody says
    themselves, until a list or codes say it: else anybody could take the part of few, and hold up what they need."""
    if not any(group.affected for group in groups):
        return groups
    put = placed(decision)
    return tuple(group for group in groups if group.pk not in put)


def placed(decision: Decision) -> set[int]:
    """The groups of people directly affected for which a list or codes were made. A batch printed for another group
    in which somebody said that they are affected is none."""
    affected = [group.pk for group in decision.groups.all() if group.affected]
    seats = Seat.objects.filter(decision=decision, way__in=(Way.LIST, Way.CODE), ended=False)
    others = seats.filter(way=Way.CODE).exclude(group__in=affected).values("batch")
    found = seats.filter(group__in=affected).exclude(way=Way.CODE, batch__in=others)
    return set(found.values_list("group", flat=True).distinct()) if affected else set()


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


def _belongs(decision: Decision, party: Party) -> bool:
    """Whether membership gives them a place: of the community whose decision it is, or of its area. One for the whole
    place, or that names neither, is open to everybody who has a page here; to groups and communities too, if they
    were here before it was declared, so that none is made up for the vote. Whoever opens a page says what it is the
    page of: so councils and whoever is paid come by the list alone, but for the body whose decision it is. A decision
    about somebody's own life is theirs alone."""
    record = decision.record
    if decision.terms.basis == Basis.OWN_LIFE:
        return party.pk == record.owner_id
    if party.state != PartyState.LIVE or not decisions.allows(decision, Way.MEMBER):
        return False
    if decisions.side_of(party) not in OUR_SIDES and party.pk != record.owner_id:
        return False
    if record.level == Level.WIDE_AREA:  # its record's area is only where the office stands
        return party.is_person or (decision.declared_at is not None and party.since < decision.declared_at)
    ours = [one for one in (record.community_id, record.owner_id if _is_group(record.owner) else None) if one]
    if ours and belongs_to(party).filter(of__in=ours).exists():
        return True
    if not party.is_person:
        return False
    if record.area_id is None:
        return not ours
    inside = Q(part=party.area_id, whole=record.area_id, share__gte=MOSTLY)
    return party.area_id == record.area_id or AreaWithin.objects.filter(inside).exists()


def _is_group(owner: Party) -> bool:
    return owner.kind == Kind.COMMUNITY
