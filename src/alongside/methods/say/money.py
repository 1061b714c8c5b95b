"""A budget, decided with an equal say: who may win, the count by fair shares or by votes, and who paid.

Each ballot's part of the say is its part of the money. Ideas below the floor of the people directly affected are taken
out first. When money is left, all shares are made bigger by the same part, step by step. An equal start is not an equal
effect: many small shares may fail to meet on one idea while a few large ones do. So where people and communities would
have paid for less than their floor, only their own shares are made bigger (`us_first`), so that their money is not
lost; and if they still would, the result goes back for talk. All of this is declared before anyone votes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from alongside.methods import equal_shares as fair
from alongside.methods.equal_shares import Result, run
from alongside.methods.equal_shares.run import step_of
from alongside.methods.say.growing import us_raised
from alongside.methods.say.model import MILLION, Ballot, Completion, Form, Option, Rule, Setup, Utility
from alongside.methods.say.outcome import Code, Verdict, Why
from alongside.methods.say.rules.conditions import before_counting, below_floor
from alongside.methods.say.shares import Shares, cast_of, shares_of

POUND = 100  # pence
MOST_RAISED = Fraction(9)  # shares grow to ten times their first size at most; in real votes they hardly double
US_MOST_RAISED = Fraction(1)  # and those of people and communities to twice, where only they are made bigger


@dataclass(frozen=True)
class Paid:
    """Who paid for what would be bought: pence for each group and idea, and what people and communities paid.

    What the list of votes takes is nobody's own purchase, so its cost is put down to those who picked it, by the say
    that they hold: else people would be said to have paid half of what only two organisations wanted.
    """

    by_group: Mapping[str, Mapping[str, Fraction]]
    spent: int
    us: Fraction

    @property
    def us_part(self) -> Fraction:
        """The part that people and communities paid of all that was spent; all of it where nothing was."""
        return self.us / self.spent if self.spent else Fraction(1)


@dataclass(frozen=True)
class MoneyOutcome:
    """`result` is the count by the declared rule and `other` by the other one, to be shown beside it. `out` says why
    ideas could not win at all. `us_raised` is by which part only people's and communities' shares were made bigger,
    None where that was not needed. Winners are those of a decided result only."""

    verdict: Verdict
    why: tuple[Why, ...] = ()
    winners: tuple[str, ...] = ()
    result: Result | None = None
    other: Result | None = None
    paid: Paid | None = None
    out: Mapping[str, tuple[Why, ...]] = field(default_factory=dict)
    shares: Shares | None = None
    us_raised: Fraction | None = None


def decide(setup: Setup, options: Sequence[Option], ballots: Iterable[Ballot], *, seed: str = "") -> MoneyOutcome:
    """The outcome of a budget under `setup`, which must have no faults. `seed` draws the lot for ties.

    Refuses (`ValueError`) a rule that is not of money, and marks that make no sense.
    """
    if not setup.rule.of_money or setup.budget_pence is None:
        raise ValueError("This decision is not about a budget.")
    cast = list(ballots)
    unknown = {key for ballot in cast for key in ballot.marks} - {option.key for option in options}
    if unknown:
        raise ValueError(f"A ballot marks {', '.join(sorted(unknown))}, which is not among the options.")
    shares = shares_of(setup, cast_of(setup, cast))
    stopped = before_counting(setup, cast, shares)
    if stopped or shares is None:
        return MoneyOutcome(Verdict.NOT_DECIDED, stopped, shares=shares)
    below = {option.key: below_floor(setup, shares, cast, option.key) for option in options}
    out = {key: why for key, why in below.items() if why}
    problem = problem_of(setup, [option for option in options if option.key not in out], cast, shares)
    result, raised = _count(setup, problem, rule_of(setup, seed))
    paid = paid_by(setup, result)
    other = run(problem, rule_of(setup, seed, _other(setup.rule)))
    if not result.winners:
        why = tuple(sorted({reason for reasons in out.values() for reason in reasons}, key=_place))
        verdict = Verdict.BACK_TO_TALK if out else Verdict.NOT_DECIDED
        why = why or (Why(Code.NOBODY_PICKED),)
        return MoneyOutcome(verdict, why, (), result, other, paid, out, shares)
    if paid.us_part < _floor(setup):
        why = (Why(Code.US_PAID_TOO_LITTLE, have=paid.us_part, need=_floor(setup)),)
        return MoneyOutcome(Verdict.BACK_TO_TALK, why, (), result, other, paid, out, shares, raised)
    return MoneyOutcome(Verdict.DECIDED, (), result.winners, result, other, paid, out, shares, raised)


def _place(why: Why) -> tuple[str, str, Fraction]:
    """Where a reason stands among several, whatever order ideas came in."""
    return why.code, why.group, why.have or Fraction(0)


def problem_of(setup: Setup, options: Sequence[Option], ballots: Iterable[Ballot], shares: Shares) -> fair.Problem:
    """The problem of fair shares in these options: every ballot that holds a part of the say, with its part of the
    budget, and what it says of these options alone. Places in an order become points (Borda)."""
    budget, may_win = setup.budget_pence or 0, {option.key for option in options}
    listed = []
    for ballot in ballots:
        share = shares.of(ballot)
        if share:
            said = {key: value for key, value in ballot.said.items() if key in may_win and value > 0}
            listed.append(_as_counted(setup.form, said, budget * share, ballot.group))
    return fair.problem_of([fair.Project(option.key, option.cost) for option in options], listed, budget, unit=POUND)


def _as_counted(form: Form, said: Mapping[str, int], holds: Fraction, group: str) -> fair.Ballot:
    """One ballot in the form in which it is counted."""
    if form is Form.RANKS:
        return fair.ranks(sorted(said, key=lambda key: (said[key], key)), holds, group)
    if form is Form.TICKS:
        return fair.approves(said, holds, group)
    return fair.Ballot(tuple(said.items()), holds, group)


def rule_of(setup: Setup, seed: str, rule: Rule | None = None) -> fair.Rule:
    """The declared rule, or another instead, as the count of fair shares knows it."""
    utility = fair.Utility.CARDINALITY if setup.utility is Utility.CARDINALITY else fair.Utility.COST
    return fair.Rule(
        method=fair.Method.GREEDY if (rule or setup.rule) is Rule.GREEDY else fair.Method.EQUAL_SHARES,
        utility=utility if setup.form is Form.TICKS else fair.Utility.POINTS,
        complete=COMPLETE[setup.completion],
        step=None if setup.step_ppm is None else Fraction(setup.step_ppm, MILLION),
        seed=seed,
        most=MOST_RAISED,
    )


COMPLETE = {
    Completion.NONE: fair.Complete.NONE,
    Completion.ADD1: fair.Complete.ADD1,
    Completion.GREEDY: fair.Complete.GREEDY,
}


def _other(rule: Rule) -> Rule:
    """The rule that is shown beside the declared one."""
    return Rule.EQUAL_SHARES if rule is Rule.GREEDY else Rule.GREEDY


def _floor(setup: Setup) -> Fraction:
    """What people and communities must pay at least, as a part of what is spent."""
    return Fraction(setup.floor_pct, 100)


def paid_by(setup: Setup, result: Result) -> Paid:
    """Who paid for what this count would buy."""
    by_group: dict[str, dict[str, Fraction]] = {key: dict(sums) for key, sums in result.purses.by_group().items()}
    for round in result.rounds:
        if round.stage is fair.Stage.GREEDY:
            for sums in by_group.values():
                sums.pop(round.project, None)
            for key, part in _behind(result.problem, round.project).items():
                by_group.setdefault(key, {})[round.project] = part * round.cost
    ours = {group.key for group in setup.groups if group.side.us}
    us = sum((amount for key, sums in by_group.items() if key in ours for amount in sums.values()), Fraction(0))
    return Paid(by_group, result.spent, us)


def _behind(problem: fair.Problem, project: str) -> dict[str, Fraction]:
    """Each group's part of what those who picked a project hold together."""
    held: dict[str, Fraction] = {}
    for ballot, holds in zip(problem.ballots, problem.endowments, strict=True):
        if any(id == project for id, _points in ballot.marks):
            held[ballot.group] = held.get(ballot.group, Fraction(0)) + holds * ballot.copies
    whole = sum(held.values(), Fraction(0))
    return {key: part / whole for key, part in held.items()} if whole else {}


def _count(setup: Setup, problem: fair.Problem, rule: fair.Rule) -> tuple[Result, Fraction | None]:
    """The count by the declared rule; where people and communities would pay too little of it, the one in which only
    their own shares grow, with the part by which they grew."""
    result = run(problem, rule)
    enough = paid_by(setup, result).us_part >= _floor(setup)
    if enough or rule.method is fair.Method.GREEDY or rule.complete is fair.Complete.NONE:
        return result, None
    return _us_first(setup, problem, rule) or (result, None)


def _us_first(setup: Setup, problem: fair.Problem, rule: fair.Rule) -> tuple[Result, Fraction] | None:
    """The last outcome within the budget for which people and communities paid at least their floor, while their own
    shares alone are made bigger step by step, up to twice their first size, and the first part by which they come to
    it; None where there is none."""
    ours = {group.key for group in setup.groups if group.side.us}
    raised = us_raised(
        problem, rule, ours, step=step_of(problem, rule), most=US_MOST_RAISED, floor=Fraction(setup.floor_pct, 100)
    )
    if raised is None:
        return None
    ballots = tuple(
        ballot._replace(endowment=holds * (1 + raised) if ballot.group in ours else holds)
        for ballot, holds in zip(problem.ballots, problem.endowments, strict=True)
    )
    return run(replace(problem, ballots=ballots), replace(rule, complete=fair.Complete.NONE)), raised
