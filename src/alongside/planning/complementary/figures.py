"""The figures of a run: distinct people and their hours in fixed tables. True counts live here and go nowhere but to
disclosure.

By neighbourhood stand all people and how many others help them already (how connected somebody is, nobody writes
down; this is the nearest that there is). By part of life, by what is missing, by whose hours it is and by what one more
would do the whole place stands, so that no two tables are the same people by two sets of areas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from alongside.ground.places.models import Area
from alongside.ground.places.queries import installation
from alongside.knowing.assessment.queries import areas_shown, rows_of
from alongside.knowing.outcomes.queries import life_domains
from alongside.methods.complement import Source
from alongside.methods.complement.area import coverage
from alongside.methods.complement.missing import unmet
from alongside.methods.complement.problem import STEP, Answer
from alongside.methods.complement.watching import Cancel, never
from alongside.methods.disclosure import HIDDEN_BELOW, LEVELS, Table
from alongside.methods.disclosure_sums import LEAST_HOLDERS, Side, Sums
from alongside.planning.complementary.further import FurtherLine, further_of
from alongside.planning.complementary.gathering import Gathered

BY_AREA, FOUND_BY_AREA = "wishes_by_area", "ideas_by_area"
WISHING, FINDING = "wishes_by_domain", "ideas_by_domain"
MISSING, BRINGING, MORE = "wishes_missing", "ideas_by_holder", "one_more_by_domain"
HOURS = "hours_by_source"
MEASURES = (BY_AREA, FOUND_BY_AREA, WISHING, FINDING, MISSING, BRINGING, MORE, HOURS)
ALL = "all"
BANDS = (5, 4, 3, 2, 1)
CODES = ("share", "time", "more_people", "next_week", "other_hour", "day", "reach", "access", "paid", "holder")
UNPAID, PAID = "unpaid", "paid"

Counts = dict[tuple[str, str], int]  # area code and category, and how many people stand there


@dataclass(frozen=True)
class Worked:
    """Tables with the areas that are their rows, and what one more would do (how many people stands in a table)."""

    tables: list[tuple[Table | Sums, list[Area]]] = field(default_factory=list)
    further: list[FurtherLine] = field(default_factory=list)


def domains() -> tuple[str, ...]:
    return tuple(one["key"] for one in life_domains())


def band(served: int) -> str:
    """The category of people who are served so little, from 1 to 5."""
    return f"band_{served}"


def source_key(source: Source) -> str:
    """The category of what a source brings."""
    return source.name.lower()


def sources() -> tuple[str, ...]:
    return tuple(source_key(source) for source in Source)


def by_area_categories() -> tuple[str, ...]:
    return (ALL, *(band(one) for one in BANDS))


def work_out(gathered: Gathered, answer: Answer, cancelled: Cancel = never) -> Worked:
    """Everything that a run may say of the place, before disclosure control. Nothing where no areas are loaded. Raises
    Cancelled where `cancelled` says so."""
    level, rows = areas_shown()
    worked = Worked()
    if level is not None and rows:
        worked.tables.extend((table, rows) for table in _by_area(gathered, answer, level, rows))
    place = installation()
    whole = place.area if place and place.area and place.area.kind in LEVELS else None
    if whole is not None and (level is None or whole.kind != level[0]):
        tables, further = _of_whole(gathered, answer, whole, cancelled)
        worked.tables.extend((table, [whole]) for table in tables)
        worked.further.extend(further)
    return worked


def _by_area(gathered: Gathered, answer: Answer, level: tuple[str, str], rows: list[Area]) -> list[Table]:
    """Who wishes for something, and for whom something is found: all, and by how many others help them already."""
    codes, place = [row.code for row in rows], {row.pk: n for n, row in enumerate(rows)}
    homes = rows_of([one.outcome.record.owner.area_id for one in gathered.wishes])
    group = np.array([-1 if home is None else place[home] for home in homes], np.int64)
    wishing, finding = Counts(), Counts()
    for by in (("group",), ("group", "band")):
        for cell in coverage(gathered.problem, answer, group, by):
            word = band(cell.band) if cell.band else ALL
            wishing[codes[cell.group], word], finding[codes[cell.group], word] = cell.people, cell.some
    return [
        _table(name, level, by_area_categories(), counts, {code: counts.get((code, ALL), 0) for code in codes})
        for name, counts in ((BY_AREA, wishing), (FOUND_BY_AREA, finding))
    ]


def _of_whole(
    gathered: Gathered, answer: Answer, whole: Area, cancelled: Cancel
) -> tuple[list[Table | Sums], list[FurtherLine]]:
    """What stands for the whole place, and what one more would do."""
    level, code = (whole.kind, whole.edition), whole.code
    missing, bringing = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for gap in unmet(gathered.problem, answer):
        missing[gap.missing.code].add(_owner_of(gathered, gap.wish))
    for wish, paid in _brought(gathered, answer):
        bringing[PAID if paid else UNPAID].add(gathered.wishes[wish].owner)
    more, further = further_of(gathered, answer, whole, cancelled)
    tables: list[Table | Sums] = [*_by_domain(gathered, answer, level, code)]
    for name, words, people in ((MISSING, CODES, missing), (BRINGING, (UNPAID, PAID), bringing)):
        counts = Counts({(code, word): len(people[word]) for word in words})
        tables.append(_table(name, level, words, counts, {code: _everybody(people, words)}))
    behind = {code: max([_everybody(missing, CODES), *more.values()])}
    tables.append(Table(MORE, *level, domains(), {code: more}, people=behind))
    return [*tables, _hours(gathered, answer, level, code)], further


def _by_domain(gathered: Gathered, answer: Answer, level: tuple[str, str], code: str) -> list[Table]:
    """Who wishes for something, and for whom something is found, by part of life."""
    known = set(domains())
    group = np.array([0 if one.outcome.domain in known else -1 for one in gathered.wishes], np.int64)
    wishing, finding, people = Counts(), Counts(), {WISHING: 0, FINDING: 0}
    for cell in coverage(gathered.problem, answer, group, ("group", "kind")):
        wishing[code, cell.kind], finding[code, cell.kind] = cell.people, cell.some
    for cell in coverage(gathered.problem, answer, group, ("group",)):
        people = {WISHING: cell.people, FINDING: cell.some}
    return [
        _table(name, level, domains(), counts, {code: people[name]})
        for name, counts in ((WISHING, wishing), (FINDING, finding))
    ]


def _hours(gathered: Gathered, answer: Answer, level: tuple[str, str], code: str) -> Sums:
    """Time a week in all ideas, by the source that could bring it: a sum of what each person is shown, and of what each
    holder would bring. It is told beside the rest and is no aim."""
    some = np.flatnonzero(answer.steps)
    pairs, steps, problem = answer.pairs.only(some), answer.steps[some], gathered.problem
    sides = []
    for whose, least in (
        (problem.wishes.person[pairs.wish], HIDDEN_BELOW),
        (problem.offers.holder[pairs.offer], LEAST_HOLDERS),
    ):
        parts: dict[str, list[int]] = {}
        for source in Source:
            mine = pairs.source == source
            _who, at = np.unique(whose[mine], return_inverse=True)
            parts[source_key(source)] = np.bincount(at, steps[mine]).astype(int).tolist()
        sides.append(Side({code: parts}, least))
    people = {code: len(np.unique(problem.wishes.person[pairs.wish]))}
    return Sums(HOURS, *level, sources(), tuple(sides), people, per=60 // STEP)


def _table(
    measure: str, level: tuple[str, str], words: tuple[str, ...], counts: Counts, people: dict[str, int]
) -> Table:
    cells = {code: {word: counts.get((code, word), 0) for word in words} for code in people}
    return Table(measure, *level, words, cells, people=people)


def _everybody(people: dict[str, set[int]], words: tuple[str, ...]) -> int:
    return len({person for word in words for person in people[word]})


def _owner_of(gathered: Gathered, wish: int) -> int:
    row = int(np.searchsorted(gathered.problem.wishes.id, wish))
    return gathered.wishes[row].owner


def _brought(gathered: Gathered, answer: Answer) -> Iterable[tuple[int, bool]]:
    """Of each idea, the row of its wish and whether somebody is paid to do it."""
    some = answer.steps > 0
    paid = gathered.problem.offers.paid[answer.pairs.offer[some]]
    return zip(answer.pairs.wish[some].tolist(), paid.tolist(), strict=True)
