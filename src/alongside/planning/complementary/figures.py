"""The figures of a run: distinct people in fixed tables. True counts live here and go nowhere but to disclosure.

By neighbourhood stand all people and how served they are; by part of life, by what is missing and by what one more
would do the whole place stands, so that no two tables are the same people by two sets of areas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from alongside.ground.places.models import Area
from alongside.ground.places.queries import installation
from alongside.knowing.assessment.queries import areas_shown, rows_of
from alongside.knowing.outcomes.queries import life_domains
from alongside.methods.complement.missing import unmet
from alongside.methods.complement.one_more import one_more
from alongside.methods.complement.problem import Answer, Ints
from alongside.methods.disclosure import HIDDEN_BELOW, LEVELS, ROUNDED_TO, Table
from alongside.planning.complementary.gathering import Gathered

BY_AREA, FOUND_BY_AREA = "wishes_by_area", "ideas_by_area"
WISHING, FINDING = "wishes_by_domain", "ideas_by_domain"
MISSING, BRINGING, MORE = "wishes_missing", "ideas_by_holder", "one_more_by_domain"
MEASURES = (BY_AREA, FOUND_BY_AREA, WISHING, FINDING, MISSING, BRINGING, MORE)
ALL = "all"
BANDS = (5, 4, 3, 2, 1)
CODES = ("share", "time", "more_people", "next_week", "other_hour", "day", "reach", "access", "paid", "holder")
UNPAID, PAID = "unpaid", "paid"
MOST_MORE = 15  # further holders of one kind that are tried together: fewer people than ten are told of nowhere
KINDS_TRIED = 4

Shown = Mapping[str, int | None]  # figures as published, by category
Cells = dict[tuple[str, str], set[int]]  # area code and category, and who stands there


@dataclass(frozen=True)
class FurtherLine:
    area: int
    domain: str
    offers: int
    paid: bool


@dataclass(frozen=True)
class Worked:
    """Tables with the areas that are their rows, and what one more would do (how many people stands in a table)."""

    tables: list[tuple[Table, list[Area]]] = field(default_factory=list)
    further: list[FurtherLine] = field(default_factory=list)


def domains() -> tuple[str, ...]:
    return tuple(one["key"] for one in life_domains())


def band(served: int) -> str:
    """The category of people who are served so little, from 1 to 5."""
    return f"band_{served}"


def by_area_categories() -> tuple[str, ...]:
    return (ALL, *(band(one) for one in BANDS))


def work_out(gathered: Gathered, answer: Answer) -> Worked:
    """Everything that a run may say of the place, before disclosure control. Nothing where no areas are loaded."""
    level, rows = areas_shown()
    worked = Worked()
    if level is not None and rows:
        worked.tables.extend((table, rows) for table in _by_area(gathered, answer, level, rows))
    place = installation()
    whole = place.area if place and place.area and place.area.kind in LEVELS else None
    if whole is not None and (level is None or whole.kind != level[0]):
        tables, further = _of_whole(gathered, answer, whole)
        worked.tables.extend((table, [whole]) for table in tables)
        worked.further.extend(further)
    return worked


def _by_area(gathered: Gathered, answer: Answer, level: tuple[str, str], rows: list[Area]) -> list[Table]:
    """Who wishes for something, and for whom something is found: all, and by how served they are."""
    codes = {row.pk: row.code for row in rows}
    homes = rows_of([one.outcome.record.owner.area_id for one in gathered.wishes])
    wishing, finding = (defaultdict[tuple[str, str], set[int]](set) for _table in range(2))
    served = gathered.problem.wishes.band.tolist()
    for one, home, little, met in zip(gathered.wishes, homes, served, answer.met.tolist(), strict=True):
        if home is not None:
            for cells in (wishing, finding) if met else (wishing,):
                cells[codes[home], ALL].add(one.owner)
                cells[codes[home], band(little)].add(one.owner)
    return [
        _table(name, level, by_area_categories(), cells, {code: len(cells[code, ALL]) for code in codes.values()})
        for name, cells in ((BY_AREA, wishing), (FOUND_BY_AREA, finding))
    ]


def _of_whole(gathered: Gathered, answer: Answer, whole: Area) -> tuple[list[Table], list[FurtherLine]]:
    level, code = (whole.kind, whole.edition), whole.code
    wishing, finding, missing, bringing = (defaultdict[tuple[str, str], set[int]](set) for _table in range(4))
    for one, met in zip(gathered.wishes, answer.met.tolist(), strict=True):
        wishing[code, one.outcome.domain].add(one.owner)
        if met:
            finding[code, one.outcome.domain].add(one.owner)
    for gap in unmet(gathered.problem, answer):
        missing[code, gap.missing.code].add(_owner_of(gathered, gap.wish))
    for wish, paid in _brought(gathered, answer):
        bringing[code, PAID if paid else UNPAID].add(gathered.wishes[wish].owner)
    more, further = _further(gathered, answer, whole)
    made = [
        (WISHING, domains(), wishing),
        (FINDING, domains(), finding),
        (MISSING, CODES, missing),
        (BRINGING, (UNPAID, PAID), bringing),
    ]
    tables = [_table(name, level, words, cells, {code: _everybody(cells, words)}) for name, words, cells in made]
    behind = {code: max([_everybody(missing, CODES), *more.values()])}
    tables.append(Table(MORE, *level, domains(), {code: more}, people=behind))
    return tables, further


def _table(measure: str, level: tuple[str, str], words: tuple[str, ...], cells: Cells, people: dict[str, int]) -> Table:
    counts = {code: {word: len(cells.get((code, word), ())) for word in words} for code in people}
    return Table(measure, *level, words, counts, people=people)


def _everybody(cells: Cells, words: tuple[str, ...]) -> int:
    return len({person for (_code, word), people in cells.items() if word in words for person in people})


def _owner_of(gathered: Gathered, wish: int) -> int:
    row = int(np.searchsorted(gathered.problem.wishes.id, wish))
    return gathered.wishes[row].owner


def _brought(gathered: Gathered, answer: Answer) -> Iterable[tuple[int, bool]]:
    """Of each idea, the row of its wish and whether somebody is paid to do it."""
    some = answer.steps > 0
    paid = gathered.problem.offers.paid[answer.pairs.offer[some]]
    return zip(answer.pairs.wish[some].tolist(), paid.tolist(), strict=True)


def _further(gathered: Gathered, answer: Answer, whole: Area) -> tuple[dict[str, int], list[FurtherLine]]:
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
    more: dict[str, int] = dict.fromkeys(domains(), 0)
    lines: list[FurtherLine] = []
    if (group < 0).all():
        return more, lines
    for found in one_more(gathered.problem, answer, group, most=MOST_MORE, shown=KINDS_TRIED):
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
