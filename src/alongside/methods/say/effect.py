"""Afterwards: what each group started with, what it paid for, who got nothing, whose first choices won.

An equal start is not an equal effect, so the effect is measured and shown beside every result (table 1.1 of the book
asks for an equal say at each stage, not for an equal poll at the end). Groups of fewer than five ballots are never
shown apart: those of people and communities are put together with others of them, organisations with organisations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from alongside.methods.say.model import SMALL, Ballot, Form, Rule, Setup, Side
from alongside.methods.say.money import Paid
from alongside.methods.say.rules.support import supports
from alongside.methods.say.shares import Shares


@dataclass(frozen=True)
class Effect:
    """One row of the table: a group, or several put together, by their keys.

    `start` is the part of the say that was declared, `held` what its ballots held. For a budget `paid` is in pence
    and `of_spent` its part of all that was spent. `nothing` are ballots for which no idea they chose won; `first`
    those whose first choice won, None where a ballot has no order. `support` is the part of its ballots for each
    winner. Where `hidden`, the row stands for fewer than five people and says nothing of what they chose.
    """

    groups: tuple[str, ...]
    us: bool
    ballots: int
    start: Fraction
    held: Fraction
    paid: Fraction | None = None
    of_spent: Fraction | None = None
    nothing: int | None = None
    first: int | None = None
    support: Mapping[str, Fraction] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True)
class GroupCount:
    """One group by itself, to be kept and never shown where it is small: its ballots, those for which no idea they
    chose won, those whose first choice won (None where ballots have no order), and how many are for each idea."""

    ballots: int
    nothing: int
    first: int | None
    votes: Mapping[str, int]


@dataclass(frozen=True)
class Provenance:
    """Who set the question, and how many ideas each side wrote, and dropped."""

    question_by: Side
    written: Mapping[Side, int]
    dropped: Mapping[Side, int]


def effect_of(
    setup: Setup,
    ballots: Iterable[Ballot],
    shares: Shares,
    winners: Sequence[str],
    paid: Paid | None = None,
) -> tuple[Effect, ...]:
    """The effect on each group that holds a part of the say, small ones put together: people and communities first,
    then organisations, in the order of the set-up."""
    counts = counts_of(setup, ballots, winners)
    sizes = {key: one.ballots for key, one in counts.items()}
    return tuple(
        _row(setup, keys, [counts[key] for key in keys], shares, winners, paid)
        for us in (True, False)
        for keys in together([group.key for group in setup.voting if group.side.us is us], sizes)
    )


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


def _row(
    setup: Setup,
    keys: tuple[str, ...],
    counts: Sequence[GroupCount],
    shares: Shares,
    winners: Sequence[str],
    paid: Paid | None,
) -> Effect:
    """The row of these groups."""
    us, ballots = setup.group(keys[0]).side.us, sum(one.ballots for one in counts)
    start = sum((shares.start[key] for key in keys), Fraction(0))
    held = sum((shares.held[key] for key in keys), Fraction(0))
    if us and ballots < SMALL:
        return Effect(keys, us, ballots, start, held, hidden=True)
    spent = None if paid is None else _paid(paid, keys)
    return Effect(
        keys,
        us,
        ballots,
        start,
        held,
        spent,
        spent / paid.spent if paid is not None and spent is not None and paid.spent else None,
        sum(one.nothing for one in counts),
        sum(one.first or 0 for one in counts) if _ordered(setup) else None,
        {key: Fraction(sum(one.votes.get(key, 0) for one in counts), max(1, ballots)) for key in winners},
    )


def _paid(paid: Paid, keys: Iterable[str]) -> Fraction:
    """What these groups paid together."""
    return sum((amount for key in keys for amount in paid.by_group.get(key, {}).values()), Fraction(0))


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


def provenance(question_by: Side, written_by: Iterable[Side], dropped_by: Iterable[Side]) -> Provenance:
    """Who set the question, and by whom ideas were written and dropped, as counts for each side."""
    return Provenance(question_by, dict(Counter(written_by)), dict(Counter(dropped_by)))
