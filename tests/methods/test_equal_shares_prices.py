"""What each gives for a project: bounds that hold the truth, and whole numbers that are the truth."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.equal_shares import Ballot, Complete, Problem, Project, Rule, Utility, approves, problem_of
from alongside.methods.equal_shares.chain import Chain
from alongside.methods.equal_shares.columns import Columns
from alongside.methods.equal_shares.once import Count
from alongside.methods.equal_shares.prices import EPS, NEVER, Price, approach, exact
from alongside.methods.equal_shares.ties import Order

POINTS = Rule(utility=Utility.POINTS, complete=Complete.NONE)
CARDINALITY = Rule(utility=Utility.CARDINALITY, complete=Complete.NONE)


def true_price(cost: int, backers: list[tuple[Fraction, int, int]]) -> Fraction | None:
    """By its definition: the least price at which payments reach the cost, found between the points where somebody
    runs out. Backers are what they have, what it is worth to them, and how many of them there are."""
    if sum(have * copies for have, _, copies in backers) < cost:
        return None
    points = sorted({Fraction(0), *(have / worth for have, worth, _ in backers)})
    for low, high in zip(points, [*points[1:], points[-1]], strict=True):
        if sum(min(have, high * worth) * copies for have, worth, copies in backers) >= cost:
            given = sum(min(have, low * worth) * copies for have, worth, copies in backers)
            speed = sum(worth * copies for have, worth, copies in backers if have / worth > low)
            return low + (Fraction(cost) - given) / speed if speed else low
    return points[-1]


def one_project(cost: int, backers: list[tuple[Fraction, int, int]]) -> Problem:
    ballots = [Ballot((("a", worth),), have, f"g{n}", copies) for n, (have, worth, copies) in enumerate(backers)]
    budget = int(sum((have * copies for have, _, copies in backers), Fraction(0))) + 1
    return problem_of([Project("a", cost)], ballots, max(budget, cost))


def looked_at(problem: Problem, rule: Rule = POINTS) -> tuple[Price | None, Price | None]:
    """The price of the only project in floating point, and in whole numbers."""
    columns = Columns(problem, rule)
    project = columns.projects[0]
    left = columns.endowments(Fraction(0))[project.rows]
    error = EPS * float(left.max())
    price = approach(project, left, error, project.cost / project.units, NEVER)
    if price is None:
        return None, None
    return price, exact(project, left, error, price, Chain(columns, Fraction(0)))


money = st.fractions(min_value=Fraction(1, 50), max_value=2_000_000, max_denominator=50)
purse = st.tuples(money, st.integers(1, 9), st.integers(1, 4))


@given(st.integers(1, 3_000_000), st.lists(purse, min_size=1, max_size=12))
def test_bounds_hold_the_truth_and_whole_numbers_are_the_truth(
    cost: int, backers: list[tuple[Fraction, int, int]]
) -> None:
    truth = true_price(cost, backers)
    price, known = looked_at(one_project(cost, backers))
    if truth is None:
        assert price is None or known is None
        return
    assert price is not None and known is not None and known.exact is not None
    assert known.exact.gave == truth
    assert Fraction(price.low) <= truth and (price.high == NEVER or truth <= Fraction(price.high))
    assert Fraction(known.low) <= truth <= Fraction(known.high)
    assert price.high == NEVER or abs(Fraction(price.gave) - truth) <= Fraction(price.error)


@given(st.lists(purse, min_size=1, max_size=8), st.integers(-1, 1))
def test_a_coin_too_little_is_too_little(backers: list[tuple[Fraction, int, int]], more: int) -> None:
    """They have just what it costs, a coin less, or a coin more: floating point alone could not say."""
    backers = [(Fraction(int(have) + 1), worth, copies) for have, worth, copies in backers]
    cost = int(sum(have * copies for have, _, copies in backers)) + more
    price, known = looked_at(one_project(cost, backers))
    if more > 0:
        assert price is None or known is None
    else:
        assert known is not None and known.exact is not None
        assert known.exact.gave == true_price(cost, backers)


def test_it_stops_with_a_lower_bound_once_that_is_enough():
    """Where another is cheaper for certain, nobody needs to know by how much."""
    columns = Columns(one_project(100, [(Fraction(10), 1, 5), (Fraction(90), 1, 1)]), POINTS)
    project = columns.projects[0]
    left = columns.endowments(Fraction(0))[project.rows]
    early = approach(project, left, 1e-12, 100 / 6, 1.0)
    assert early is not None and early.low > 1.0 and early.low <= 50 and early.error == NEVER
    late = approach(project, left, 1e-12, 100 / 6, NEVER)
    assert late is not None and late.gave == pytest.approx(50)
    assert late.emptied.tolist() == [True, False]


def test_a_start_from_the_last_price_comes_to_the_same():
    """A price only rises as money is spent, so the last one is a good place to start from."""
    problem = one_project(100, [(Fraction(n), 1, 1) for n in range(1, 40)])
    columns = Columns(problem, POINTS)
    project = columns.projects[0]
    left = columns.endowments(Fraction(0))[project.rows]
    cold = approach(project, left, 1e-12, 100 / 39, NEVER)
    assert cold is not None
    warm = approach(project, left, 1e-12, cold.gave, NEVER)
    assert warm is not None and warm.gave == cold.gave and warm.emptied.tolist() == cold.emptied.tolist()


def test_who_has_just_enough_is_neither_short_nor_over():
    """Two have just 10 and two have 30, and it costs 40: each gives 10."""
    price, known = looked_at(one_project(40, [(Fraction(10), 1, 2), (Fraction(30), 1, 2)]))
    assert price is not None and known is not None and known.exact is not None
    assert known.exact.gave == 10
    assert (known.exact.emptied.tolist(), known.exact.even.tolist()) == ([False, False], [True, False])


def chained() -> Count:
    """A count with some rounds in which some run out."""
    ids = "abcdef"
    projects = [Project(id, 30 + 7 * n) for n, id in enumerate(ids)]
    ballots = [approves([id for m, id in enumerate(ids) if (n * 3 + m * 5) % 7 < 4]) for n in range(11)]
    problem = problem_of(projects, ballots, 300)
    return Count(Columns(problem, CARDINALITY), Order(problem, CARDINALITY), Fraction(1, 3), 10**9)


def test_the_chain_knows_what_everybody_has_left():
    """Each ballot's purse worked out one by one is what the chain sums without looking at them."""
    count = chained()
    columns, rounds = count.columns, len(count.bought)
    assert rounds > 2
    purses = [columns.classes[held] * Fraction(4, 3) for held in columns.held.tolist()]
    for n, one in enumerate(count.bought):
        project, gave = columns.projects[one.project], count.chain.given(n)
        alive = [row for row in range(len(purses)) if purses[row] > 0]
        total = sum(purses[row] * int(columns.copies[row]) for row in alive)
        held = count.chain.left(np.array(alive), n) if all(purses[row] > 0 for row in alive) else 0
        assert Fraction(held, count.chain.denominator) == total
        assert all(Fraction(count.chain.each(row, n), count.chain.denominator) == purses[row] for row in alive)
        for row in project.rows.tolist():
            purses[row] = max(purses[row] - gave, Fraction(0))
        if any(purse == 0 for purse in purses):
            break


def test_worked_out_afresh_purses_are_what_they_were():
    count = chained()
    alive = count.left > 0
    assert count.chain.afresh()[alive] == pytest.approx(count.left[alive], abs=1e-9)
    before = count.left.copy()
    count._afresh()
    assert count.left == pytest.approx(before, abs=1e-9) and count.error < 1e-10


def test_columns_leave_out_who_holds_nothing_and_what_nobody_can_buy():
    ballots = [
        Ballot((("a", 2), ("b", 1), ("c", 1), ("d", 0)), Fraction(5)),
        Ballot((("a", 3), ("e", 1)), Fraction(0)),
    ]
    problem = problem_of([Project(id, 99 if id == "c" else 4) for id in "abcde"], ballots, 10)
    by_points, by_cost = Columns(problem, POINTS), Columns(problem, Rule())
    assert [project.id for project in by_points.projects] == ["a", "b"]
    assert [project.id for project in by_cost.projects] == ["a", "b", "d"]
    assert by_points.projects[0].rows.tolist() == [0] and by_points.projects[0].units == 2
    assert by_points.table.tolist() == [[2, 1], [0, 0]]
    assert by_cost.projects[0].scale == 4 and by_cost.projects[0].worth is None


def test_points_too_large_for_a_byte_are_kept():
    problem = problem_of([Project("a", 4)], [Ballot((("a", 70_000),))], 10)
    assert Columns(problem, POINTS).table.tolist() == [[70_000]]


def test_the_trace_tells_counts_apart_that_judged_differently():
    """The same outcome after a small step; another judgement once somebody runs out."""
    problem = problem_of(
        [Project("a", 30), Project("b", 20)],
        [approves(["a", "b"]), approves(["a"]), approves(["b"])],
        60,
    )
    columns, order = Columns(problem, CARDINALITY), Order(problem, CARDINALITY)
    at = {n: Count(columns, order, Fraction(n, 1000), 10**9) for n in (0, 1, 2, 900)}
    assert at[0].trace and at[1].trace == at[2].trace
    assert at[900].trace != at[1].trace
