"""By how much people's and communities' shares alone must grow, for them to have paid their floor of what is bought.

Their shares grow step by step while the others stay as they are, and every step is a count of its own. What they paid
can fall again from one step to the next, so none may be left out by halving. But where two counts come about in the
same way, all between them do too (`equal_shares.once`), and what people and communities paid is then a straight line:
it meets the floor first at one end, or at a place between that halving does find.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from alongside.methods.equal_shares.columns import Columns
from alongside.methods.equal_shares.once import Count
from alongside.methods.equal_shares.problem import Problem, Rule
from alongside.methods.equal_shares.steps import Steps
from alongside.methods.equal_shares.ties import Order


def us_raised(
    problem: Problem, rule: Rule, ours: Collection[str], *, step: Fraction, most: Fraction, floor: Fraction
) -> Fraction | None:
    """The first part, in steps of `step` up to `most`, by which the shares of the groups `ours` must grow for the last
    outcome within the budget of which they paid at least `floor`. None where no outcome on that way is such a one."""
    growing = np.array([ballot.group in ours for ballot in problem.ballots], np.bool_)
    steps = Steps(Columns(problem, rule, growing), Order(problem, rule), step, problem.budget, most)
    found: int | None = None
    winners: frozenset[int] = frozenset()
    before = 0
    for now, count in steps.walk():
        if count.over:
            break
        won = frozenset(count.funded)
        if won and won != winners and _paid(count, growing) >= floor * count.spent:
            found, winners = _first(steps, before, now, growing, floor), won
        before = now + 1
    return None if found is None else found * step


def _first(steps: Steps, low: int, high: int, ours: NDArray[np.bool_], floor: Fraction) -> int:
    """The first step from `low` to `high`, which come about in one way, at which they paid enough; at `high` they did,
    and before `low` they did not."""
    while low < high:
        middle = (low + high) // 2
        count = steps.at(middle)
        if _paid(count, ours) >= floor * count.spent:
            high = middle
        else:
            low = middle + 1
    return high


def _paid(count: Count, ours: NDArray[np.bool_]) -> Fraction:
    """What these ballots paid for all that was bought, exactly: what they held, less what they have left."""
    left = count.chain.left(np.flatnonzero(ours & (count.left > 0)), len(count.bought))
    held = count.chain.left(np.flatnonzero(ours), 0)
    return Fraction(held - left, count.chain.denominator)
