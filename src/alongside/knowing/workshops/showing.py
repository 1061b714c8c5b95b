"""What the room has and wishes, what meets what, for its own screen; and the same for outside, where few are hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.ground.consent.queries import Sight
from alongside.ground.history.actor import Actor
from alongside.knowing.assets.models import Asset, AssetKind
from alongside.knowing.assets.queries import found
from alongside.knowing.outcomes.models import Wish
from alongside.knowing.outcomes.queries import domain_choices, open_wishes
from alongside.knowing.search.queries import look_around
from alongside.knowing.workshops import queries
from alongside.knowing.workshops.models import Card, CardState, Step, Who, Workshop
from alongside.methods.disclosure import shown

MOST, NEAR = 8, 3  # wishes for which something is looked for, and how many things for each
Line = tuple[str, int, str]  # what, how many in the room, and what may be said of it outside


@dataclass(frozen=True)
class Together:
    """What a room sees of its own afternoon. Words stand here only where their writer shows them to everyone."""

    kinds: list[Line]
    parts: list[Line]
    things: list[Asset]
    wishes: list[Wish]
    meets: list[tuple[Wish, list[Asset]]]
    waiting: int
    columns: list[tuple[str, str, list[Step]]]


def together(sight: Sight, workshop: Workshop) -> Together:
    viewer = sight.reader
    cards = [card for card in queries.cards(sight) if card.state != CardState.WIPED]
    became = [card.became_id for card in cards if card.became_id]
    wishes = open_wishes(became)
    return Together(
        kinds=_by_kind(cards),
        parts=_by_part(cards),
        things=list(found(Actor.anyone()).filter(pk__in=became).order_by("title", "pk")),
        wishes=wishes,
        meets=_meets(viewer, wishes[:MOST]),
        waiting=sum(card.state == CardState.TYPED for card in cards),
        columns=columns(viewer, workshop),
    )


def columns(viewer: Actor, workshop: Workshop) -> list[tuple[str, str, list[Step]]]:
    """The three questions, each with its lines."""
    steps = queries.steps(viewer, workshop)
    return [(who.value, str(who.label), [step for step in steps if step.who == who]) for who in Who]


def _by_kind(cards: Sequence[Card]) -> list[Line]:
    many = Counter(card.kind for card in cards if not card.wish)
    named = [_line(str(kind.label), many[kind]) for kind in AssetKind if many[kind]]
    return sorted(named, key=lambda line: -line[1])


def _by_part(cards: Sequence[Card]) -> list[Line]:
    many = Counter(card.domain for card in cards if card.domain)
    named = [_line(str(label), many[key]) for key, label in domain_choices() if many[key]]
    return sorted(named, key=lambda line: -line[1])


def _line(what: str, many: int) -> Line:
    outside = shown(many)
    return what, many, _("fewer than 10") if outside is None else _("about %(n)s") % {"n": outside}


def _meets(viewer: Actor, wishes: Sequence[Wish]) -> list[tuple[Wish, list[Asset]]]:
    """For each wish what is on the map already that is likely to meet it."""
    near = [(wish, [one.asset for one in look_around(viewer, wish.words).results[:NEAR]]) for wish in wishes]
    return [(wish, things) for wish, things in near if things]
