"""Candidates: exactly what the rules of one pair allow, and of that the nearest few."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.methods.complement import Fixed, Offer, Source, Window, Wish, shelves
from alongside.methods.complement.against import Against, against
from alongside.methods.complement.fits import why_not
from alongside.methods.complement.pairs import QUOTA, candidates
from alongside.methods.complement.problem import STEP, Problem, problem_of
from alongside.methods.complement.rules import Rules
from alongside.methods.distance import Point

KINDS = ("gardening", "company", "lift", "personal_care")
FEATURES = ("step_free", "loop")
HERE = Point(51.45, -2.58)
few = lambda words, most=2: st.frozensets(st.sampled_from(words), max_size=most)  # noqa: E731
rarely = lambda value, other: st.integers(0, 3).flatmap(lambda n: other if n == 0 else value)  # noqa: E731
hours = st.tuples(st.integers(0, 6), st.integers(0, 22), st.integers(1, 5)).map(
    lambda one: Window(one[0], one[1] * 60, min(one[1] + one[2], 24) * 60)
)
week = rarely(st.just(()), st.lists(hours, max_size=2).map(tuple))
nearby = st.sampled_from([0.0, 0.004, 0.01, 0.03, 0.2])
spot = rarely(st.builds(lambda up, across: Point(HERE.lat + up, HERE.lng + across), nearby, nearby), st.none())
reach = st.sampled_from([None, 0.5, 1.0, 3.0, 40.0])
wish_of = st.builds(
    Wish,
    id=st.just(0),
    person=st.integers(1, 4),
    kinds=few(KINDS),
    minutes=st.sampled_from([0, 20, 60, 200]),
    divisible=st.booleans(),
    needs=few(FEATURES),
    order=st.permutations(list(Source)).map(tuple),
    ruled_out=rarely(st.just(frozenset()), few(tuple(Source))),
    communities=few(("elders", "mosque")),
    windows=week,
    tasks=rarely(st.just(frozenset()), few(("nights", "medicines"))),
    place=spot,
    reach_km=reach,
)
offer_of = st.builds(
    Offer,
    id=st.just(0),
    holder=st.integers(1, 9),
    source=st.sampled_from(Source),
    paid=st.booleans(),
    kinds=few(KINDS),
    minutes=st.none() | st.sampled_from([0, 90, 400]),
    promised=st.sampled_from([0, 60]),
    lacks=rarely(st.just(frozenset()), few(FEATURES)),
    open_to=rarely(st.none(), few(("elders", "mosque"))),
    refuses=rarely(st.just(frozenset()), few((*KINDS, "nights"))),
    windows=week,
    tasks=rarely(st.just(frozenset()), few(("nights", "medicines"))),
    place=spot,
    reach_km=reach,
)
fixed_of = st.builds(
    Fixed,
    asked_this_week=few(range(1, 10)),
    apart=st.frozensets(st.tuples(st.integers(1, 4), st.integers(1, 9)), max_size=3),
)


def numbered(things):
    return [replace(thing, id=n) for n, thing in enumerate(things)]


wishes_of = st.lists(wish_of, min_size=1, max_size=5).map(numbered)
offers_of = st.lists(offer_of, min_size=1, max_size=14).map(numbered)
meant_of = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 13)), max_size=5)


def ids(pairs):
    return list(zip(pairs.wish.tolist(), pairs.offer.tolist(), strict=True))


def allowed(wishes, offers, fixed, meant):
    """One pair after the other, by the rules of one pair."""
    for wish in wishes:
        for offer in offers:
            wanted = wish.kinds & offer.kinds or (wish.id, offer.id) in meant
            steps = -(-wish.minutes // STEP)
            spare = 10**6 if offer.minutes is None else offer.minutes * offer.limit_pct // 100 // STEP
            room = spare - (0 if offer.minutes is None else offer.promised // STEP)
            enough = steps and room >= (1 if wish.divisible else steps)
            looked = offer.source_for(wish.person) in wish.sources()
            if wanted and enough and looked and not why_not(wish, offer, fixed):
                yield wish, offer


@settings(max_examples=30)
@given(wishes_of, offers_of, fixed_of, meant_of, st.sampled_from([0, shelves.FEW]))
def test_they_are_exactly_what_the_rules_of_one_pair_allow(wishes, offers, fixed, meant, few):
    with patch.object(shelves, "FEW", few):
        found = candidates(problem_of(wishes, offers, fixed, meant=meant), most=None)
    known = list(allowed(wishes, offers, fixed, meant))
    assert sorted(ids(found)) == sorted((wish.id, offer.id) for wish, offer in known)
    served = {(wish.person, offer.holder) for wish, offer in known}
    for row, (wish, offer) in enumerate(ids(found)):
        person, holder = wishes[wish].person, offers[offer].holder
        source = offers[offer].source_for(person)
        assert found.source[row] == source and found.place[row] == wishes[wish].sources().index(source)
        assert found.mutual[row] == (person != holder and (holder, person) in served)


@settings(max_examples=30)
@given(wishes_of, offers_of, fixed_of)
def test_the_first_rule_broken_is_the_reason_that_one_pair_gives(wishes, offers, fixed):
    rules = Rules(problem_of(wishes, offers, fixed))
    w, o = (part.ravel() for part in np.mgrid[: len(wishes), : len(offers)])
    for wish, offer, bits in zip(w, o, against(rules, w, o).tolist(), strict=True):
        of_the_pair = [bit.name for bit in Against if bits & bit and bit is not Against.ruled_out]
        assert (of_the_pair or [""])[0] == why_not(wishes[wish], offers[offer], fixed)


@settings(max_examples=30)
@given(wishes_of, offers_of, meant_of, st.sampled_from([(1,), (2, 1), (3, 2, 1, 1)]))
def test_of_each_source_the_nearest_few_are_kept_and_all_of_ones_own(wishes, offers, meant, most):
    problem = problem_of(wishes, offers, meant=meant)
    every, some = candidates(problem, most=None), candidates(problem, most=most)
    kept = set(ids(some))
    assert kept <= set(ids(every))
    groups = {}
    for row, (wish, offer) in enumerate(ids(every)):
        if every.source[row] == Source.OWN:
            assert (wish, offer) in kept
            continue
        order = [source for source in wishes[wish].sources() if source is not Source.OWN]
        many = most[min(order.index(every.source[row]), len(most) - 1)]
        known = wishes[wish].place is not None and offers[offer].place is not None
        key = (wish, every.source[row], offers[offer].paid, known, many)
        groups.setdefault(key, []).append((int(every.metres[row]), (wish, offer) in kept))
    for (*_key, many), group in groups.items():
        assert sum(inside for _far, inside in group) == min(many, len(group))
        farthest = max(far for far, inside in group if inside)
        assert all(inside or far >= farthest for far, inside in group)


@settings(max_examples=30)
@given(wishes_of, offers_of, meant_of)
def test_they_stand_in_one_order_whatever_order_things_came_in(wishes, offers, meant):
    found = candidates(problem_of(wishes, offers, meant=meant))
    again = candidates(problem_of(wishes[::-1], offers[::-1], meant=meant[::-1]))
    keys = list(zip(found.wish, found.place, found.metres, found.offer, strict=True))
    assert keys == sorted(set(keys))
    assert all(np.array_equal(getattr(found, name), getattr(again, name)) for name in found.__dataclass_fields__)


@settings(max_examples=30)
@given(wishes_of, offers_of, st.lists(offer_of, max_size=6))
def test_a_new_neighbour_pushes_no_paid_offer_out_of_sight(wishes, offers, more):
    neighbours = [replace(one, id=100 + n, paid=False, holder=50 + n) for n, one in enumerate(more)]
    before = candidates(problem_of(wishes, offers), most=(1,))
    after = candidates(problem_of(wishes, [*offers, *neighbours]), most=(1,))
    paid = {one.id for one in offers if one.paid}
    assert [one for one in ids(before) if one[1] in paid] == [one for one in ids(after) if one[1] in paid]


@settings(max_examples=30)
@given(wishes_of, offers_of, meant_of)
def test_how_they_are_looked_up_changes_nothing(wishes, offers, meant):
    problem = problem_of(wishes, offers, meant=meant)
    usual = candidates(problem, most=(2, 1))
    with patch.object(shelves, "PIECE", 3), patch.object(shelves, "CROWD", 2), patch.object(shelves, "FEW", 0):
        pieces = candidates(problem, most=(2, 1))
    with patch("alongside.methods.complement.pairs.BLOCK", 2):
        blocks = candidates(problem, most=(2, 1))
    alone = [candidates(problem, most=(2, 1), wishes=np.array([row])) for row in range(len(wishes))]
    assert ids(usual) == ids(pieces) == ids(blocks) == [one for part in alone for one in ids(part)]


def crowd(n_wishes, n_offers, place=HERE, **more):
    """Many people at one place (shown places are blurred, so many share one), all with the same kind."""
    wishes = [Wish(n, n, frozenset({"company"}), place=place, reach_km=3.0) for n in range(n_wishes)]
    offers = [
        Offer(n, 10_000 + n, Source.COMMUNITY, paid=False, kinds=frozenset({"company"}), minutes=120, place=place)
        for n in range(n_offers)
    ]
    return wishes, [replace(one, **more) for one in offers]


@pytest.mark.parametrize("place", [HERE, None])
@pytest.mark.parametrize("crowded", [10, 1_000])
def test_where_all_are_equally_near_everybody_has_a_chance_to_give(place, crowded):
    with patch.object(shelves, "CROWD", crowded), patch.object(shelves, "FEW", 0):
        found = candidates(problem_of(*crowd(120, 60, place)))
    asked = np.bincount(found.offer, minlength=60)
    assert (np.bincount(found.wish) == QUOTA[0]).all()
    assert asked.min() > 5 and asked.max() < 60  # thirty each on average


def test_when_one_goes_only_those_who_had_it_look_elsewhere():
    wishes, offers = crowd(50, 30)
    before = candidates(problem_of(wishes, offers), most=(5,))
    after = candidates(problem_of(wishes, [one for one in offers if one.id != 7]), most=(5,))
    of = lambda pairs, known: {(wish, known[offer].id) for wish, offer in ids(pairs)}  # noqa: E731
    had = of(before, offers)
    still = of(after, [one for one in offers if one.id != 7])
    assert had - still == {one for one in had if one[1] == 7}
    assert {wish for wish, _offer in still - had} == {wish for wish, offer in had if offer == 7}


def looked_at(problem):
    """How many pairs the rules are asked about."""
    asked = []
    fine = Rules.fine
    with patch.object(Rules, "fine", lambda self, w, o, **more: asked.append(len(w)) or fine(self, w, o, **more)):
        candidates(problem)
    return sum(asked)


@pytest.mark.parametrize("place", [HERE, None])
def test_in_a_town_twice_as_full_each_looks_at_no_more(place):
    small, large = (problem_of(*crowd(n, n, place)) for n in (600, 1_200))
    assert looked_at(large) < 2.2 * looked_at(small) < 2.2 * 600 * 60


def test_a_town_spread_out_is_looked_through_in_proportion_too():
    def town(n):
        lot = np.random.default_rng(1)
        wishes, offers = crowd(n, n, reach_km=9.0)
        at = [Point(*one) for one in HERE + lot.normal(0, 0.004, (2 * n, 2))]
        wishes = [replace(one, place=at[one.id]) for one in wishes]
        return problem_of(wishes, [replace(one, place=at[n + one.id]) for one in offers])

    assert looked_at(town(4_000)) < 2.5 * looked_at(town(2_000)) < 2.5 * 2_000 * 200


@pytest.mark.parametrize("few", [0, shelves.FEW])
@pytest.mark.parametrize(
    "middle",
    [Point(-17.0, 180.0), Point(-17.0, -179.999), Point(89.99, 0.0), Point(89.97, 170.0), Point(-90.0, 20.0)],
)
def test_where_the_map_ends_the_world_does_not(middle, few, monkeypatch):
    lot = np.random.default_rng(3)
    near, far = lot.normal(0, 0.05, (2, 80))
    lng = middle.lng + (far / np.cos(np.radians(min(abs(middle.lat), 89.9))))
    at = [
        Point(max(min(middle.lat + up, 90.0), -90.0), (across + 180) % 360 - 180)
        for up, across in zip(near, lng, strict=True)
    ]
    wishes, offers = crowd(40, 40, reach_km=6.0)
    wishes = [replace(one, place=at[one.id]) for one in wishes]
    offers = [replace(one, place=at[40 + one.id]) for one in offers]
    known = [(wish.id, offer.id) for wish, offer in allowed(wishes, offers, Fixed(), ())]
    assert len(known) > 40
    monkeypatch.setattr(shelves, "FEW", few)
    assert sorted(ids(candidates(problem_of(wishes, offers), most=None))) == known


def test_a_place_without_wishes_or_without_offers_has_none():
    wishes, offers = crowd(2, 2)
    for problem in (problem_of([], []), problem_of(wishes, []), problem_of([], offers)):
        assert len(candidates(problem)) == 0


def test_many_communities_are_told_apart():
    wishes, offers = crowd(90, 90)
    wishes = [replace(one, communities=frozenset({f"street {one.id}", "town"})) for one in wishes]
    offers = [replace(one, open_to=frozenset({f"street {one.id}"})) for one in offers]
    assert ids(candidates(problem_of(wishes, offers))) == [(n, n) for n in range(90)]


def test_a_large_made_up_place_keeps_every_rule():
    from bench._complement_recipe import place

    problem: Problem = place(3_000)
    found = candidates(problem)
    rules = Rules(problem)
    assert (against(rules, found.wish.astype(np.int64), found.offer.astype(np.int64)) == 0).all()
    assert len(found) > 3_000 and found.mutual.any() and (found.source == Source.OWN).any()
