"""A panel by lot as rows that a template can show: groups beside places, a picture of chances, what is too tight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.planning.lotteries import queries
from alongside.planning.lotteries.models import Draw, DrawBar, Lottery, LotteryGroup, LotteryQuestion, PoolPlace, Stage
from alongside.planning.lotteries.reading import COLUMNS, Read
from alongside.planning.lotteries.work_models import LotteryChange, LotteryWork, WorkState

MILLION, NEAR = 1_000_000, 200  # less than a two-hundredth is what rounding loses
SPARE, MOST_ROWS = 6, 200  # empty rows of the plain form, and the most it takes


def places_said(least: int, most: int) -> str:
    """Places of a group, "4 to 6" or "5"."""
    if least == most:
        return str(least)
    return _("%(least)d to %(most)d") % {"least": least, "most": most}


@dataclass(frozen=True)
class GroupRow:
    """One group: places for it, what was asked for at first where that was loosened, and how many said yes."""

    group: LotteryGroup
    places: str
    before: str


def group_rows(lottery: Lottery) -> list[tuple[LotteryQuestion, list[GroupRow]]]:
    """Every question with its groups."""
    found = []
    for question in lottery.questions.prefetch_related("groups"):
        rows = []
        for group in question.groups.all():
            loosened = (group.least, group.most) != (group.first_least, group.first_most)
            before = places_said(group.first_least, group.first_most) if loosened else ""
            rows.append(GroupRow(group, places_said(group.least, group.most), before))
        found.append((question, rows))
    return found


@dataclass(frozen=True)
class Bar:
    """One bar of the picture: from and to out of all panels, people, and its length in hundredths of the longest."""

    words: str
    bar: DrawBar
    wide: float


@dataclass(frozen=True)
class DrawShown:
    """One draw with its picture, in round numbers that people can read."""

    draw: Draw
    bars: list[Bar]
    best: str  # what the smallest chance of no list can be above, as so many of all panels
    proven: str = ""  # what that proves of this list

    @property
    def members(self) -> bool:
        return self.draw.number is not None

    @property
    def again(self) -> str:
        """What gives the number once more on any computer with Python; the seed with its quotes made harmless."""
        given = repr(f"{self.draw.seed}|{self.draw.fingerprint}")
        sums = f"int(hashlib.sha256({given}.encode()).hexdigest(), 16) % {self.draw.panels}"
        return f"import hashlib; print({sums})"


def draws(lottery: Lottery) -> list[DrawShown]:
    """Every draw, the first one first."""
    found = []
    for draw in queries.draws(lottery):
        bars = list(draw.bars.all())
        longest = max((bar.people for bar in bars), default=1)
        rows = [Bar(_range(bar), bar, round(100 * bar.people / longest, 2)) for bar in bars]
        top = draw.bound * draw.panels / MILLION
        best = f"{top:.1f}".removesuffix(".0")
        found.append(DrawShown(draw, rows, best, _proven(draw, top, best)))
    return found


def _proven(draw: Draw, top: float, best: str) -> str:
    """What the sum proves, and no more: that the smallest chance is as large as can be, or by how much it is not. A
    list of whole panels seldom gives exactly what the best mixture of them would."""
    said = {"best": best, "least": draw.least_on, "all": f"{draw.panels:,}"}
    if draw.least_on >= int(top):
        return _("No list can make the smallest chance larger: that is proven.")
    words = _("No list can bring the smallest chance above %(best)s in %(all)s: that is proven. Here it is %(least)s.")
    near = top - draw.least_on <= draw.panels / NEAR
    return words % said + (" " + _("Chances are cut to whole panels, so a little is lost.") if near else "")


def _range(bar: DrawBar) -> str:
    return _("%(least)d to %(most)d") % {"least": bar.least, "most": bar.most}


def my_chance(place: PoolPlace) -> tuple[int, str]:
    """On how many panels somebody stands, and their numbers."""
    numbers = place.numbers.split()
    return len(numbers), ", ".join(numbers)


@dataclass(frozen=True)
class Far:
    """How far a working out is; chances as so many in a thousand. `again` begins another where the worker is gone."""

    state: str
    going_on: bool
    rounds: int
    evening: bool
    found: str
    bound: str
    silent: bool
    again: str


def far(lottery: Lottery, work: LotteryWork | None) -> Far | None:
    """The last working out as a page shows it."""
    if work is None:
        return None
    found, bound = (f"{ppm / 1_000:.1f}" for ppm in (work.found, work.bound))
    again = "fill" if lottery.stage == Stage.DRAWN else "begin"
    silent = work.going_on and queries.is_silent(work)
    return Far(work.state, work.going_on, work.rounds, work.evening, found, bound, silent, again)


@dataclass(frozen=True)
class TightShown:
    """Why no panel can be made, and the ways out, in plain words."""

    reasons: list[str]
    ways: list[tuple[str, list[str]]]  # what the button of each way sends, and its changes


def tight(work: LotteryWork | None) -> TightShown | None:
    """What the last working out found too tight, if it did."""
    if work is None or work.state != WorkState.TIGHT:
        return None
    ways = [(f"way-{n}", [_change(one) for one in changes]) for n, changes in queries.ways(work)]
    first = [one for _n, changes in queries.ways(work)[:1] for one in changes]
    return TightShown([_reason(one) for one in first if one.group is not None], ways)


def _reason(change: LotteryChange) -> str:
    group = change.group
    assert group is not None
    given = {"question": group.question.words, "group": group.words, "least": group.least, "most": group.most}
    if change.least < group.least:
        return _("“%(question)s: %(group)s” asks for at least %(least)d. Too few of those who said yes fit.") % given
    return _("“%(question)s: %(group)s” takes %(most)d at the most. Too few of the others fit.") % given


def _change(change: LotteryChange) -> str:
    if change.group is None:
        return ngettext(
            "Make the panel smaller: %(size)d person.", "Make the panel smaller: %(size)d people.", change.least
        ) % {"size": change.least}
    group = change.group
    given = {
        "question": group.question.words,
        "group": group.words,
        "before": places_said(group.least, group.most),
        "after": places_said(change.least, change.most),
    }
    return _("“%(question)s: %(group)s”: %(after)s places, and not %(before)s.") % given


Rows = list[tuple[int, dict[str, str]]]


def first_rows(lottery: Lottery) -> Rows:
    """What a draft says, as rows of the plain form, with some empty ones."""
    rows: Rows = []
    for question, groups in group_rows(lottery):
        for row in groups:
            cells = (question.words, row.group.words, str(row.group.least), str(row.group.most))
            rows.append((len(rows) + 1, dict(zip(COLUMNS, cells, strict=True))))
    return _with_spare(rows)


def typed_rows(posted: Mapping[str, str]) -> Rows:
    """What was typed, row by row, with some empty ones after it."""
    rows: Rows = []
    for n in range(1, MOST_ROWS + 1):
        if f"question-{n}" not in posted:
            break
        rows.append((n, {name: posted.get(f"{name}-{n}", "")[:300] for name in COLUMNS}))
    while rows and not any(rows[-1][1].values()):
        rows.pop()
    return _with_spare(rows)


def _with_spare(rows: Rows) -> Rows:
    empty = dict.fromkeys(COLUMNS, "")
    return [*rows, *((len(rows) + n, dict(empty)) for n in range(1, SPARE + 1))][:MOST_ROWS]


def rows_with_faults(rows: Rows, read: Read) -> Sequence[tuple[int, dict[str, str], list[str]]]:
    """Each row with what is wrong in it."""
    return [(n, cells, [one.words for one in read.faults if one.row == n]) for n, cells in rows]
