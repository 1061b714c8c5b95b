"""A ballot file as a problem to be counted: costs in the smallest coin, ballots with what they mark and hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from alongside.exchange.pabulib.declared import BY_TYPE, Declared, fraction, vote_type
from alongside.exchange.pabulib.document import BallotFile, Fault, Unreadable
from alongside.methods.equal_shares import Ballot, Complete, Method, Problem, Project, Result, problem_of, ranks, run

MOST_DIGITS, MOST_MONEY = 6, Decimal(10) ** 15  # after the point, of money or points; and how much at all
MOST_POINTS = 1_000_000
Said = tuple[str, str, str, str]  # vote, points, group and share, as they stand
Marks = tuple[tuple[str, int], ...]


def count(file: BallotFile, declared: Declared, groups: Mapping[str, tuple[str, Fraction]] | None = None) -> Result:
    """Count a file. Where people's and communities' shares were made bigger, exactly those are counted with once."""
    problem = problem_in(file, declared, groups)
    if not declared.us_raised or declared.rule.method is Method.GREEDY:
        return run(problem, declared.rule)
    more = 1 + declared.us_raised
    ballots = tuple(
        ballot._replace(endowment=held * more if ballot.group in declared.us else held)
        for ballot, held in zip(problem.ballots, problem.endowments, strict=True)
    )
    result = run(replace(problem, ballots=ballots), replace(declared.rule, complete=Complete.NONE))
    if result.spent > problem.budget:
        fault = Fault(
            0, "With alongside_us_raised more is spent than the budget.", "Look whether META is as published."
        )
        raise Unreadable([fault])
    return result


def problem_in(
    file: BallotFile, declared: Declared, groups: Mapping[str, tuple[str, Fraction]] | None = None
) -> Problem:
    """The problem that a file states. `groups` gives each voter's group and share of the budget, in place of the
    columns `group` and `share`. Projects with a reason in the column `out` could not win, and are left out. Refuses
    what cannot be counted (`Unreadable`), with the line and how to mend it."""
    faults: list[Fault] = []
    budget, costs, unit = _money(file, faults)
    kind = vote_type(file.meta)
    if kind not in BY_TYPE:
        faults.append(Fault(0, f"META says vote_type is “{kind}”.", f"Use one of: {', '.join(BY_TYPE)}."))
    if declared.worth in {"borda", "places"} and kind != "ordinal":
        faults.append(Fault(0, f"{declared.worth} is for ballots in order.", "Choose another utility."))
    _twice(file, faults)
    if faults:
        raise Unreadable(faults)
    said = _said(file, groups)
    ids = {id.strip() for id in file.projects.column("project_id")}
    out = ids - set(costs)
    marks = _reader(kind, declared.worth, ids, file.votes.column("points"))
    ballots = []
    for one, copies in Counter(said).items():
        try:
            ballots.append(_ballot(one, copies, marks, out, budget))
        except ValueError as error:
            faults.append(Fault(file.votes.line(said.index(one)), *error.args))
    if faults:
        raise Unreadable(faults)
    try:
        return problem_of([Project(id, cost) for id, cost in costs.items()], ballots, budget, unit=unit)
    except ValueError as error:
        raise Unreadable([Fault(0, str(error), "")]) from error


def _money(file: BallotFile, faults: list[Fault]) -> tuple[int, dict[str, int], int]:
    """The budget and all costs in the smallest coin that the file speaks of, and how many make one unit."""
    budget = _number(file.meta.get("budget", ""), "META: budget", 0, faults)
    if not budget and not faults:
        faults.append(Fault(0, "META: the budget is nought.", "Say how much there is to spend."))
    listed = zip(file.projects.column("project_id"), file.projects.column("cost"), strict=True)
    outs = file.projects.column("out") or [""] * len(file.projects.rows)
    costs = {
        id.strip(): _number(cost, f"Project {id}: cost", file.projects.line(n), faults)
        for n, ((id, cost), out) in enumerate(zip(listed, outs, strict=True))
        if not out.strip()
    }
    unit = _unit([budget, *costs.values()])
    return int(budget * unit), {id: int(cost * unit) for id, cost in costs.items()}, unit


def _number(text: str, what: str, line: int, faults: list[Fault]) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        faults.append(Fault(line, f"{what} is “{text}”.", "Write a number, with a point before pence: 1250.50."))
    elif number < 0 or number >= MOST_MONEY:
        faults.append(Fault(line, f"{what} is {text}.", "Write a number from nought to a thousand billion."))
    elif _digits(number) > MOST_DIGITS:
        faults.append(Fault(line, f"{what} is {text}.", f"Write at most {MOST_DIGITS} figures after the point."))
    else:
        return number
    return Decimal(0)


def _digits(number: Decimal) -> int:
    """How many figures after the point it needs."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _unit(numbers: Sequence[Decimal]) -> int:
    return int(10 ** max((_digits(number) for number in numbers), default=0))


def _twice(file: BallotFile, faults: list[Fault]) -> None:
    """No project and no voter may be in the file twice."""
    for table, column, what in ((file.projects, "project_id", "Project"), (file.votes, "voter_id", "Voter")):
        ids = [id.strip() for id in table.column(column)]
        if len(set(ids)) == len(ids):
            continue
        seen: set[str] = set()
        for n, id in enumerate(ids):
            if id in seen:
                faults.append(Fault(table.line(n), f"{what} {id} is in the file twice.", "Keep one of the two lines."))
            seen.add(id)


def _said(file: BallotFile, groups: Mapping[str, tuple[str, Fraction]] | None) -> list[Said]:
    """What counts of each line of VOTES."""
    none = [""] * len(file.votes.rows)
    votes, points = file.votes.column("vote"), file.votes.column("points") or none
    if groups is None:
        named, shares = file.votes.column("group") or none, file.votes.column("share") or none
        return list(zip(votes, points, named, shares, strict=True))
    voters = [id.strip() for id in file.votes.column("voter_id")]
    missing = [n for n, id in enumerate(voters) if id not in groups]
    if missing:
        mend = "Give every voter a group in the file of groups."
        raise Unreadable([Fault(file.votes.line(n), f"Voter {voters[n]} is in no group.", mend) for n in missing])
    return [
        (vote, given, groups[id][0], str(groups[id][1])) for vote, given, id in zip(votes, points, voters, strict=True)
    ]


def _reader(kind: str, worth: str, ids: set[str], every: list[str]) -> Callable[[str, str], Marks]:
    """How one ballot of this kind is read. What it raises holds what is wrong and how to mend it."""

    def listed(vote: str) -> list[str]:
        marked = [id.strip() for id in vote.split(",")] if vote.strip() else []
        for id in marked:
            if id not in ids:
                raise ValueError(f"Project “{id}” is not in PROJECTS.", "List it there, or take it out here.")
        if len(set(marked)) < len(marked):
            raise ValueError(f"A project is marked twice: {vote}.", "Mark it once.")
        return marked

    def given(vote: str, points: str) -> Marks:
        marked, amounts = listed(vote), points.split(",") if points.strip() else []
        if len(marked) != len(amounts):
            raise ValueError(f"{len(marked)} projects, but {len(amounts)} points.", "Give one number for each.")
        try:
            numbers = [Decimal(amount.strip()) for amount in amounts]
        except InvalidOperation:
            raise ValueError(f"Points are “{points}”.", "Write numbers parted by commas.") from None
        if any(
            not number.is_finite() or not 0 <= number <= MOST_POINTS or _digits(number) > MOST_DIGITS
            for number in numbers
        ):
            raise ValueError(f"Points are “{points}”.", f"Write numbers from nought to {MOST_POINTS:,}.")
        return tuple((id, int(number * unit)) for id, number in zip(marked, numbers, strict=True) if number)

    unit = 10**MOST_DIGITS if any("." in points for points in every) else 1
    if kind == "ordinal":
        return lambda vote, _: ranks(listed(vote), last=0 if worth == "borda" else 1).marks
    if kind in {"cumulative", "scoring"} and every:
        return given
    return lambda vote, _: tuple((id, 1) for id in listed(vote))


def _ballot(one: Said, copies: int, marks: Callable[[str, str], Marks], out: set[str], budget: int) -> Ballot:
    vote, points, group, share = one
    faults: list[Fault] = []
    part = fraction(share, "share", faults)
    if faults:
        raise ValueError(faults[0].what, faults[0].mend)
    read = tuple(mark for mark in marks(vote, points) if mark[0] not in out) if out else marks(vote, points)
    return Ballot(read, None if part is None else part * budget, group.strip(), copies)
