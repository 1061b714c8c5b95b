"""How much there is for the people of an area: rates, fifths, where there is least, and what is a walk away."""

from __future__ import annotations

import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.distance import Point, km_between
from alongside.methods.richness import FEWEST, WALK_KM, Place, fifths, least, rate, within_walk

PLACES = st.lists(
    st.builds(
        Place,
        code=st.text("ABC", min_size=1, max_size=3),
        people=st.none() | st.integers(0, 4_000),
        tenth=st.none() | st.integers(1, 10),
        things=st.fixed_dictionaries({"community": st.integers(0, 30), "organisation": st.integers(0, 30)}),
        near=st.none() | st.integers(0, 90),
    ),
    max_size=30,
)


def test_a_rate_is_for_a_thousand_people_and_says_nothing_of_a_few() -> None:
    assert rate(3, 1_500) == 2.0
    assert rate(0, 1_500) == 0.0
    assert rate(3, FEWEST - 1) is None and rate(3, None) is None and rate(3, 0) is None


def test_where_there_is_least_comes_first_and_more_people_before_fewer() -> None:
    many, few = Place("MANY", 3_000, 1, {"community": 0}, 4), Place("FEW", 900, 1, {"community": 0}, 4)
    far, rich = Place("FAR", 900, 1, {"community": 0}, 0), Place("RICH", 1_000, 9, {"community": 5}, 9)
    unknown = Place("UNKNOWN", None, 1, {"community": 0}, 0)
    assert [one.code for one in least([rich, few, unknown, many, far])] == ["FAR", "MANY", "FEW", "RICH"]
    assert least([rich, few, many, far], most=1) == [far]


def test_without_a_count_of_people_the_list_goes_by_things() -> None:
    some, none = Place("SOME", None, 2, {"community": 2}), Place("NONE", None, 2, {"community": 0})
    assert [one.code for one in least([some, none])] == ["NONE", "SOME"]
    assert least([]) == []


def test_a_fifth_is_the_sum_of_things_over_the_sum_of_people() -> None:
    small = Place("S", 1_000, 1, {"community": 9, "organisation": 1})
    large = Place("L", 9_000, 2, {"community": 0, "organisation": 0})
    (first,) = fifths([small, large, Place("NO PEOPLE", None, 1, {"community": 5}), Place("NO TENTH", 500, None)])
    assert (first.fifth, first.areas, first.people) == (1, 2, 10_000)
    assert first.rate == 1.0, "not the mean of 10 and 0"
    assert first.rate_of("community") == 0.9 and first.rate_of("nobody") == 0.0


@given(PLACES)
def test_nothing_is_lost_or_counted_twice(places: list[Place]) -> None:
    found = fifths(places)
    told = [one for one in places if one.people and one.tenth is not None]
    assert sum(one.people for one in found) == sum(one.people or 0 for one in told)
    assert sum(sum(one.things.values()) for one in found) == sum(one.total for one in told)
    listed = least(places, most=len(places))
    assert least(places[::-1], most=len(places)) == listed or len({one.code for one in places}) < len(places)
    rates = [one.rate for one in listed]
    assert rates == sorted(rates) if any(rate is not None for rate in rates) else True


def test_a_walk_is_counted_as_the_crow_flies_over_any_edge() -> None:
    here, far = (51.45, -2.6), (51.45, -2.5)
    doors = [(51.45, -2.6), (51.456, -2.6), (51.458, -2.6), (None, None)]
    assert km_between(Point(*here), Point(51.456, -2.6)) < WALK_KM < km_between(Point(*here), Point(51.458, -2.6))
    assert within_walk([here, far, (None, None)], doors) == [2, 0, None]
    assert within_walk([here, (None, None)], []) == [0, None]
    assert within_walk([], doors) == [] and within_walk([(None, None)], doors) == [None]


def test_the_tree_agrees_with_the_great_circle() -> None:
    draw = np.random.default_rng(7)
    middles = [(51 + a, -2 + b) for a, b in draw.random((20, 2)) / 50]
    things = [(51 + a, -2 + b) for a, b in draw.random((60, 2)) / 50]
    by_hand = [sum(km_between(Point(*m), Point(*t)) <= WALK_KM for t in things) for m in middles]
    assert within_walk(middles, things) == by_hand


def test_a_nation_of_33_755_small_areas_takes_two_seconds_at_most() -> None:
    draw = np.random.default_rng(7)
    points = [(50 + a * 5, -3 + b * 4) for a, b in draw.random((33_755, 2))]
    things = [(50 + a * 5, -3 + b * 4) for a, b in draw.random((100_000, 2))]
    before = time.process_time()
    near = within_walk(points, things)
    places = [Place(str(n), 1_500 + n % 900, n % 10 + 1, {"community": n % 7}, near[n]) for n in range(len(points))]
    assert len(least(places)) == 20 and sum(one.areas for one in fifths(places)) == 33_755
    assert time.process_time() - before < 2
