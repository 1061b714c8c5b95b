"""Solving by example: what the best answer is where one can see it, and the same answer however it is asked for."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest

from alongside.methods.complement import Fixed, Offer, Source, Window, Wish, levels
from alongside.methods.complement.greedy import Turn, greedy
from alongside.methods.complement.parts import parts
from alongside.methods.complement.problem import RULED_OUT, problem_of
from alongside.methods.complement.run import solve
from alongside.methods.complement.staged import staged
from alongside.methods.complement.watching import Cancelled
from tests.methods.small_places import Give, Want, Way, brought, place, told, worth_of

FOUR_PIECES = [Want(2)] * 4, [Give(1)] * 8, [Way(n // 2, n) for n in range(8)]


def test_two_are_met_where_handing_out_in_turn_meets_one():
    problem, pairs = place([Want(2), Want(2)], [Give(2), Give(2)], [Way(0, 0), Way(0, 1, metres=500), Way(1, 0)])
    assert told(greedy(problem, pairs)) == {(0, 0): 2}
    assert told(solve(problem, pairs)) == {(0, 1): 2, (1, 0): 2}


def test_where_there_is_enough_for_one_the_least_served_is_met():
    problem, pairs = place(
        [Want(2, band=2), Want(2, band=5), Want(2, band=4)], [Give(2)], [Way(n, 0) for n in range(3)]
    )
    assert told(solve(problem, pairs)) == {(1, 0): 2}


def test_nobody_goes_without_so_that_somebody_served_less_has_more():
    wants = [Want(1, band=1), Want(1, band=5)]
    problem, pairs = place(wants, [Give(1), Give(1)], [Way(0, 0), Way(1, 0), Way(1, 1, place=4, metres=9000)])
    assert solve(problem, pairs).met.tolist() == [1, 1]


def test_the_persons_own_order_comes_before_load_and_way():
    gives = [Give(4, promised=3), Give(4)]
    problem, pairs = place([Want(1)], gives, [Way(0, 0, place=0, metres=9000), Way(0, 1, place=1)])
    assert told(solve(problem, pairs)) == {(0, 0): 1}


def test_everybody_has_a_first_chance_to_give():
    problem, pairs = place([Want(2)], [Give(10), Give(10)], [Way(0, 0), Way(0, 1, metres=9000)])
    assert told(solve(problem, pairs)) == {(0, 0): 1, (0, 1): 1}


def test_rather_two_at_half_their_limit_than_one_at_the_whole():
    wants, gives = [Want(4), Want(4)], [Give(8), Give(8)]
    ways = [Way(0, 0), Way(1, 0), Way(0, 1, metres=9000), Way(1, 1, metres=9000)]
    assert brought((made := place(wants, gives, ways))[0], solve(*made)) == [4, 4]


def test_what_is_promised_already_counts_as_load():
    problem, pairs = place([Want(2)], [Give(10, promised=5), Give(10, promised=1)], [Way(0, 0), Way(0, 1, metres=9000)])
    assert told(solve(problem, pairs)) == {(0, 1): 2}


def test_an_open_door_is_nobodys_load_and_has_no_limit():
    problem, pairs = place([Want(40), Want(40)], [Give(None), Give(40)], [Way(w, o) for w in (0, 1) for o in (0, 1)])
    answer = solve(problem, pairs)
    assert answer.met.tolist() == [40, 40] and worth_of(problem, answer).load == 0


def test_give_and_take_comes_before_a_shorter_way():
    ways = [Way(0, 0), Way(0, 1, metres=9000, mutual=True)]
    assert told(solve(*place([Want(1)], [Give(2), Give(2)], ways))) == {(0, 1): 1}


def test_of_equals_the_nearest_and_beyond_forty_kilometres_all_is_far():
    near = [Way(0, 0, metres=800), Way(0, 1, metres=700)]
    assert told(solve(*place([Want(1)], [Give(2), Give(2)], near))) == {(0, 1): 1}
    far = [Way(0, 0, metres=80_000), Way(0, 1, metres=70_000)]
    assert worth_of((made := place([Want(1)], [Give(2), Give(2)], far))[0], solve(*made)).travel == 400


def test_a_neighbours_kindness_takes_no_service_away():
    wants, service = [Want(3), Want(3)], Give(4, paid=True)
    alone = place(wants, [service], [Way(0, 0), Way(1, 0)])
    with_neighbours = place(wants, [service, Give(6)], [Way(0, 0), Way(1, 0), Way(0, 1), Way(1, 1)])
    answer = solve(*with_neighbours)
    assert brought(alone[0], solve(*alone)) == [4] and brought(with_neighbours[0], answer) == [4, 6]
    assert answer.met.tolist() == [3, 3] and answer.exact and answer.gap == 0


def test_a_service_goes_where_no_neighbour_can_and_brings_as_much():
    ways = [Way(0, 0, place=0), Way(1, 0), Way(0, 1)]
    assert told(solve(*place([Want(2), Want(2)], [Give(2, paid=True), Give(2)], ways))) == {(1, 0): 2, (0, 1): 2}


def test_where_a_neighbour_helps_one_the_service_may_go_to_another():
    wants, service, ways = [Want(2), Want(2)], Give(2, paid=True), [Way(0, 0, place=0), Way(1, 0)]
    assert told(solve(*place(wants, [service], ways))) == {(0, 0): 2}
    assert told(solve(*place(wants, [service, Give(2)], [*ways, Way(0, 1)]))) == {(0, 1): 2, (1, 0): 2}


def test_with_one_holder_a_service_brings_as_much_as_alone_though_in_turn_more_is_met():
    wants = [Want(3, whole=True), Want(2, whole=True)]
    ways = [Way(0, 0, place=2), Way(1, 0, place=2), Way(0, 1, place=1)]
    problem, pairs = place(wants, [Give(3, paid=True), Give(3)], ways)
    best, in_turn = solve(problem, pairs), greedy(problem, pairs)
    assert brought(problem, best) == [3, 3] and best.met.sum() == 3
    assert brought(problem, in_turn) == [2, 3] and in_turn.met.sum() == 5


def test_both_books_are_shown_and_neither_holds_more_than_is_wanted():
    gives = [Give(5, paid=True), Give(5, paid=True), Give(5), Give(5)]
    problem, pairs = place([Want(3)], gives, [Way(0, n) for n in range(4)])
    answer = solve(problem, pairs)
    taken = brought(problem, answer)
    assert sum(taken[:2]) == sum(taken[2:]) == 3 and answer.met.tolist() == [3]


@pytest.mark.parametrize(("spare", "found"), [((2, 2), {}), ((2, 3), {(0, 1): 3})])
def test_a_wish_for_one_holder_is_met_by_one_or_by_nobody(spare, found):
    problem, pairs = place([Want(3, whole=True)], [Give(one) for one in spare], [Way(0, 0), Way(0, 1)])
    assert told(solve(problem, pairs)) == found
    assert told(greedy(problem, pairs)) == found


def test_wishes_for_one_holder_are_packed_better_than_in_turn():
    wants = [Want(2, whole=True), Want(3, whole=True), Want(3, whole=True)]
    problem, pairs = place(wants, [Give(5), Give(3)], [Way(w, o, metres=o) for w in range(3) for o in range(2)])
    answer = solve(problem, pairs)
    assert answer.met.sum() == 8 and answer.gap == 0
    assert sorted(told(answer).values()) == [2, 3, 3]


def test_time_met_comes_before_who_is_served_least_where_one_holder_is_wanted_too():
    wants = [Want(10, band=1, whole=True), Want(9, band=5, whole=True)]
    answer = solve(*place(wants, [Give(10)], [Way(0, 0), Way(1, 0)]))
    assert answer.met.tolist() == [10, 0] and answer.gap == 0


@pytest.mark.parametrize(("people", "come"), [(2, 0), (3, 3), (4, 4), (6, 4)])
def test_a_group_meets_with_enough_people_and_no_more_than_fit(people, come):
    group = Give(20, least=3, most=4)
    problem, pairs = place([Want(2)] * people, [group], [Way(n, 0) for n in range(people)])
    for answer in (solve(problem, pairs), greedy(problem, pairs)):
        assert len(told(answer)) == come and answer.met.sum() == 2 * come


def test_people_are_brought_together_so_that_a_group_can_meet():
    gives = [Give(20, least=3), Give(2)]
    ways = [Way(n, 0, place=2) for n in range(3)] + [Way(0, 1, place=0)]
    problem, pairs = place([Want(2)] * 3, gives, ways)
    answer = solve(problem, pairs)
    assert told(answer) == {(0, 0): 1, (1, 0): 2, (2, 0): 2, (0, 1): 1}


def test_where_time_is_out_a_rule_keeping_answer_stands_and_says_how_near_it_is():
    wants = [Want(2, whole=True), Want(3, whole=True), Want(3, whole=True)]
    problem, pairs = place(wants, [Give(4), Give(4)], [Way(w, o) for w in range(3) for o in range(2)])
    with patch("alongside.methods.complement.whole._program", return_value=(None, 8)):
        answer = solve(problem, pairs)
    assert not answer.exact and answer.gap == 3 / 8
    assert all(steps == wants[wish].steps for (wish, _), steps in told(answer).items())


def test_what_is_no_candidate_gets_nothing_whoever_put_it_there():
    ways = [Way(0, 0, place=RULED_OUT), Way(0, 1)]
    assert told(solve(*place([Want(2)], [Give(4), Give(0)], ways))) == {}
    for kinds in (("personal_care",), ("nights",)):
        problem, pairs = place([Want(2)], [Give(4), Give(2, paid=True)], [Way(0, 0), Way(0, 1)], kinds)
        assert told(solve(problem, pairs)) == {(0, 1): 2}
        assert all(told(greedy(problem, pairs, turn)) == {(0, 1): 2} for turn in Turn)


def test_nobody_unpaid_is_asked_for_a_night_but_ones_own_things_are_ones_own():
    night = (Window(1, 23 * 60 + 30, 24 * 60),)
    wish = Wish(0, 7, windows=night)
    problem = problem_of([wish], [Offer(0, 8, Source.COMMUNITY, False), Offer(1, 7, Source.OWN, False)])
    pairs = place([Want(2)], [Give(4), Give(4)], [Way(0, 0), Way(0, 1)])[1]
    own = replace(pairs, source=np.array([Source.COMMUNITY, Source.OWN], np.int8))
    assert told(solve(problem, own)) == {(0, 1): 2}


def test_candidates_are_found_where_none_are_given():
    wishes = [Wish(4, 1, frozenset({"lift"}), 60), Wish(9, 2, frozenset({"company"}), 60)]
    offers = [Offer(2, 3, Source.COMMUNITY, False, frozenset({"lift"}), 240), Offer(5, 1, Source.OWN, False)]
    answer = solve(problem_of(wishes, offers, Fixed()))
    assert told(answer) == {(0, 0): 2} and answer.met.tolist() == [2, 0]


@pytest.mark.parametrize(("wants", "gives"), [([], []), ([Want(2)], []), ([], [Give(2)]), ([Want(2)], [Give(2)])])
def test_where_nothing_can_serve_nothing_is_met(wants, gives):
    problem, pairs = place(wants, gives, [])
    answer = solve(problem, pairs)
    assert answer.exact and not answer.met.any() and len(answer.met) == len(wants)
    assert parts(pairs, len(wants), len(gives)) == []


def test_pieces_hold_together_what_hangs_together():
    ways = [Way(0, 1), Way(1, 0), Way(2, 1), Way(2, 3), Way(4, 2)]
    pairs = place([Want(1)] * 5, [Give(1)] * 4, ways)[1]
    found = [tuple(column.tolist() for column in part) for part in parts(pairs, 5, 4)]
    assert found == [([0, 2], [1, 3], [0, 2, 3]), ([1], [0], [1]), ([4], [2], [4])]
    among = np.array([True, True, False, True, True])
    assert [part.pairs.tolist() for part in parts(pairs, 5, 4, among)] == [[0], [1], [3], [4]]


@pytest.mark.parametrize(("want", "give", "found"), [(3, Give(2), 2), (2, Give(3, True), 2), (2, Give(9, least=2), 0)])
def test_those_who_have_only_each_other_give_and_take_what_they_can(want, give, found):
    problem, pairs = place([Want(want)] * 50, [give] * 50, [Way(n, n) for n in range(50)])
    with patch("alongside.methods.complement.run.flow", side_effect=AssertionError):
        assert solve(problem, pairs).steps.tolist() == [found] * 50


def test_one_piece_is_answered_the_same_whatever_happens_in_another():
    lot = np.random.default_rng(3)
    ways = [
        Way(w, o, int(lot.integers(5)), int(lot.integers(4000))) for w in range(12) for o in range(9) if (w + o) % 2
    ]
    problem, pairs = place(
        [Want(int(one)) for one in lot.integers(1, 5, 12)], [Give(3, paid=n > 5) for n in range(9)], ways
    )
    whole = solve(problem, pairs)
    for part in parts(whole.pairs, 12, 9):
        alone = solve(problem, whole.pairs.only(part.pairs))
        assert alone.steps.tolist() == whole.steps[part.pairs].tolist()


def test_a_run_tells_how_far_it_is():
    told_so_far = []
    solve(*place(*FOUR_PIECES), progress=told_so_far.append)
    assert told_so_far == sorted(told_so_far) and told_so_far[-1] == 1 and len(set(told_so_far)) > 4


def test_a_run_that_is_stopped_leaves_nothing():
    problem, pairs = place(*FOUR_PIECES)
    asked = []
    with pytest.raises(Cancelled):
        solve(problem, pairs, cancelled=lambda: len(asked) > 2 or asked.append(1))
    assert len(asked) == 3 and not problem.offers.taken.any()
    assert solve(problem, pairs).met.tolist() == [2] * 4


def test_where_numbers_are_too_small_for_long_chains_the_answer_says_so():
    ways = [Way(w, o, place=o % 3, metres=700 * o) for w in range(6) for o in range(6)]
    problem, pairs = place([Want(2)] * 6, [Give(2)] * 6, ways)
    with patch.object(levels, "LARGEST", 1 << 18):
        answer = solve(problem, pairs)
    assert not answer.exact and answer.gap == 0 and answer.met.tolist() == [2] * 6
    assert solve(problem, pairs).exact


def test_weights_that_the_solver_refuses_are_made_smaller():
    ways = [Way(w, o, place=o % 3, metres=700 * o) for w in range(6) for o in range(6)]
    problem, pairs = place([Want(2)] * 6, [Give(2)] * 6, ways)
    first, real = iter([{"met": 1 << 60}]), levels.weights
    with patch("alongside.methods.complement.flow.weights", lambda *of: replace(real(*of), **next(first, {}))):
        answer = solve(problem, pairs)
    assert next(first, "used") == "used" and not answer.exact
    assert answer.met.tolist() == [2] * 6


def test_the_definition_refuses_what_cannot_be_kept():
    problem, pairs = place([Want(2)], [Give(4, paid=True)], [Way(0, 0)])
    assert staged(problem, pairs, np.array([1])).met == (0, 0, 1, 0, 0)
    with pytest.raises(ValueError):
        staged(problem, pairs, np.array([3]))


def test_in_turn_the_book_is_followed_or_the_nearest_or_who_is_served_least():
    wants = [Want(2, band=1), Want(2, band=4)]
    ways = [Way(0, 0, place=1), Way(0, 1, place=0, metres=900), Way(1, 0), Way(1, 1, place=2, metres=100)]
    problem, pairs = place(wants, [Give(2), Give(2, paid=True)], ways)
    assert told(greedy(problem, pairs, Turn.LEAST_SERVED)) == {(1, 0): 2, (0, 1): 2}
    assert told(greedy(problem, pairs, Turn.BOOK_ORDER)) == {(0, 0): 2, (1, 1): 2}
    assert told(greedy(problem, pairs, Turn.NEAREST)) == {(0, 0): 2, (1, 1): 2}
