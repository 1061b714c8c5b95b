"""Every ballot's purse through all rounds, exactly: who paid what for what was bought, and what each had left.

In a round of shares each supporter gives the price times what the project is worth to them, or all they have if that
is less. A project that was taken from the list of votes instead is paid for by its supporters, each alike as far as
they have it, and what is then missing by everybody else in the same proportion of what they have left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from alongside.methods.equal_shares.problem import Problem, Rule
from alongside.methods.equal_shares.utilities import worth


class Stage(StrEnum):
    SHARES = "shares"  # bought by its supporters together
    GREEDY = "greedy"  # taken from the list of votes, with what was left


@dataclass(frozen=True)
class Round:
    """One project is bought. `supporters` are ballots that marked it, `payers` those that still had something,
    `emptied` those that gave all they had. `price` is what a payer gives for each unit of what the project is worth
    to them, `each` what it gives where that is the same for all (both None where it was not bought by shares)."""

    number: int
    project: str
    cost: int
    stage: Stage
    supporters: int
    payers: int
    emptied: int
    price: Fraction | None = None
    each: Fraction | None = None


@dataclass
class Purses:
    """`paid[project]` maps the number of a ballot in `problem.ballots` to what each of those ballots paid."""

    problem: Problem
    left: list[Fraction]
    paid: dict[str, dict[int, Fraction]] = field(default_factory=dict)

    def by_group(self) -> dict[str, dict[str, Fraction]]:
        """For each group of ballots, what it paid for each project that it paid anything for."""
        sums: dict[str, dict[str, Fraction]] = defaultdict(dict)
        for project, payments in self.paid.items():
            together: dict[tuple[str, Fraction], int] = defaultdict(int)
            for n, amount in payments.items():
                together[self.problem.ballots[n].group, amount] += self.problem.ballots[n].copies
            for (group, amount), count in together.items():
                sums[group][project] = sums[group].get(project, Fraction(0)) + amount * count
        return dict(sums)


def pay(problem: Problem, rule: Rule, raised: Fraction, rounds: Iterable[Round]) -> Purses:
    """All purses after these rounds, where every endowment had been raised by the part `raised`."""
    purses = Purses(problem, [held * (1 + raised) for held in problem.endowments])
    supporters: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, ballot in enumerate(problem.ballots):
        for id, points in ballot.marks:
            supporters[id].append((n, points))
    costs = dict(problem.projects)
    for round in rounds:
        marks, cost = supporters[round.project], costs[round.project]
        if round.stage is Stage.SHARES and round.price is not None:
            due = {n: round.price * worth(rule.utility, cost, points) for n, points in marks}
            given = {n: min(amount, purses.left[n]) for n, amount in due.items()}
        else:
            given = _from_the_rest(purses, [n for n, _ in marks], cost)
        purses.paid[round.project] = {n: amount for n, amount in given.items() if amount}
        for n, amount in given.items():
            purses.left[n] -= amount
    return purses


def _from_the_rest(purses: Purses, supporters: list[int], cost: int) -> dict[int, Fraction]:
    """Supporters alike as far as they have it; then everybody else, in proportion to what they have."""
    counts = [ballot.copies for ballot in purses.problem.ballots]
    missing, voices = Fraction(cost), sum(counts[n] for n in supporters)
    given: dict[int, Fraction] = {}
    for n in sorted(supporters, key=purses.left.__getitem__):
        given[n] = min(purses.left[n], missing / voices)
        missing, voices = missing - given[n] * counts[n], voices - counts[n]
    others = [n for n in range(len(counts)) if n not in given and purses.left[n]]
    have = sum((purses.left[n] * counts[n] for n in others), Fraction(0))
    if missing and have:
        part = min(missing / have, Fraction(1))
        given |= {n: purses.left[n] * part for n in others}
    return given
