"""What an idea must meet before it can win, however many are for it.

People directly affected cannot be outvoted by the rest: below the floor in their group an idea cannot win, and where
none of them voted, none can. A double majority must be reached on each side. An objection that is left stops an idea
that is decided by consent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from alongside.methods.say.model import Ballot, Rule, Setup
from alongside.methods.say.outcome import Code, Why
from alongside.methods.say.rules.support import Behind, behind
from alongside.methods.say.shares import Shares

NONE = Fraction(0)


def before_counting(setup: Setup, ballots: Sequence[Ballot], shares: Shares | None) -> tuple[Why, ...]:
    """Why nothing at all can be decided: nobody of people and communities voted, or fewer than the quorum."""
    if shares is None:
        return (Why(Code.NOBODY_OF_US),)
    ours = {group.key for group in setup.voting if group.side.us}
    us = sum(ballot.group in ours for ballot in ballots)
    if us < setup.quorum:
        return (Why(Code.QUORUM, have=Fraction(us), need=Fraction(setup.quorum)),)
    return ()


def unmet(setup: Setup, shares: Shares, ballots: Sequence[Ballot], option: str, whole: Behind) -> tuple[Why, ...]:
    """Every condition that `option` does not meet. `whole` is what stands behind it in all ballots that count."""
    return (
        *_floors(setup, shares, ballots, option),
        *_halves(setup, shares, ballots, option),
        *_objections(setup, ballots, option),
        *_enough(setup, whole),
    )


def below_floor(setup: Setup, shares: Shares, ballots: Sequence[Ballot], option: str) -> tuple[Why, ...]:
    """The floors of single groups that `option` does not meet: all that is asked of an idea about money."""
    return tuple(_floors(setup, shares, ballots, option))


def _floors(setup: Setup, shares: Shares, ballots: Sequence[Ballot], option: str) -> Iterator[Why]:
    for group in setup.groups:
        if group.floor_pct is not None:
            own = behind(setup, shares, (ballot for ballot in ballots if ballot.group == group.key), option)
            if own.of_ballots < Fraction(group.floor_pct, 100):
                yield Why(Code.FLOOR, group.key, own.of_ballots, Fraction(group.floor_pct, 100))


def _halves(setup: Setup, shares: Shares, ballots: Sequence[Ballot], option: str) -> Iterator[Why]:
    for half in setup.halves:
        side = behind(setup, shares, (ballot for ballot in ballots if ballot.group in half.groups), option)
        if side.of_those_who_said < Fraction(half.floor_pct, 100):
            yield Why(Code.HALF, half.name, side.of_those_who_said, Fraction(half.floor_pct, 100))


def _objections(setup: Setup, ballots: Sequence[Ballot], option: str) -> Iterator[Why]:
    if setup.rule is Rule.CONSENT:
        left = objections(setup, ballots, option)
        if left:
            yield Why(Code.OBJECTION, have=Fraction(left), need=NONE)


def objections(setup: Setup, ballots: Sequence[Ballot], option: str) -> int:
    """How many who hold a part of the say still object to `option`."""
    if setup.rule is not Rule.CONSENT:
        return 0
    voting = {group.key for group in setup.voting}
    return sum(ballot.group in voting and ballot.said.get(option, 0) < 0 for ballot in ballots)


def _enough(setup: Setup, whole: Behind) -> Iterator[Why]:
    """Somebody must be for it, and more than the threshold: of those who said yes or no, or of all."""
    if setup.rule is Rule.SUPPORTED:
        if not whole.votes:
            yield Why(Code.NO_YES)
        return
    have = whole.of_those_who_said if setup.rule.of_yes_and_no else whole.for_it
    if not whole.votes:
        yield Why(Code.NOBODY_PICKED)
    elif have <= Fraction(setup.threshold_pct, 100):
        yield Why(Code.THRESHOLD, have=have, need=Fraction(setup.threshold_pct, 100))
