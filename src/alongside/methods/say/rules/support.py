"""What a mark on a ballot says under each rule: for, against, or neither; and how much of the say stands behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from alongside.methods.say.model import CONTENT, Ballot, Rule, Setup
from alongside.methods.say.shares import Shares


def supports(rule: Rule, value: int | None) -> bool | None:
    """Whether a mark is for an idea; None where it says neither.

    A tick, a yes, consent and points are for it; so is any place in an order, where people leave out what they could
    not live with; so is a score of three or more. A no and an objection are against, and so is a lower score. What is
    not marked, and standing aside, says neither.
    """
    if value is None:
        return None
    if rule is Rule.CONSENT:
        return None if value == 0 else value > 0
    if rule is Rule.SCORE:
        return value >= CONTENT
    return value > 0


@dataclass(frozen=True)
class Behind:
    """What stands behind one idea in some ballots: the say for it and against it, all the say there, and ballots."""

    for_it: Fraction
    against: Fraction
    all_say: Fraction
    votes: int
    ballots: int

    @property
    def of_ballots(self) -> Fraction:
        """The part of all these ballots that is for it; none where nobody voted."""
        return Fraction(self.votes, self.ballots) if self.ballots else Fraction(0)

    @property
    def of_those_who_said(self) -> Fraction:
        """The part of the say for it among those who said yes or no."""
        said = self.for_it + self.against
        return self.for_it / said if said else Fraction(0)


def behind(setup: Setup, shares: Shares, ballots: Iterable[Ballot], option: str) -> Behind:
    """What stands behind `option` in these ballots."""
    for_it = against = whole = Fraction(0)
    votes = count = 0
    for ballot in ballots:
        share, said = shares.of(ballot), supports(setup.rule, ballot.said.get(option))
        whole, count = whole + share, count + 1
        if said:
            for_it, votes = for_it + share, votes + 1
        elif said is False:
            against += share
    return Behind(for_it, against, whole, votes, count)
