"""What a place publishes can be counted again by anybody, from the file alone: the same winners, ties and payments."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given

from alongside.exchange.pabulib import BallotFile, Declared, count, declared, effect, read, sealed, stated, write
from alongside.methods.equal_shares import Ballot, Problem, Rule, Utility, problem_of, run
from tests.methods.test_equal_shares_properties import problems, rules


def published(problem: Problem, how: Declared) -> bytes:
    """The file of a decision: one line for each ballot, with its group and share."""
    kind = "cumulative" if how.rule.utility is Utility.POINTS else "approval"
    votes = [
        {
            "voter_id": f"{n}-{copy}",
            "vote": ",".join(id for id, _ in ballot.marks),
            "points": ",".join(str(points) for _, points in ballot.marks),
            "group": ballot.group,
            "share": problem.endowments[n] / problem.budget,
        }
        for n, ballot in enumerate(problem.ballots)
        for copy in range(ballot.copies)
    ]
    meta = {"description": "Our street; all of it", "budget": problem.budget, "vote_type": kind} | stated(how, problem)
    projects = [{"project_id": id, "cost": cost, "name": f'The "{id}"'} for id, cost in problem.projects]
    return write(BallotFile.of(meta, projects, votes))


def named(problem: Problem) -> Problem:
    """The same with every ballot's share spelt out, and no mark without a point."""
    ballots = [
        Ballot(tuple(mark for mark in ballot.marks if mark[1]), held, ballot.group, ballot.copies)
        for ballot, held in zip(problem.ballots, problem.endowments, strict=True)
    ]
    return problem_of(problem.projects, ballots, problem.budget)


@given(problems(), rules)
def test_a_published_decision_counts_itself_again(problem: Problem, rule: Rule) -> None:
    """Whatever was decided by whatever rule: nothing has to be said at the terminal."""
    problem, rule = named(problem), replace(rule, step=rule.step or Fraction(1, 9))
    how = Declared(rule, rule.utility.value, frozenset({"a"}), sealed=sealed(rule.seed))
    file = read(published(problem, how))
    again = declared(file.meta)
    assert again == how and again.kept
    first, second = run(problem, rule), count(file, again)
    assert (first.winners, first.spent, first.ties) == (second.winners, second.spent, second.ties)
    assert first.completion == second.completion
    assert first.purses.by_group() == second.purses.by_group()
    assert {one.project: one.short for one in first.lost} == {one.project: one.short for one in second.lost}


@given(problems(), rules)
def test_the_effect_accounts_for_every_ballot_and_every_coin(problem: Problem, rule: Rule) -> None:
    problem, rule = named(problem), replace(rule, step=Fraction(1, 9))
    result = run(problem, rule)
    for us in (frozenset[str](), frozenset({"a"})):
        rows = effect(result, us)
        assert sum(row.ballots for row in rows) == problem.voters
        assert sum(row.held for row in rows) * problem.budget == problem.held
        assert sum(row.paid for row in rows) == sum(
            amount for sums in result.purses.by_group().values() for amount in sums.values()
        )
        assert sum(row.nothing for row in rows) == sum(
            ballot.copies for ballot in problem.ballots if not {id for id, _ in ballot.marks} & set(result.winners)
        )
        for row in rows:
            assert set(row.support) == set(result.winners)
            assert all(0 <= part <= 1 for part in row.support.values())


@given(problems())
def test_what_could_not_win_is_published_and_not_counted(problem: Problem) -> None:
    """An idea below a floor stays in the file with its reason, and takes no part in the count."""
    problem, rule = named(problem), Rule(step=Fraction(1, 9))
    how = Declared(rule, "cost", sealed=sealed(""))
    file = read(published(problem, how))
    file.projects.columns.append("out")
    for n, row in enumerate(file.projects.rows):
        row.append("under the floor" if n == 0 else "")
    first = problem.projects[0].id
    left = [
        ballot._replace(marks=tuple(mark for mark in ballot.marks if mark[0] != first)) for ballot in problem.ballots
    ]
    without = problem_of(problem.projects[1:], left, problem.budget)
    again = read(write(file))
    assert count(again, declared(again.meta)).winners == run(without, rule).winners


def test_a_ranking_is_counted_by_places() -> None:
    """The last of a list still buys for itself here, where by Borda it would not."""
    votes = [{"voter_id": n, "vote": "pool,bench"} for n in range(3)]
    meta = {"budget": 30, "vote_type": "ordinal", "alongside_complete": "none"}
    projects = [{"project_id": "pool", "cost": 8}, {"project_id": "bench", "cost": 5}]
    for worth, won in (("places", ("pool", "bench")), ("borda", ("pool",))):
        file = read(write(BallotFile.of(meta | {"alongside_utility": worth}, projects, votes)))
        assert count(file, declared(file.meta)).winners == won


def test_another_seed_at_the_terminal_is_another_lot() -> None:
    votes = [{"voter_id": n, "vote": "a,b,c"} for n in range(2)]
    projects = [{"project_id": id, "cost": 4} for id in "abc"]
    file = BallotFile.of({"budget": 12, "vote_type": "approval", "alongside_seed": "heron"}, projects, votes)
    orders = {count(file, declared(file.meta, {"seed": str(n)})).winners for n in range(30)}
    assert len(orders) == 6
    assert count(file, declared(file.meta)).winners == count(file, declared(file.meta, {"seed": "heron"})).winners
