"""How it is decided: what is kept is fair, what is not fair is refused in words, and what falls away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alongside.ground.history.acting import Fault, Refused
from alongside.methods import say
from alongside.planning.decisions import actions, queries
from alongside.planning.decisions.actions import Days, GroupSaid, SetupFault
from alongside.planning.decisions.models import Decision, PhaseKind
from alongside.planning.decisions.phases import check, suggested_days, templates
from alongside.planning.decisions.way_models import WayIn
from tests.cast import Cast
from tests.planning.deciding import A_DRAFT, NOW_IDEAS, NOW_VOTING, SHARED, days, draft, fresh, money, move, opened

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_DRAFT
PEOPLE, COUNCIL = GroupSaid("People", "people", 500_000), GroupSaid("Council", "commissioners", 500_000)
UNFAIR: dict[str, tuple[list[GroupSaid], str]] = {
    "organisations hold more": (
        [GroupSaid("People", "people", 499_999), GroupSaid("Council", "commissioners", 500_001)],
        "People and communities hold 49.9999 per cent together. It must be at least 50",
    ),
    "nobody of us": ([GroupSaid("Council", "commissioners", 1_000_000)], "People or communities must hold"),
    "too little in all": ([PEOPLE, GroupSaid("Council", "commissioners", 400_000)], "They make 90 now"),
    "councillors vote": (
        [PEOPLE, GroupSaid("Council", "commissioners", 300_000), GroupSaid("Members", "politicians", 200_000)],
        "hold no votes. Give Members 0",
    ),
    "suppliers nobody asked": (
        [PEOPLE, GroupSaid("Council", "commissioners", 300_000), GroupSaid("Firms", "suppliers", 200_000)],
        "only where those taking part said yes",
    ),
    "the affected only advise": (
        [PEOPLE, COUNCIL, GroupSaid("Wheelchair users", "people", 0, True, 60)],
        "Wheelchair users are directly affected, so they must hold",
    ),
    "the affected without a floor": (
        [GroupSaid("People", "people", 500_000, True), COUNCIL],
        "Say how many in a hundred of People",
    ),
    "a floor that means nothing": (
        [GroupSaid("People", "people", 500_000, True, 5), COUNCIL],
        "At least 50 in a hundred of People",
    ),
    "organisations are not affected": (
        [PEOPLE, GroupSaid("Council", "commissioners", 500_000, True, 60)],
        "Only a group of people or communities",
    ),
    "an organisation cannot hold up": (
        [PEOPLE, GroupSaid("Council", "commissioners", 500_000, False, 60)],
        "Organisations cannot hold up what people want",
    ),
    "nobody at all": ([], "They make 0 now"),
    "more than all": ([GroupSaid("People", "people", 1_000_001)], "between 0 and 100"),
    "less than nothing": ([GroupSaid("People", "people", -1), COUNCIL], "between 0 and 100"),
    "thirteen groups": (
        [PEOPLE, COUNCIL, *(GroupSaid(f"Club {n}", "communities") for n in range(11))],
        "12 groups at most",
    ),
}


def setup(it: Decision) -> say.Setup:
    return queries.say_setup(fresh(it))


# Groups


@pytest.mark.parametrize("what", UNFAIR)
def test_what_is_not_fair_is_refused_in_words_and_nothing_changes(cast: Cast, what: str) -> None:
    groups, words = UNFAIR[what]
    it = draft(cast)
    before = setup(it)
    with pytest.raises(SetupFault) as caught:
        actions.set_groups(by=cast.commissioner.actor, decision=it, groups=groups)
    assert words in " ".join(one.words for one in caught.value.found)
    assert all(one.step == "groups" or one.step == "suppliers" for one in caught.value.found)
    assert setup(it) == before


def test_half_can_be_kept_and_is_never_suggested(cast: Cast) -> None:
    it = draft(cast)
    assert setup(it).us_ppm == 750_000
    actions.set_groups(by=cast.commissioner.actor, decision=it, groups=[PEOPLE, COUNCIL])
    assert setup(it).us_ppm == 500_000


def test_names_in_any_letters_have_keys_of_their_own(cast: Cast) -> None:
    it = draft(cast)
    names = ["الجيران", "🚌🚌", "People", "people", "P" * 80]
    groups = [GroupSaid(name, "people", 200_000) for name in names]
    actions.set_groups(by=cast.commissioner.actor, decision=it, groups=groups)
    rows = list(it.groups.all())
    assert [row.name for row in rows] == names
    assert len({row.key for row in rows}) == 5
    assert all(row.key.isascii() and len(row.key) <= 24 for row in rows)


def test_a_group_has_a_name_and_a_side(cast: Cast) -> None:
    it, by = draft(cast), cast.commissioner.actor
    for group, words in (
        (GroupSaid("  ", "people", 500_000), "Give every group a name"),
        (GroupSaid("N" * 81, "people", 500_000), "80 letters or fewer"),
        (GroupSaid("Council", "kings", 500_000), "Say who Council are"),
    ):
        with pytest.raises(Fault, match=words):
            actions.set_groups(by=by, decision=it, groups=[PEOPLE, group])


def test_the_cap_stands_between_one_and_a_quarter(cast: Cast) -> None:
    it, by = draft(cast), cast.commissioner.actor
    actions.set_groups(by=by, decision=it, groups=as_it_is(it), cap_pct=25)
    for cap in (0, 26, 101):
        with pytest.raises(Fault):
            actions.set_groups(by=by, decision=it, groups=as_it_is(it), cap_pct=cap)
    assert setup(it).cap_pct == 25


def as_it_is(it: Decision) -> list[GroupSaid]:
    return [GroupSaid(row.name, row.side, row.weight_ppm, key=row.key) for row in it.groups.all()]


def test_suppliers_vote_once_people_said_yes_and_never_above_the_council(cast: Cast) -> None:
    it, by = draft(cast), cast.commissioner.actor
    firms = [PEOPLE, GroupSaid("Council", "commissioners", 300_000), GroupSaid("Firms", "suppliers", 200_000)]
    agreed: dict[str, Any] = {"suppliers_agreed_on": queries.today(), "suppliers_agreed_how": "14 of 16 by hands"}
    actions.set_terms(by=by, decision=it, **agreed)
    actions.set_groups(by=by, decision=it, groups=firms)
    with pytest.raises(SetupFault, match="more than councils and the NHS with 20"):
        actions.set_groups(
            by=by,
            decision=it,
            groups=[PEOPLE, GroupSaid("Council", "commissioners", 200_000), GroupSaid("F", "suppliers", 300_000)],
        )
    with pytest.raises(SetupFault, match="only where those taking part said yes"):
        actions.set_terms(by=by, decision=it, suppliers_agreed_on=None, suppliers_agreed_how="")
    assert setup(it).suppliers_agreed


def test_what_suppliers_were_let_do_has_a_day_that_has_come_and_words(cast: Cast) -> None:
    it, by = draft(cast), cast.commissioner.actor
    with pytest.raises(Fault, match="who said yes, and how"):
        actions.set_terms(by=by, decision=it, suppliers_agreed_on=queries.today())
    with pytest.raises(Fault, match="the day on which"):
        actions.set_terms(by=by, decision=it, suppliers_agreed_how="By hands")
    with pytest.raises(Fault, match="cannot be in the future"):
        tomorrow = queries.today() + timedelta(days=1)
        actions.set_terms(by=by, decision=it, suppliers_agreed_on=tomorrow, suppliers_agreed_how="By hands")


# Terms


def test_each_rule_becomes_the_one_that_counts(cast: Cast) -> None:
    it, by = draft(cast), cast.commissioner.actor
    for terms, rule in (
        ({"rule": "consent"}, say.Rule.CONSENT),
        ({"rule": "score"}, say.Rule.SCORE),
        ({"rule": "ranking"}, say.Rule.RANKING),
        (money(), say.Rule.EQUAL_SHARES),
        (money(method="greedy"), say.Rule.GREEDY),
        ({"rule": "approval"}, say.Rule.APPROVAL),
        ({"both_sides": True}, say.Rule.DOUBLE_MAJORITY),
    ):
        actions.set_terms(by=by, decision=it, **terms)  # type: ignore[typeddict-item]
        assert setup(it).rule is rule
        assert say.faults(setup(it)) == ()


def test_money_in_points_says_how_many(cast: Cast) -> None:
    it = draft(cast)
    terms = money(marking="points", points_each=7, completion="greedy", utility="cardinality", step_ppm=5_000)
    actions.set_terms(by=cast.commissioner.actor, decision=it, **terms)
    kept = setup(it)
    assert (kept.form, kept.most, kept.budget_pence) == (say.Form.POINTS, 7, 2_400_000)
    assert (kept.completion, kept.utility, kept.step_ppm) == ("greedy", "cardinality", 5_000)


def test_both_sides_are_people_and_organisations_or_people_and_communities(cast: Cast) -> None:
    it = draft(cast)
    actions.set_terms(by=cast.commissioner.actor, decision=it, both_sides=True, threshold_pct=60)
    assert [(half.name, sorted(half.groups), half.floor_pct) for half in setup(it).halves] == [
        ("us", ["communities", "people"], 60),
        ("organisations", ["commissioners"], 60),
    ]
    ours = draft(cast, cast.connector, cast.lunch_club)
    actions.set_terms(by=cast.connector.actor, decision=ours, both_sides=True)
    assert [sorted(half.groups) for half in setup(ours).halves] == [["people"], ["communities"]]


def test_what_a_rule_does_not_ask_for_falls_away(cast: Cast) -> None:
    it, by = draft(cast), cast.commissioner.actor
    actions.set_terms(by=by, decision=it, threshold_pct=60, winners=2, both_sides=True)
    actions.set_terms(by=by, decision=it, **money(marking="points"))
    terms = fresh(it).terms
    assert (terms.threshold_pct, terms.winners, terms.both_sides) == (0, None, False)
    actions.set_terms(by=by, decision=it, rule="consent")
    terms = fresh(it).terms
    assert (terms.budget_pence, terms.marking, terms.method) == (None, "approval", "equal_shares")


def test_a_budget_has_a_sum(cast: Cast) -> None:
    with pytest.raises(SetupFault, match="Write the sum of money"):
        actions.set_terms(by=cast.commissioner.actor, decision=draft(cast), rule="budget")


def test_a_floor_goes_up_where_the_rule_asks_for_more(cast: Cast) -> None:
    it, by = draft(cast), cast.commissioner.actor
    actions.set_terms(by=by, decision=it, **money())
    actions.set_groups(by=by, decision=it, groups=SHARED)
    actions.set_terms(by=by, decision=it, rule="approval")
    assert it.groups.get(affected=True).floor_pct == 50


def test_another_basis_begins_with_groups_that_are_fair_there(cast: Cast) -> None:
    it, by = draft(cast), cast.commissioner.actor
    actions.set_terms(by=by, decision=it, basis="ours")
    assert setup(it).us_ppm == 1_000_000
    assert {row.side for row in it.groups.all()} == {"people", "communities"}
    actions.set_terms(by=by, decision=it, basis="shared")
    assert {row.key for row in it.groups.all()} == {"people", "communities"}, "what is fair there already stays"


def test_own_life_is_for_persons_and_persons_for_own_life(cast: Cast) -> None:
    with pytest.raises(Fault, match="one person’s own life"):
        actions.set_terms(by=cast.commissioner.actor, decision=draft(cast), basis="own_life")
    own = draft(cast, cast.resident)
    with pytest.raises(Fault, match="one person’s own life"):
        actions.set_terms(by=cast.resident.actor, decision=own, basis="shared")
    actions.set_terms(by=cast.resident.actor, decision=own, rule="score")
    assert fresh(own).terms.rule == "supported"
    with pytest.raises(SetupFault, match="that person alone holds the say"):
        groups = [GroupSaid("Mair", "people", 500_000), GroupSaid("Family", "people", 500_000)]
        actions.set_groups(by=cast.resident.actor, decision=own, groups=groups)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("rule", "dice"), ("marking", ""), ("basis", "theirs"), ("quorum", -1), ("quorum", 10**9)),
        *(("winners", 0), ("threshold_pct", 101), ("step_ppm", 0), ("budget_pence", 0), ("points_each", 10**5)),
        *(("suppliers_agreed_how", "x" * 301), ("completion", "magic"), ("method", None)),
    ],
)
def test_numbers_have_bounds_and_choices_are_among_those_there_are(cast: Cast, name: str, value: Any) -> None:
    with pytest.raises(Fault):
        actions.set_terms(by=cast.commissioner.actor, decision=draft(cast), **{name: value})  # type: ignore[typeddict-item]


def test_a_threshold_of_all_is_refused(cast: Cast) -> None:
    with pytest.raises(SetupFault, match="from 0 to 99"):
        actions.set_terms(by=cast.commissioner.actor, decision=draft(cast), threshold_pct=100)


def test_nobody_else_sets_anything(cast: Cast) -> None:
    it, by = draft(cast), cast.councillor.actor
    for act in (
        lambda: actions.set_terms(by=by, decision=it, quorum=3),
        lambda: actions.set_groups(by=by, decision=it, groups=[PEOPLE, COUNCIL]),
        lambda: actions.set_ways(by=by, decision=it, ways=["list"]),
        lambda: actions.plan_phases(by=by, decision=it, days=days(NOW_IDEAS)),
        lambda: actions.write(by=by, decision=it, why="Because"),
    ):
        with pytest.raises(Refused, match="Only those who look after this decision"):
            act()


# Ways in, who sees it


def test_ways_are_kept_once_each(cast: Cast) -> None:
    it, by = draft(cast), cast.commissioner.actor
    actions.set_ways(by=by, decision=it, ways=["list", "vouched", "list"], least_age=16)
    assert sorted(it.ways.values_list("way", flat=True)) == ["list", "vouched"]
    assert queries.allows(it, "list") and queries.counted_by(fresh(it)) == "list"
    assert not queries.allows(it, "member")
    assert fresh(it).terms.least_age == 16
    with pytest.raises(Fault):
        actions.set_ways(by=by, decision=it, ways=["code"], least_age=121)


@pytest.mark.parametrize(
    ("ways", "field", "words"),
    [
        (["passport"], "counted", "Choose who is counted"),
        (["vouched"], "counted", "Choose who is counted"),
        (["member", "code"], "counted", "Choose one way"),
        (["member", "list"], "counted", "Choose one way"),
        (["code", "vouched"], "vouched", "Leave vouching out, or keep a list"),
    ],
)
def test_no_two_ways_by_which_one_person_is_counted_twice(cast: Cast, ways: list[str], field: str, words: str) -> None:
    it = draft(cast)
    with pytest.raises(Fault, match=words) as found:
        actions.set_ways(by=cast.commissioner.actor, decision=it, ways=ways)
    assert found.value.field == field
    assert sorted(it.ways.values_list("way", flat=True)) == ["member", "vouched"]


@pytest.mark.parametrize("more", ["list", "code"])
def test_the_database_takes_no_second_way_either(cast: Cast, more: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WayIn.objects.create(decision=draft(cast), way=more)


def test_the_area_hides_nothing_from_anybody(cast: Cast) -> None:
    with pytest.raises(Fault, match="who can see it"):
        actions.set_ways(by=cast.commissioner.actor, decision=draft(cast), ways=["list"], open_to="circle")


# Days


def test_phase_of_is_the_one_furthest_on(cast: Cast) -> None:
    it = opened(cast, when=NOW_VOTING)
    now = queries.today()
    phases = {day: queries.phase_of(it, now + timedelta(days=day)) for day in (-31, -30, -9, -1, 7, 8, 22)}
    assert [one and one.kind for one in phases.values()] == [
        *(None, "talk", "shortlist", "vote", "vote", "answer", None)
    ]


def test_it_takes_each_thing_from_the_first_to_the_last_day(cast: Cast) -> None:
    it, now = opened(cast, when=NOW_VOTING), queries.today()
    open_on = [day for day in range(-4, 12) if queries.is_open_for(it, "vote", now + timedelta(days=day))]
    assert open_on == list(range(-1, 8))
    assert queries.is_open_for(it, "talk")
    assert not queries.is_open_for(it, "ideas")
    assert not queries.is_open_for(it, "follow_up")


def test_a_draft_takes_nothing_and_one_that_is_decided_only_answers(cast: Cast) -> None:
    waiting = move(draft(cast), NOW_VOTING)
    assert not queries.is_open_for(waiting, "vote")
    assert queries.phase_of(waiting) is None
    it = opened(cast, when={"vote": (-9, 7), "answer": (-1, 7)})
    Decision.objects.filter(pk=it.pk).update(stage="decided")
    assert not queries.is_open_for(fresh(it), "vote")
    assert queries.is_open_for(fresh(it), "answer")


@pytest.mark.parametrize("template", [one["key"] for one in templates()])
def test_every_template_has_days_that_can_be(template: str) -> None:
    planned = suggested_days(template, date(2027, 3, 1))
    check(planned, secret=template != "hall")
    assert planned[0].since == date(2027, 3, 1)
    assert {one.kind for one in planned} <= set(PhaseKind.values)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"ideas": (0, 5)}, "from which day to which day"),
        ({"vote": (5, 4)}, "cannot be before the first"),
        ({"ideas": (0, 5), "vote": (5, 9)}, "only once the list of ideas is final"),
        ({"shortlist": (0, 6), "vote": (5, 9)}, "only once the list of ideas is final"),
        ({"vote": (5, 9), "answer": (8, 12)}, "after the last day for choosing"),
        ({"talk": (0, 9), "ideas": (1, 3), "vote": (5, 9)}, "cannot begin before"),
        ({"vote": (0, 5), "answer": (6, 2000)}, "longer than three years"),
        ({"party": (0, 1), "vote": (2, 3)}, "Give each part its days once"),
    ],
)
def test_days_that_cannot_be_are_refused(cast: Cast, when: dict[str, tuple[int, int]], words: str) -> None:
    with pytest.raises(Fault, match=words):
        actions.plan_phases(by=cast.commissioner.actor, decision=draft(cast), days=days(when))


def test_in_one_room_ideas_and_votes_share_a_day() -> None:
    today = [Days(kind, date(2027, 3, 1), date(2027, 3, 1)) for kind in ("ideas", "vote")]
    check(today, secret=False)
    with pytest.raises(Fault):
        check(today, secret=True)
    with pytest.raises(Fault, match="once"):
        check([*today, today[0]], secret=False)
