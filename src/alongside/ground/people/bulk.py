"""Many organisations at once, for feeds: the same as `welcome` and `rename`, in a few statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import KEEPING_ROLES, Group, Kind, Membership, Party, PartyState, Sort


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An organisation that somebody else's list names."""

    name: str
    sort: str = Sort.VOLUNTARY
    group: str = Group.PEOPLE
    about: str = ""
    website: str = ""


def welcome_many(*, by: Actor, newcomers: Sequence[Newcomer]) -> list[Party]:
    """Open these organisations, in their order. Called inside an action. Nobody looks after them yet."""
    return Party.objects.bulk_create(
        Party(
            kind=Kind.ORGANISATION, sort=one.sort, group=one.group, name=one.name, about=one.about, website=one.website
        )
        for one in newcomers
    )


def rename_many(*, by: Actor, changes: Mapping[int, Newcomer]) -> int:
    """Give organisations their new names and words, but never to one that somebody looks after or that has
    gone: those speak for themselves. Called inside an action. Returns how many changed."""
    kept = set(
        Membership.objects.filter(until=None, of__in=changes, role__in=KEEPING_ROLES).values_list("of", flat=True)
    )
    parties = list(Party.objects.filter(pk__in=changes.keys() - kept, state=PartyState.LIVE))
    for party in parties:
        change = changes[party.pk]
        party.name, party.about, party.website = change.name, change.about, change.website
    Party.objects.bulk_update(parties, ["name", "about", "website"])
    return len(parties)
