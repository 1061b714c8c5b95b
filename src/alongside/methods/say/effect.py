"""Afterwards, for each group: who got nothing, whose first choices won, and how many are for each idea.

An equal start is not an equal effect, so the effect is measured and shown beside every result (table 1.1 of the book
asks for an equal say at each stage, not for an equal poll at the end); who paid is `money.Paid`. Groups of fewer than
five ballots are never shown apart. Whoever shows them puts them `together`, people's and communities' among
themselves, and organisations among themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alongside.methods.say.model import SMALL, Ballot, Form, Rule, Setup
from alongside.methods.say.rules.support import supports


@dataclass(frozen=True)
class GroupCount:
    """One group by itself, to be kept and never shown where it is small: its ballots, those for which no idea they
    chose won, those whose first choice won (None where ballots have no order), and how many are for each idea."""

    ballots: int
    nothing: int
    first: int | None
    votes: Mapping[str, int]


def counts_of(setup: Setup, ballots: Iterable[Ballot], winners: Sequence[str]) -> dict[str, GroupCount]:
    """Every group that holds a part of the say, by its key."""
    won = set(winners)
    own: dict[str, list[Ballot]] = {group.key: [] for group in setup.voting}
    for ballot in ballots:
        own.get(ballot.group, []).append(ballot)
    return {
        key: GroupCount(
            len(cast),
            sum(not _for(setup, ballot) & won for ballot in cast),
            sum(bool(_first(setup, ballot) & won) for ballot in cast) if _ordered(setup) else None,
            Counter(option for ballot in cast for option in _for(setup, ballot)),
        )
        for key, cast in own.items()
    }


def together(keys: Sequence[str], counts: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Groups put together so that no row stands for fewer than five, as far as there are five at all: the small ones
    in one row, and the smallest of the others with them where that is not enough."""
    small = [key for key in keys if counts.get(key, 0) < SMALL]
    large = [key for key in keys if key not in small]
    while small and large and sum(counts.get(key, 0) for key in small) < SMALL:
        least = min(large, key=lambda key: (counts[key], keys.index(key)))
        large.remove(least)
        small.append(least)
    rows = [(key,) for key in large] + ([tuple(sorted(small, key=keys.index))] if small else [])
    return tuple(sorted(rows, key=lambda row: keys.index(row[0])))


def _for(setup: Setup, ballot: Ballot) -> frozenset[str]:
    """The options that a ballot is for."""
    return frozenset(key for key, value in ballot.said.items() if supports(setup.rule, value))


def _ordered(setup: Setup) -> bool:
    """Whether ballots say what comes first."""
    if setup.rule.of_money:
        return setup.form is not Form.TICKS
    return setup.rule in (Rule.SCORE, Rule.RANKING)


def _first(setup: Setup, ballot: Ballot) -> frozenset[str]:
    """The first choices of a ballot: place 1, or the most points; several where they are level."""
    said = {key: value for key, value in ballot.said.items() if value > 0}
    if not said or not _ordered(setup):
        return frozenset()
    by_place = setup.rule is Rule.RANKING or (setup.rule.of_money and setup.form is Form.RANKS)
    best = min(said.values()) if by_place else max(said.values())
    return frozenset(key for key, value in said.items() if value == best)
