"""A ballot file as a problem to be counted: costs in the smallest coin, ballots with what they mark and hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from alongside.exchange.pabulib.declared import BY_TYPE, Declared, fraction, says, vote_type
from alongside.exchange.pabulib.document import BallotFile, Fault, Unreadable
from alongside.exchange.pabulib.words import said as _
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
            0,
            _("With alongside_us_raised more is spent than the budget."),
            _("Look whether META is as published."),
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
        faults.append(says("vote_type", kind, BY_TYPE))
    if declared.worth in {"borda", "places"} and kind != "ordinal":
        faults.append(
            Fault(0, _("%(worth)s is for ballots in order.") % {"worth": declared.worth}, _("Choose another utility."))
        )
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
    budget = _number(file.meta.get("budget", ""), _("META: budget"), 0, faults)
    if not budget and not faults:
        faults.append(Fault(0, _("META: the budget is nought."), _("Say how much there is to spend.")))
    listed = zip(file.projects.column("project_id"), file.projects.column("cost"), strict=True)
    outs = file.projects.column("out") or [""] * len(file.projects.rows)
    costs = {
        id.strip(): _number(cost, _("Project %(id)s: cost") % {"id": id}, file.projects.line(n), faults)
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
        faults.append(Fault(line, _is(what, f"“{text}”"), _("Write a number, with a point before pence: 1250.50.")))
    elif number < 0 or number >= MOST_MONEY:
        faults.append(Fault(line, _is(what, text), _("Write a number from nought to a thousand billion.")))
    elif _digits(number) > MOST_DIGITS:
        faults.append(
            Fault(line, _is(what, text), _("Write at most %(n)s figures after the point.") % {"n": MOST_DIGITS})
        )
    else:
        return number
    return Decimal(0)


def _is(what: str, text: str) -> str:
    return _("%(what)s is %(text)s.") % {"what": what, "text": text}


def _digits(number: Decimal) -> int:
    """How many figures after the point it needs."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _unit(numbers: Sequence[Decimal]) -> int:
    return int(10 ** max((_digits(number) for number in numbers), default=0))


def _twice(file: BallotFile, faults: list[Fault]) -> None:
    """No project and no voter may be in the file twice."""
    for table, column, what in (
        (file.projects, "project_id", _("Project %(id)s is in the file twice.")),
        (file.votes, "voter_id", _("Voter %(id)s is in the file twice.")),
    ):
        ids = [id.strip() for id in table.column(column)]
        if len(set(ids)) == len(ids):
            continue
        seen: set[str] = set()
        for n, id in enumerate(ids):
            if id in seen:
                faults.append(Fault(table.line(n), what % {"id": id}, _("Keep one of the two lines.")))
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
        what, mend = _("Voter %(id)s is in no group."), _("Give every voter a group in the file of groups.")
        raise Unreadable([Fault(file.votes.line(n), what % {"id": voters[n]}, mend) for n in missing])
    return [
        (vote, given, groups[id][0], str(groups[id][1])) for vote, given, id in zip(votes, points, voters, strict=True)
    ]


def _reader(kind: str, worth: str, ids: set[str], every: list[str]) -> Callable[[str, str], Marks]:
    """How one ballot of this kind is read. What it raises holds what is wrong and how to mend it."""

    def listed(vote: str) -> list[str]:
        marked = [id.strip() for id in vote.split(",")] if vote.strip() else []
        for id in marked:
            if id not in ids:
                what = _("Project “%(id)s” is not in PROJECTS.") % {"id": id}
                raise ValueError(what, _("List it there, or take it out here."))
        if len(set(marked)) < len(marked):
            raise ValueError(_("A project is marked twice: %(vote)s.") % {"vote": vote}, _("Mark it once."))
        return marked

    def given(vote: str, points: str) -> Marks:
        wrong = _("Points are “%(points)s”.")
        marked, amounts = listed(vote), points.split(",") if points.strip() else []
        if len(marked) != len(amounts):
            what = _("%(projects)s projects, but %(points)s points.") % {
                "projects": len(marked),
                "points": len(amounts),
            }
            raise ValueError(what, _("Give one number for each."))
        try:
            numbers = [Decimal(amount.strip()) for amount in amounts]
        except InvalidOperation:
            raise ValueError(wrong % {"points": points}, _("Write numbers parted by commas.")) from None
        if any(
            not number.is_finite() or not 0 <= number <= MOST_POINTS or _digits(number) > MOST_DIGITS
            for number in numbers
        ):
            mend = _("Write numbers from nought to %(most)s.") % {"most": f"{MOST_POINTS:,}"}
            raise ValueError(wrong % {"points": points}, mend)
        return tuple((id, int(number * unit)) for id, number in zip(marked, numbers, strict=True) if number)

    unit = 10**MOST_DIGITS if any("." in points for points in every) else 1
    if kind == "ordinal":
        return lambda vote, _points: ranks(listed(vote), last=0 if worth == "borda" else 1).marks
    if kind in {"cumulative", "scoring"} and every:
        return given
    return lambda vote, _points: tuple((id, 1) for id in listed(vote))


def _ballot(one: Said, copies: int, marks: Callable[[str, str], Marks], out: set[str], budget: int) -> Ballot:
    vote, points, group, share = one
    faults: list[Fault] = []
    part = fraction(share, "share", faults)
    if faults:
        raise ValueError(faults[0].what, faults[0].mend)
    read = tuple(mark for mark in marks(vote, points) if mark[0] not in out) if out else marks(vote, points)
    return Ballot(read, None if part is None else part * budget, group.strip(), copies)
