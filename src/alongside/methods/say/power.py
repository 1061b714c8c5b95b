"""Before a vote opens: how much each group's vote counts under the rule as it is set.

A group's weight is not its power: with 50, 49 and 1 parts and "more than half", the 1 counts as much as the 49. So
every coalition of groups, each voting as one, is looked at; a group's power is its part of all the cases in which the
result turns on it. Floors and the sides of a double majority are conditions of winning like the threshold.
Source: John F. Banzhaf III, "Weighted Voting Doesn't Work: A Mathematical Analysis", Rutgers Law Review 19 (1965).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alongside.methods.say.model import MILLION, Group, Rule, Setup
from alongside.methods.say.shares import Cast, Shares, shares_of

Wins = Callable[[int], bool]
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Power:
    """What one group's vote counts: its part of the say, the coalitions that turn on it, its part of the power, and
    that of each voter in it where their number is known. `veto`: nothing wins without it."""

    group: str
    share: Fraction
    swings: int
    index: Fraction
    each: Fraction | None
    veto: bool


@dataclass(frozen=True)
class Powers:
    """The power of all groups that vote. `by` is `coalitions`, or `shares` for fair-share voting, where each group
    spends its own part and nobody can outvote anybody. `us_alone`: people and communities can decide by themselves;
    `without_us`: something could be decided without any of them, which no set-up that can be saved allows."""

    groups: tuple[Power, ...]
    by: str
    us_alone: bool
    without_us: bool


def banzhaf(players: int, wins: Wins) -> tuple[int, ...]:
    """How many winning coalitions each player could bring down by leaving. A coalition is a number whose bits are
    its players. Looks at all of them, so up to some twenty players."""
    swings = [0] * players
    for coalition in range(1 << players):
        if wins(coalition):
            for player in range(players):
                if coalition >> player & 1 and not wins(coalition & ~(1 << player)):
                    swings[player] += 1
    return tuple(swings)


def weighted(weights: Sequence[Fraction | int], more_than: Fraction | int) -> Wins:
    """The game in which a coalition wins whose weights together are more than `more_than`."""

    def wins(coalition: int) -> bool:
        return sum(weight for n, weight in enumerate(weights) if coalition >> n & 1) > more_than

    return wins


def power_of(setup: Setup, voters: Mapping[str, int] | None = None) -> Powers | None:
    """What each group's vote counts in `setup`. `voters` says how many are expected of a group; where it does not,
    no cap is reckoned with. None where no person or community is expected.

    Where several ideas stand for choice, the game asked about is "who can put one idea through": more than half of
    the say, or more where the threshold is higher.
    """
    expected = {group.key: (voters or {}).get(group.key, _enough(setup, group)) for group in setup.voting}
    groups = [group for group in setup.voting if expected[group.key] > 0]
    shares = shares_of(setup, {key: Cast(count) for key, count in expected.items()})
    if shares is None:
        return None
    wins = _game(setup, groups, shares)
    swings = banzhaf(len(groups), wins)
    all_of_us = sum(1 << n for n, group in enumerate(groups) if group.side.us)
    others = (1 << len(groups)) - 1 - all_of_us
    by_shares = setup.rule is Rule.EQUAL_SHARES
    powers = []
    for n, group in enumerate(groups):
        share = shares.held[group.key]
        index = share if by_shares else Fraction(swings[n], sum(swings) or 1)
        known = (voters or {}).get(group.key)
        veto = not wins((1 << len(groups)) - 1 & ~(1 << n))
        powers.append(Power(group.key, share, swings[n], index, index / known if known else None, veto))
    by = "shares" if by_shares else "coalitions"
    return Powers(tuple(powers), by, wins(all_of_us), wins(others))


def _enough(setup: Setup, group: Group) -> int:
    """So many voters of a group that the cap takes nothing from it."""
    return 1 if group.side.us else -(-group.weight_ppm * 100 // (MILLION * setup.cap_pct))


def _game(setup: Setup, groups: Sequence[Group], shares: Shares) -> Wins:
    """When a coalition of whole groups can put an idea through: the threshold, every floor, every half, at once."""
    held = [shares.held[group.key] for group in groups]
    everyone = setup.rule is Rule.CONSENT
    needed = sum(1 << n for n, group in enumerate(groups) if everyone or group.floor_pct is not None)
    enough = weighted(held, max(HALF, Fraction(setup.threshold_pct, 100)))
    halves = [
        (
            {n for n, group in enumerate(groups) if group.key in half.groups},
            Fraction(half.floor_pct, 100),
        )
        for half in setup.halves
    ]
    missing = any(group.floor_pct is not None and group not in groups for group in setup.groups)

    def wins(coalition: int) -> bool:
        if missing or coalition & needed != needed or not enough(coalition):
            return False
        for half, floor in halves:
            whole = sum((held[n] for n in half), Fraction(0))
            if sum((held[n] for n in half if coalition >> n & 1), Fraction(0)) < floor * whole or not whole:
                return False
        return True

    return wins
