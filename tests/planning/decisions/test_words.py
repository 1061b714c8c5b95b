"""What is said about a decision: every fault has its sentence, every rule its explanation, every day its words."""

from __future__ import annotations

import inspect
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from alongside.ground.history.fields import Pounds
from alongside.methods import say
from alongside.methods.say import setup as judge
from alongside.planning.decisions import actions, checking, explaining, queries, wording
from alongside.planning.decisions.fields import Percent
from alongside.planning.decisions.models import Decision, Marking, Method, Rule, Stage, Terms
from alongside.planning.decisions.steps import STEPS, answering
from alongside.planning.decisions.term_forms import DETAILS, DetailsForm, GroupsForm
from alongside.planning.decisions.terms import AS_MANY_AS_PASS, WRITTEN, GroupSaid, as_declared, setup_of, sha
from tests.cast import Cast
from tests.planning.deciding import NOW_VOTING, SHARED, draft, fresh, money, move, opened

CODES = {*re.findall(r'Fault\(\s*"(\w+)"', inspect.getsource(judge)), "same_group_twice", "group_without_key"}
# What the steps cannot bring about: the order of ties and the two sides are set by us.
NEVER = {"ties_not_decided", "ties_of_money_are_fixed", "group_in_two_halves", "half_without_vote"}


# Faults


@pytest.mark.parametrize("code", sorted(CODES - NEVER))
def test_every_fault_that_can_come_up_has_its_sentence(code: str) -> None:
    words = wording.in_words(say.Fault(code, "weight_ppm", "people", 450_000, 500_000), {"people": "Neighbours"})
    assert "does not fit together" not in words
    assert words.endswith(".")
    assert "%(" not in words


def test_a_fault_that_nobody_foresaw_still_says_what_to_do() -> None:
    words = wording.in_words(say.Fault("stars_in_wrong_order", "stars"), {})
    assert words == "This does not fit together: stars in wrong order. Change it, or start from what we suggest."


def test_every_fault_leads_to_a_step_that_there_is() -> None:
    steps = {one.key for one in STEPS}
    for field in ("groups", "weight_ppm", "suppliers_agreed", "rule", "budget_pence", "quorum", "halves", "ties"):
        assert wording.step_of(say.Fault("any", field)) in steps


@pytest.mark.parametrize(
    ("ppm", "words"),
    [(0, "0"), (500_000, "50"), (499_999, "49.9999"), (125_000, "12.5"), (1_000_000, "100"), (1, "0.0001")],
)
def test_shares_are_told_with_no_more_figures_than_there_are(ppm: int, words: str) -> None:
    assert wording.percent(ppm) == words
    assert Percent().clean(words) == ppm


@pytest.mark.parametrize("typed", ["1e3", "1,5", "-1", "12.34567", "1000", "٥", "½", "0x1", "5 0"])
def test_what_is_no_share_is_not_guessed(typed: str) -> None:
    with pytest.raises(Exception, match="Write a share"):
        Percent().clean(typed)


def test_a_sum_is_pence_and_an_empty_one_none() -> None:
    sum_ = Pounds(wrong="Write a sum", least=100)
    assert sum_.clean("£24,000") == 2_400_000
    assert sum_.clean("") is None
    assert sum_.prepare_value(2_400_050) == "£24,000.50"
    assert sum_.prepare_value("lots") == "lots"
    for typed in ("lots", "99p", "0.99", "-2"):
        with pytest.raises(ValidationError, match="Write a sum"):
            sum_.clean(typed)


# Rules


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule != Rule.BUDGET])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_each_rule_is_said_in_a_few_short_sentences(rule: Rule, language: str) -> None:
    with translation.override(language):
        said = explaining.how_rule(rule)
    assert 1 < len(said) < 4
    assert all(len(one) < 170 for one in said)


@pytest.mark.parametrize("marking", list(Marking))
def test_money_says_how_a_ballot_is_filled_in_under_both_ways(marking: Marking) -> None:
    fair, greedy = (explaining.how_money(method, marking) for method in Method)
    assert fair[1] == greedy[0]
    assert fair[0] == "Everyone gets a fair share of the money to steer."


def test_both_sides_are_said_where_they_are_asked() -> None:
    assert "both sides want it" in " ".join(explaining.how(Terms(rule="approval", both_sides=True)))
    assert "both sides" not in " ".join(explaining.how(Terms(rule="approval")))


@pytest.mark.parametrize("rule", [Rule.APPROVAL, Rule.SCORE, Rule.RANKING])
def test_without_a_number_the_best_wins_and_not_whatever_one_person_picked(rule: Rule) -> None:
    assert setup_of(Terms(rule=rule, threshold_pct=0), []).winners == 1
    assert setup_of(Terms(rule=rule, threshold_pct=50), []).winners == AS_MANY_AS_PASS
    assert setup_of(Terms(rule=rule, threshold_pct=50, winners=3), []).winners == 3
    assert setup_of(Terms(rule=Rule.CONSENT, threshold_pct=0), []).winners == AS_MANY_AS_PASS


@pytest.mark.django_db
def test_how_many_can_win_is_declared_also_where_nobody_wrote_a_number(cast: Cast) -> None:
    it, by = draft(cast), cast.commissioner.actor
    for asked, words in ((0, "1 idea can win."), (50, "Every idea that has this wins.")):
        actions.set_terms(by=by, decision=it, rule="approval", threshold_pct=asked)
        assert words in explaining.conditions(fresh(it))


@pytest.mark.django_db
def test_everything_that_was_declared_is_said(cast: Cast) -> None:
    it, by = draft(cast), cast.commissioner.actor
    actions.set_terms(by=by, decision=it, threshold_pct=60, winners=2, quorum=40)
    said = " ".join(explaining.conditions(fresh(it)))
    for words in (
        "More than 60 per cent of the say must be for an idea.",
        "2 ideas can win.",
        "At least 40 people and communities must take part.",
        "No organisation holds more than 10 per cent of the say.",
        "Last of all a lot decides.",
    ):
        assert words in said
    actions.set_terms(by=by, decision=it, both_sides=True)
    assert "More than 60 per cent of each side must be for an idea." in explaining.conditions(fresh(it))
    agreed: dict[str, Any] = {"suppliers_agreed_on": queries.today(), "suppliers_agreed_how": "By hands"}
    actions.set_terms(by=by, decision=it, **agreed)
    firms = [GroupSaid("People", "people", 600_000), GroupSaid("Council", "commissioners", 200_000)]
    actions.set_groups(by=by, decision=it, groups=[*firms, GroupSaid("Firms", "suppliers", 200_000)])
    assert "those taking part said yes to it first" in " ".join(explaining.conditions(fresh(it)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("completion", "words"),
    [
        ("add1", "all shares grow by the same part"),
        ("greedy", "it goes to the ideas with the most votes"),
        ("none", ""),
    ],
)
def test_what_happens_with_money_that_is_left_is_said(cast: Cast, completion: str, words: str) -> None:
    it = draft(cast)
    actions.set_terms(by=cast.commissioner.actor, decision=it, **money(completion=completion))
    said = " ".join(explaining.conditions(fresh(it)))
    assert words in said
    assert ("If money is left" in said) == bool(words)


@pytest.mark.django_db
def test_ones_own_life_has_no_ties_and_no_cap(cast: Cast) -> None:
    assert explaining.conditions(draft(cast, cast.resident)) == []
    assert checking.how_much_counts(draft(cast, cast.resident)) == ([], "")


# Days


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"ideas": (-1, 3), "vote": (9, 12)}, "You can put forward ideas until"),
        ({"talk": (-1, 3), "vote": (9, 12)}, "You can say what speaks for and against the ideas until"),
        ({"ideas": (-1, 3), "talk": (0, 3), "vote": (9, 12)}, "You can put forward ideas until"),
        ({"shortlist": (-1, 3), "vote": (9, 12)}, "The list of ideas is being made, until"),
        ({"vote": (-1, 3)}, "You can choose until"),
        ({"vote": (-9, -3), "answer": (-1, 3)}, "The vote is over. The answer is due by"),
        ({"vote": (-9, -3), "follow_up": (-1, 3)}, "We look at what came of it until"),
        ({"ideas": (2, 3), "vote": (9, 12)}, "You can put forward ideas from"),
        ({"talk": (2, 3), "vote": (9, 12)}, "You can say what speaks for and against the ideas from"),
        ({"shortlist": (2, 3), "vote": (9, 12)}, "The list of ideas is made from"),
        ({"vote": (2, 3)}, "You can choose from"),
        ({"vote": (-9, -3), "answer": (2, 3)}, "The answer comes from"),
        ({"vote": (-9, -3), "follow_up": (2, 3)}, "We look at what came of it from"),
        ({"vote": (-9, -3)}, "All its days are over. The result comes next."),
    ],
)
def test_what_can_be_done_now_is_one_sentence_with_its_day(
    cast: Cast, when: dict[str, tuple[int, int]], words: str
) -> None:
    it = opened(cast, when=when)
    Decision.objects.filter(pk=it.pk).update(answer_by=None)
    said = explaining.can_do(fresh(it))
    assert said.startswith(words)
    if "from" in words or "until" in words or words.endswith("by"):
        assert explaining.day(queries.today() + timedelta(days=2 if words.endswith("from") else 3)) in said


@pytest.mark.django_db
def test_the_answer_is_due_on_the_day_that_was_promised(cast: Cast) -> None:
    it = opened(cast, when={"vote": (-9, -3), "answer": (-1, 3)})
    Decision.objects.filter(pk=it.pk).update(answer_by=queries.today() + timedelta(days=40))
    assert explaining.day(queries.today() + timedelta(days=40)) in explaining.can_do(fresh(it))


@pytest.mark.django_db
@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.OPEN])
def test_in_what_is_not_open_nothing_can_be_done(cast: Cast, stage: Stage) -> None:
    it = move(draft(cast), NOW_VOTING)
    Decision.objects.filter(pk=it.pk).update(stage=stage)
    assert explaining.can_do(fresh(it)) == ""


def test_a_day_of_another_year_says_which() -> None:
    today = queries.today()
    assert explaining.day(date(today.year + 2, 3, 1)).endswith(f"1 March {today.year + 2}")
    assert explaining.day(today).endswith(today.strftime("%B"))


# What was declared


@pytest.mark.django_db
def test_whatever_of_the_terms_is_other_the_sum_is_other(cast: Cast) -> None:
    it = draft(cast)
    actions.set_terms(by=cast.commissioner.actor, decision=it, **money())
    actions.set_groups(by=cast.commissioner.actor, decision=it, groups=SHARED)
    it = fresh(it)
    sums = {sha(as_declared(it))}
    for name in WRITTEN:
        before = getattr(it.terms, name)
        setattr(it.terms, name, "other" if before is None or isinstance(before, str) else int(before) + 1)
        sums.add(sha(as_declared(it)))
        setattr(it.terms, name, before)
    assert len(sums) == len(WRITTEN) + 1
    assert sha(as_declared(it)) in sums


def test_every_column_of_the_terms_is_in_what_is_summed() -> None:
    columns = {field.name for field in Terms._meta.concrete_fields} - {"decision"}
    assert columns == set(WRITTEN)


@pytest.mark.django_db
def test_no_line_can_be_smuggled_into_what_is_summed(cast: Cast) -> None:
    it = draft(cast, question="One?\nway=list\ngroup=x")
    lines = as_declared(it).splitlines()
    assert lines[1] == "question=One? way=list group=x"
    assert sum(line.startswith("group=") for line in lines) == it.groups.count()


# Forms


def test_each_rule_asks_only_for_its_own_numbers() -> None:
    asked = {rule: set(DetailsForm(Terms(rule=rule)).fields) for rule in Rule}
    assert asked[Rule.CONSENT] == {"winners", "quorum"}
    assert asked[Rule.SCORE] == asked[Rule.RANKING] == {"winners", "threshold_pct", "quorum"}
    assert asked[Rule.APPROVAL] == {"winners", "threshold_pct", "both_sides", "quorum"}
    assert asked[Rule.BUDGET] == {"method", "marking", "points_each", "completion", "quorum"}
    assert set.union(*asked.values()) == set(DETAILS)


def test_a_groups_form_has_from_one_to_twelve_rows() -> None:
    assert [GroupsForm([], rows).count for rows in (-3, 0, 1, 12, 13, 999)] == [1, 1, 1, 12, 12, 12]


@pytest.mark.django_db
def test_whoever_owns_it_or_hosts_the_place_may_be_named_to_answer(cast: Cast) -> None:
    assert answering(draft(cast)) == [cast.council]
    assert answering(draft(cast, cast.connector, cast.lunch_club)) == []


@pytest.mark.django_db
def test_the_check_shows_each_answer_once_with_the_step_that_changes_it(cast: Cast) -> None:
    rows = checking.answers(draft(cast))
    assert len({row.label for row in rows}) == len(rows)
    assert {row.step for row in rows} <= {one.key for one in STEPS}
    assert {row.label: row.said for row in rows}["Who answers"] == "Grace Adeyemi"
