"""A run of a place: who is met and where, what one more would do, and the mark by which it is known."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.complement import NOT_FOR_UNPAID, Fixed, Source
from alongside.methods.complement.area import coverage, digest
from alongside.methods.complement.one_more import OneMore, one_more
from alongside.methods.complement.pairs import candidates
from alongside.methods.complement.problem import problem_of
from alongside.methods.complement.run import solve
from alongside.methods.complement.watching import Cancelled
from tests.methods.stories import (
    COUNCIL,
    HERE,
    NEIGHBOUR,
    NIGHT,
    PRIYA,
    ROUND_THE_CORNER,
    THE_COAST,
    TOM,
    TUESDAY,
    WEDNESDAY,
    at,
    offer,
    wish,
)
from tests.methods.test_complement_properties import fixed_of, offers_of, wishes_of

TOWN, COAST = 0, 1


def run(wishes, offers, fixed=None, bands=None):
    problem = problem_of(wishes, offers, fixed, bands=bands)
    return problem, solve(problem, candidates(problem))


# --- Who is met ---

people = [
    replace(wish("company"), id=1, person=1),
    replace(wish("company"), id=2, person=2),
    replace(wish("lifts", minutes=120), id=3, person=2),
    replace(wish("lifts", place=THE_COAST), id=4, person=3),
]
groups = np.array([TOWN, TOWN, TOWN, COAST])
tom = offer(1, TOM, NEIGHBOUR, "company", minutes=100, place=ROUND_THE_CORNER)
bus = offer(2, COUNCIL, Source.UNIVERSAL, "lifts", minutes=200, place=ROUND_THE_CORNER)


def test_a_place_sees_what_is_met_by_neighbourhood_and_kind_and_whose_time_it_is():
    problem, answer = run(people, [tom, bus], bands={1: 5})
    found = {(one.group, one.kind): one for one in coverage(problem, answer, groups, by=("group", "kind"))}
    assert set(found) == {(TOWN, "company"), (TOWN, "lifts"), (COAST, "lifts")}
    company, lifts, far = (found[key] for key in ((TOWN, "company"), (TOWN, "lifts"), (COAST, "lifts")))
    assert (company.wishes, company.people, company.some, company.wanted, company.met) == (2, 2, 1, 4, 2)
    assert (lifts.unpaid, lifts.paid, lifts.met) == (0, 4, 4) and (far.met, far.some) == (0, 0)


def test_people_are_counted_once_however_many_wishes_they_have():
    problem, answer = run(people, [tom, bus])
    (whole,) = coverage(problem, answer, by=())
    assert (whole.wishes, whole.people, whole.group, whole.band, whole.kind) == (4, 3, -1, 0, "")


def test_the_least_served_stand_in_a_row_of_their_own():
    problem, answer = run(people, [tom, bus], bands={1: 5, 2: 1, 3: 1})
    assert [(one.band, one.met) for one in coverage(problem, answer, by=("band",))] == [(1, 4), (5, 2)]


def test_a_wish_of_two_kinds_or_none_is_not_lost_and_without_a_neighbourhood_it_is_left_out():
    both = replace(wish("company"), kinds=frozenset({"company", "lifts"}))
    problem, answer = run([both, replace(wish("x"), id=2, kinds=frozenset())], [tom])
    assert [one.kind for one in coverage(problem, answer, by=("kind",))] == ["", "company", "lifts"]
    assert [one.wishes for one in coverage(problem, answer, np.array([-1, COAST]), by=("group",))] == [1]


@pytest.mark.parametrize("by", [("street",), ("group",)])
def test_a_table_is_divided_only_by_what_is_known(by):
    problem, answer = run(people, [tom])
    with pytest.raises(ValueError, match="divided"):
        coverage(problem, answer, by=by)


@given(wishes_of, offers_of, fixed_of)
def test_tables_add_up(wishes, offers, fixed):
    problem, answer = run(wishes, offers, fixed)
    groups = np.arange(len(wishes)) % 2
    for by in (("group",), ("band",), ("group", "band")):
        cells = coverage(problem, answer, groups, by)
        assert sum(one.met for one in cells) == answer.met.sum()
        assert sum(one.wanted for one in cells) == problem.wishes.steps.sum()
        assert sum(one.unpaid + one.paid for one in cells) == answer.steps.sum()
        assert all(one.met <= min(one.wanted, one.unpaid + one.paid) and one.some <= one.people for one in cells)


# --- What one more would do ---

drivers = [replace(wish("lifts", windows=at(TUESDAY)), id=n, person=n) for n in range(1, 8)]
seven = np.full(7, TOWN)


def test_two_more_people_who_drive_on_tuesdays_would_let_seven_people_get_there():
    problem, answer = run(drivers, [offer(9, PRIYA, NEIGHBOUR, "lifts", minutes=400, windows=at(WEDNESDAY))])
    (found,) = one_more(problem, answer, seven)
    assert found == OneMore("lifts", TOWN, TUESDAY, paid=False, offers=2, people=7, steps=14)


def test_one_more_says_what_most_of_them_need_and_stops_where_a_third_helps_nobody():
    some = [replace(one, needs=frozenset({"level"})) if one.id < 5 else one for one in drivers]
    problem, answer = run(some, [])
    (found,) = one_more(problem, answer, seven, most=7)
    assert found.needs == ("level",) and found.offers == 7 and found.people == 7 and found.steps == 14
    (few,) = one_more(*run(drivers[:1], []), seven[:1])
    assert (few.offers, few.people) == (1, 1)


def test_one_more_may_help_by_setting_somebody_else_free():
    """Tom could do both; one more for company lets him drive."""
    two = [wish("company"), wish("lifts", id=2, person=2)]
    both = replace(offer(1, TOM, NEIGHBOUR, "lifts", minutes=100), kinds=frozenset({"lifts", "company"}))
    problem, answer = run(two, [both], bands={2: 5})
    assert answer.met.tolist() == [0, 2]
    (found,) = one_more(problem, answer, np.array([TOWN, TOWN]))
    assert (found.kind, found.people, found.steps) == ("company", 1, 2)


def test_what_no_neighbour_is_asked_for_is_told_as_paid_and_trained():
    problem, answer = run([wish("company", windows=at(TUESDAY, NIGHT))], [])
    (found,) = one_more(problem, answer, np.array([TOWN]))
    assert found == OneMore("company", TOWN, TUESDAY, paid=True, offers=1, people=1, steps=2)


def test_each_neighbourhood_is_looked_at_for_itself():
    far = [replace(one, id=one.id + 10, person=one.person + 10, place=THE_COAST) for one in drivers[:3]]
    problem, answer = run([*drivers[:1], *far], [])
    found = one_more(problem, answer, np.array([TOWN, COAST, COAST, COAST]), most=1)
    assert {(one.group, one.people) for one in found} == {(TOWN, 1), (COAST, 1)}


@given(wishes_of, offers_of, fixed_of)
def test_no_more_people_are_promised_than_the_time_is_enough_for(wishes, offers, fixed):
    problem, answer = run(wishes, offers, fixed)
    for one in one_more(problem, answer, np.zeros(len(wishes), np.int64), most=2):
        assert 1 <= one.people <= one.steps and 1 <= one.offers <= 2
        assert one.paid or one.kind not in NOT_FOR_UNPAID


def test_with_many_more_the_fewest_are_told_that_let_most_people_do_what_they_want():
    many = [replace(drivers[0], id=n, person=n) for n in range(1, 31)]
    (found,) = one_more(*run(many, []), np.full(30, TOWN), most=30)
    assert (found.offers, found.people, found.steps) == (30, 30, 60)
    (some,) = one_more(*run(many[:12], []), np.full(12, TOWN), most=20)
    assert (some.offers, some.people) == (12, 12)


def test_one_more_is_found_beside_the_largest_and_the_smallest_numbers():
    """Ids are whole numbers of 64 bits; those who might come take numbers that nobody has."""
    last, first = 2**63 - 1, -(2**63)
    far = [replace(one, id=last - one.id, person=first + one.id) for one in drivers]
    priya = replace(offer(9, PRIYA, NEIGHBOUR, "lifts", minutes=400, windows=at(WEDNESDAY)), id=last, holder=first)
    minus = replace(priya, id=-1, holder=-1)
    for others in ([priya], [minus], [minus, priya]):
        (found,) = one_more(*run(far, others), seven)
        assert found == OneMore("lifts", TOWN, TUESDAY, paid=False, offers=2, people=7, steps=14)


def test_whoever_stops_it_has_nothing_of_one_more_and_no_candidates():
    problem, answer = run(drivers, [])
    heard: list[float] = []
    with pytest.raises(Cancelled):
        one_more(problem, answer, seven, progress=heard.append, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        candidates(problem, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        solve(problem, cancelled=lambda: True)
    assert heard == []
    one_more(problem, answer, seven, progress=heard.append)
    candidates(problem, progress=heard.append)
    assert heard == [1.0, 1.0]


def test_candidates_are_stopped_between_two_blocks():
    problem, _answer = run(drivers, [offer(9, PRIYA, NEIGHBOUR, "lifts")])
    heard: list[float] = []
    with patch("alongside.methods.complement.pairs.BLOCK", 3), pytest.raises(Cancelled):
        candidates(problem, progress=heard.append, cancelled=lambda: len(heard) == 2)
    assert heard == [3 / 7, 6 / 7]


def test_where_all_is_met_or_nobody_lives_nothing_more_is_asked_for():
    assert one_more(*run(people[:1], [tom]), np.array([TOWN])) == ()
    assert one_more(*run(people, []), np.full(4, -1)) == ()
    assert one_more(*run([], []), np.zeros(0, np.int64)) == ()


def test_what_is_said_of_one_more_comes_true_when_somebody_comes():
    problem, answer = run(drivers, [])
    (found,) = one_more(problem, answer, seven, most=1)
    newcomer = offer(9, PRIYA, NEIGHBOUR, "lifts", minutes=60, limit_pct=100, windows=at(TUESDAY), place=HERE)
    _, with_her = run(drivers, [newcomer])
    assert with_her.met.sum() - answer.met.sum() == found.steps == 2


# --- The mark of a run ---


@given(wishes_of, offers_of, fixed_of, st.randoms())
def test_the_same_place_has_the_same_mark_in_whatever_order_it_comes(wishes, offers, fixed, random):
    problem, answer = run(wishes, offers, fixed)
    shuffled, others = list(wishes), list(offers)
    random.shuffle(shuffled)
    random.shuffle(others)
    again = problem_of(shuffled, others, fixed)
    assert digest(problem) == digest(again)
    assert digest(answer) == digest(solve(again, candidates(again)))


@pytest.mark.parametrize(
    "other",
    [
        problem_of([replace(people[0], minutes=90)], [tom]),
        problem_of([replace(people[0], communities=frozenset({"choir"}))], [tom]),
        problem_of([people[0]], [replace(tom, open_to=frozenset())]),
        problem_of([people[0]], [tom], Fixed(asked_this_week=frozenset({TOM}))),
        problem_of([people[0]], [tom], meant=[(1, 1)]),
        problem_of([people[0]], [tom], bands={1: 4}),
    ],
)
def test_another_place_has_another_mark(other):
    assert len(digest(other)) == 64 and digest(other) != digest(problem_of([people[0]], [tom]))
