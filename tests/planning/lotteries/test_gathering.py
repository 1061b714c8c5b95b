"""From a pool to a problem and back to figures: who is in it, and what everyone may see of it."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.ground.history.actor import Actor
from alongside.ground.records.actions import leave_for_good, pause_page
from alongside.planning.lotteries import actions, queries, showing
from alongside.planning.lotteries.gathering import bars, gather, pool_figures
from alongside.planning.lotteries.models import Draw, DrawBar, Lottery, LotteryGroup, PanelSeat, PoolPlace
from tests.cast import Cast
from tests.planning.lotteries.panels import days_pass, drawn, for_the_area, on_it, pool, ready, says_yes, work


@given(st.lists(st.integers(0, 1000), max_size=120))
def test_bars_pick_nobody_out_and_lose_nobody(on: list[int]) -> None:
    found = bars(on, 1000)
    assert bool(found) == (len(on) >= 10)
    assert all(people >= 10 and people % 5 == 0 for _least, _most, people in found)
    assert all(least % 20 == 0 and (most % 20 == 19 or most == 1000) for least, most, _people in found)
    assert [least for least, _most, _people in found] == sorted(least for least, _most, _people in found)
    for (_least, most, _people), (following, _most, _more) in itertools.pairwise(found):
        assert most < following
    inside = sum(any(least <= one <= most for least, most, _people in found) for one in on)
    assert not found or inside == len(on), "everybody stands in a bar"
    assert not found or abs(sum(people for _least, _most, people in found) - len(on)) <= 2.5 * len(found)


@given(st.lists(st.integers(0, 1000), min_size=10, max_size=60), st.integers(0, 59))
def test_one_person_more_or_less_moves_no_edge_to_their_own_chance(on: list[int], who: int) -> None:
    without = [one for n, one in enumerate(on) if n != who % len(on)]
    for found in (bars(on, 1000), bars(without, 1000)):
        assert all(least % 20 == 0 for least, _most, _people in found)


@pytest.mark.parametrize(("panels", "on"), [(10, [3] * 12), (100, [7] * 10 + [90] * 10), (1, [1] * 10)])
def test_bars_of_short_lists(panels: int, on: list[int]) -> None:
    found = bars(on, panels)
    assert found and all(0 <= least <= most <= panels for least, most, _people in found)


def test_chances_far_apart_stand_in_bars_of_their_own() -> None:
    assert bars([85] * 60 + [240] * 30 + [1000] * 4, 1000) == [(80, 99, 60), (240, 1000, 35)]


@pytest.mark.django_db
def test_a_pool_becomes_a_problem_without_a_name(cast: Cast) -> None:
    lottery = for_the_area(cast)
    first = says_yes(cast.resident, lottery, 0, 1, home="4 Mill Street")
    says_yes(cast.neighbour, lottery, 1, None, home="4, mill street!")
    gathered = gather(lottery)
    assert gathered.problem.size == 4 and gathered.problem.one_a_home
    people = {one.key: one for one in gathered.problem.people}
    assert dict(people[first.code].answers) == {"00": "00", "01": "01"}
    assert sorted(len(one.answers) for one in people.values()) == [1, 2]
    assert len({one.home for one in people.values()}) == 1, "one home, however it is typed"
    assert {(q.question, q.answer, q.least, q.most) for q in gathered.problem.quotas} == {
        (question, answer, 1, 3) for question in ("00", "01") for answer in ("00", "01")
    }
    assert "Mair" not in str(gathered.problem) and "Mill" not in str(gathered.problem)


@pytest.mark.django_db
def test_a_home_is_kept_in_a_form_of_this_panel_alone(cast: Cast) -> None:
    one, other = for_the_area(cast), for_the_area(cast)
    homes = [says_yes(cast.resident, lottery, home="4 Mill Street TF1").home for lottery in (one, other)]
    assert homes[0] != homes[1], "nobody is followed from one pool to the next by where they live"
    free = for_the_area(cast, one_a_home=False)
    assert says_yes(cast.resident, free, home="4 Mill Street TF1").home == "", "what is not needed is not kept"
    assert says_yes(cast.neighbour, one, home=" ,. ").home == ""


@pytest.mark.django_db
def test_whoever_takes_a_break_is_not_drawn_and_those_on_the_panel_stay(cast: Cast) -> None:
    lottery = for_the_area(cast)
    people = pool(cast, lottery, 8)
    pause_page(by=people[0].actor, party=people[0].party, on=True)
    days_pass(lottery)
    assert work(cast.commissioner, lottery).state == "done"
    resting = queries.my_place(people[0].actor, lottery)
    assert resting is not None and resting.numbers == ""
    lottery.refresh_from_db()
    actions.draw(by=cast.commissioner.actor, lottery=lottery)
    seated = on_it(lottery)[0]
    pause_page(by=Actor(person=seated.person), party=seated.person, on=True)
    assert seated.code in gather(lottery).problem.kept


@pytest.mark.django_db
def test_whoever_leaves_alongside_for_good_leaves_the_pool(cast: Cast) -> None:
    lottery, panel = drawn(cast)
    place = panel[0]
    actions.answer_seat(by=Actor(person=place.person), place=place, yes=True)
    leave_for_good(by=Actor(person=place.person), party=place.person)
    assert not PoolPlace.objects.filter(pk=place.pk).exists() and not PanelSeat.objects.filter(pk=place.pk).exists()
    assert place.code not in {one.key for one in gather(lottery).problem.people}
    assert queries.said_yes(cast.commissioner.actor, lottery) == []


@pytest.mark.django_db
def test_figures_of_a_pool_go_through_disclosure(cast: Cast) -> None:
    lottery = for_the_area(cast)
    for n in range(13):
        says_yes(cast.person(f"Person {n}"), lottery, 0, 0 if n < 9 else None)
    shown = {LotteryGroup.objects.get(pk=pk).words: many for pk, many in pool_figures(gather(lottery)).items()}
    assert shown == {"East": 15, "West": None, "Under 40": None, "40 or over": None}


@pytest.mark.django_db
def test_no_true_count_stands_in_a_table_that_everyone_reads(cast: Cast) -> None:
    """Whatever is open in these tables is a rule, a mark, or a figure that is rounded or hidden."""
    _lottery, _people = ready(cast, many=23)
    open_figures = [
        LotteryGroup.objects.values_list("pool", flat=True),
        DrawBar.objects.values_list("people", flat=True),
    ]
    for rows in open_figures:
        assert all(many is None or (many >= 10 and many % 5 == 0) for many in rows)
    stored = {field.name for field in (*Lottery._meta.local_fields, *Draw._meta.local_fields)}
    assert not stored & {"people", "yes", "pool_size", "filled"}


@pytest.mark.django_db
@pytest.mark.parametrize(("least", "most", "said"), [(4, 6, "4 to 6"), (5, 5, "5"), (0, 3, "0 to 3"), (0, 0, "0")])
def test_places_are_said_as_people_say_them(least: int, most: int, said: str) -> None:
    assert showing.places_said(least, most) == said


@pytest.mark.parametrize(
    ("posted", "rows", "spare"),
    [
        ({}, 0, 6),
        ({"question-1": "Where?", "group-1": "East"}, 1, 6),
        ({"question-1": "", "group-1": "", "question-2": "", "group-2": ""}, 0, 6),
        ({"question-1": "a", "question-2": "", "question-3": "c"}, 3, 6),
        ({f"question-{n}": "a" for n in range(1, 250)}, 200, 0),
    ],
)
def test_rows_that_were_typed_come_back_with_some_empty_ones(posted: dict[str, Any], rows: int, spare: int) -> None:
    found = showing.typed_rows(posted)
    assert len(found) == rows + spare
    assert [n for n, _cells in found] == list(range(1, rows + spare + 1))
    assert all(len(cells["question"]) <= 300 for _n, cells in showing.typed_rows({"question-1": "x" * 9_000}))
