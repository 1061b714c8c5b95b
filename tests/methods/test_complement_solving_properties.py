"""What must hold for every answer, against other ways of finding it: linear programs level by level, the maximum flow,
every way of choosing tried out."""

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from alongside.methods.complement.allowed import allowed
from alongside.methods.complement.greedy import Turn, greedy
from alongside.methods.complement.problem import RULED_OUT
from alongside.methods.complement.run import solve
from alongside.methods.complement.staged import staged
from tests.methods.small_places import Give, Want, brought, group_or_not, place, places, whole_or_not, worth_of

choosing = places(whole_or_not, group_or_not)
unpaid_groups = group_or_not.map(lambda give: give._replace(paid=False))
random = st.integers(0, 2**32).map(np.random.default_rng)


def kept(problem, answer):
    """What each paid offer brings; -1 for the others."""
    return np.where(problem.offers.paid, brought(problem, answer), -1)


def only_paid(problem, pairs):
    return pairs.only(problem.offers.paid[pairs.offer])


def without(problem, pairs, offer):
    return pairs.only(pairs.offer != offer)


def most_at_all(problem, pairs):
    """Time met by the maximum flow from wishes to offers, whatever else is good about it."""
    n, m = len(problem.wishes), len(problem.offers)
    pairs = pairs.only(allowed(problem, pairs))
    want, spare = problem.wishes.steps, np.minimum(problem.offers.spare, problem.wishes.steps.sum())
    tail = np.concatenate([np.zeros(n, np.int32), 1 + pairs.wish, 1 + n + np.arange(m)])
    head = np.concatenate([1 + np.arange(n), 1 + n + pairs.offer, np.full(m, n + m + 1)])
    room = np.concatenate([want, want[pairs.wish], spare]).astype(np.int32)
    return maximum_flow(csr_array((room, (tail, head)), shape=(n + m + 2,) * 2), 0, n + m + 1).flow_value


@given(places())
@settings(max_examples=settings.default.max_examples // 2)
def test_level_by_level_it_is_the_best_there_is(made):
    problem, pairs = made
    paid, both = solve(problem, only_paid(*made)), solve(problem, pairs)
    assert both.exact and paid.exact
    assert worth_of(problem, paid) == staged(problem, only_paid(*made))
    assert worth_of(problem, both) == staged(problem, pairs, kept(problem, paid))


@given(places())
def test_as_much_time_is_met_as_could_be_met_at_all(made):
    assert solve(*made).met.sum() == most_at_all(*made)


@given(places())
def test_each_book_is_as_full_as_it_could_be_alone(made):
    problem, pairs = made
    unpaid = pairs.only(~problem.offers.paid[pairs.offer])
    most = most_at_all(problem, unpaid) + most_at_all(problem, only_paid(*made))
    assert solve(problem, pairs).steps.sum() == most


@given(choosing | places())
def test_no_limit_is_passed_and_no_no_is_broken(made):
    problem, pairs = made
    ruled = replace(pairs, place=np.where(pairs.metres == 900, RULED_OUT, pairs.place).astype(np.int8))
    answer = solve(problem, ruled)
    steps, found = answer.steps, answer.pairs
    assert (steps >= 0).all() and (brought(problem, answer) <= problem.offers.spare).all()
    for paid in (True, False):
        book = problem.offers.paid[found.offer] == paid
        held = np.bincount(found.wish[book], weights=steps[book], minlength=len(problem.wishes))
        assert (held <= problem.wishes.steps).all()
    assert not steps[found.place == RULED_OUT].any()
    assert (answer.met <= problem.wishes.steps).all() and 0 <= answer.gap <= 1


@given(places(kinds=("medicines",)))
def test_nobody_unpaid_is_given_what_no_unpaid_person_is_asked_for(made):
    problem, pairs = made
    for answer in (solve(problem, pairs), *(greedy(problem, pairs, turn) for turn in Turn)):
        assert not answer.steps[~problem.offers.paid[answer.pairs.offer]].any()


@given(places())
def test_handing_out_in_turn_never_meets_more(made):
    best = solve(*made).met
    for turn in Turn:
        answer = greedy(*made, turn)
        assert answer.met.sum() <= best.sum() and (brought(made[0], answer) <= made[0].offers.spare).all()
    least_served = made[0].wishes.band == made[0].wishes.band.max()
    assert greedy(*made, Turn.LEAST_SERVED).met[least_served].sum() <= best[least_served].sum()


@given(places(), random)
def test_however_many_unpaid_people_offer_services_bring_the_same(made, lot):
    problem, pairs = made
    fewer = pairs.only(problem.offers.paid[pairs.offer] | (lot.random(len(pairs)) < 0.5))
    assert (kept(problem, solve(problem, pairs)) == kept(problem, solve(problem, fewer))).all()


@given(choosing, random)
def test_that_holds_for_wishes_for_one_holder_and_for_groups(made, lot):
    problem, pairs = made
    fewer = pairs.only(problem.offers.paid[pairs.offer] | (lot.random(len(pairs)) < 0.5))
    assert (kept(problem, solve(problem, pairs)) == kept(problem, solve(problem, fewer))).all()


@given(places(), st.integers(0, 5))
def test_without_an_offer_no_more_time_is_met(made, offer):
    problem, pairs = made
    assert solve(problem, without(problem, pairs, offer)).met.sum() <= solve(problem, pairs).met.sum()


@given(places() | choosing, random)
def test_the_order_of_candidates_means_nothing(made, lot):
    problem, pairs = made
    answer, other = solve(problem, pairs), solve(problem, pairs.only(lot.permutation(len(pairs))))
    assert answer.steps.tolist() == other.steps.tolist() and answer.met.tolist() == other.met.tolist()
    assert all((getattr(answer.pairs, name) == getattr(other.pairs, name)).all() for name in ("wish", "offer", "place"))


@given(choosing)
def test_one_holder_in_a_book_and_the_sizes_of_groups_are_kept(made):
    problem, pairs = made
    for answer in (solve(problem, pairs), greedy(problem, pairs)):
        found, some = answer.pairs, answer.steps > 0
        one = problem.wishes.whole[found.wish]
        assert (answer.steps[one & some] == problem.wishes.steps[found.wish[one & some]]).all()
        come = np.bincount(found.offer[some], minlength=len(problem.offers))
        assert ((come == 0) | ((come >= problem.offers.least) & (come <= problem.offers.most))).all()


def tried_out(problem, pairs):
    """The most time met over every way in which each wish has one holder or none."""
    ways = [[-1, *pairs.offer[pairs.wish == wish].tolist()] for wish in range(len(problem.wishes))]
    wants, offers, best = problem.wishes.steps.tolist(), problem.offers, 0
    for chosen in product(*ways):
        come = [chosen.count(offer) for offer in range(len(offers))]
        given_to = [
            sum(w for w, one in zip(wants, chosen, strict=True) if one == offer) for offer in range(len(offers))
        ]
        sizes = all(not n or low <= n <= high for n, low, high in zip(come, offers.least, offers.most, strict=True))
        if sizes and all(steps <= spare for steps, spare in zip(given_to, offers.spare, strict=True)):
            best = max(best, sum(given_to))
    return best


all_whole = whole_or_not.map(lambda want: Want(want.steps, whole=True))


@given(places(all_whole, unpaid_groups, most_wishes=5, most_offers=3))
def test_no_other_choice_of_holders_and_groups_meets_more(made):
    answer = solve(*made)
    assert answer.gap == 0 and answer.met.sum() == tried_out(*made)


@given(places(whole_or_not, unpaid_groups))
def test_in_turn_is_no_better_with_one_holder_and_groups(made):
    assert greedy(*made).met.sum() <= solve(*made).met.sum()


def test_a_place_with_every_kind_of_thing_at_once():
    lot = np.random.default_rng(8)
    wants = [Want(int(lot.integers(1, 5)), int(lot.integers(1, 6)), lot.random() < 0.3) for _ in range(60)]
    gives = [
        Give(int(lot.integers(1, 9)), n < 12, int(lot.integers(2)), int(lot.integers(4)), int(lot.integers(3, 6)))
        for n in range(40)
    ]
    ways = [
        (w, o, int(lot.integers(5)), int(lot.integers(5000)), lot.random() < 0.1)
        for w in range(60)
        for o in range(40)
        if lot.random() < 0.15
    ]
    problem, pairs = place(wants, gives, ways)
    answer = solve(problem, pairs)
    assert answer.gap < 0.01 and answer.met.sum() > greedy(problem, pairs).met.sum()
