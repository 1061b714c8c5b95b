"""Count a ballot file both ways, for whoever is about to choose one of them. Pure: no database, nothing kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from django.utils.translation import gettext as _

from alongside.exchange import pabulib
from alongside.methods.equal_shares import Complete, Method, Result, Rule
from alongside.methods.say.model import SMALL

MOST_BALLOTS, MOST_PROJECTS = 30_000, 300
FINEST, MOST_FIGURES = 512, 200  # bits of what all shares are parts of; figures below one line
STEP, MOST = Fraction(1, 100), Fraction(5)  # left over: topped up by hundredths, to six times a first share at most
SIGNS = {"GBP": "£", "EUR": "€"}


@dataclass(frozen=True)
class Row:
    """One idea of the file: its name, its price, and whether it wins by fair shares and by most votes."""

    name: str
    price: str
    fair: bool
    votes: bool


@dataclass(frozen=True)
class BothWays:
    """What wins either way; and how many of all got something they picked, None where that would tell of few."""

    rows: tuple[Row, ...]
    ballots: int
    got_fair: int | None
    got_votes: int | None


def both_ways(data: bytes) -> BothWays:
    """Raises Unreadable for what is no such file, with the line and how to mend it, and for one that is too large to
    be counted while somebody waits."""
    file = pabulib.read(data)
    if len(file.votes.rows) > MOST_BALLOTS or len(file.projects.rows) > MOST_PROJECTS:
        what = _("There are more than %(ballots)s ballots or %(projects)s projects.")
        said = what % {"ballots": f"{MOST_BALLOTS:,}", "projects": MOST_PROJECTS}
        raise pabulib.Unreadable([pabulib.Fault(0, said, _("Count it with: alongside decide FILE.pb"))])
    if _is_too_fine(file.votes.column("share")):
        what = _("The shares are parts of too many different kinds to be counted while somebody waits.")
        raise pabulib.Unreadable([pabulib.Fault(0, what, _("Count it with: alongside decide FILE.pb"))])
    how = replace(pabulib.declared(file.meta), us_raised=Fraction(0))
    fair, votes = (pabulib.count(file, replace(how, rule=one)) for one in _rules(how.rule))
    sign, unit = SIGNS.get(file.meta.get("currency", ""), ""), fair.problem.unit
    names = file.projects.column("name") or [""] * len(file.projects.rows)
    ids = [id.strip() for id in file.projects.column("project_id")]
    costs = dict(fair.problem.projects)
    rows = tuple(
        Row(name.strip() or id, _money(costs[id], unit, sign), id in fair.winners, id in votes.winners)
        for id, name in zip(ids, names, strict=True)
        if id in costs
    )
    return BothWays(rows, fair.problem.voters, _got(fair), _got(votes))


def _is_too_fine(shares: Sequence[str] | None) -> bool:
    """Whether all shares are whole only in parts of a number with hundreds of figures: three thousand ballots, each
    with a share of its own prime, would be counted for hours. What is published here has few kinds of shares."""
    whole = 1
    for share in set(shares or ()):
        below = share.partition("/")[2].strip()
        if below.isascii() and below.isdigit() and len(below) <= MOST_FIGURES:
            whole = lcm(whole, int(below) or 1)
            if whole.bit_length() > FINEST:
                return True
    return False


def _rules(stated: Rule) -> tuple[Rule, Rule]:
    """Both rules, with what the file says of worth and ties."""
    fair = replace(stated, method=Method.EQUAL_SHARES, complete=Complete.ADD1, step=STEP, most=MOST, compare=False)
    return fair, replace(fair, method=Method.GREEDY, complete=Complete.NONE, step=None, most=None)


def _got(result: Result) -> int | None:
    """How many ballots marked something that won; None where these, or the others, are fewer than five."""
    won = set(result.winners)
    got = sum(one.copies for one in result.problem.ballots if any(id in won for id, points in one.marks if points))
    few = any(0 < size < SMALL for size in (got, result.problem.voters - got))
    return None if few else got


def _money(cost: int, unit: int, sign: str) -> str:
    whole, rest = divmod(cost, unit)
    return f"{sign}{whole:,}" + (f"{rest / unit:.2f}"[1:] if rest else "")
