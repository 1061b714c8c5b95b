"""What some more of one kind would do for a whole place, and how many more it takes as that may be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from alongside.ground.places.models import Area
from alongside.knowing.outcomes.queries import life_domains
from alongside.methods.complement.one_more import one_more
from alongside.methods.complement.problem import Answer, Ints
from alongside.methods.complement.watching import Cancel
from alongside.methods.disclosure import HIDDEN_BELOW, ROUNDED_TO
from alongside.planning.complementary.gathering import Gathered

MOST_MORE = 15  # further holders of one kind that are tried together: fewer people than ten are told of nowhere
KINDS_TRIED = 4

Shown = Mapping[str, int | None]  # figures as published, by category


@dataclass(frozen=True)
class FurtherLine:
    area: int
    domain: str
    offers: int
    paid: bool


def further_of(
    gathered: Gathered, answer: Answer, whole: Area, cancelled: Cancel
) -> tuple[dict[str, int], list[FurtherLine]]:
    """What some more of the kinds for which most people wait would do, anywhere in the place. Kinds for which so few
    wait that nothing could be told are not tried."""
    waiting: dict[str, set[int]] = defaultdict(set)
    short = (answer.met < gathered.problem.wishes.steps).tolist()
    for one, is_short in zip(gathered.wishes, short, strict=True):
        if is_short:
            waiting[one.outcome.domain].add(one.owner)
    group: Ints = np.array(
        [0 if len(waiting[one.outcome.domain]) >= HIDDEN_BELOW else -1 for one in gathered.wishes], np.int64
    )
    more: dict[str, int] = dict.fromkeys((one["key"] for one in life_domains()), 0)
    lines: list[FurtherLine] = []
    if (group < 0).all():
        return more, lines
    for found in one_more(gathered.problem, answer, group, most=MOST_MORE, shown=KINDS_TRIED, cancelled=cancelled):
        if found.kind in more and found.people > more[found.kind]:
            more[found.kind] = found.people
            lines = [line for line in lines if line.domain != found.kind]
            lines.append(FurtherLine(whole.pk, found.kind, found.offers, found.paid))
    return more, lines


def told_further(
    fresh: Iterable[FurtherLine],
    before: Iterable[FurtherLine],
    was: Mapping[int, Shown],
    now: Mapping[int, Shown],
) -> list[FurtherLine]:
    """What may be told of how many more it takes. Where one more serves one who waits, that number is the number of
    those who wait: so it is rounded as theirs is, told only beside theirs, and stays for as long as theirs does."""
    held = {(one.area, one.domain): one for one in before}
    found = {(one.area, one.domain): replace(one, offers=_rounded(one.offers)) for one in fresh}
    for area, domain in held:
        if was.get(area, {}).get(domain) == now.get(area, {}).get(domain):
            found[area, domain] = held[area, domain]
    return [one for (area, domain), one in sorted(found.items()) if now.get(area, {}).get(domain) is not None]


def _rounded(offers: int) -> int:
    return max(round(offers / ROUNDED_TO), 1) * ROUNDED_TO
