"""How far an introduction is as it is read now, and whether somebody concerned wants nothing of another since.

For this kit alone: who is on the other side, and who blocked whom, is nothing that anybody is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils import timezone

from alongside.doing.connecting.models import Introduction, Side, Stage
from alongside.ground.people.models import Block, Party

OPEN = (Stage.PROPOSED, Stage.AGREED)


def other_side(side: Side) -> Side | None:
    """The side of the other, if they are still here."""
    found = Side.objects.filter(introduction=side.introduction_id).exclude(pk=side.pk)
    return found.select_related("record__owner").first()


def both_sides(introductions: Iterable[Introduction]) -> Mapping[int, list[Side]]:
    """The sides that each of these introductions has, by its row."""
    found: dict[int, list[Side]] = defaultdict(list)
    for one in Side.objects.filter(introduction__in=introductions).select_related("record__owner").order_by("pk"):
        found[one.introduction_id].append(one)
    return found


def standing(introduction: Introduction, across: Side | None, parted: Collection[int] | None = None) -> str:
    """The stage as it is read now: past its day it has lapsed though no worker came by; when the other has gone it
    is over, and so it is after a block where names are known. Before, a block is nothing that anybody can tell from
    nobody answering. `parted`: those with a block between them, where a list has looked already."""
    gone = across is None and not introduction.unasked
    if introduction.stage == Stage.AGREED:
        parts = are_apart(introduction) if parted is None else introduction.pk in parted
        return Stage.ENDED if gone or parts else Stage.AGREED
    if introduction.stage != Stage.PROPOSED:
        return introduction.stage
    if gone:
        return Stage.ENDED
    return Stage.LAPSED if introduction.expires <= timezone.now() else Stage.PROPOSED


def are_apart(introduction: Introduction) -> bool:
    """Whether one of those it is about has blocked another since."""
    return bool(parted_among([introduction], both_sides([introduction])))


def apart(owners: Iterable[Party], introducer: Party | None) -> bool:
    """Whether one of these wants nothing of another."""
    concerned = frozenset(one.pk for one in [*owners, introducer] if one is not None)
    return bool(_blocks(concerned))


def parted_among(introductions: Sequence[Introduction], both: Mapping[int, list[Side]]) -> set[int]:
    """Of these, the ones in which somebody concerned has blocked another."""
    concerned = {
        one.pk: frozenset({one.introducer_id, *(side.record.owner_id for side in both[one.pk])})
        for one in introductions
    }
    blocks = _blocks(frozenset().union(*concerned.values())) if concerned else []
    return {pk for pk, those in concerned.items() if any(pair <= those for pair in blocks)}


def _blocks(parties: Collection[int | None]) -> list[frozenset[int]]:
    """The pairs among these of whom one has blocked the other."""
    pairs = Block.objects.filter(blocker__in=parties, blocked__in=parties).values_list("blocker", "blocked")
    return [frozenset(pair) for pair in pairs]
