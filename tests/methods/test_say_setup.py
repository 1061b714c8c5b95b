"""What may be saved as a set-up, and what is said of what may not: field, group and numbers."""

from dataclasses import replace

import pytest

from alongside.methods.say import (
    Basis,
    Completion,
    Form,
    Group,
    Half,
    Rule,
    Setup,
    Side,
    Tie,
    Utility,
    faults,
    suggested,
)
from alongside.methods.say.model import LEAST_OF_US, MILLION, MOST_GROUPS

PEOPLE = Group("people", Side.PEOPLE, 600_000)
COUNCIL = Group("council", Side.COMMISSIONERS, 400_000)
SHARED = Setup(Basis.SHARED, (PEOPLE, COUNCIL))


def codes(setup):
    return [fault.code for fault in faults(setup)]


def with_groups(*groups, **more):
    return replace(SHARED, groups=groups, **more)


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("rule", [None, *Rule])
def test_what_is_suggested_can_be_saved_and_is_never_the_floor(basis, rule):
    setup = suggested(basis, rule, budget_pence=2_400_000)
    assert faults(setup) == ()
    assert setup.us_ppm == (750_000 if basis is Basis.SHARED else MILLION)
    assert setup.us_ppm > LEAST_OF_US[basis] * MILLION // 100 or LEAST_OF_US[basis] == 100
    assert not any(group.weight_ppm for group in setup.groups if group.side in (Side.SUPPLIERS, Side.POLITICIANS))


def test_a_supported_decision_is_for_somebodys_own_life_and_the_only_way_there():
    assert suggested(Basis.OWN_LIFE, Rule.APPROVAL).rule is Rule.SUPPORTED
    assert suggested(Basis.SHARED, Rule.SUPPORTED).rule is Rule.CONSENT
    assert codes(replace(SHARED, rule=Rule.SUPPORTED)) == ["supported_is_for_own_life"]
    own = replace(suggested(Basis.OWN_LIFE), rule=Rule.CONSENT)
    assert codes(own) == ["supported_is_for_own_life"]


def test_half_is_the_floor_in_shared_matters():
    half = with_groups(replace(PEOPLE, weight_ppm=500_000), replace(COUNCIL, weight_ppm=500_000))
    assert faults(half) == ()
    less = with_groups(replace(PEOPLE, weight_ppm=499_999), replace(COUNCIL, weight_ppm=500_001))
    (fault,) = faults(less)
    assert (fault.code, fault.field, fault.have, fault.need) == ("people_below_floor", "weight_ppm", 499_999, 500_000)


def test_what_is_ours_is_ours_alone():
    (fault,) = faults(replace(SHARED, basis=Basis.OURS))
    assert (fault.code, fault.have, fault.need) == ("people_below_floor", 600_000, MILLION)
    us = (PEOPLE, Group("mosque", Side.COMMUNITIES, 400_000), replace(COUNCIL, weight_ppm=0))
    assert faults(replace(SHARED, basis=Basis.OURS, groups=us)) == ()


def test_in_somebodys_own_life_nobody_else_holds_any_of_it():
    person, family = Group("person", Side.PEOPLE, 600_000), Group("family", Side.PEOPLE, 400_000)
    own = Setup(Basis.OWN_LIFE, (person, family), Rule.SUPPORTED)
    assert codes(own) == ["own_life_is_one_persons"]
    assert faults(replace(own, groups=(replace(person, weight_ppm=MILLION), replace(family, weight_ppm=0)))) == ()


def test_without_people_there_is_no_decision():
    assert "no_people" in codes(with_groups(replace(COUNCIL, weight_ppm=MILLION)))
    assert "no_people" in codes(with_groups(replace(PEOPLE, weight_ppm=0), replace(COUNCIL, weight_ppm=MILLION)))
    assert "no_people" in codes(with_groups())


@pytest.mark.parametrize(
    ("groups", "fault"),
    [
        ((PEOPLE, PEOPLE, COUNCIL), ("same_group_twice", "groups", "people", None, None)),
        ((PEOPLE, replace(COUNCIL, key="")), ("group_without_key", "groups", "", None, None)),
        ((PEOPLE, replace(COUNCIL, weight_ppm=1)), ("weights_do_not_sum", "weight_ppm", "", 600_001, MILLION)),
        ((PEOPLE, replace(COUNCIL, weight_ppm=-1)), ("weight_out_of_range", "weight_ppm", "council", -1, MILLION)),
        (
            (PEOPLE, replace(COUNCIL, side=Side.POLITICIANS)),
            ("politicians_hold_no_votes", "weight_ppm", "council", 400_000, 0),
        ),
        ((PEOPLE, replace(COUNCIL, affected=True)), ("affected_are_people", "affected", "council", None, None)),
        ((PEOPLE, replace(COUNCIL, floor_pct=50)), ("organisations_have_no_floor", "floor_pct", "council", 50, None)),
        (
            (replace(PEOPLE, affected=True), COUNCIL),
            ("affected_need_a_floor", "floor_pct", "people", None, 50),
        ),
        (
            (replace(PEOPLE, affected=True, floor_pct=49), COUNCIL),
            ("floor_out_of_range", "floor_pct", "people", 49, 50),
        ),
        ((replace(PEOPLE, floor_pct=101), COUNCIL), ("floor_out_of_range", "floor_pct", "people", 101, 1)),
        (
            (PEOPLE, COUNCIL, Group("street", Side.PEOPLE, affected=True, floor_pct=50)),
            ("affected_must_vote", "weight_ppm", "street", 0, 1),
        ),
        (
            (PEOPLE, COUNCIL, Group("street", Side.PEOPLE, floor_pct=50)),
            ("floor_without_vote", "floor_pct", "street", 50, None),
        ),
    ],
)
def test_each_fault_of_a_group_names_it_and_its_numbers(groups, fault):
    found = [(one.code, one.field, one.group, one.have, one.need) for one in faults(with_groups(*groups))]
    assert fault in found


def test_people_affected_need_less_of_a_floor_for_money_since_not_ticking_is_not_against():
    street = Group("street", Side.PEOPLE, 600_000, affected=True, floor_pct=10)
    money = with_groups(street, COUNCIL, rule=Rule.EQUAL_SHARES, budget_pence=100)
    assert faults(money) == ()
    assert codes(replace(money, rule=Rule.APPROVAL, budget_pence=None)) == ["floor_out_of_range"]
    assert codes(replace(money, groups=(replace(street, floor_pct=9), COUNCIL))) == ["floor_out_of_range"]


def test_suppliers_vote_only_where_people_agreed_and_never_above_commissioners():
    care = Group("care", Side.SUPPLIERS, 150_000)
    three = with_groups(PEOPLE, replace(COUNCIL, weight_ppm=250_000), care)
    (fault,) = faults(three)
    assert (fault.code, fault.field, fault.have) == ("suppliers_not_agreed", "suppliers_agreed", 150_000)
    assert faults(replace(three, suppliers_agreed=True)) == ()
    swapped = with_groups(PEOPLE, replace(COUNCIL, weight_ppm=150_000), replace(care, weight_ppm=250_000))
    (fault,) = faults(replace(swapped, suppliers_agreed=True))
    assert (fault.code, fault.have, fault.need) == ("suppliers_above_commissioners", 250_000, 150_000)
    alone = with_groups(PEOPLE, replace(care, weight_ppm=400_000), suppliers_agreed=True)
    assert codes(alone) == ["suppliers_above_commissioners"]
    assert faults(with_groups(PEOPLE, COUNCIL, replace(care, weight_ppm=0))) == ()


@pytest.mark.parametrize(("cap", "fine"), [(0, False), (1, True), (10, True), (25, True), (26, False), (100, False)])
def test_one_organisations_cap_has_bounds(cap, fine):
    assert (codes(replace(SHARED, cap_pct=cap)) == []) == fine


def test_there_are_no_more_groups_than_can_be_looked_at_whole():
    many = [Group(f"g{n}", Side.PEOPLE, MILLION // 13) for n in range(MOST_GROUPS)]
    rest = Group("rest", Side.PEOPLE, MILLION - sum(group.weight_ppm for group in many))
    assert codes(with_groups(*many, rest)) == ["too_many_groups"]


@pytest.mark.parametrize(
    ("rule", "threshold", "found"),
    [
        (Rule.YES_NO, 50, []),
        (Rule.YES_NO, 66, []),
        (Rule.YES_NO, 49, ["threshold_out_of_range"]),
        (Rule.YES_NO, 100, ["threshold_out_of_range"]),
        (Rule.APPROVAL, 0, []),
        (Rule.APPROVAL, 99, []),
        (Rule.APPROVAL, -1, ["threshold_out_of_range"]),
        (Rule.CONSENT, 50, ["rule_has_no_threshold"]),
        (Rule.CONSENT, 0, []),
    ],
)
def test_a_threshold_fits_its_rule(rule, threshold, found):
    assert codes(replace(SHARED, rule=rule, threshold_pct=threshold)) == found


def test_numbers_that_make_no_sense_are_named():
    assert codes(replace(SHARED, quorum=-1)) == ["quorum_out_of_range"]
    assert codes(replace(SHARED, winners=0)) == ["no_winner"]
    assert codes(replace(SHARED, most=0)) == ["no_mark"]
    assert codes(replace(SHARED, budget_pence=100)) == ["rule_has_no_budget"]


def test_ties_are_decided_by_an_order_that_ends_with_the_lot():
    assert codes(replace(SHARED, ties=(Tie.MOST_VOTES, Tie.LOWEST_COST, Tie.LOT))) == []
    for wrong in ((), (Tie.LOT, Tie.LOWEST_COST, Tie.MOST_VOTES), (Tie.LOWEST_COST, Tie.LOT), (Tie.LOT,) * 3):
        assert codes(replace(SHARED, ties=wrong)) == ["ties_not_decided"]
    money = replace(SHARED, rule=Rule.GREEDY, budget_pence=1, ties=(Tie.MOST_VOTES, Tie.LOWEST_COST, Tie.LOT))
    assert codes(money) == ["ties_of_money_are_fixed"]


US, THEM = Half("us", frozenset({"people"})), Half("them", frozenset({"council"}))


@pytest.mark.parametrize(
    ("halves", "found"),
    [
        ((US, THEM), []),
        ((), ["halves_missing", "no_half_of_people"]),
        ((US,), ["halves_missing"]),
        ((US, replace(THEM, groups=frozenset({"people"}))), ["group_in_two_halves"]),
        ((US, replace(THEM, groups=frozenset({"nobody"}))), ["half_without_vote"]),
        ((US, replace(THEM, groups=frozenset())), ["half_is_empty"]),
        ((US, replace(THEM, floor_pct=0)), ["half_floor_out_of_range"]),
        ((replace(US, floor_pct=49), THEM), ["no_half_of_people"]),
        ((THEM, replace(THEM, name="again")), ["group_in_two_halves", "no_half_of_people"]),
    ],
)
def test_a_double_majority_has_two_sides_and_one_is_people(halves, found):
    setup = replace(SHARED, rule=Rule.DOUBLE_MAJORITY, threshold_pct=50, halves=halves)
    assert codes(setup) == found


def test_other_rules_have_no_sides():
    assert codes(replace(SHARED, halves=(US, THEM))) == ["rule_has_no_halves"]


def test_a_budget_needs_its_numbers():
    money = replace(SHARED, rule=Rule.EQUAL_SHARES)
    assert codes(money) == ["budget_missing"]
    fine = replace(money, budget_pence=1, utility=Utility.CARDINALITY, completion=Completion.GREEDY)
    assert codes(fine) == []
    assert codes(replace(fine, form=Form.POINTS)) == ["points_missing"]
    assert codes(replace(fine, form=Form.POINTS, most=10)) == []
    for step, found in ((99, ["step_out_of_range"]), (100, []), (100_000, []), (100_001, ["step_out_of_range"])):
        assert codes(replace(fine, step_ppm=step)) == found


def test_many_faults_are_all_told_at_once():
    setup = Setup(
        Basis.OURS,
        (replace(PEOPLE, weight_ppm=0), replace(COUNCIL, weight_ppm=900_000), Group("cllr", Side.POLITICIANS, 5)),
        Rule.GREEDY,
        cap_pct=60,
        quorum=-4,
    )
    assert codes(setup) == [
        "politicians_hold_no_votes",
        "weights_do_not_sum",
        "no_people",
        "cap_out_of_range",
        "quorum_out_of_range",
        "budget_missing",
    ]


def test_the_floors_are_those_of_the_book():
    """All of it in one's own life and where it is theirs, and half elsewhere: of the say, and of what is paid."""
    held = {basis: replace(suggested(basis), basis=basis).floor_pct for basis in Basis}
    assert held == {Basis.OWN_LIFE: 100, Basis.OURS: 100, Basis.SHARED: 50}
