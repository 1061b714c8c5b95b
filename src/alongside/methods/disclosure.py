"""Disclosure control: the one function through which every figure about people leaves its level.

Serves the joint needs and assets assessment (box 7.3): a place may see what its people do and want, and
nobody in it may be picked out. The design rests on four rules, each simple enough to check by eye:

1. Only whole, fixed tables of fixed areas leave, at ward or MSOA level or above. There is no way to ask
   about some other set of people, so there is nothing to subtract.
2. A count below 10 is hidden, the rest are rounded to the nearest 5. A true nought is hidden as well:
   "nobody here" is a statement about everybody here.
3. A total is the sum of figures already shown, given only where all of them are shown. It is worked out
   from published figures alone and so tells nothing that they do not.
4. An area's figures stay as published until at least 20 people more, or fewer, stand behind them; then the
   whole row is renewed together. Two published populations of an area therefore differ by nobody or by 20.
   Cells are never renewed one by one: the cell that moved would name the group of the last to arrive.

One measure stands at one level and one edition of areas for good, because the same people by two sets of
areas could be subtracted from each other. Source: Alongside's reference on disclosure control, attacks
D1 to D8, run in the tests of this module.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

HIDDEN_BELOW = 10
ROUNDED_TO = 5
PEOPLE_APART = 20
LEVELS = ("msoa", "ward", "district", "county", "region", "nation")

Cells = Mapping[str, int | None]


class Unpublishable(ValueError):
    """A table that may not leave: its level is too small, or it is not the fixed table of its measure."""


@dataclass(frozen=True)
class Table:
    """True counts of distinct people: `counts[area][category]`, a count never below nought.

    Everybody stands in one area. `exclusive` says that nobody stands in two categories either; only then
    has the sum of a row a meaning. Otherwise `people[area]` must say how many distinct people are in the row.
    """

    measure: str
    level: str
    edition: str
    categories: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]] = field(repr=False)
    people: Mapping[str, int] | None = field(default=None, repr=False)
    exclusive: bool = False

    def population(self, area: str) -> int:
        """The number of people behind one area's row."""
        if self.people is not None:
            return self.people[area]
        return sum(self.counts[area].values())


@dataclass(frozen=True)
class Figures:
    """What may be shown: `cells[area][category]` is a multiple of 5, or None where it is hidden.

    Totals are None where any figure under them is hidden; those of a row, and of all, also where categories
    overlap. Holds no true count.
    """

    measure: str
    level: str
    edition: str
    categories: tuple[str, ...]
    cells: Mapping[str, Cells]
    by_area: Cells
    by_category: Cells
    total: int | None


@dataclass(frozen=True)
class Release:
    """What the caller keeps from one release to the next, and never shows.

    `cells` are the figures as published; `people[area]` the true population behind them at that time.
    """

    level: str
    edition: str
    cells: Mapping[str, Cells]
    people: Mapping[str, int] = field(repr=False)


def publish(table: Table, earlier: Release | None = None) -> tuple[Figures, Release]:
    """The figures of `table` that may be shown, and the release to keep for the next time.

    With an `earlier` release, each area whose population is within 19 of the earlier one keeps its earlier
    figures, so publishing the same thing twice gives the same thing. A category that is new since then
    stays hidden in an area until that area's row is renewed; an area left out is remembered. Raises
    `Unpublishable` for a level below MSOA or ward, for another level or edition than the earlier release's,
    and for counts that make no sense.
    """
    _refuse(table, earlier)
    cells: dict[str, Cells] = dict(earlier.cells) if earlier else {}
    people: dict[str, int] = dict(earlier.people) if earlier else {}
    for area in table.counts:
        now = table.population(area)
        if area in cells and abs(now - people[area]) < PEOPLE_APART:
            cells[area] = {name: cells[area].get(name) for name in table.categories}
        else:
            cells[area] = {name: shown(table.counts[area].get(name, 0)) for name in table.categories}
            people[area] = now
    figures = _figures(table, {area: cells[area] for area in sorted(table.counts)})
    return figures, Release(table.level, table.edition, cells, people)


def shown(count: int) -> int | None:
    """One count as it may be shown: None below 10, otherwise the nearest multiple of 5."""
    if count < HIDDEN_BELOW:
        return None
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def _refuse(table: Table, earlier: Release | None) -> None:
    """Raise `Unpublishable`, saying why, where the table is not one that may leave."""
    if table.level not in LEVELS:
        raise Unpublishable(
            f"Figures about people are not given for areas of the kind '{table.level}': "
            f"the smallest are {LEVELS[0]} and {LEVELS[1]}."
        )
    if earlier is not None and (table.level, table.edition) != (earlier.level, earlier.edition):
        raise Unpublishable(
            f"'{table.measure}' is already published by {earlier.level} {earlier.edition}; "
            f"giving it by {table.level} {table.edition} too would let the two be subtracted."
        )
    if table.people is None and not table.exclusive:
        raise Unpublishable(f"'{table.measure}' does not say how many people stand in each row.")
    for area, row in table.counts.items():
        if not set(row) <= set(table.categories):
            raise Unpublishable(f"'{table.measure}' has a count outside its categories in {area}.")
        if any(count < 0 for count in row.values()):
            raise Unpublishable(f"'{table.measure}' has a count below nought in {area}.")
        if table.people is not None and table.people.get(area, -1) < max(row.values(), default=0):
            raise Unpublishable(f"'{table.measure}' has fewer people than one of its counts in {area}.")


def _figures(table: Table, cells: Mapping[str, Cells]) -> Figures:
    """Lay out the shown cells with the totals that follow from them alone."""
    by_area = {area: _sum(row.values()) if table.exclusive else None for area, row in cells.items()}
    by_category = {name: _sum(row[name] for row in cells.values()) for name in table.categories}
    total = _sum(by_area.values())
    return Figures(table.measure, table.level, table.edition, table.categories, cells, by_area, by_category, total)


def _sum(values: Iterable[int | None]) -> int | None:
    """The sum of shown figures; None where there are none or any is hidden."""
    seen = list(values)
    known = [value for value in seen if value is not None]
    return sum(known) if known and len(known) == len(seen) else None
