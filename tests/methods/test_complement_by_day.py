"""A change by day in a large piece: quick, no rule broken, nobody worse off than the change itself makes them."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.complement.again import Changes, again, standing
from alongside.methods.complement.allowed import allowed, met_by
from alongside.methods.complement.by_day import by_day
from alongside.methods.complement.nearby import left, nearest, unbroken
from alongside.methods.complement.pairs import candidates
from alongside.methods.complement.problem import OPEN
from alongside.methods.complement.run import solve
from bench._complement_recipe import place as town
from tests.methods.small_places import Give, Want, Way, group_or_not, place, places, told, whole_or_not

BY_DAY = "alongside.methods.complement.by_day"

any_place = places(whole_or_not, group_or_not, most_wishes=8, most_offers=8)
change_of = st.tuples(
    st.integers(0, 99), st.sampled_from(["no", "limit", "promise", "gone"]), st.integers(0, 8), st.integers(0, 7)
)


def changed(now, drawn) -> Changes | None:
    """One change that this place could see, from numbers drawn at random."""
    which, what, steps, at = drawn
    pairs, some = now.answer.pairs, np.flatnonzero(now.answer.steps)
    if what == "limit":
        return Changes(limits={at % len(now.problem.offers): steps})
    if what == "gone":
        return Changes(withdrawn=frozenset({at % len(now.problem.wishes)}))
    if not len(some):
        return None
    row = some[which % len(some)]
    ids = int(pairs.wish[row]), int(pairs.offer[row])
    return Changes(declined=frozenset({ids})) if what == "no" else Changes(promised={ids: int(now.answer.steps[row])})


def keeps_every_rule(now) -> None:
    problem, pairs, steps = now.problem, now.answer.pairs, now.answer.steps
    assert not steps[~allowed(problem, pairs)].any() and (steps >= 0).all()
    book = 2 * pairs.wish + problem.offers.paid[pairs.offer]
    assert (np.bincount(book, steps, 2 * len(problem.wishes)).reshape(-1, 2) <= problem.wishes.steps[:, None]).all()
    assert (np.bincount(pairs.offer, steps, len(problem.offers)) <= problem.offers.spare).all()
    some = steps > 0
    whole = problem.wishes.whole[pairs.wish] & some
    assert (steps[whole] == problem.wishes.steps[pairs.wish[whole]]).all()
    coming = np.bincount(pairs.offer[some], minlength=len(problem.offers))
    assert (coming <= problem.offers.most).all() and ((coming == 0) | (coming >= problem.offers.least)).all()
    assert (now.answer.met == met_by(problem, pairs, steps)).all()


def stood(before, now):
    """What was met before, less what the change itself took away."""
    ids = list(zip(now.answer.pairs.wish.tolist(), now.answer.pairs.offer.tolist(), strict=True))
    had = told(before.answer)
    then = np.array([had.get(one, 0) for one in ids], np.int32)
    return unbroken(
        now.problem, now.answer.pairs, np.where(allowed(now.problem, now.answer.pairs), then, 0).astype(np.int32)
    )


def no_worse_than_it_stood(before, now) -> None:
    """Paid offers bring no less than what the change left; and where all are unpaid, no less is met."""
    steps, paid = stood(before, now), now.problem.offers.paid[now.answer.pairs.offer]
    assert now.answer.steps[paid].sum() >= steps[paid].sum()
    if not paid.any():
        assert now.answer.met.sum() >= met_by(now.problem, now.answer.pairs, steps).sum()


@given(any_place, st.lists(change_of, min_size=1, max_size=4), st.sampled_from([0, 4, 1_000]))
def test_a_large_piece_by_day_breaks_no_rule_and_is_no_worse_than_it_stood(made, several, close):
    problem, pairs = made
    now = standing(problem, solve(problem, pairs))
    with patch(f"{BY_DAY}.SMALL", -1), patch(f"{BY_DAY}.CLOSE", close):
        for drawn in several:
            change = changed(now, drawn)
            if change is None:
                continue
            try:
                before, now = now, again(now, change)
            except ValueError:
                continue
            keeps_every_rule(now)
            no_worse_than_it_stood(before, now)


@given(any_place, st.lists(change_of, min_size=1, max_size=4), st.sampled_from([0, 2, 4]))
def test_a_very_large_piece_is_solved_close_to_the_change_alone_and_no_rule_breaks(made, several, near):
    problem, pairs = made
    now = standing(problem, solve(problem, pairs))
    with patch(f"{BY_DAY}.SMALL", -1), patch(f"{BY_DAY}.LARGE", 4), patch(f"{BY_DAY}.NEAR", near):
        for drawn in several:
            change = changed(now, drawn)
            if change is None:
                continue
            try:
                before, now = now, again(now, change)
            except ValueError:
                continue
            keeps_every_rule(now)
            no_worse_than_it_stood(before, now)


unpaid_place = places(whole_or_not, group_or_not.map(lambda one: one._replace(paid=False)))


@given(unpaid_place, st.lists(change_of, min_size=1, max_size=4), st.sampled_from([0, 4, 1_000]))
def test_where_all_are_unpaid_no_less_is_met_than_the_change_leaves(made, several, close):
    problem, pairs = made
    now = standing(problem, solve(problem, pairs))
    with patch.multiple(BY_DAY, SMALL=-1, CLOSE=close, LARGE=4, NEAR=2 * close):
        for drawn in several:
            change = changed(now, drawn)
            if change is None:
                continue
            try:
                before, now = now, again(now, change)
            except ValueError:
                continue
            keeps_every_rule(now)
            no_worse_than_it_stood(before, now)


@given(any_place, change_of, st.sampled_from([0, 4, 1_000]), st.sampled_from([-1, 4, 1_000]))
def test_by_day_too_services_bring_the_same_however_many_unpaid_people_offer(made, drawn, close, large):
    problem, pairs = made
    before = solve(problem, pairs)
    pairs, paid = before.pairs, problem.offers.paid[before.pairs.offer]
    wishes, offers = np.arange(len(problem.wishes)) == drawn[3], np.arange(len(problem.offers)) == drawn[0] % 8
    rows = np.flatnonzero(paid)
    with patch.multiple(BY_DAY, SMALL=-1, CLOSE=close, LARGE=large, NEAR=close, PAID=1):
        with_all = by_day(problem, pairs, before.steps, (wishes, offers))
        alone = by_day(problem, pairs.only(rows), before.steps[rows], (wishes, offers))
    brought = [np.bincount(one.pairs.offer, one.steps, len(problem.offers)) for one in (with_all, alone)]
    assert (brought[0][problem.offers.paid] == brought[1][problem.offers.paid]).all()


def test_what_is_not_near_is_told_as_perhaps_not_the_best():
    problem, pairs = place([Want(2)] * 6, [Give(2)] * 3, [Way(n, m) for n in range(6) for m in range(3)])
    now = standing(problem, solve(problem, pairs))
    with patch(f"{BY_DAY}.LARGE", 4), patch(f"{BY_DAY}.NEAR", 3):
        after = again(now, Changes(limits={0: 4}))
    assert not after.answer.exact and after.answer.short >= 12 - after.answer.met.sum()


ROW_OF_FIVE = [Want(2)] * 5, [Give(2)] * 5, [Way(n, m) for n in range(5) for m in (n, n + 1) if m < 5]


def test_who_is_nearest_are_those_who_could_have_what_is_free_and_who_would_make_room():
    problem, pairs = place(*ROW_OF_FIVE)
    steps = np.where(pairs.wish == pairs.offer, 2, 0)
    steps[(pairs.wish == 0) & (pairs.offer == 0)] = 0
    first, every = np.arange(5) == 0, np.ones(len(pairs), bool)
    none = np.zeros(5, bool)
    found = [np.flatnonzero(nearest(problem, pairs, steps, first, none, most, every)).tolist() for most in (2, 4, 9)]
    assert found == [[0], [0, 1], [0, 1, 2, 3, 4]]


def test_of_a_group_with_a_least_number_all_are_near_or_none():
    problem, pairs = place([Want(1)] * 4, [Give(None, least=3), Give(4)], [*(Way(n, 0) for n in range(4)), Way(3, 1)])
    steps = np.where(pairs.offer == 0, 1, 0)
    for most, expected in ((2, []), (9, [0, 1, 2, 3])):
        near = nearest(problem, pairs, steps, np.arange(4) == 3, np.zeros(2, bool), most, np.ones(len(pairs), bool))
        assert np.flatnonzero(near).tolist() == expected


@pytest.mark.parametrize(
    ("wants", "gives", "steps", "stands"),
    [
        ([Want(2), Want(2)], [Give(3)], [2, 2], [2, 0]),
        ([Want(2, band=5), Want(2, band=1)], [Give(3)], [2, 2], [2, 0]),
        ([Want(2), Want(2)], [Give(4)], [2, 2], [2, 2]),
        ([Want(1), Want(1)], [Give(9)], [2, 1], [0, 1]),
        ([Want(2, whole=True), Want(2)], [Give(9)], [1, 1], [0, 1]),
        ([Want(1), Want(1)], [Give(9, most=1)], [1, 1], [1, 0]),
        ([Want(1), Want(2)], [Give(1, least=2)], [1, 2], [0, 0]),
    ],
    ids=["too little left", "least served", "enough", "wished for less", "a part", "no room", "too few"],
)
def test_what_stands_no_longer_is_taken_out_the_least_served_last(wants, gives, steps, stands):
    problem, pairs = place(wants, gives, [Way(0, 0), Way(1, 0)])
    assert unbroken(problem, pairs, np.array(steps)).tolist() == stands


def test_what_is_left_beside_some_counts_who_comes_and_what_they_take():
    problem, pairs = place([Want(2), Want(1)], [Give(4, least=3, most=5), Give(None)], [Way(0, 0), Way(1, 1)])
    offers = left(problem.offers, pairs, np.array([2, 1]))
    assert offers.spare.tolist() == [2, OPEN]
    assert offers.least.tolist() == [2, 0] and offers.most.tolist() == [4, OPEN]


def test_when_an_open_door_shuts_nobody_far_away_keeps_what_it_gave():
    """Forty come, and only a few are near enough to be looked for again at once: no other is told that it is met."""
    wants = [Want(2, whole=n % 2 == 0) for n in range(40)]
    problem, pairs = place(wants, [Give(None), Give(6)], [Way(n, m) for n in range(40) for m in range(2)])
    now = standing(problem, solve(problem, pairs))
    with patch(f"{BY_DAY}.SMALL", 5), patch(f"{BY_DAY}.LARGE", 20), patch(f"{BY_DAY}.NEAR", 10):
        shut = again(now, Changes(limits={0: 0}))
    assert shut.answer.steps[shut.answer.pairs.offer == 0].sum() == 0
    assert 4 <= shut.answer.met.sum() == shut.answer.steps.sum() <= 6


def test_one_who_stands_aside_makes_room_for_one_holder_close_by():
    """Edith wants one holder; Tom says no to her, and Priya could do it if Alf went to Sam instead."""
    edith, alf = Want(2, whole=True, band=5), Want(2)
    tom, priya, sam = Give(2), Give(2), Give(2)
    ways = [Way(0, 0), Way(0, 1, metres=500), Way(1, 1), Way(1, 2, metres=900)]
    problem, pairs = place([edith, alf], [tom, priya, sam], ways)
    now = standing(problem, solve(problem, pairs))
    assert told(now.answer) == {(0, 0): 2, (1, 1): 1, (1, 2): 1}
    with patch(f"{BY_DAY}.SMALL", -1):
        after = again(now, Changes(declined=frozenset({(0, 0)})))
    assert told(after.answer) == {(0, 1): 2, (1, 2): 2}


def test_a_piece_cut_close_is_as_good_as_the_whole_where_all_is_close():
    problem, pairs = place(*ROW_OF_FIVE)
    now = standing(problem, solve(problem, pairs))
    change = Changes(limits={2: 0})
    with patch(f"{BY_DAY}.LARGE", 8), patch(f"{BY_DAY}.NEAR", 8):
        near = again(now, change)
    assert told(near.answer) == told(again(now, change).answer)


def test_candidates_of_a_real_shape_hold_every_rule_by_day():
    """Two hundred wishes of a made-up town, a fifth for one holder, twelve changes."""
    problem, chance = town(200, whole=0.2), np.random.default_rng(3)
    now = standing(problem, solve(problem, candidates(problem)))
    with patch(f"{BY_DAY}.SMALL", 40), patch(f"{BY_DAY}.LARGE", 200), patch(f"{BY_DAY}.NEAR", 100):
        for what in ("no", "limit", "promise", "gone") * 3:
            change = changed(now, (int(chance.integers(99)), what, int(chance.integers(9)), int(chance.integers(99))))
            before, now = now, again(now, change)
            keeps_every_rule(now)
            no_worse_than_it_stood(before, now)
