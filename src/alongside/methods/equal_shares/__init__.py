"""Fair-share voting: the Method of Equal Shares, exact, where every ballot holds a part of the money.

Each ballot starts with its own share of the budget. A project is bought when those who marked it can pay for it
together, each the same as far as they have it; the best value for its supporters goes first. `run` counts.

To follow it, read in this order: `problem` states it, with the rule; `once` is one count, which asks `prices` for what
each would give and `chain` for the same in whole numbers, over the `columns`; `steps` is completion, `greedy` the list
of votes, `ties` the order where prices are level. `result` says what came of it, `purses` who paid what.
"""

from alongside.methods.equal_shares.problem import (
    Ballot,
    Complete,
    Method,
    Problem,
    Project,
    Rule,
    Ties,
    Utility,
    WrongProblem,
    approves,
    problem_of,
    ranks,
)
from alongside.methods.equal_shares.purses import Round, Stage
from alongside.methods.equal_shares.result import Comparison, Completion, Lost, Result, Tie, Why
from alongside.methods.equal_shares.run import run

__all__ = [
    "Ballot",
    "Comparison",
    "Complete",
    "Completion",
    "Lost",
    "Method",
    "Problem",
    "Project",
    "Result",
    "Round",
    "Rule",
    "Stage",
    "Tie",
    "Ties",
    "Utility",
    "Why",
    "WrongProblem",
    "approves",
    "problem_of",
    "ranks",
    "run",
]
