"""The outcome by fair shares beside the one by votes: ballots with how much money would gain by either.

Some cities take this as a last step: where more would gain by the list of votes than lose, that is taken. It is a part
of the rule only where it was declared (`Rule.compare`).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from alongside.methods.equal_shares.problem import Problem, Rule, Utility
from alongside.methods.equal_shares.result import Comparison
from alongside.methods.equal_shares.utilities import worth


def compare(problem: Problem, rule: Rule, shares: Iterable[str], votes: Iterable[str]) -> Comparison:
    """What ballots hold, together, for which funding `shares` is worth more, and for which funding `votes` is."""
    sheet, one, other = problem.sheet, set(shares), set(votes)
    sign = [int(id in one) - int(id in other) for id, _ in problem.projects]
    each = [mark * worth(rule.utility, cost, 1) for mark, (_, cost) in zip(sign, problem.projects, strict=True)]
    value = np.array(each, np.int64)[sheet.project]
    gain = np.zeros(len(sheet.copies), np.int64)
    np.add.at(gain, sheet.row, value * sheet.points if rule.utility is Utility.POINTS else value)
    sums = []
    for wins in (gain > 0, gain < 0):
        counts = np.bincount(sheet.held[wins], sheet.copies[wins], len(sheet.classes)).tolist()
        sums.append(sum((held * int(n) for held, n in zip(sheet.classes, counts, strict=True)), Fraction(0)))
    return Comparison(sums[0], sums[1])
