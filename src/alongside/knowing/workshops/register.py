"""Which groups a card may speak of: those on the register that somebody looks after, by the name people write."""

from __future__ import annotations

import re
import unicodedata

from django.db.models import Exists, OuterRef

from alongside.ground.people.models import Kind, Party, PartyState, Role, Sort
from alongside.ground.people.queries import open_memberships

ARTICLES = ("the", "y", "yr")
MOST_NAMES = 300  # offered on the page to type in cards


def plain_name(name: str) -> str:
    """A name without capitals, signs and article, as two people would write it."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def kept_by_name() -> dict[str, list[Party]]:
    """The groups and organisations on the register that somebody looks after, by their plain names."""
    keepers = open_memberships().filter(of=OuterRef("pk"), role=Role.KEEPER, member__state=PartyState.LIVE)
    kept: dict[str, list[Party]] = {}
    for group in Party.objects.filter(Exists(keepers), state=PartyState.LIVE).exclude(kind=Kind.PERSON).order_by("pk"):
        kept.setdefault(plain_name(group.name), []).append(group)
    return kept


def kept_groups(name: str) -> list[Party]:
    """Of which of them a card with this name speaks; several may have one name."""
    plain = plain_name(name)
    return kept_by_name().get(plain, []) if plain else []


def names_to_choose() -> list[str]:
    """What they are called, for whoever types; no household. In a place with very many the first of the alphabet: the
    others are typed, and asked back where a name is nearly right."""
    names = (group.name for each in kept_by_name().values() for group in each if group.sort != Sort.HOUSEHOLD)
    return sorted(names)[:MOST_NAMES]
