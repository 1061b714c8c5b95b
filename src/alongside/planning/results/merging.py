"""The figures of a result as they may be shown: groups of fewer than five ballots are put together with others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.translation import gettext as _

from alongside.methods.pence import pounds
from alongside.methods.percent import percent
from alongside.methods.say.effect import together
from alongside.methods.say.model import SMALL
from alongside.planning.ballots.queries import stay_closed
from alongside.planning.decisions.models import OUR_SIDES, DecisionGroup, Side
from alongside.planning.results.models import Result, ResultGroup, ResultPaid

MILLION = 1_000_000


@dataclass(frozen=True)
class GroupShown:
    """One row of the table: a group or several together. Where `hidden`, they are too few to say what they chose."""

    groups: tuple[DecisionGroup, ...]
    us: bool
    ballots: int
    share: Fraction
    held: Fraction
    paid: Fraction
    with_nothing: int
    first_won: int
    hidden: bool
    told: bool = True  # whether the number who got nothing may stand beside the total

    @property
    def start(self) -> str:
        return f"{percent(self.share)}%"

    @property
    def came(self) -> str:
        return f"{percent(self.held)}%"

    @property
    def sum(self) -> str:
        return pounds(self.paid)

    @property
    def nothing(self) -> str:
        return few(self.with_nothing) if self.told else _("not told")

    @property
    def first(self) -> str:
        """For how many what they put first won; also where that is all but a few, the few are not counted out."""
        return _("all but fewer than 5") if 0 < self.ballots - self.first_won < SMALL else few(self.first_won)


def few(many: int) -> str:
    """A count of people as it may be told."""
    return _("fewer than 5") if 0 < many < SMALL else f"{many:,}"


def picked(many: int) -> str:
    """How many picked it, where that many may be told."""
    if not many:
        return _("Nobody picked it.")
    if many < SMALL:
        return _("Fewer than 5 picked it.")
    return _("%(many)s picked it.") % {"many": f"{many:,}"}


def exact(text: str) -> Fraction:
    """A stored figure; nothing where none was kept."""
    return Fraction(text) if text else Fraction(0)


def rows(result: Result) -> list[GroupShown]:
    """The groups of a result as they may be shown: people and communities first."""
    stored = sorted(result.groups.all(), key=lambda row: (row.group.position, row.group.key))
    found = []
    for us in (True, False):
        own = {row.group.key: row for row in stored if (row.group.side in OUR_SIDES) is us}
        counts = {key: row.ballots for key, row in own.items()}
        found += [_row([own[key] for key in keys], us) for keys in together(list(own), counts)]
    return _beside_the_total(found)


def _beside_the_total(rows: list[GroupShown]) -> list[GroupShown]:
    """Where one row alone would be under five, the total would tell it: the smallest of the others is left out too."""
    small = [row for row in rows if 0 < row.with_nothing < SMALL]
    others = [row for row in rows if row not in small]
    if len(small) != 1 or not others or sum(row.with_nothing for row in rows) < SMALL:
        return rows
    least = min(others, key=lambda row: row.with_nothing)
    return [replace(row, told=False) if row is least else row for row in rows]


def _row(own: Sequence[ResultGroup], us: bool) -> GroupShown:
    ballots = sum(row.ballots for row in own)
    return GroupShown(
        tuple(row.group for row in own),
        us,
        ballots,
        sum((exact(row.share) for row in own), Fraction(0)),
        sum((exact(row.held) for row in own), Fraction(0)),
        sum((exact(row.paid) for row in own), Fraction(0)),
        sum(row.with_nothing for row in own),
        sum(row.first_won for row in own),
        hidden=us and ballots < SMALL,
    )


@dataclass(frozen=True)
class Sides:
    """Whether people and communities may be told apart, and whether anything may be said of them at all.

    Where not `sums`, the choices stay closed: some are so few that parts of the say and of the price, whose shares
    differ from theirs, would tell how many of them picked an idea. Then only counts of all are told.
    """

    apart: bool
    shown: bool
    sums: bool = True

    def parts(self, amounts: Sequence[tuple[str, Fraction]], whole: Fraction) -> list[tuple[str, int]]:
        """What each side has of a whole, in parts of a million; people and communities as one where they must be."""
        found = []
        for side, amount in amounts:
            told = Side.PEOPLE.value if side in OUR_SIDES and not self.apart else side
            found.append((told, round(amount * MILLION / whole) if whole else 0))
        return found


def sides(result: Result) -> Sides:
    """What may be said of the sides: fewer than five of people, or of communities, are not told apart."""
    counts = dict.fromkeys((Side.PEOPLE, Side.COMMUNITIES), 0)
    for row in result.groups.all():
        if row.group.side in counts:
            counts[Side(row.group.side)] += row.ballots
    apart = all(count >= SMALL or (not count and not _has(result, side)) for side, count in counts.items())
    told = not result.decision.terms.secret or not stay_closed(result.decision)
    return Sides(apart, sum(counts.values()) >= SMALL, told)


def _has(result: Result, side: Side) -> bool:
    return any(row.group.side == side for row in result.groups.all())


def by_side(paid: Sequence[ResultPaid]) -> list[tuple[str, Fraction]]:
    """What each side paid for one idea."""
    return [(row.group.side, exact(row.paid)) for row in paid if row.paid]
