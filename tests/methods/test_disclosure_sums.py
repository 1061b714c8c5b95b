"""Sums of many people's parts: shown only where nobody's own part can be worked out, whoever looks and how often."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.disclosure import PEOPLE_APART, Release, Unpublishable
from alongside.methods.disclosure_sums import LEAST_HOLDERS, Side, Sums, publish_sums, safe

TWO = ("community", "business")
ALIKE = [4] * 20  # two hours each


def sums(parts, holders=None, *, area="Ashley", people=None, **more) -> Sums:
    """One area's community hours: what each person is given, and what each holder brings."""
    sides = (Side({area: {"community": parts}}),)
    if holders is not None:
        sides += (Side({area: {"community": holders}}, LEAST_HOLDERS),)
    given_ = {"measure": "hours", "level": "ward", "edition": "2013", "categories": TWO, "sides": sides}
    return Sums(**{**given_, "people": {area: len(parts) if people is None else people}, "per": 2, **more})


def seen(some: Sums, kept: Release | None = None) -> int | None:
    return publish_sums(some, kept)[0].cells["Ashley"]["community"]


amounts = st.lists(st.integers(0, 60), max_size=40)


def test_twenty_people_with_two_hours_each_are_told_as_forty_hours():
    figures, kept = publish_sums(sums(ALIKE))
    assert figures.cells == {"Ashley": {"community": 40, "business": None}}
    assert figures.total is None and set(figures.by_area.values()) == {None} == set(figures.by_category.values())
    assert kept.people == {"Ashley": 20}


@pytest.mark.parametrize(
    ("parts", "may"),
    [
        ([4] * 9, False),
        ([4] * 10, True),
        ([4] * 9 + [0] * 20, False),
        ([36] + [4] * 9, True),
        ([37] + [4] * 9, False),
        ([40, 40] + [1] * 8, True),
        ([40, 40] + [1] * 7 + [0], False),
        ([40, 38] + [1] * 9, True),
        ([50, 60, *[1] * 11], False),
    ],
    ids=["nine", "ten", "noughts", "half", "over half", "a fifth left", "nine again", "enough", "two of them"],
)
def test_enough_people_and_none_who_weighs_too_much(parts, may):
    assert safe(parts) is may


def test_who_knows_their_own_part_cannot_work_out_the_largest():
    """The second largest takes their own part away; what is left leaves the largest open by a fifth or more."""
    parts = [100, 80, *[2] * 9]
    assert not safe(parts) and sum(parts) - 80 - 100 < 20
    assert safe([100, 80, *[3] * 9])


@given(amounts | st.lists(st.integers(1, 20), min_size=10, max_size=40))
def test_what_may_be_shown_pins_nobody_down(parts):
    """Whoever knows their own part guesses another's as all the rest; the guess is a fifth too high, or more."""
    total = sum(parts) if safe(parts) else 0
    parts = parts if total else []
    for n, theirs in enumerate(parts):
        for mine in parts[:n] + parts[n + 1 :]:
            assert (total - mine - theirs) * 5 >= theirs
        assert theirs * 2 <= total


@given(amounts)
def test_what_is_shown_is_near_the_truth_and_never_small(parts):
    value = seen(sums(parts))
    assert (value is None) == (not safe(parts) or sum(parts) // 2 < 10)
    assert value is None or (value % 5 == 0 and value >= 10 and abs(value - sum(parts) / 2) <= 3)


def test_three_who_bring_it_are_enough_and_two_are_not():
    assert seen(sums(ALIKE, [30, 25, 25])) == 40
    assert seen(sums(ALIKE, [40, 40])) is None
    assert seen(sums(ALIKE, [60, 10, 10])) is None, "one of them would be told apart"


# Differencing: what two releases tell beside each other


@given(amounts, st.lists(st.integers(0, 60), max_size=PEOPLE_APART - 1), st.randoms())
def test_whoever_comes_goes_or_changes_nothing_is_told_until_twenty_differ(parts, others, random):
    first, kept = publish_sums(sums(parts))
    random.shuffle(parts)
    fewer = parts[len(others) :]
    changed = [random.randrange(61) for _each in parts]
    for later in (parts + others, fewer, changed):
        assert publish_sums(sums(later), kept)[0] == first


@given(st.lists(st.integers(1, 60), min_size=1, max_size=60))
def test_one_after_the_other_no_two_figures_are_fewer_than_twenty_people_apart(parts):
    kept, at = None, {}
    for many in range(1, len(parts) + 1):
        figures, kept = publish_sums(sums(parts[:many]), kept)
        at.setdefault(figures.cells["Ashley"]["community"], many)
    steps = sorted(at.values())
    assert all(later - first >= PEOPLE_APART for first, later in pairwise(steps))


def test_nobody_can_be_seen_to_make_the_tenth_or_to_bring_much():
    nine, kept = publish_sums(sums([4] * 9))
    assert publish_sums(sums([4] * 9 + [5]), kept)[0] == nine
    some, kept = publish_sums(sums(ALIKE))
    assert publish_sums(sums([*ALIKE, 500]), kept)[0] == some
    assert publish_sums(sums([*ALIKE, *[1] * 19, 500]), kept)[0].cells["Ashley"]["community"] is None


def test_the_whole_row_is_renewed_together():
    _, kept = publish_sums(sums(ALIKE))
    both = Side({"Ashley": {"community": [4] * 21, "business": [4] * 12}})
    later = sums(ALIKE, sides=(both,), people=33)
    assert publish_sums(later, kept)[0].cells["Ashley"] == {"community": 40, "business": None}
    assert publish_sums(replace(later, people={"Ashley": 40}), kept)[0].cells["Ashley"] == {
        "community": 40,
        "business": 25,
    }


def test_an_area_left_out_once_is_still_remembered():
    first, kept = publish_sums(sums(ALIKE))
    _, kept = publish_sums(sums(ALIKE, area="Easton"), kept)
    assert publish_sums(sums([6] * 21), kept)[0] == first


# What is refused


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"level": "street"}, "areas of the kind 'street'"),
        ({"sides": ()}, "whose parts"),
        ({"per": 0}, "whose parts"),
        ({"sides": (Side({"Ashley": {"chess": [4]}}),)}, "outside its areas"),
        ({"sides": (Side({"Easton": {"community": [4]}}),)}, "outside its areas"),
        ({"sides": (Side({"Ashley": {"community": [-4]}}),)}, "below nought"),
        ({"sides": (Side({"Ashley": {"community": [4]}}), Side({"Ashley": {"community": [5]}}))}, "add up alike"),
    ],
)
def test_sums_that_make_no_sense_are_refused(wrong, why):
    with pytest.raises(Unpublishable, match=why):
        publish_sums(replace(sums(ALIKE), **wrong))


def test_the_same_sums_by_a_second_set_of_areas_are_refused():
    _, kept = publish_sums(sums(ALIKE))
    for other in ({"level": "msoa"}, {"edition": "2023"}):
        with pytest.raises(Unpublishable, match="already published by ward 2013"):
            publish_sums(replace(sums(ALIKE), **other), kept)


def test_no_true_sum_or_part_shows_in_what_is_published_or_printed():
    source = sums([137] * 31, [137 * 10, 137 * 10, 137 * 11])
    figures, kept = publish_sums(source)
    for said in (repr(source), repr(figures), repr(kept), str(vars(figures))):
        assert not any(true in said for true in ("137", "1370", str(137 * 31), str(137 * 31 // 2)))
