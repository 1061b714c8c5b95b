"""Things that come in seldom and must do no harm: meeting only by night, no room left, a door open to all."""

from dataclasses import replace

import numpy as np
import pytest

from alongside.methods.complement import Fixed, Offer, Reason, Source, Window, Wish, suggest
from alongside.methods.complement.again import Changes, again, standing
from alongside.methods.complement.fits import why_not
from alongside.methods.complement.greedy import greedy
from alongside.methods.complement.one_more import _told, _Wanted
from alongside.methods.complement.piece import Piece
from alongside.methods.complement.problem import MOST_WORDS, problem_of
from alongside.methods.complement.reasons import ideas, unmet
from alongside.methods.complement.run import solve
from tests.methods.small_places import Give, Want, Way, place, told

COMPANY = frozenset({"company"})
MONDAY_LATE, MONDAY_NIGHT = Window(0, 22 * 60, 24 * 60), Window(0, 23 * 60, 24 * 60)
TUESDAY = Window(1, 10 * 60, 11 * 60)


def two(wish_windows, offer_windows, **more):
    """One person who wishes for company, and one who offers it."""
    offer = Offer(1, 2, Source.COMMUNITY, paid=False, kinds=COMPANY, minutes=600, windows=offer_windows)
    return Wish(1, 1, COMPANY, windows=wish_windows), replace(offer, **more)


@pytest.mark.parametrize(("more", "found"), [({}, {}), ({"paid": True}, {(0, 0): 2}), ({"holder": 1}, {(0, 0): 2})])
def test_two_who_could_meet_only_by_night_are_not_brought_together_unpaid(more, found):
    """Each has an hour by day, but not the same."""
    wish, offer = two((MONDAY_NIGHT, TUESDAY), (MONDAY_LATE,), **more)
    problem = problem_of([wish], [offer])
    answer = solve(problem)
    assert told(answer) == found
    assert why_not(wish, offer, Fixed()) == ("" if found else "times_differ")
    assert bool(suggest([wish], [offer]).ideas) == bool(found)
    if not found:
        (gap,) = unmet(problem, answer)
        assert gap.missing == Reason("other_hour", 0)


def test_whoever_made_the_candidates_nobody_unpaid_is_given_a_night():
    wish, offer = two((MONDAY_NIGHT, TUESDAY), (MONDAY_LATE,))
    by_day = replace(offer, id=2, holder=3, windows=(MONDAY_LATE, TUESDAY))
    pairs = place([Want(2)], [Give(4), Give(4)], [Way(0, 0), Way(0, 1)])[1]
    assert told(solve(problem_of([wish], [offer, by_day]), pairs)) == {(0, 1): 2}


def test_no_night_is_told_as_a_day_that_suits_both():
    wish, offer = two((MONDAY_NIGHT, TUESDAY), (MONDAY_LATE, TUESDAY))
    problem = problem_of([wish], [offer])
    (idea,) = ideas(problem, solve(problem)).ideas
    assert [reason.value for reason in idea.reasons if reason.code == "day"] == [1]
    (idea,) = suggest([wish], [offer]).ideas
    assert [reason.value for reason in idea.reasons if reason.code == "day"] == [1]


def test_a_group_that_is_full_is_not_what_would_come_next():
    wishes = [Wish(n, n, COMPANY) for n in range(2)]
    group = Offer(1, 50, Source.COMMUNITY, False, COMPANY, most=1)
    alone = Offer(2, 51, Source.COMMUNITY, False, COMPANY, minutes=100)
    problem = problem_of(wishes, [group, alone])
    for idea in ideas(problem, solve(problem)).ideas:
        assert idea.instead == (Reason("no_other"),)


def test_an_open_door_lets_a_whole_nation_in():
    problem, pairs = place([Want(1_000_000)] * 3, [Give(None)], [Way(n, 0) for n in range(3)])
    assert solve(problem, pairs).met.tolist() == greedy(problem, pairs).met.tolist() == [1_000_000] * 3


@pytest.mark.parametrize("room", [0, -1])
def test_a_group_that_has_no_room_left_lets_nobody_in(room):
    problem, pairs = place([Want(2)] * 3, [Give(9, most=room), Give(2)], [Way(n, o) for n in range(3) for o in (0, 1)])
    answer = solve(problem, pairs)
    assert answer.met.sum() == 2 and not answer.steps[answer.pairs.offer == 0].any()


def test_less_than_nothing_is_nothing():
    problem, pairs = place([Want(-2), Want(2)], [Give(-3), Give(2)], [Way(n, o) for n in (0, 1) for o in (0, 1)])
    answer = solve(problem, pairs)
    assert answer.met.tolist() == [0, 2] and told(answer) == {(1, 1): 2}


def test_an_answer_of_which_nothing_is_promised_can_be_mended_by_day():
    problem, pairs = place([Want(2)], [Give(3)], [Way(0, 0)])
    nothing = replace(greedy(problem, pairs), steps=np.zeros(1, np.int32), met=np.zeros(1, np.int32), short=2)
    after = again(standing(problem, nothing), Changes(limits={0: 1})).answer
    assert after.met.tolist() == [1] and not after.exact and after.gap == 2 / 3


def test_time_shared_out_another_way_is_not_what_one_more_would_do():
    problem, pairs = place([Want(2), Want(2)], [Give(2)], [Way(0, 0), Way(1, 0)], ("company",))
    piece = Piece(problem, pairs, np.arange(2), np.arange(1), np.arange(2))
    wanted = _Wanted(0, 0, False, np.arange(2), None, 1.0)
    gained = [_told(piece, wanted, 1, np.array([1, 1]), np.array(now)) for now in ([2, 0], [2, 1])]
    assert [one.people for one in gained] == [0, 1] and [one.steps for one in gained] == [0, 1]


def test_words_are_told_apart_up_to_the_last_bit_and_no_further():
    words = [f"word {n:02}" for n in range(MOST_WORDS)]
    wishes = [Wish(n, n, frozenset({word})) for n, word in enumerate(words)]
    offers = [Offer(n, 100 + n, Source.COMMUNITY, False, frozenset({word}), 600) for n, word in enumerate(words)]
    assert told(solve(problem_of(wishes, offers))) == {(n, n): 2 for n in range(MOST_WORDS)}
    with pytest.raises(ValueError, match="65 different words"):
        problem_of([replace(wishes[0], tasks=frozenset({"one more"})), *wishes[1:]], offers)


def test_the_largest_and_the_smallest_ids_are_ids_like_others():
    most, least = 2**63 - 1, -(2**63)
    wishes = [Wish(pk, pk, COMPANY) for pk in (most, least)]
    offers = [Offer(pk, pk + one, Source.COMMUNITY, False, COMPANY, 100) for pk, one in ((most, -1), (least, 1))]
    problem = problem_of(wishes, offers)
    answer = solve(problem)
    assert problem.wishes.id.tolist() == [least, most] and answer.met.tolist() == [2, 2]
