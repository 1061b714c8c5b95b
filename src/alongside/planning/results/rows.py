"""What a count is kept as: plain figures that can be written, read back, and held against a count made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from alongside.methods import equal_shares as fair
from alongside.methods.say.money import MoneyOutcome
from alongside.methods.say.outcome import Code, Outcome, Verdict, Why
from alongside.planning.decisions.models import Stage
from alongside.planning.results.counting import Counting

STAGES = {
    Verdict.DECIDED: Stage.DECIDED,
    Verdict.NOT_DECIDED: Stage.NOT_DECIDED,
    Verdict.BACK_TO_TALK: Stage.TALK_AGAIN,
}


@dataclass(frozen=True)
class Head:
    """The outcome as a whole, as `Result` has it."""

    ballots: int
    ballots_sha: str
    state: str
    verdict: str = ""
    why: str = ""
    spent_pence: int = 0
    with_nothing: int = 0
    grown_steps: int = 0
    grown: str = ""
    us_grown: str = ""
    of_us: str = ""


@dataclass(frozen=True)
class Fate:
    """How one option came out, as it is stored: see `ResultOption`."""

    place: int | None = None
    picked: int = 0
    got: str = ""
    each_paid: str = ""
    left_pence: int | None = None
    short_pence: int | None = None
    why_not: str = ""
    why: str = ""
    all_alike: bool = False
    by_votes: bool = False
    other_place: int | None = None


@dataclass(frozen=True)
class GroupRow:
    """What one group held, paid and got, as `ResultGroup` has it."""

    ballots: int
    share: str
    held: str = ""
    paid: str = ""
    with_nothing: int = 0
    first_won: int = 0


@dataclass(frozen=True)
class PaidRow:
    """What one group gave one option, as `ResultPaid` has it."""

    picked: int = 0
    paid: str = ""


@dataclass(frozen=True)
class TieRow:
    """A tie, as `ResultTie` has it: the options' numbers, the one chosen, and what decided."""

    among: str
    chosen: str
    broken_by: str


@dataclass(frozen=True)
class Rows:
    """Everything that is kept of a count: options and groups by their keys."""

    head: Head
    options: Mapping[str, Fate]
    groups: Mapping[str, GroupRow]
    paid: Mapping[tuple[str, str], PaidRow]
    ties: tuple[TieRow, ...] = field(default=())


def rows_of(counting: Counting, salt: str) -> Rows:
    """What is kept of this count. `salt` goes into the sum of what was counted."""
    return Rows(_head(counting, salt), fates(counting), _groups(counting), _payments(counting), _ties(counting.outcome))


def _head(counting: Counting, salt: str) -> Head:
    outcome = counting.outcome
    nothing = sum(group.nothing for group in counting.groups.values()) if counting.single else 0
    head = Head(
        ballots=counting.people,
        ballots_sha=counting.sum(salt),
        state=STAGES[outcome.verdict].value,
        verdict=outcome.why[0].code.value if outcome.why else "",
        why=written(outcome.why),
        with_nothing=nothing,
    )
    if not isinstance(outcome, MoneyOutcome) or outcome.result is None or outcome.paid is None:
        return head
    completion = outcome.result.completion
    return replace(
        head,
        spent_pence=outcome.paid.spent,
        grown_steps=max(0, completion.runs - 1),
        grown=str(completion.raised),
        us_grown="" if outcome.us_raised is None else str(outcome.us_raised),
        of_us=str(outcome.paid.us_part),
    )


def _groups(counting: Counting) -> dict[str, GroupRow]:
    shares, paid = counting.outcome.shares, getattr(counting.outcome, "paid", None)
    start = {group.key: Fraction(group.weight_ppm, 1_000_000) for group in counting.setup.voting}
    return {
        key: GroupRow(
            ballots=one.ballots,
            share=str(start[key]),
            held="" if shares is None else str(shares.held[key]),
            paid="" if paid is None else str(sum(paid.by_group.get(key, {}).values(), Fraction(0))),
            with_nothing=one.nothing if counting.single else 0,
            first_won=(one.first or 0) if counting.single else 0,
        )
        for key, one in counting.groups.items()
    }


def _payments(counting: Counting) -> dict[tuple[str, str], PaidRow]:
    paid = getattr(counting.outcome, "paid", None)
    by_group = {} if paid is None else paid.by_group
    found = {}
    for key, one in counting.groups.items():
        for option in (str(option.n) for option in counting.options):
            amount = by_group.get(key, {}).get(option)
            if amount or one.votes.get(option):
                found[option, key] = PaidRow(one.votes.get(option, 0), "" if amount is None else str(amount))
    return found


def _ties(outcome: Outcome | MoneyOutcome) -> tuple[TieRow, ...]:
    if isinstance(outcome, MoneyOutcome):
        met = outcome.result.ties if outcome.result else ()
        return tuple(TieRow(",".join(tie.tied), tie.chosen, tie.by) for tie in met)
    names = {"lowest_cost": "cost", "most_votes": "votes", "lot": "lot"}
    return tuple(TieRow(",".join(sorted(tie.options)), tie.options[0], names[tie.by]) for tie in outcome.ties)


def fates(counting: Counting) -> dict[str, Fate]:
    """How every option came out, by its key."""
    outcome = counting.outcome
    found = _of_money(outcome, counting.single) if isinstance(outcome, MoneyOutcome) else _of_choice(outcome)
    return {key: found.get(key, Fate()) for key in (str(option.n) for option in counting.options)}


def _of_choice(outcome: Outcome) -> dict[str, Fate]:
    places = {key: n for n, key in enumerate(outcome.winners, 1)}
    return {
        row.option: Fate(
            place=places.get(row.option),
            picked=row.votes,
            got=str(row.value),
            why_not=row.why[0].code.value if row.why else "",
            why=written(row.why),
        )
        for row in outcome.standings
    }


def _of_money(outcome: MoneyOutcome, single: bool) -> dict[str, Fate]:
    """What the other rule would buy is told of single people's ballots only: hands do not say who picked both."""
    found = {key: Fate(why_not=why[0].code.value, why=written(why)) for key, why in outcome.out.items()}
    result = outcome.result
    if result is None:
        return found
    other = {key: n for n, key in enumerate(outcome.other.winners, 1)} if outcome.other and single else {}
    behind = _behind(result)
    for round in result.rounds:
        found[round.project] = Fate(
            place=round.number if round.project in outcome.winners else None,
            picked=round.supporters,
            got=str(behind[round.project]),
            each_paid=str(_most(result, round.project)),
            all_alike=round.each is not None and not round.emptied,
            by_votes=round.stage is fair.Stage.GREEDY,
            other_place=other.get(round.project),
        )
    for lost in result.lost:
        found[lost.project] = Fate(
            picked=lost.votes,
            got=str(behind[lost.project]),
            left_pence=int(lost.had),
            short_pence=-int(-lost.short // 1),
            why_not=lost.why.name.lower(),
            other_place=other.get(lost.project),
        )
    return found


def _behind(result: fair.Result) -> dict[str, Fraction]:
    """The part of the money that those who picked each option held at first."""
    problem, held = result.problem, dict.fromkeys((project.id for project in result.problem.projects), Fraction(0))
    for ballot, holds in zip(problem.ballots, problem.endowments, strict=True):
        for key, _points in ballot.marks:
            held[key] += holds * ballot.copies
    whole = problem.held or Fraction(1)
    return {key: amount / whole for key, amount in held.items()}


def _most(result: fair.Result, project: str) -> Fraction:
    """The most that one ballot gave for what was bought."""
    payment = result.purses.payments[project]
    return Fraction(max(payment.amounts, default=0), payment.denominator)


def written(reasons: Iterable[Why]) -> str:
    """Reasons as they are stored: code, group, what there was and what was needed, a line each."""
    return "\n".join(f"{why.code};{why.group};{_number(why.have)};{_number(why.need)}" for why in reasons)


def read(text: str) -> list[Why]:
    """The same back."""
    parts = (line.split(";") for line in text.splitlines())
    return [Why(Code(code), group, _fraction(have), _fraction(need)) for code, group, have, need in parts]


def _number(number: Fraction | None) -> str:
    return "" if number is None else str(number)


def _fraction(text: str) -> Fraction | None:
    return Fraction(text) if text else None
