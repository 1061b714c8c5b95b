"""A budget with an equal say: fair shares and votes side by side, who paid, and who got something for it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from alongside.methods import equal_shares as fair
from alongside.methods.say import Ballot, Basis, Completion, Form, Group, Option, Rule, Setup, Side, Utility, faults
from alongside.methods.say.effect import counts_of, together
from alongside.methods.say.model import MILLION
from alongside.methods.say.money import decide, paid_by
from alongside.methods.say.outcome import Code, Verdict

PEOPLE = Group("people", Side.PEOPLE, MILLION)
TOWN = Setup(Basis.OURS, (PEOPLE,), Rule.EQUAL_SHARES, budget_pence=120_000)
IDEAS = (Option("lifts", 59_000), Option("benches", 40_000), Option("lights", 60_000))


def ballots(*counted, group="people", organisation=False):
    said = [keys for count, keys in counted for _ in range(count)]
    return [
        Ballot(f"{group}{n}", group, keys if isinstance(keys, dict) else dict.fromkeys(keys, 1), organisation)
        for n, keys in enumerate(said)
    ]


def counted(setup, *cast, options=IDEAS):
    assert not faults(setup)
    return decide(setup, options, [one for some in cast for one in some], seed="larkmere")


# --- Fair shares, and votes beside them ---


def test_a_third_of_the_people_get_a_third_of_the_money():
    """Eight want lifts and lights, four want benches. By votes the eight get both; by fair shares the four get
    benches, which their shares can pay for."""
    cast = ballots((8, ("lifts", "lights")), (4, ("benches",)))
    fairly = counted(replace(TOWN, completion=Completion.NONE), cast)
    assert fairly.verdict is Verdict.DECIDED and set(fairly.winners) == {"lifts", "benches"}
    assert set(fairly.other.winners) == {"lifts", "lights"}
    by_votes = counted(replace(TOWN, rule=Rule.GREEDY), cast)
    assert set(by_votes.winners) == {"lifts", "lights"} and set(by_votes.other.winners) == {"lifts", "benches"}


def test_every_penny_is_somebodys():
    setup = replace(TOWN, completion=Completion.NONE)
    outcome = counted(setup, ballots((8, ("lifts", "lights")), (4, ("benches",))))
    assert outcome.paid.spent == outcome.paid.us == 99_000
    assert outcome.paid.by_group["people"] == {"lifts": 59_000, "benches": 40_000}
    lost = {one.project: one.short for one in outcome.result.lost}
    assert lost == {"lights": 39_000}


def test_a_share_of_the_money_is_a_share_of_the_say():
    """Two groups with half each: three in one hold as much as thirty in the other."""
    groups = (Group("young", Side.PEOPLE, 500_000), Group("old", Side.PEOPLE, 500_000))
    setup = replace(TOWN, groups=groups)
    outcome = counted(setup, ballots((3, ("lights",)), group="young"), ballots((30, ("lifts",)), group="old"))
    assert set(outcome.winners) == {"lights", "lifts"}
    assert outcome.paid.by_group == {"young": {"lights": 60_000}, "old": {"lifts": 59_000}}


def test_votes_too_are_weighed_by_the_say_and_not_counted_by_heads():
    groups = (Group("young", Side.PEOPLE, 600_000), Group("old", Side.PEOPLE, 400_000))
    setup = replace(TOWN, groups=groups, rule=Rule.GREEDY, budget_pence=60_000)
    outcome = counted(setup, ballots((3, ("lights",)), group="young"), ballots((30, ("lifts",)), group="old"))
    assert outcome.winners == ("lights",)


def test_points_and_places_are_counted_as_they_were_given():
    points = replace(TOWN, form=Form.POINTS, most=10)
    outcome = counted(points, ballots((4, {"lifts": 9, "benches": 1}), (4, {"benches": 10})))
    assert set(outcome.winners) == {"benches", "lifts"}
    assert outcome.result.rule.utility is fair.Utility.POINTS
    places = replace(TOWN, form=Form.RANKS)
    outcome = counted(places, ballots((4, {"lifts": 1, "benches": 2}), (4, {"benches": 1})))
    marks = {tuple(ballot.marks) for ballot in outcome.result.problem.ballots}
    assert marks == {(("benches", 1), ("lifts", 2)), (("benches", 1),)}


def test_the_declared_utility_completion_and_step_are_those_of_the_count():
    setup = replace(TOWN, utility=Utility.CARDINALITY, completion=Completion.GREEDY, step_ppm=2_000)
    rule = counted(setup, ballots((3, ("lifts",)))).result.rule
    assert (rule.utility, rule.complete) == (fair.Utility.CARDINALITY, fair.Complete.GREEDY)
    assert (rule.step, rule.seed) == (Fraction(2, 1000), "larkmere")


def test_who_advises_holds_no_money_and_counts_for_no_idea():
    setup = replace(TOWN, groups=(PEOPLE, Group("cllrs", Side.POLITICIANS)))
    outcome = counted(setup, ballots((3, ("lifts",))), ballots((50, ("lights",)), group="cllrs"))
    assert outcome.winners == ("lifts",) and outcome.result.problem.votes["lights"] == 0


# --- What may not happen ---


STREET = (Group("street", Side.PEOPLE, 200_000, affected=True, floor_pct=20), Group("town", Side.PEOPLE, 800_000))


def test_what_the_people_affected_do_not_want_is_taken_out_before_the_count():
    setup = replace(TOWN, groups=STREET)
    outcome = counted(
        setup,
        ballots((6, ("benches",)), group="street"),
        ballots((50, ("lights", "benches")), (10, ("benches",)), group="town"),
    )
    assert outcome.winners == ("benches",)
    (why,) = outcome.out["lights"]
    assert (why.code, why.group, why.have, why.need) == (Code.FLOOR, "street", 0, Fraction(1, 5))
    assert "lights" not in {project.id for project in outcome.result.problem.projects}


def test_where_all_is_below_their_floor_it_goes_back_for_talk():
    setup = replace(TOWN, groups=STREET)
    outcome = counted(setup, ballots((6, ()), group="street"), ballots((50, ("lights",)), group="town"))
    assert outcome.verdict is Verdict.BACK_TO_TALK and outcome.why[0].code is Code.FLOOR
    assert not outcome.winners and set(outcome.out) == {"lifts", "benches", "lights"}


def test_where_nobody_of_us_or_too_few_voted_nothing_is_counted():
    assert counted(TOWN).why[0].code is Code.NOBODY_OF_US
    few = counted(replace(TOWN, quorum=5), ballots((4, ("lifts",))))
    assert (few.why[0].code, few.why[0].have, few.why[0].need) == (Code.QUORUM, 4, 5)
    assert few.result is None and few.verdict is Verdict.NOT_DECIDED


def test_where_nobody_ticked_anything_nothing_is_decided():
    outcome = counted(TOWN, ballots((4, ())))
    assert outcome.verdict is Verdict.NOT_DECIDED and outcome.why[0].code is Code.NOBODY_PICKED


def test_a_ballot_for_what_is_not_an_option_is_refused():
    with pytest.raises(ValueError, match="a swimming pool, which is not among the options"):
        counted(TOWN, ballots((1, ("a swimming pool",))))


def test_a_rule_that_is_not_of_money_is_counted_elsewhere():
    with pytest.raises(ValueError, match="not about a budget"):
        decide(replace(TOWN, rule=Rule.APPROVAL, budget_pence=None), IDEAS, [])


# --- An equal start is not an equal effect ---

HALF = Setup(
    Basis.SHARED,
    (Group("people", Side.PEOPLE, 500_000), Group("council", Side.COMMISSIONERS, 500_000)),
    Rule.EQUAL_SHARES,
    cap_pct=25,
    budget_pence=100_000,
    step_ppm=50_000,
)
SMALL_WISHES = tuple(Option(f"own{n}", 6_600) for n in range(10))
LARGE = (Option("road", 30_000), Option("bridge", 22_000))


def scattered(people=10):
    """Each wants something of their own that their share cannot pay for; two councils want two large things."""
    return ballots(*((1, (f"own{n}",)) for n in range(people))), ballots((2, ("road", "bridge")), group="council")


def test_where_many_small_shares_do_not_meet_only_theirs_are_made_bigger():
    """At half each, ten people with 5,000 pence want ten things at 6,600; two councils want a bridge and a road. Making
    all shares bigger buys these two alone; making only people's bigger buys the bridge and all that people want."""
    outcome = counted(HALF, *scattered(), options=(*SMALL_WISHES, *LARGE))
    assert outcome.verdict is Verdict.DECIDED
    assert outcome.us_raised == Fraction(35, 100) and outcome.paid.us_part == Fraction(3, 4)
    assert "bridge" in outcome.winners and "road" not in outcome.winners and len(outcome.winners) == 11
    assert outcome.paid.spent == 88_000 <= HALF.budget_pence


def test_where_they_would_still_have_paid_for_less_than_half_it_goes_back_for_talk():
    options = (*(Option(option.key, 60_000) for option in SMALL_WISHES), *LARGE)
    outcome = counted(HALF, *scattered(), options=options)
    assert outcome.verdict is Verdict.BACK_TO_TALK and not outcome.winners
    (why,) = outcome.why
    assert (why.code, why.have, why.need) == (Code.US_PAID_TOO_LITTLE, 0, Fraction(1, 2))
    assert set(outcome.result.winners) == {"road", "bridge"}, "what would have been bought is there to be talked about"


def test_going_down_the_list_of_votes_is_held_to_the_same_floor():
    """One thing for the whole sum, wanted by two councils with half of the say: people did not pay half of it."""
    options = (*SMALL_WISHES, Option("road", 99_999), Option("bridge", 100_000))
    outcome = counted(replace(HALF, rule=Rule.GREEDY), *scattered(), options=options)
    assert outcome.verdict is Verdict.BACK_TO_TALK and outcome.paid.us_part == 0
    assert outcome.paid.by_group == {"council": {"road": 99_999}, "people": {}}


def test_without_topping_up_nothing_is_made_bigger():
    options = (*SMALL_WISHES, *LARGE)
    outcome = counted(replace(HALF, completion=Completion.NONE), *scattered(), options=options)
    assert outcome.us_raised is None and outcome.verdict is Verdict.BACK_TO_TALK


def test_topping_up_ends_although_somebody_with_a_tiny_share_wants_something_dear():
    groups = (Group("many", Side.PEOPLE, MILLION - 1), Group("one", Side.PEOPLE, 1))
    setup = replace(TOWN, groups=groups, step_ppm=100_000)
    outcome = counted(setup, ballots((5, ("benches",)), group="many"), ballots((1, ("lifts",)), group="one"))
    assert outcome.winners == ("benches",) and not outcome.result.completion.full


# --- Afterwards ---


def test_the_effect_says_who_got_what_they_chose_and_who_paid():
    groups = (
        Group("people", Side.PEOPLE, 500_000),
        Group("groups", Side.COMMUNITIES, 250_000),
        Group("council", Side.COMMISSIONERS, 250_000),
    )
    setup = replace(HALF, groups=groups, budget_pence=120_000)
    cast = [
        *ballots((12, ("lifts", "benches")), (3, ("lights",))),
        *ballots((6, ("lifts",)), group="groups", organisation=True),
        *ballots((2, ("lights",)), group="council"),
    ]
    outcome = counted(setup, cast, options=(*IDEAS[:2], Option("lights", 90_000)))
    counts = counts_of(setup, cast, outcome.winners)
    assert set(outcome.winners) == {"lifts", "benches"}
    assert [(key, one.ballots, one.nothing, one.first) for key, one in counts.items()] == [
        ("people", 15, 3, None),
        ("groups", 6, 0, None),
        ("council", 2, 2, None),
    ]
    assert counts["people"].votes == {"lifts": 12, "benches": 12, "lights": 3}
    assert counts["groups"].votes == {"lifts": 6} and counts["council"].votes == {"lights": 2}
    paid = {key: sum(sums.values()) for key, sums in outcome.paid.by_group.items()}
    assert sum(paid.values()) == 99_000 and not paid.get("council")


def test_whose_first_choice_won_is_told_where_ballots_say_what_comes_first():
    setup = replace(TOWN, form=Form.POINTS, most=10)
    cast = ballots((5, {"lifts": 6, "benches": 4}), (5, {"benches": 9, "lifts": 1}), (2, {"lights": 1}))
    one = counts_of(setup, cast, ("lifts",))["people"]
    assert (one.first, one.nothing) == (5, 2)
    places = replace(TOWN, form=Form.RANKS)
    cast = ballots((5, {"lifts": 1, "benches": 2}), (6, {"benches": 1, "lifts": 2}))
    one = counts_of(places, cast, ("lifts",))["people"]
    assert (one.first, one.nothing) == (5, 0)


@pytest.mark.parametrize(
    ("counts", "rows"),
    [
        ({"a": 9, "b": 7, "c": 5}, [("a",), ("b",), ("c",)]),
        ({"a": 9, "b": 4, "c": 5}, [("a",), ("b", "c")]),
        ({"a": 9, "b": 2, "c": 2}, [("a", "b", "c")]),
        ({"a": 9, "b": 3, "c": 2}, [("a",), ("b", "c")]),
        ({"a": 1, "b": 1, "c": 1}, [("a", "b", "c")]),
        ({"a": 9, "b": 9, "c": 0}, [("a", "c"), ("b",)]),
        ({}, [("a", "b", "c")]),
    ],
)
def test_groups_under_five_stand_with_others(counts, rows):
    assert list(together(["a", "b", "c"], counts)) == rows


def test_what_was_paid_adds_up_to_what_was_spent_also_by_votes():
    outcome = counted(replace(TOWN, rule=Rule.GREEDY), ballots((7, ("lifts", "lights")), (5, ("benches",))))
    paid = paid_by(TOWN, outcome.result)
    assert paid.us == paid.spent == 119_000 and paid.us_part == 1


def test_nothing_spent_is_nothing_paid_too_little_of():
    outcome = counted(TOWN, ballots((4, ())))
    assert outcome.paid.us_part == 1 and outcome.paid.spent == 0
