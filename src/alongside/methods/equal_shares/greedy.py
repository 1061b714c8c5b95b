"""Going down the list of votes: the most worth for the money first, whatever still fits the budget.

With the worth of a project taken as its cost, that is the plain list of votes. Ballots count by the share that they
hold, so that where all hold the same each counts once.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from alongside.methods.equal_shares.columns import Backed, Columns
from alongside.methods.equal_shares.problem import Problem
from alongside.methods.equal_shares.purses import Round, Stage
from alongside.methods.equal_shares.result import Tie
from alongside.methods.equal_shares.ties import Order


def go_down(problem: Problem, columns: Columns, order: Order, before: list[Round]) -> tuple[list[Round], list[Tie]]:
    """Rounds and ties after those of `before`."""
    funded = {round.project for round in before}
    rest = problem.budget - sum(round.cost for round in before)
    left = [project for project in columns.projects if project.id not in funded]
    value = {project.id: _value(columns, project) for project in left}
    rounds, ties = list[Round](), list[Tie]()
    while left := [project for project in left if project.cost <= rest]:
        best = max(value[project.id] for project in left)
        level = {project.id: project for project in left if value[project.id] == best}
        number = len(before) + len(rounds) + 1
        if len(level) > 1:
            ties.append(order.choose(number, list(level)))
        chosen = level[ties[-1].chosen] if len(level) > 1 else next(iter(level.values()))
        left.remove(chosen)
        rest -= chosen.cost
        rounds.append(Round(number, chosen.id, chosen.cost, Stage.GREEDY, int(chosen.voices), 0, 0))
    return rounds, ties


def _value(columns: Columns, project: Backed) -> tuple[bool, Fraction]:
    """What a project is worth to all ballots by the share that they hold, for each coin it costs; what costs nothing
    is better value than anything that costs."""
    held = np.bincount(columns.held[project.rows], weights=project.weight, minlength=len(columns.classes))
    total = sum((int(n) * one for n, one in zip(held.tolist(), columns.classes, strict=True) if n), Fraction(0))
    return not project.cost, total * project.scale / max(project.cost, 1)
