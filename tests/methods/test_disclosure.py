"""Disclosure control: what it shows, what it refuses, and that no attack of the protocol gets through."""

import inspect
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods import disclosure
from alongside.methods.disclosure import Release, Table, Unpublishable, publish, shown
from tests.methods.attacks import CATEGORIES, Cell, count, differencing, ranges, town

TWO = ("company", "gardening")


def table(counts, categories=TWO, **more) -> Table:
    more = {"exclusive": True, **more}
    return Table("wishes", "ward", "2013", categories, counts, **more)


counts_of_areas = st.dictionaries(
    st.sampled_from([f"w{n}" for n in range(6)]),
    st.fixed_dictionaries({name: st.integers(0, 400) for name in TWO}),
    min_size=1,
)


# What is shown


@pytest.mark.parametrize(("true", "seen"), [(0, None), (1, None), (9, None), (10, 10), (12, 10), (13, 15), (18, 20)])
def test_small_counts_are_hidden_and_the_rest_rounded(true, seen):
    assert shown(true) == seen


def test_a_place_where_everything_is_shown_has_its_totals():
    figures, _ = publish(table({"Ashley": {"company": 23, "gardening": 12}, "Easton": dict.fromkeys(TWO, 41)}))
    assert figures.cells == {
        "Ashley": {"company": 25, "gardening": 10},
        "Easton": {"company": 40, "gardening": 40},
    }
    assert figures.by_area == {"Ashley": 35, "Easton": 80}
    assert figures.by_category == {"company": 65, "gardening": 50}
    assert figures.total == 115


def test_one_hidden_cell_takes_every_total_over_it_with_it():
    figures, _ = publish(table({"Ashley": {"company": 23, "gardening": 9}, "Easton": dict.fromkeys(TWO, 41)}))
    assert figures.cells["Ashley"]["gardening"] is None
    assert figures.by_area == {"Ashley": None, "Easton": 80}
    assert figures.by_category == {"company": 65, "gardening": None}
    assert figures.total is None


def test_people_who_want_two_things_are_not_counted_twice_in_a_row():
    counts = {"Ashley": {"company": 30, "gardening": 30}}
    figures, _ = publish(table(counts, exclusive=False, people={"Ashley": 31}))
    assert figures.by_area == {"Ashley": None} and figures.total is None
    assert figures.by_category == {"company": 30, "gardening": 30}, "everybody lives in one area"


@given(counts_of_areas)
def test_what_is_shown_is_near_the_truth_and_never_small(counts):
    figures, _ = publish(table(counts))
    for area, row in figures.cells.items():
        for name, value in row.items():
            true = counts[area][name]
            assert (value is None) == (true < 10)
            assert value is None or (value % 5 == 0 and value >= 10 and abs(value - true) <= 2)


@given(counts_of_areas)
def test_totals_follow_from_the_figures_shown_and_from_nothing_else(counts):
    figures, _ = publish(table(counts))
    for area, total in figures.by_area.items():
        row = list(figures.cells[area].values())
        assert total == (None if None in row else sum(row))
    rows = list(figures.by_area.values())
    assert figures.total == (None if None in rows else sum(rows))


# What is refused


@pytest.mark.parametrize("level", ["street", "lsoa", "output area", "own", "neighbourhood", ""])
def test_areas_that_are_too_small_are_refused(level):
    with pytest.raises(Unpublishable, match="smallest are msoa and ward"):
        publish(replace(table({"Ashley": dict.fromkeys(TWO, 500)}), level=level))


def test_the_same_people_by_a_second_set_of_areas_are_refused():
    first = table({"Ashley": dict.fromkeys(TWO, 50)})
    _, kept = publish(first)
    for other in (replace(first, level="msoa"), replace(first, edition="2023")):
        with pytest.raises(Unpublishable, match="already published by ward 2013"):
            publish(other, kept)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"counts": {"Ashley": {"company": -1}}}, "below nought"),
        ({"counts": {"Ashley": {"chess": 12}}}, "outside its categories"),
        ({"exclusive": False}, "how many people"),
        ({"exclusive": False, "people": {"Ashley": 11}}, "fewer people than one of its counts"),
        ({"exclusive": False, "people": {}}, "fewer people than one of its counts"),
    ],
)
def test_counts_that_make_no_sense_are_refused(wrong, why):
    with pytest.raises(Unpublishable, match=why):
        publish(replace(table({"Ashley": {"company": 12}}), **wrong))


# From release to release


@given(counts_of_areas, st.integers(-19, 19))
def test_an_area_keeps_its_figures_until_twenty_people_differ(counts, change):
    figures, kept = publish(table(counts))
    moved = {area: {**row, "company": max(row["company"] + change, 0)} for area, row in counts.items()}
    assert publish(table(moved), kept)[0] == figures


def test_when_twenty_differ_the_whole_row_is_renewed_at_once():
    _, kept = publish(table({"Ashley": {"company": 30, "gardening": 30}, "Easton": dict.fromkeys(TWO, 30)}))
    later = {"Ashley": {"company": 43, "gardening": 37}, "Easton": dict.fromkeys(TWO, 39)}
    figures, kept = publish(table(later), kept)
    assert figures.cells == {
        "Ashley": {"company": 45, "gardening": 35},
        "Easton": {"company": 30, "gardening": 30},
    }
    assert kept.people == {"Ashley": 80, "Easton": 60}


def test_slow_growth_is_measured_from_what_was_published_not_from_yesterday():
    _, kept = publish(table({"Ashley": {"company": 30, "gardening": 30}}))
    seen = []
    for day in range(1, 42):
        figures, kept = publish(table({"Ashley": {"company": 30 + day, "gardening": 30}}), kept)
        seen.append(figures.cells["Ashley"]["company"])
    assert seen == [30] * 19 + [50] * 20 + [70] * 2


def test_nobody_can_be_seen_to_make_the_tenth():
    _, kept = publish(table({"Ashley": {"company": 9}}))
    figures, _ = publish(table({"Ashley": {"company": 10}}), kept)
    assert figures.cells["Ashley"]["company"] is None


def test_a_new_category_waits_for_its_row():
    _, kept = publish(table({"Ashley": {"company": 30}}, ("company",)))
    figures, kept = publish(table({"Ashley": {"company": 30, "gardening": 15}}), kept)
    assert figures.cells["Ashley"] == {"company": 30, "gardening": None}
    figures, _ = publish(table({"Ashley": {"company": 35, "gardening": 15}}), kept)
    assert figures.cells["Ashley"] == {"company": 35, "gardening": 15}


def test_an_area_left_out_once_is_still_remembered():
    both = table({"Ashley": dict.fromkeys(TWO, 30), "Easton": dict.fromkeys(TWO, 30)})
    first, kept = publish(both)
    _, kept = publish(table({"Easton": dict.fromkeys(TWO, 30)}), kept)
    again = table({"Ashley": {"company": 33, "gardening": 33}, "Easton": dict.fromkeys(TWO, 30)})
    assert publish(again, kept)[0] == first


# The attack protocol, D1 to D8


def suppressed_only(true):
    return {a: {c: None if n < 10 else n for c, n in row.items()} for a, row in true.items()}


def margins(true) -> list[tuple[list[Cell], float, float]]:
    """Exact row, column and grand totals, as a careless publisher gives them."""
    areas, every = list(true), [(a, c) for a in true for c in CATEGORIES]
    groups = [[(a, c) for c in CATEGORIES] for a in areas] + [[(a, c) for a in areas] for c in CATEGORIES]
    return [(g, float(s), float(s)) for g in [*groups, every] for s in [sum(true[a][c] for a, c in g)]]


def test_d1_a_linear_programme_learns_nothing_about_hidden_cells():
    true = count(town(1))
    figures, _ = publish(table(true, CATEGORIES))
    cells = {(a, c): v for a, row in figures.cells.items() for c, v in row.items()}
    hidden = [cell for cell, value in cells.items() if value is None]
    bounds = {k: (0.0, 9.0) if v is None else (max(v - 2.0, 10.0), v + 2.0) for k, v in cells.items()}
    groups = [([(a, c) for c in CATEGORIES], figures.by_area[a]) for a in figures.cells]
    groups += [([(a, c) for a in figures.cells], figures.by_category[c]) for c in CATEGORIES]
    groups += [(list(cells), figures.total)]
    sums = [(g, t - 2.0 * len(g), t + 2.0 * len(g)) for g, t in groups if t is not None]
    assert hidden and sums, "the instance must have hidden cells and published totals"
    widths = ranges(bounds, sums, hidden)
    assert all(width == 9.0 for width in widths.values()), "the full range of a hidden cell stays open"


def test_d1_control_the_same_programme_opens_a_table_that_only_hides():
    true = count(town(1))
    cells = {(a, c): v for a, row in suppressed_only(true).items() for c, v in row.items()}
    hidden = [cell for cell, value in cells.items() if value is None]
    bounds = {k: (0.0, 9.0) if v is None else (float(v), float(v)) for k, v in cells.items()}
    widths = ranges(bounds, margins(true), hidden)
    assert any(width < 1e-6 for width in widths.values())


def published_pair(before: list[Cell], after: list[Cell]):
    first, kept = publish(table(count(before, 1), CATEGORIES))
    second, _ = publish(table(count(after, 1), CATEGORIES), kept)
    return first.cells, second.cells


def raw_pair(before: list[Cell], after: list[Cell]):
    return count(before, 1), count(after, 1)


def hidden_pair(before: list[Cell], after: list[Cell]):
    return suppressed_only(count(before, 1)), suppressed_only(count(after, 1))


@pytest.mark.parametrize("size", [1, 2, 5, 10, 19])
def test_d2_d3_two_releases_fewer_than_twenty_apart_are_identical(size):
    everyone = town(2, people=400, areas=1)
    before, after = published_pair(everyone[size:], everyone)
    assert before == after
    assert differencing(published_pair, size, targets=400, seed=size) == (0, 0)


def test_d2_at_twenty_a_claim_is_no_better_than_a_blind_guess():
    made, right = differencing(published_pair, 20, targets=5_000, seed=3)
    blind = 0.35
    assert made == 0 or right / made <= blind + 3 * (blind * (1 - blind) / made) ** 0.5


@pytest.mark.parametrize(("pair", "at_least"), [(raw_pair, 1.0), (hidden_pair, 0.5)])
def test_d8_control_differencing_names_people_in_tables_that_are_not_protected(pair, at_least):
    made, right = differencing(pair, 1, targets=500, seed=4)
    assert made >= 500 * at_least and right / made >= 0.95


def test_d4_totals_beside_cells_are_no_second_table():
    """A margin is a function of the cells: an attacker who has the cells could have written it."""
    counts = {"Ashley": {"company": 23, "gardening": 12}}
    same_cells = {"Ashley": {"company": 27, "gardening": 8 + 2}}
    assert publish(table(counts))[0] == publish(table(same_cells))[0]


@given(counts_of_areas)
def test_d5_a_figure_published_a_hundred_times_is_the_same(counts):
    figures, kept = publish(table(counts))
    for _ in range(100):
        again, kept = publish(table(counts), kept)
        assert again == figures


def test_d6_there_is_no_way_to_ask_about_some_other_set_of_people():
    asking = {name: value for name, value in vars(disclosure).items() if inspect.isfunction(value)}
    public = {name for name, value in asking.items() if value.__module__ == disclosure.__name__}
    assert {name for name in public if not name.startswith("_")} == {"publish", "shown"}
    assert list(inspect.signature(publish).parameters) == ["table", "earlier"]


def test_d7_no_true_count_shows_in_what_is_published_or_printed():
    source = table({"Ashley": {"company": 1237, "gardening": 4321}})
    figures, kept = publish(source)
    assert isinstance(kept, Release)
    for said in (repr(source), repr(figures), repr(kept), str(vars(figures))):
        assert not any(true in said for true in ("1237", "4321", "5558"))
