"""Disclosure control of sums: how much many people bring or are given together, so that nobody's own part shows.

Beside the rules for counts (`disclosure`: fixed tables of fixed areas, rounded to 5, hidden below 10, a row renewed
only as a whole and when 20 people more, or fewer, stand behind it) a sum needs three more, because in a sum one may
weigh as much as all others together:

1. at least so many stand in it (`least`: ten people, or three organisations);
2. nobody is more than half of it (the dominance rule with n = 1 and k = 50);
3. without the two who stand for most, a fifth of what the largest stands for is still left (the p% rule with p = 20),
   so that the second largest, who knows their own part, cannot work out the largest to within a fifth.

A sum by whom it is for is also a sum by who brings it: it is shown only where every such side passes. Source:
A. Hundepool and others, *Handbook on Statistical Disclosure Control*, version 1.2 (ESSnet SDC, 2010), chapter 4:
threshold, dominance and p% rules for tables of magnitudes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from alongside.methods.disclosure import (
    HIDDEN_BELOW,
    LEVELS,
    PEOPLE_APART,
    Cells,
    Figures,
    Release,
    Unpublishable,
    shown,
)

LEAST_HOLDERS = 3
DOMINANT_PCT, P_PCT = 50, 20
Amounts = Mapping[str, Mapping[str, Sequence[int]]]  # by area and category, what each one stands for


@dataclass(frozen=True)
class Side:
    """One way to take the same sums apart: what each person, or each holder, stands for, and how many are enough."""

    amounts: Amounts = field(repr=False)
    least: int = HIDDEN_BELOW


@dataclass(frozen=True)
class Sums:
    """True sums in one unit of which `per` make one that is shown (half hours: two make an hour). `people[area]` is
    the number of distinct people behind the row."""

    measure: str
    level: str
    edition: str
    categories: tuple[str, ...]
    sides: tuple[Side, ...] = field(repr=False)
    people: Mapping[str, int] = field(repr=False)
    per: int = 1

    def cell(self, area: str, category: str) -> int | None:
        """The sum as it may be shown: a multiple of 5, or None."""
        parts = [(side.amounts.get(area, {}).get(category, ()), side.least) for side in self.sides]
        if not all(safe(amounts, least) for amounts, least in parts):
            return None
        return shown(sum(parts[0][0]) // self.per)


def safe(amounts: Sequence[int], least: int = HIDDEN_BELOW) -> bool:
    """Whether the sum of these may be shown: enough of them, and none that weighs too much. Noughts do not count."""
    parts = sorted((one for one in amounts if one), reverse=True)
    if len(parts) < max(least, 3):
        return False
    total, first, second = sum(parts), parts[0], parts[1]
    return first * 100 <= total * DOMINANT_PCT and (total - first - second) * 100 >= first * P_PCT


def publish_sums(sums: Sums, earlier: Release | None = None) -> tuple[Figures, Release]:
    """The sums that may be shown, and the release to keep for the next time, as `disclosure.publish` does for counts:
    within 19 people of the earlier release an area keeps its figures, all of them. Gives no totals, as the sides of a
    total are not known here. Raises `Unpublishable` as that does, and where the sides do not add up alike."""
    _refuse(sums, earlier)
    cells: dict[str, Cells] = dict(earlier.cells) if earlier else {}
    people: dict[str, int] = dict(earlier.people) if earlier else {}
    for area, now in sums.people.items():
        if area in cells and abs(now - people[area]) < PEOPLE_APART:
            cells[area] = {name: cells[area].get(name) for name in sums.categories}
        else:
            cells[area] = {name: sums.cell(area, name) for name in sums.categories}
            people[area] = now
    found = {area: cells[area] for area in sorted(sums.people)}
    none_by_area: Cells = dict.fromkeys(found)
    none_by_category: Cells = dict.fromkeys(sums.categories)
    figures = Figures(
        sums.measure, sums.level, sums.edition, sums.categories, found, none_by_area, none_by_category, None
    )
    return figures, Release(sums.level, sums.edition, cells, people)


def _refuse(sums: Sums, earlier: Release | None) -> None:
    """Raise `Unpublishable`, saying why, where the sums are none that may leave."""
    if sums.level not in LEVELS:
        raise Unpublishable(f"Sums are not given for areas of the kind '{sums.level}'.")
    if earlier is not None and (sums.level, sums.edition) != (earlier.level, earlier.edition):
        raise Unpublishable(f"'{sums.measure}' is already published by {earlier.level} {earlier.edition}.")
    if not sums.sides or sums.per < 1:
        raise Unpublishable(f"'{sums.measure}' does not say whose parts its sums are.")
    for side in sums.sides:
        for area, row in side.amounts.items():
            if area not in sums.people or not set(row) <= set(sums.categories):
                raise Unpublishable(f"'{sums.measure}' has a sum outside its areas or categories.")
            if any(one < 0 for parts in row.values() for one in parts):
                raise Unpublishable(f"'{sums.measure}' has a part below nought in {area}.")
    for area in sums.people:
        for name in sums.categories:
            if len({sum(side.amounts.get(area, {}).get(name, ())) for side in sums.sides}) > 1:
                raise Unpublishable(f"'{sums.measure}' does not add up alike on its sides in {area}.")
