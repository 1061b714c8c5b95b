"""Whose page somebody may open, and who is seen to belong where."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import KEEPING_ROLES, Membership, Party, PartyState, Role, Sort
from alongside.ground.people.queries import (
    HERE,
    belongs_to,
    blocked_between,
    helps,
    may_speak_for,
    open_memberships,
    parts_seen,
    person_at,
)
from alongside.ground.records.models import Record
from alongside.ground.records.queries import named_to, visible_to, words_of, words_of_each

FEWEST_WORDS, FEWEST_LETTERS = 3, 12  # by which somebody shows that they wrote a page
SENTENCE = re.compile(r"[.!?\n]+")
CODE = re.compile(r"(?=.*[_\d])[a-z\d_]+")  # what a form chose, such as whole_life: nobody wrote it
FEWEST = 10  # below this only members see how many they are


@dataclass(frozen=True)
class Belonging:
    """What a viewer may know about who belongs to a group."""

    mine: Membership | None
    keeps: bool
    count: int | None
    shown: list[Party]


def party_page(viewer: Actor, key: str) -> Party | None:
    """The party, if this viewer may open its page.

    Communities and organisations are open, a household is not. A person's page opens to themselves, to those
    whom they let see something, to fellow members they show themselves to, and to those who help them.
    """
    party = Party.objects.select_related("area").filter(key=key).exclude(state__in=("merged", "erased")).first()
    me = viewer.party
    if party is None or viewer.is_system:
        return party
    if me is not None and party.pk in blocked_between(me):
        return None
    if me is not None and (me.pk == party.pk or may_speak_for(viewer, party)):
        return party
    if not party.is_person:
        return party if party.sort != Sort.HOUSEHOLD or _belongs(me, party) else None
    return party if party.state == PartyState.LIVE and _known(viewer, party) else None


def groups_in_open_lists(records: QuerySet[Record]) -> QuerySet[Party]:
    """The groups and organisations that own any of these records; no person and no household."""
    owners = Party.objects.select_related("area").filter(pk__in=records.values("owner"), state=PartyState.LIVE)
    return owners.exclude(kind="person").exclude(sort=Sort.HOUSEHOLD)


def _belongs(me: Party | None, group: Party) -> bool:
    return me is not None and open_memberships().filter(member=me, of=group).exists()


def _known(viewer: Actor, person: Party) -> bool:
    me = viewer.party
    if me is not None:
        fellow = open_memberships().filter(member=person, shown=True, of__in=belongs_to(me))
        if fellow.exists() or helps(me).filter(person=person).exists():
            return True
    return named_to(viewer).filter(owner=person).exists()


def belonging(viewer: Actor, group: Party) -> Belonging:
    """How many belong (from 10 upward, in fives, to those outside), who shows it, and whether the viewer does."""
    me = viewer.party
    rows = open_memberships().filter(of=group, member__state__in=HERE)
    mine = rows.filter(member=me).order_by("role").first() if me else None
    keeps = me is not None and may_speak_for(viewer, group)
    total = rows.values("member").distinct().count()
    count = total if mine or keeps else (total - total % 5 if total >= FEWEST else None)
    blocked = blocked_between(me) if me else []
    shown = Party.objects.filter(pk__in=rows.filter(shown=True).values("member"), state=PartyState.LIVE)
    return Belonging(mine, keeps, count, list(shown.exclude(pk__in=blocked).order_by("name")[:100]))


def newcomer_at(viewer: Actor, group: Party, address: str) -> Party | None:
    """Whom those who look after a group may bring in by the address of their page. Somebody who wants nothing
    from them, or from the group, is not found, as if there were no such page."""
    person = person_at(address)
    asking = {group.pk, viewer.party.pk} if viewer.party else {group.pk}
    return None if person is None or asking & set(blocked_between(person)) else person


def members(viewer: Actor, group: Party) -> QuerySet[Membership]:
    """Everybody who belongs, for those who look after the group."""
    if not may_speak_for(viewer, group):
        return Membership.objects.none()
    return open_memberships().filter(of=group).select_related("member").order_by("member__name")


def sees_whole_page(viewer: Actor) -> bool:
    """Whether somebody may read how a person is reached, where they belong and whom they shut out: the person,
    and a helper whose basis reaches everything. Help with a plan is not that."""
    return viewer.party is not None and "all" in parts_seen(viewer)


def my_groups(viewer: Actor) -> QuerySet[Membership]:
    if viewer.party is None or not sees_whole_page(viewer):
        return Membership.objects.none()
    return open_memberships().filter(member=viewer.party).select_related("of").order_by("of__name", "of", "role")


def shown_groups(person: Party) -> QuerySet[Party]:
    """The groups that a person shows they belong to, and that have a page for others; a household has none."""
    shown = Party.objects.filter(pk__in=open_memberships().filter(member=person, shown=True).values("of"))
    return shown.exclude(sort=Sort.HOUSEHOLD)


def keepers(group: Party) -> QuerySet[Party]:
    rows = open_memberships().filter(Q(role__in=KEEPING_ROLES) & ~Q(role=Role.PLACE_STEWARD), of=group)
    return Party.objects.filter(pk__in=rows.values("member"))


def blocked_by(viewer: Actor) -> list[Party]:
    """Those this viewer wants nothing from; the others are never told."""
    if viewer.party is None or not sees_whole_page(viewer):
        return []
    return [row.blocked for row in viewer.party.blocks.select_related("blocked")]


def knows(page: Party, words: str) -> bool:
    """Whether these are one whole thing, line or sentence that was written on a page, long enough that nobody guesses
    it. Its name is none: others may know that."""
    said = _plainly(words)
    if len(said.split()) < FEWEST_WORDS or len(said) < FEWEST_LETTERS:
        return False
    rows = list(visible_to(Actor(person=page)).filter(owner=page))
    written = [value for words in words_of_each(rows) for _label, value in words]
    parts = {_plainly(part) for value in written for part in (value, *SENTENCE.split(value))}
    return said in parts


def _plainly(words: str) -> str:
    """Words as they are compared: letters and figures alone."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", words).casefold()))


def typed_on(page: Party) -> str:
    """What was written on the page of this device, newest first, in one line, so that its writer knows it again."""
    rows = visible_to(Actor(person=page)).filter(owner=page).order_by("-pk")[:3]
    firsts = [said[0] for row in rows if (said := [one for _label, one in words_of(row) if not CODE.fullmatch(one)])]
    return " · ".join([*([page.name] if page.name else []), *(" ".join(words.split())[:60] for words in firsts)])
