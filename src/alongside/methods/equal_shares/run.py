"""Counts: the Method of Equal Shares with its completion, or the list of votes. Exact, and the same for everybody."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from alongside.methods.equal_shares.columns import Columns
from alongside.methods.equal_shares.compare import compare
from alongside.methods.equal_shares.greedy import go_down
from alongside.methods.equal_shares.problem import Complete, Method, Problem, Rule, WrongProblem
from alongside.methods.equal_shares.purses import Round
from alongside.methods.equal_shares.result import Completion, Result, Tie
from alongside.methods.equal_shares.steps import Standing, Steps
from alongside.methods.equal_shares.ties import Order

THOUSANDTH = Fraction(1, 1000)


def run(problem: Problem, rule: Rule) -> Result:
    """The outcome of these ballots under this rule. Never spends more than the budget; depends on nothing but what is
    given, and not on its order."""
    columns, order = Columns(problem, rule), Order(problem, rule)
    rounds: list[Round] = []
    ties: list[Tie] = []
    completion = Completion(0, Fraction(0), full=True)
    if rule.method is Method.EQUAL_SHARES:
        rounds, ties, completion = _shares(problem, rule, columns, order)
    if rule.method is Method.GREEDY or rule.complete in {Complete.GREEDY, Complete.ADD1_GREEDY}:
        more, level = go_down(problem, columns, order, rounds)
        rounds, ties, completion = rounds + more, ties + level, replace(completion, full=True)
    comparison = None
    if rule.compare and rule.method is Method.EQUAL_SHARES:
        by_votes, level = go_down(problem, columns, order, [])
        comparison = compare(problem, rule, (r.project for r in rounds), (r.project for r in by_votes))
        if comparison.votes_win:
            rounds, ties, completion = by_votes, level, Completion(completion.runs, Fraction(0), full=True)
    return Result(problem, rule, tuple(rounds), tuple(ties), completion, comparison)


def step_of(problem: Problem, rule: Rule) -> Fraction:
    """By which part of itself completion raises every endowment each time."""
    if rule.step is not None:
        return rule.step
    first = problem.endowments[0] if problem.endowments else Fraction(0)
    return problem.unit / first if problem.even and first else THOUSANDTH


def _shares(problem: Problem, rule: Rule, columns: Columns, order: Order) -> tuple[list[Round], list[Tie], Completion]:
    """The rounds of equal shares, completed by steps where that is the rule."""
    step = step_of(problem, rule)
    if step <= 0:
        raise WrongProblem("A step is a part above nought, such as 1/1000.")
    steps = Steps(columns, order, step, problem.budget, rule.most)
    by_steps = rule.complete in {Complete.ADD1, Complete.ADD1_GREEDY}
    stands = steps.complete() if by_steps else Standing(steps.at(0))
    full = not steps.room(stands.count)
    return stands.count.rounds(), stands.count.ties, Completion(stands.counts, stands.steps * step, full)
