"""Which groups stand together in the figures of a result, and when people and communities are one."""

from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from alongside.planning.results import merging
from alongside.planning.results.actions import close_and_count
from alongside.planning.results.models import ResultGroup
from tests.planning.ballots.box import A_VOTE, AFFECTED, COUNCILS, OURS, over, voting
from tests.planning.deciding import fresh
from tests.planning.pages import words_of as words
from tests.planning.results.counted import (
    APP,
    BENCHES,
    BUDDIES,
    BY_HALF,
    COMMUNITIES,
    LARKMERE,
    LIFTS,
    MACHINE,
    counted,
    fill,
)

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_VOTE


def shown(result):
    return [(tuple(group.key for group in row.groups), row.ballots, row.hidden) for row in merging.rows(result)]


def test_groups_of_five_or_more_stand_by_themselves(cast):
    assert shown(counted(cast)) == [
        ((OURS,), 60, False),
        ((AFFECTED,), 12, False),
        ((COMMUNITIES,), 8, False),
        ((COUNCILS,), 3, False),
    ]


def test_a_small_group_stands_with_the_smallest_of_its_own_side(cast):
    result = counted(cast, LARKMERE | {COMMUNITIES: [(2, (LIFTS,))]})
    assert shown(result)[1] == ((AFFECTED, COMMUNITIES), 14, False)


def test_organisations_never_stand_with_people(cast):
    for row in merging.rows(counted(cast, LARKMERE | {COMMUNITIES: [(1, (LIFTS,))]})):
        assert len({group.side in ("people", "communities") for group in row.groups}) == 1


def test_all_figures_still_add_up(cast):
    result = counted(cast, LARKMERE | {COMMUNITIES: [(2, (LIFTS,))]})
    rows = merging.rows(result)
    assert sum(row.share for row in rows) == sum(row.held for row in rows) == 1
    assert sum(row.paid for row in rows) == result.spent_pence
    assert sum(row.ballots for row in rows) == result.ballots


@pytest.mark.parametrize(
    ("communities", "apart"), [([(8, (LIFTS,))], True), ([(5, (LIFTS,))], True), ([(4, (LIFTS,))], False), ([], False)]
)
def test_people_and_communities_are_one_where_either_is_few(cast, communities, apart):
    sides = merging.sides(counted(cast, LARKMERE | {COMMUNITIES: communities}))
    assert (sides.apart, sides.shown) == (apart, True)
    parts = sides.parts([("people", Fraction(3)), ("communities", Fraction(1))], Fraction(4))
    assert parts == [("people", 750_000), ("communities" if apart else "people", 250_000)]


def test_where_all_of_us_are_few_nothing_is_said_of_sides(cast):
    result = counted(cast, {OURS: [(2, (LIFTS,))], AFFECTED: [(2, (LIFTS,))], COUNCILS: [(3, (APP,))]})
    assert not merging.sides(result).shown
    assert shown(result)[0] == ((OURS, AFFECTED, COMMUNITIES), 4, True)


def test_the_total_never_tells_what_a_row_hides(cast):
    """Six got nothing in all, three of them communities' people: with the other row exact, three would be told."""
    said = {OURS: [(60, (LIFTS,))], AFFECTED: [(12, (LIFTS,))], COMMUNITIES: [(5, (LIFTS,)), (3, (APP,))]}
    rows = merging.rows(counted(cast, said | {COUNCILS: [(6, (APP,))]}))
    assert [row.nothing for row in rows] == ["not told", "0", "fewer than 5", "6"]
    alone = merging.rows(counted(cast, said | {COUNCILS: [(6, (LIFTS,))]}))
    assert [row.nothing for row in alone] == ["0", "0", "fewer than 5", "0"], "the total itself is told as few"


def test_numbers_are_told_as_they_may_be():
    told = [merging.few(many) for many in (0, 1, 4, 5, 1234)]
    assert told == ["0", "fewer than 5", "fewer than 5", "5", "1,234"]
    assert merging.exact("") == 0 and merging.exact("7/2") == Fraction(7, 2)


def test_a_figure_of_forty_digits_is_kept_whole(cast):
    """After many rounds exact sums are long; none is cut off by the database."""
    result = counted(cast)
    long = f"{10**400 + 1}/{10**399 + 7}"
    ResultGroup.objects.filter(result=result, group__key=OURS).update(paid=long)
    assert merging.exact(ResultGroup.objects.get(result=result, group__key=OURS).paid) == Fraction(long)


def test_counting_a_second_time_after_closing_by_hand_is_the_same(cast):
    decision = voting(cast)
    fill(decision, LARKMERE)
    decision = over(decision)
    first = close_and_count(by=cast.commissioner.actor, decision=decision)
    assert close_and_count(by=MACHINE, decision=fresh(decision)) == first


def test_whose_first_choice_won_is_told_group_by_group_where_ballots_say_it(cast):
    said = {OURS: [(9, {LIFTS: 1, BENCHES: 2}), (6, {BUDDIES: 1})], AFFECTED: [(12, {LIFTS: 1})]}
    said |= {COMMUNITIES: [(5, {LIFTS: 1, APP: 2}), (2, {APP: 1, LIFTS: 2})], COUNCILS: [(6, {APP: 1})]}
    result = counted(cast, said, groups=BY_HALF, terms={"rule": "ranking", "winners": 1})
    rows = {row.groups[0].key: row.first for row in merging.rows(result)}
    assert [row.option.n for row in result.options.all() if row.place] == [LIFTS]
    assert rows == {OURS: "9", AFFECTED: "12", COMMUNITIES: "all but fewer than 5", COUNCILS: "0"}
    assert "First choice won" in words(Client().get(reverse("results:one", args=[result.decision.record.key])))


def test_where_ballots_tick_nothing_is_said_of_first_choices(cast):
    key = counted(cast).decision.record.key
    assert "First choice won" not in words(Client().get(reverse("results:one", args=[key])))
