"""Three rings round one person: everybody inside the picture, nobody on another, and what may be noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.rings import SIZE, between, share_who_know, spots


@given(st.lists(st.sampled_from([1, 2, 3]), max_size=40))
def test_everybody_stands_inside_the_picture_and_nobody_on_another(rings: list[int]) -> None:
    found = spots(rings)
    assert len(found) == len(set(found)) == len(rings)
    assert all(20 <= value <= SIZE - 20 for spot in found for value in spot)


@given(st.lists(st.sampled_from([1, 2, 3]), min_size=2, max_size=20))
def test_who_is_closer_stands_closer_to_the_middle(rings: list[int]) -> None:
    far = [(spot.x - SIZE / 2) ** 2 + (spot.y - SIZE / 2) ** 2 for spot in spots(rings)]
    for one, here in zip(rings, far, strict=True):
        for other, there in zip(rings, far, strict=True):
            assert here < there if one < other else True


def test_a_ring_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="1, 2 or 3"):
        spots([1, 4])


def test_the_share_of_pairs_who_know_each_other() -> None:
    assert share_who_know(4, [(1, 2), (2, 1), (3, 4), (2, 3)]) == 0.5
    assert share_who_know(3, []) == 0.0
    assert share_who_know(2, [(1, 2)]) is None, "of two nothing is said"
    assert share_who_know(3, [(1, 1)]) == 0.0, "nobody counts as knowing themselves"


rings = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([1, 2, 3]))


@given(rings, rings)
def test_between_two_days_everybody_is_told_of_once(before: dict[str, int], after: dict[str, int]) -> None:
    change = between(before, after)
    told = [one for many in change for one in many]
    assert sorted(told) == sorted(before.keys() | after.keys())
    back = between(after, before)
    assert (set(back.nearer), set(back.gone)) == (set(change.further), set(change.new)), (
        "backwards, the other way round"
    )


def test_between_two_days_each_list_keeps_the_order_of_the_later_day() -> None:
    change = between({"Ann": 1, "Tom": 3, "Gwen": 2, "Ray": 2}, {"Tom": 1, "Ann": 1, "Gwen": 3, "Nia": 2})
    assert change == (["Tom"], ["Nia"], ["Gwen"], ["Ray"], ["Ann"])
