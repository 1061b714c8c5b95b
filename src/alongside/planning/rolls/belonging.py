"""Whom membership lets in: who belonged here on or before the day the vote opened, and belongs here now."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from alongside.ground.history.models import Event
from alongside.ground.people.models import Kind, Membership, Party, PartyState
from alongside.ground.people.queries import belongs_to
from alongside.ground.places.models import AreaWithin
from alongside.ground.records.models import Level
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import OUR_SIDES, Basis, Decision
from alongside.planning.decisions.way_models import Way

MOSTLY = 0.5  # of an area that lies in another


def belongs(decision: Decision, party: Party) -> bool:
    """Whether membership gives them a place: of the community whose decision it is, or of its area. One for the whole
    place, or that names neither, is open to everybody who has a page here; to groups and communities too, if they
    were here before it was declared, so that none is made up for the vote. Whoever opens a page says what it is the
    page of: so councils and whoever is paid come by the list alone, but for the body whose decision it is. A decision
    about somebody's own life is theirs alone.

    Whoever comes after the day on which the vote opens comes by another way: else pages could be made for the vote.
    """
    return _would_belong(decision, party, opening(decision))


def came_late(decision: Decision, party: Party) -> bool:
    """Whether somebody belongs here now and did not on the day the vote opened: they are told why."""
    return _would_belong(decision, party, None) and not belongs(decision, party)


def opening(decision: Decision) -> tuple[datetime, datetime] | None:
    """The first moment of the day on which the vote opens, and of the day after, where the place is. Whole days, so
    that whoever was there on that day counts."""
    vote = decisions.phase(decision, "vote")
    if vote is None:
        return None
    here = timezone.get_default_timezone()
    since, after = (datetime.combine(day, time.min, here) for day in (vote.since, vote.since + timedelta(days=1)))
    return since, after


def _would_belong(decision: Decision, party: Party, by: tuple[datetime, datetime] | None) -> bool:
    record = decision.record
    if decision.terms.basis == Basis.OWN_LIFE:
        return party.pk == record.owner_id
    if party.state != PartyState.LIVE or not decisions.allows(decision, Way.MEMBER):
        return False
    if decisions.side_of(party) not in OUR_SIDES and party.pk != record.owner_id:
        return False
    was_here = by is None or party.since < by[1]
    if record.level == Level.WIDE_AREA:  # its record's area is only where the office stands
        before = decision.declared_at is not None and party.since < decision.declared_at
        return was_here if party.is_person else before
    ours = [one for one in (record.community_id, record.owner_id if _is_group(record.owner) else None) if one]
    if ours and _is_member(party, ours, by):
        return True
    if not party.is_person or not was_here:
        return False
    return _lives_there(decision, party, by) if record.area_id is not None else not ours


def _is_member(party: Party, ours: list[int], by: tuple[datetime, datetime] | None) -> bool:
    """Whether they belong now, and did on the day. Whoever left and came back meanwhile belonged."""
    now = belongs_to(party).filter(of__in=ours)
    if by is None or not now.exists():
        return now.exists()
    then = Membership.objects.filter(member=party, of__in=now, since__lt=by[1])
    return then.filter(Q(until=None) | Q(until__gte=by[0])).exists()


def _lives_there(decision: Decision, party: Party, by: tuple[datetime, datetime] | None) -> bool:
    """Whether their page says that they live in the area, and has said it since the day."""
    area = decision.record.area_id
    inside = Q(part=party.area_id, whole=area, share__gte=MOSTLY)
    if party.area_id != area and not AreaWithin.objects.filter(inside).exists():
        return False
    moved = Event.objects.filter(Q(actor=party) | Q(on_behalf=party), verb="people.live_in")
    return by is None or not moved.filter(at__gte=by[1]).exists()


def _is_group(owner: Party) -> bool:
    return owner.kind == Kind.COMMUNITY
