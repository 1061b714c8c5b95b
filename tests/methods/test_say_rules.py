"""The rules by example: published elections, and questions that Larkmere might ask."""

from dataclasses import replace
from fractions import Fraction

import pytest

from alongside.methods.equal_shares.ties import lot
from alongside.methods.say import Ballot, Basis, Group, Option, Rule, Setup, Side, Tie, faults, suggested
from alongside.methods.say.model import MILLION
from alongside.methods.say.outcome import Code, TieMet, Verdict
from alongside.methods.say.rules import choose
from alongside.methods.say.rules.ranking import beaten_by, one_against_one, strongest_paths

TOWN = Setup(Basis.OURS, (Group("town", Side.PEOPLE, MILLION),))
IDEAS = (Option("lifts", 52), Option("benches", 48), Option("lights", 66))


def ballots(*counted, group="town", start=0):
    """`(3, {"lifts": 1})` is three ballots that say so."""
    said = [marks for count, marks in counted for _ in range(count)]
    return [Ballot(f"{group}{n}", group, marks) for n, marks in enumerate(said, start)]


def decided(rule, *counted, **more):
    setup = replace(TOWN, rule=rule, **more)
    assert not faults(setup)
    return choose(setup, IDEAS, ballots(*counted), seed="larkmere")


def whys(outcome):
    return {row.option: [why.code for why in row.why] for row in outcome.standings}


# --- Places in an order: Schulze ---


def preferring(*counted):
    """`(5, "ACBED")` is five who put A first and D last."""
    return [({letter: place for place, letter in enumerate(order, 1)}, Fraction(n)) for n, order in counted]


def result_of(options, *counted):
    against = one_against_one(preferring(*counted), options)
    beats = beaten_by(strongest_paths(against, options), options)
    return sorted(options, key=lambda option: -beats[option]), against


def test_the_example_with_which_the_method_is_explained():
    """45 voters, five candidates, nobody beats all others one against one. Schulze (2011); E > A > C > B > D."""
    counted = (
        *((5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED")),
        *((7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC")),
    )
    order, against = result_of("ABCDE", *counted)
    assert order == list("EACBD")
    assert (against["A", "B"], against["B", "A"], against["E", "D"], against["C", "B"]) == (20, 25, 31, 29)
    paths = strongest_paths(against, "ABCDE")
    strengths = [paths[a, b] for a in "ABCDE" for b in "ABCDE" if a != b]
    assert strengths == [28, 28, 30, 24, 25, 28, 33, 24, 25, 29, 29, 24, 25, 28, 28, 24, 25, 28, 28, 31]


def test_the_capital_of_tennessee():
    """Most put Memphis first, and three in five would rather have any other. Nashville beats each of them."""
    order, _against = result_of("MNCK", (42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM"))
    assert order == list("NCKM")


def test_putting_forward_the_same_idea_twice_gains_nothing():
    once, _against = result_of("AB", (55, "AB"), (45, "BA"))
    twice, _against = result_of("ABC", (55, "ABC"), (25, "BCA"), (20, "CBA"))
    assert once[0] == twice[0] == "A"


def test_what_is_left_out_stands_below_all_that_is_named():
    against = one_against_one([({"A": 1}, Fraction(1)), ({"B": 1, "C": 2}, Fraction(2))], "ABC")
    assert against["A", "B"] == against["A", "C"] == 1 and against["B", "A"] == against["C", "A"] == 2
    assert (against["B", "C"], against["C", "B"]) == (2, 0)


def test_places_are_weighed_by_the_say_of_those_who_gave_them():
    """Nine councillors' officers rank lights first, and hold a tenth each way; people's two ballots hold the rest."""
    setup = replace(
        TOWN,
        basis=Basis.SHARED,
        rule=Rule.RANKING,
        groups=(Group("town", Side.PEOPLE, 600_000), Group("council", Side.COMMISSIONERS, 400_000)),
    )
    cast = ballots((2, {"lifts": 1, "benches": 2}))
    cast += ballots((9, {"lights": 1, "lifts": 2}), group="council")
    outcome = choose(setup, IDEAS, cast)
    assert outcome.winners == ("lifts",)
    assert outcome.against["lifts", "lights"] == Fraction(6, 10)


# --- Ticks, scores, consent ---


def test_the_idea_that_most_would_be_glad_of_wins():
    outcome = decided(Rule.APPROVAL, (5, {"lifts": 1}), (4, {"benches": 1}), (2, {"lifts": 1, "benches": 1}))
    assert outcome.verdict is Verdict.DECIDED and outcome.winners == ("lifts",)
    assert [(row.option, row.votes, row.value) for row in outcome.standings] == [
        ("lifts", 7, Fraction(7, 11)),
        ("benches", 6, Fraction(6, 11)),
        ("lights", 0, 0),
    ]
    assert whys(outcome) == {"lifts": [], "benches": [Code.OTHERS], "lights": [Code.NOBODY_PICKED]}


def test_three_can_be_chosen_where_three_were_asked_for():
    outcome = decided(Rule.APPROVAL, (5, {"lifts": 1}), (4, {"benches": 1, "lights": 1}), winners=2)
    assert outcome.winners == ("lifts", "benches")


def test_scores_add_up_and_a_low_one_is_better_than_none():
    outcome = decided(Rule.SCORE, (2, {"lifts": 5, "benches": 4}), (2, {"lifts": 1, "benches": 4, "lights": 3}))
    assert outcome.winners == ("benches",)
    assert [(row.option, row.value, row.votes) for row in outcome.standings] == [
        ("benches", 4, 4),
        ("lifts", 3, 2),
        ("lights", Fraction(3, 2), 2),
    ]


def test_one_objection_left_sends_it_back_for_talk():
    outcome = decided(Rule.CONSENT, (30, {"lifts": 1}), (1, {"lifts": -1}))
    assert outcome.verdict is Verdict.BACK_TO_TALK and not outcome.winners
    (why,) = outcome.why
    assert (why.code, why.have) == (Code.OBJECTION, 1)


def test_an_objection_of_the_talk_that_still_stands_stops_it_too_and_only_by_consent():
    cast = ballots((30, {"lifts": 1, "benches": 1}))
    consent = replace(TOWN, rule=Rule.CONSENT)
    outcome = choose(consent, IDEAS, cast, said={"lifts": 1})
    assert outcome.winners == ("benches",)
    assert whys(outcome)["lifts"] == [Code.OBJECTION_SAID]
    both = choose(consent, IDEAS, [*cast, *ballots((1, {"lifts": -1, "benches": -1}))], said={"lifts": 2})
    assert both.verdict is Verdict.BACK_TO_TALK
    assert whys(both)["lifts"] == [Code.OBJECTION, Code.OBJECTION_SAID]
    assert {row.option: row.objections for row in both.standings} == {"lifts": 3, "benches": 1, "lights": 0}
    for rule in (Rule.APPROVAL, Rule.SCORE, Rule.YES_NO):
        free = replace(TOWN, rule=rule)
        assert choose(free, IDEAS, cast, said={"lifts": 9}) == choose(free, IDEAS, cast)


def test_standing_aside_holds_nothing_up():
    outcome = decided(Rule.CONSENT, (3, {"lifts": 1}), (30, {"lifts": 0}))
    assert outcome.verdict is Verdict.DECIDED and outcome.standings[0].votes == 3


def test_of_several_without_objection_the_one_with_most_consent_goes_ahead():
    outcome = decided(Rule.CONSENT, (3, {"lifts": 1, "benches": 0}), (1, {"lifts": 1, "lights": -1}))
    assert outcome.winners == ("lifts",)
    assert whys(outcome)["lights"] == [Code.OBJECTION, Code.NOBODY_PICKED]


def test_advisers_cannot_object():
    setup = replace(TOWN, rule=Rule.CONSENT, groups=(*TOWN.groups, Group("cllrs", Side.POLITICIANS)))
    cast = ballots((3, {"lifts": 1})) + ballots((2, {"lifts": -1}), group="cllrs")
    assert choose(setup, IDEAS, cast).winners == ("lifts",)


# --- Yes and no, thresholds, quorum ---


def test_yes_and_no_decides_on_each_by_itself():
    outcome = decided(
        Rule.YES_NO, (6, {"lifts": 1, "benches": 1, "lights": 0}), (4, {"lifts": 0, "benches": 1}), threshold_pct=50
    )
    assert set(outcome.winners) == {"lifts", "benches"}
    assert whys(outcome)["lights"] == [Code.NOBODY_PICKED]


def test_half_is_not_more_than_half():
    outcome = decided(Rule.YES_NO, (5, {"lifts": 1}), (5, {"lifts": 0}), threshold_pct=50)
    assert outcome.verdict is Verdict.NOT_DECIDED
    (why,) = outcome.why
    assert (why.code, why.have, why.need) == (Code.THRESHOLD, Fraction(1, 2), Fraction(1, 2))


def test_who_says_neither_yes_nor_no_weighs_on_neither_side():
    outcome = decided(Rule.YES_NO, (2, {"lifts": 1}), (1, {"lifts": 0}), (90, {}), threshold_pct=60)
    assert outcome.winners == ("lifts",)


@pytest.mark.parametrize(("quorum", "verdict"), [(0, "decided"), (5, "decided"), (6, "not_decided")])
def test_a_quorum_counts_people_and_communities_only(quorum, verdict):
    groups = (Group("town", Side.PEOPLE, 600_000), Group("council", Side.COMMISSIONERS, 400_000))
    setup = replace(TOWN, basis=Basis.SHARED, groups=groups, quorum=quorum)
    cast = ballots((5, {"lifts": 1})) + ballots((90, {"lifts": 1}), group="council")
    outcome = choose(setup, IDEAS, cast)
    assert outcome.verdict == verdict
    assert [why.code for why in outcome.why] == ([] if verdict == "decided" else [Code.QUORUM])


def test_a_threshold_under_ticks_asks_for_so_much_of_all_the_say():
    outcome = decided(Rule.APPROVAL, (6, {"lifts": 1}), (4, {}), threshold_pct=60)
    assert outcome.verdict is Verdict.NOT_DECIDED and outcome.why[0].have == Fraction(6, 10)


def test_where_nobody_came_nothing_is_decided():
    assert [why.code for why in decided(Rule.APPROVAL).why] == [Code.NOBODY_OF_US]
    blank = decided(Rule.APPROVAL, (3, {}))
    assert blank.verdict is Verdict.NOT_DECIDED and blank.why[0].code is Code.NOBODY_PICKED


# --- The people affected, and double majority ---

STREET = (
    Group("street", Side.PEOPLE, 100_000, affected=True, floor_pct=50),
    Group("town", Side.PEOPLE, 900_000),
)


def by_street(rule, street, town, **more):
    setup = replace(TOWN, groups=STREET, rule=rule, **more)
    assert not faults(setup)
    return choose(setup, IDEAS, ballots(*street, group="street") + ballots(*town))


def test_the_people_affected_cannot_be_outvoted():
    """A hundred in town want lights in the street; of the six who live there two do. The next idea wins."""
    outcome = by_street(
        Rule.APPROVAL,
        [(2, {"lights": 1}), (4, {"benches": 1})],
        [(100, {"lights": 1}), (20, {"benches": 1})],
    )
    assert outcome.winners == ("benches",)
    lost = outcome.standings[-2]
    assert lost.option == "lights" and lost.why[0].group == "street"
    assert (lost.why[0].code, lost.why[0].have, lost.why[0].need) == (Code.FLOOR, Fraction(1, 3), Fraction(1, 2))


@pytest.mark.parametrize("rule", [Rule.APPROVAL, Rule.SCORE, Rule.RANKING, Rule.YES_NO, Rule.CONSENT])
def test_under_every_rule_what_they_do_not_want_goes_back_for_talk(rule):
    more = {"threshold_pct": 50} if rule is Rule.YES_NO else {}
    mark = {Rule.SCORE: 5}.get(rule, 1)
    outcome = by_street(rule, [(6, {})], [(100, {"lights": mark})], **more)
    assert outcome.verdict is Verdict.BACK_TO_TALK and outcome.why[0].code is Code.FLOOR


def test_half_of_them_is_enough():
    outcome = by_street(Rule.APPROVAL, [(3, {"lights": 1}), (3, {})], [(9, {"lights": 1})])
    assert outcome.winners == ("lights",)


def test_where_none_of_them_voted_nothing_can_win():
    outcome = by_street(Rule.APPROVAL, [], [(100, {"lights": 1})])
    assert outcome.verdict is Verdict.BACK_TO_TALK and outcome.why[0].have == 0


def both_sides(us, them):
    setup = suggested(Basis.SHARED, Rule.DOUBLE_MAJORITY)
    cast = ballots(*us, group="people") + ballots((3, {"lifts": 1}), group="communities")
    return choose(setup, IDEAS, cast + ballots(*them, group="commissioners"))


def test_a_double_majority_must_be_reached_on_each_side():
    yes, no = {"lifts": 1}, {"lifts": 0}
    assert both_sides([(9, yes)], [(2, yes), (1, no)]).winners == ("lifts",)
    outcome = both_sides([(9, yes)], [(1, yes), (2, no)])
    assert outcome.verdict is Verdict.BACK_TO_TALK
    (why,) = outcome.why
    assert (why.code, why.group, why.have) == (Code.HALF, "organisations", Fraction(1, 3))
    refused = both_sides([(9, no)], [(3, yes)])
    assert (refused.why[0].code, refused.why[0].group) == (Code.HALF, "us")


# --- A person's own life ---


def own(yes, *advice):
    groups = (Group("alf", Side.PEOPLE, MILLION), Group("circle", Side.PEOPLE), Group("advocate", Side.COMMUNITIES))
    setup = Setup(Basis.OWN_LIFE, groups, Rule.SUPPORTED)
    assert not faults(setup)
    cast = [Ballot("alf", "alf", yes)] if yes is not None else []
    return choose(setup, IDEAS, [*cast, *advice])


def test_alf_decides_and_what_his_circle_advises_stands_beside_it():
    circle = [Ballot(f"c{n}", "circle", {"benches": 1}) for n in range(4)]
    outcome = own({"lifts": 1}, *circle, Ballot("a", "advocate", {"lifts": 1}))
    assert outcome.winners == ("lifts",)
    rows = {row.option: row for row in outcome.standings}
    assert rows["lifts"].advice == {"advocate": 1} and rows["benches"].advice == {"circle": 4}
    assert rows["benches"].why[0].code is Code.NO_YES and rows["benches"].votes == 0


def test_without_alfs_yes_nothing_is_decided_however_many_advise_it():
    circle = [Ballot(f"c{n}", "circle", {"benches": 1}) for n in range(4)]
    for said in ({}, {"benches": 0}):
        outcome = own(said, *circle)
        assert outcome.verdict is Verdict.NOT_DECIDED and outcome.why[0].code is Code.NO_YES
    assert own(None, *circle).why[0].code is Code.NOBODY_OF_US


def test_nobody_puts_a_second_ballot_beside_alfs():
    with pytest.raises(ValueError, match="only that person"):
        own({"lifts": 1}, Ballot("again", "alf", {"benches": 1}))


# --- Ties, and what makes no sense ---


def test_a_tie_goes_to_the_cheaper_and_is_listed():
    outcome = decided(Rule.APPROVAL, (2, {"lifts": 1}), (2, {"benches": 1}), (1, {"lights": 1}))
    assert outcome.winners == ("benches",)
    assert outcome.ties == (TieMet(("benches", "lifts"), Tie.LOWEST_COST),)


def test_a_tie_of_equals_goes_by_most_votes_and_then_by_a_lot_that_anyone_can_draw_again():
    groups = (Group("town", Side.PEOPLE, 500_000), Group("choir", Side.COMMUNITIES, 500_000))
    setup = replace(TOWN, groups=groups)
    cast = ballots((2, {"a": 1})) + ballots((1, {"b": 1}), group="choir")
    options = (Option("a"), Option("b"), Option("c"))
    outcome = choose(setup, options, cast)
    assert outcome.winners == ("a",) and outcome.ties == (TieMet(("a", "b"), Tie.MOST_VOTES),)
    even = choose(TOWN, options, ballots((1, {"a": 1}), (1, {"b": 1})), seed="published")
    first = min("ab", key=lambda key: lot("published", key))
    assert even.winners == (first,) and even.ties[0].by is Tie.LOT


def test_another_order_of_ties_can_be_declared():
    order = (Tie.MOST_VOTES, Tie.LOWEST_COST, Tie.LOT)
    groups = (Group("town", Side.PEOPLE, 500_000), Group("choir", Side.COMMUNITIES, 500_000))
    setup = replace(TOWN, groups=groups, ties=order)
    assert not faults(setup)
    cast = ballots((2, {"a": 1})) + ballots((1, {"b": 1}), group="choir")
    assert choose(setup, (Option("a", 90), Option("b", 10)), cast).winners == ("a",)


@pytest.mark.parametrize(
    ("rule", "marks"),
    [
        (Rule.APPROVAL, {"lifts": 2}),
        (Rule.APPROVAL, {"lifts": -1}),
        (Rule.SCORE, {"lifts": 6}),
        (Rule.RANKING, {"lifts": 0}),
        (Rule.CONSENT, {"lifts": -2}),
        (Rule.APPROVAL, {"a swimming pool": 1}),
    ],
)
def test_marks_that_a_rule_does_not_know_are_refused(rule, marks):
    with pytest.raises(ValueError, match="A ballot"):
        decided(rule, (1, marks))


def test_money_is_counted_elsewhere():
    with pytest.raises(ValueError, match="money"):
        decided(Rule.GREEDY, (1, {"lifts": 1}), budget_pence=100)


def test_who_would_gain_has_no_vote_on_it_and_may_vote_on_the_rest():
    cast = [Ballot("driver", "town", {"lifts": 1, "benches": 1}, barred=frozenset({"lifts"}))]
    outcome = choose(TOWN, IDEAS, cast)
    assert outcome.winners == ("benches",)
    assert whys(outcome)["lifts"] == [Code.NOBODY_PICKED]
