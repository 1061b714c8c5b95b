"""Who looks after a community's map, in everyday words."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party, PartyState, Sort
from alongside.ground.people.queries import may_speak_for, open_memberships
from alongside.knowing.maps.models import CommunityMap, MapPin, MapSteward


def in_place() -> QuerySet[MapSteward]:
    """Every steward who said yes and belongs to the community still: leaving it ends their place on its map."""
    belongs = open_memberships().filter(member=OuterRef("party"), of=OuterRef("map__record__owner"))
    return MapSteward.objects.filter(Exists(belongs), until=None, since__isnull=False)


def is_map_steward(by: Actor, map: CommunityMap) -> bool:
    """A steward of this map, for themselves: helping one with their page makes nobody a steward."""
    if by.person is None or by.is_helping:
        return False
    return in_place().filter(map=map, party=by.person).exists()


def falls_to(by: Actor, map: CommunityMap) -> bool:
    """A map that no steward is left for is tended by whoever looks after the community."""
    keeps = not by.is_helping and by.program is None and may_speak_for(by, map.record.owner)
    return keeps and not in_place().filter(map=map).exists()


@rule(_("Only the people who look after a community can start its map."))
def may_start(*, by: Actor, community: Party, **_rest: Any) -> bool:
    open_group = community.kind == Kind.COMMUNITY and community.sort != Sort.HOUSEHOLD
    here = by.party is None or by.party.state != PartyState.PROVISIONAL
    return open_group and here and not by.is_helping and may_speak_for(by, community)


@rule(_("Only a steward of this map can do that."))
def may_tend(*, by: Actor, map: CommunityMap, **_rest: Any) -> bool:
    return by.is_system or is_map_steward(by, map) or falls_to(by, map)


@rule(_("This was asked of somebody else."))
def may_answer(*, by: Actor, stewardship: MapSteward, **_rest: Any) -> bool:
    return not by.is_helping and by.person is not None and by.person.pk == stewardship.party_id


@rule(_("Only they themselves, or another steward of this map, can end this."))
def may_step_down(*, by: Actor, stewardship: MapSteward, **_rest: Any) -> bool:
    return by.is_system or may_answer(by=by, stewardship=stewardship) or is_map_steward(by, stewardship.map)


@rule(_("Only the machine does this, at night."))
def may_remind(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system


@rule(_("Only the person or group it belongs to can say yes or no to that."))
def may_answer_pin(*, by: Actor, pin: MapPin, **_rest: Any) -> bool:
    return may_speak_for(by, pin.record.owner)
