"""Places with a name and no page beside places of pages: two of one name may be one person, and one counts at a time.

A place by name is a line of the list, or of somebody for whom a neighbour vouched. Two pages of one name are never
held against one another: a page is somebody's own, and John Smith is no rare name.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from itertools import combinations

from django.db.models import QuerySet
from rapidfuzz.fuzz import ratio

from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.way_models import Way
from alongside.planning.rolls.models import Roll, Seat

LIKELY = 88  # of 100: a slip of the keyboard apart
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "revd", "sir", "dame", "lady", "cllr", "parch"}
)


def plain(name: str) -> tuple[str, ...]:
    """A name as it is compared: its first and its last word in small letters without marks; titles and what stands in
    brackets are left out."""
    bare = unicodedata.normalize("NFKD", name.partition("(")[0].casefold())
    words = "".join(one if one.isalnum() else "" if unicodedata.combining(one) else " " for one in bare).split()
    words = [word for word in words if word not in TITLES] or words
    return (words[0], words[-1]) if len(words) > 1 else tuple(words)


def is_same(one: str, other: str) -> bool:
    """Whether two names say the same: the same first and last word, in either order; an initial stands for a word."""
    a, b = plain(one), plain(other)
    if len(a) < 2 or len(b) < 2:
        return bool(a) and a == b
    return any(all(map(_is_word, a, turned)) for turned in (b, b[::-1]))


def _is_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))


def is_like(one: str, other: str) -> bool:
    """Whether two names are likely one person's: the same, but for a slip of the keyboard."""
    a, b = plain(one), plain(other)
    slip = len(a) == len(b) and ratio(" ".join(a), " ".join(b)) >= LIKELY
    return bool(a) and (slip or is_same(one, other))


def name_of(seat: Seat) -> str:
    """The name of whoever has this place, as it was written down or as their page says it."""
    return seat.name or (seat.party.name if seat.party is not None else "")


def shown(seat: Seat) -> str:
    """The name of a place for those who keep the roll: a page's no longer than others see it."""
    return seat.name or (seat.party.shown_name if seat.party is not None else "")


def apart(name: str) -> bool:
    """Whether whoever keeps the list wrote something in brackets behind a name, to tell two people apart."""
    return bool(name.partition("(")[2].strip(" )"))


def used_by_another(decision: Decision, seat: Seat) -> bool:
    """Whether somebody took part under the same name as this place has, one of both being a place by name only, and
    nobody said that they are two people. Called with the roll held, when a place is about to be used."""
    mine = name_of(seat)
    if seat.apart or not plain(mine):
        return False
    used = _places(decision).filter(pk__in=Roll.objects.filter(decision=decision).values("seat"))
    others = used.exclude(pk=seat.pk).filter(apart=False)
    if not seat.name:
        others = others.exclude(name="")
    return any(is_same(mine, own or page or "") for own, page in others.values_list("name", "party__name"))


def pairs(decision: Decision) -> list[tuple[str, str]]:
    """Names likely of one person, the one of a place by name first; without those that were told apart. Places of
    members are not among them: who of them took part is told to nobody before the vote is over."""
    by_letters: dict[tuple[str, ...], list[Seat]] = defaultdict(list)
    rows = _places(decision).filter(ended=False, apart=False, twice=False).exclude(way=Way.MEMBER)
    for seat in rows.select_related("party"):
        by_letters[letters(name_of(seat))].append(seat)
    by_letters.pop((), None)
    found = []
    for seats in by_letters.values():
        for one, other in combinations(sorted(seats, key=lambda seat: (not seat.name, seat.pk)), 2):
            if one.name and is_like(name_of(one), name_of(other)):
                found.append((shown(one), shown(other)))
    return sorted(found, key=lambda pair: pair[0].casefold())


def letters(name: str) -> tuple[str, ...]:
    """The first letters of a name: only names with the same ones are held against one another."""
    return tuple(sorted(word[0] for word in plain(name)))


def _places(decision: Decision) -> QuerySet[Seat]:
    return Seat.objects.filter(decision=decision)
