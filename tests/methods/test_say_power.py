"""How much a group's vote counts: published voting games, and set-ups of ours told as stories."""

from dataclasses import replace
from fractions import Fraction

import pytest

from alongside.methods.say import Basis, Group, Half, Rule, Setup, Side, faults, suggested
from alongside.methods.say.model import MILLION
from alongside.methods.say.power import banzhaf, power_of, weighted


def game(quota, *weights):
    """The swings of each in the game [quota; weights], where a coalition wins that reaches the quota."""
    return banzhaf(len(weights), weighted(weights, quota - 1))


@pytest.mark.parametrize(
    ("quota", "weights", "swings"),
    [
        # Banzhaf (1965), and every textbook since: 3, 2 and 1 votes with 4 needed count as 3, 1 and 1.
        (4, (3, 2, 1), (3, 1, 1)),
        (6, (4, 3, 2, 1), (5, 3, 3, 1)),
        # 50, 49 and 1 with more than half needed: the 1 counts as much as the 49.
        (51, (50, 49, 1), (3, 1, 1)),
        # The board of Nassau County in 1964: three of six districts had no power at all.
        (58, (31, 31, 28, 21, 2, 2), (16, 16, 16, 0, 0, 0)),
        # The Council of the six in 1958: Luxembourg's vote could never turn anything.
        (12, (4, 4, 4, 2, 2, 1), (10, 10, 10, 6, 6, 0)),
        # A dictator, and a unanimous board.
        (5, (5, 2, 2), (4, 0, 0)),
        (3, (1, 1, 1), (1, 1, 1)),
    ],
)
def test_published_games(quota, weights, swings):
    assert game(quota, *weights) == swings


def test_the_security_council():
    """Five with a veto and ten others, 9 of 15 needed with all five: 848 and 84 swings."""
    swings = game(39, *[7] * 5, *[1] * 10)
    assert swings == (848,) * 5 + (84,) * 10


def by_group(setup, voters=None):
    return {power.group: power for power in power_of(setup, voters).groups}


def test_at_three_quarters_people_and_communities_can_decide_alone_and_nobody_without_them():
    powers = power_of(suggested(Basis.SHARED))
    assert (powers.us_alone, powers.without_us, powers.by) == (True, False, "coalitions")
    index = {power.group: power.index for power in powers.groups}
    assert index == {"people": Fraction(3, 5), "communities": Fraction(1, 5), "commissioners": Fraction(1, 5)}


def test_at_exactly_half_people_cannot_be_outvoted_and_cannot_decide_alone():
    setup = replace(
        suggested(Basis.SHARED),
        groups=(Group("people", Side.PEOPLE, 500_000), Group("council", Side.COMMISSIONERS, 500_000)),
        cap_pct=25,
    )
    assert not faults(setup)
    powers = power_of(setup)
    assert not powers.us_alone and not powers.without_us
    assert all(power.veto for power in powers.groups)


def test_the_cap_on_one_organisation_is_part_of_what_its_vote_counts():
    """One council alone holds a tenth, whatever its group was given: the rest is with people and communities."""
    powers = by_group(suggested(Basis.SHARED), {"people": 200, "communities": 6, "commissioners": 1})
    assert powers["commissioners"].share == Fraction(1, 10)
    assert powers["people"].share == Fraction(9, 10) * Fraction(2, 3)
    assert powers["people"].index == 1 and powers["people"].each == Fraction(1, 200)
    assert powers["communities"].index == powers["commissioners"].index == 0


def test_a_floor_of_the_people_affected_makes_them_needed():
    groups = (
        Group("street", Side.PEOPLE, 50_000, affected=True, floor_pct=50),
        Group("town", Side.PEOPLE, 950_000),
    )
    setup = Setup(Basis.OURS, groups)
    assert not faults(setup)
    powers = by_group(setup)
    assert powers["street"].veto and powers["town"].veto
    assert powers["street"].index == powers["town"].index == Fraction(1, 2)
    without = by_group(replace(setup, groups=(replace(groups[0], affected=False, floor_pct=None), groups[1])))
    assert without["street"].index == 0


def test_where_nobody_affected_is_expected_nothing_can_be_decided():
    groups = (Group("street", Side.PEOPLE, 50_000, affected=True, floor_pct=50), Group("town", Side.PEOPLE, 950_000))
    powers = power_of(Setup(Basis.OURS, groups), {"street": 0, "town": 90})
    assert [power.index for power in powers.groups] == [0] and not powers.us_alone


def test_a_double_majority_gives_each_side_a_say_that_weights_alone_do_not():
    setup = suggested(Basis.SHARED, Rule.DOUBLE_MAJORITY)
    powers = by_group(setup)
    assert powers["commissioners"].veto and powers["people"].veto
    assert not power_of(setup).us_alone and not power_of(setup).without_us
    plain = by_group(suggested(Basis.SHARED, Rule.YES_NO))
    assert plain["commissioners"].index < powers["commissioners"].index


def test_by_consent_everyone_counts_alike_and_in_fair_shares_as_much_as_they_hold():
    assert {power.index for power in power_of(suggested(Basis.SHARED, Rule.CONSENT)).groups} == {Fraction(1, 3)}
    money = power_of(suggested(Basis.SHARED, Rule.EQUAL_SHARES, budget_pence=2_400_000))
    assert money.by == "shares" and all(power.index == power.share for power in money.groups)


def test_going_down_the_list_of_votes_lets_more_than_half_spend_all():
    groups = (Group("old", Side.PEOPLE, 510_000), Group("young", Side.PEOPLE, 490_000))
    setup = Setup(Basis.OURS, groups, Rule.GREEDY, budget_pence=100_000)
    assert {key: power.index for key, power in by_group(setup).items()} == {"old": 1, "young": 0}
    fair = replace(setup, rule=Rule.EQUAL_SHARES)
    assert by_group(fair)["young"].index == Fraction(49, 100)


def test_a_higher_threshold_can_give_organisations_a_veto_and_the_page_can_say_so():
    setup = replace(suggested(Basis.SHARED, Rule.YES_NO), threshold_pct=80)
    assert not faults(setup)
    powers = power_of(setup)
    assert not powers.us_alone and next(p for p in powers.groups if p.group == "commissioners").veto


def test_in_ones_own_life_one_person_decides():
    powers = power_of(suggested(Basis.OWN_LIFE))
    assert [(power.group, power.index) for power in powers.groups] == [("person", 1)] and powers.us_alone


def test_nobody_of_people_expected_is_no_vote_at_all():
    assert power_of(suggested(Basis.SHARED), {"people": 0, "communities": 0, "commissioners": 3}) is None


def test_twelve_groups_are_looked_at_whole():
    groups = tuple(Group(f"g{n}", Side.PEOPLE, MILLION // 12 + (n < MILLION % 12)) for n in range(12))
    setup = Setup(Basis.OURS, groups, Rule.YES_NO, threshold_pct=50)
    assert not faults(setup)
    powers = power_of(setup).groups
    assert sum(power.index for power in powers) == 1 and max(power.index for power in powers) < Fraction(1, 8)


def test_a_side_of_which_nobody_is_expected_cannot_be_won():
    setup = replace(
        suggested(Basis.SHARED, Rule.DOUBLE_MAJORITY),
        halves=(Half("us", frozenset({"people"})), Half("council", frozenset({"commissioners"}))),
    )
    powers = power_of(setup, {"people": 30, "communities": 5, "commissioners": 0})
    assert all(power.index == 0 for power in powers.groups)
