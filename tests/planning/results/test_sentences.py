"""Each sentence of a result by itself: what it says, and what it never tells."""

from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.utils import translation

from alongside.methods.say.outcome import Code, Why
from alongside.planning.decisions.models import Rule, Terms
from alongside.planning.ideas.models import Option
from alongside.planning.results import money as of_money
from alongside.planning.results import sentences, showing
from alongside.planning.results.models import Result, ResultOption
from alongside.planning.results.near import near
from alongside.planning.results.rows import read, written
from tests.planning.ballots.box import COUNCILS, OURS
from tests.planning.deciding import OURS as OUR_GROUPS
from tests.planning.deciding import GroupSaid, money
from tests.planning.results.counted import BENCHES, BUDDIES, LIFTS, counted

NAMES = {"street": "People of Mill Street", "us": "people and communities"}
MONEY = Terms(rule=Rule.BUDGET, marking="approval", method="equal_shares", completion="add1", budget_pence=2_400_000)


def option(cost_pence=740_000, spent_pence=1_390_000, **given):
    return ResultOption(
        **({"picked": 139, "place": 1, "each_paid": "3700", "all_alike": True} | given),
        option=Option(n=1, cost_pence=cost_pence),
        result=Result(spent_pence=spent_pence),
    )


def said(one, terms=MONEY, **given):
    return sentences.of(one, terms, NAMES, **given)


def test_a_neighbour_could_repeat_why_it_won():
    assert said(option(), leads=True) == (
        "139 picked it, more than any other idea. Each put in £37 from their share. So it went first."
    )
    assert said(option(picked=121, each_paid="3966")) == "121 picked it. Each put in £39.66 from their share."


def test_who_had_little_left_put_in_what_they_had():
    words = said(option(picked=110, all_alike=False, each_paid="14900"))
    assert words == "110 picked it. Some had little left, so they put in what they had. Nobody put in more than £149."
    points = Terms(rule=Rule.BUDGET, marking="points", method="equal_shares")
    assert said(option(all_alike=False), points).endswith("Those who wanted it more put in more, up to £37.")


@pytest.mark.parametrize("picked", [1, 2, 3, 4])
def test_fewer_than_five_are_never_a_number_nor_can_it_be_worked_out(picked):
    """What each put in would tell it: the price divided by that."""
    words = said(option(picked=picked, each_paid="130000"), leads=True)
    assert words == "Fewer than 5 picked it. Their shares were enough to pay for it."
    lost = option(picked=picked, place=None, why_not="short", left_pence=4_000, short_pence=1_000)
    assert said(lost) == "Fewer than 5 picked it. It was £10 short."


@pytest.mark.parametrize(
    ("why", "given", "words"),
    [
        ("short", {}, "The 68 who picked it had £7,362 left between them. It was £38 short."),
        ("room", {}, "68 picked it. Too little of the money was left for it."),
        ("dearer", {}, "68 picked it. It costs more than all the money there is."),
        ("short", {"spent_pence": 1_700_000}, "68 picked it. It costs more than the £7,000 that was left."),
        ("short", {"spent_pence": 2_400_000}, "68 picked it. None of the money was left."),
        (
            "short",
            {"left_pence": 736_249, "short_pence": 3_751},
            "The 68 who picked it had £7,362 left between them. It was £37.51 short.",
        ),
        ("nobody", {"picked": 0}, "Nobody picked it."),
        ("short", {"picked": 0}, "Nobody picked it."),
    ],
)
def test_what_is_not_yet_there_says_how_much_it_lacked(why, given, words):
    lost = {"picked": 68, "place": None, "why_not": why, "left_pence": 736_200, "short_pence": 3_800} | given
    assert said(option(**lost)) == words


def test_what_the_list_of_votes_took_says_so():
    assert said(option(by_votes=True)).endswith("It had the most of the say behind it of those that still fit.")
    votes = Terms(rule=Rule.BUDGET, method="greedy", marking="approval")
    assert "Each put in" not in said(option(), votes)
    lost = option(place=None, why_not="short", left_pence=1, short_pence=1)
    assert said(lost, votes) == "139 picked it. None of the money was left."
    votes.budget_pence = 2_000_000
    assert said(lost, votes) == "139 picked it. It costs more than the £6,100 that was left."
    votes.budget_pence = 2_400_000
    assert said(lost, votes) == "139 picked it. Too little of the money was left for it."


@pytest.mark.parametrize(
    ("rule", "given", "words"),
    [
        (Rule.APPROVAL, {"got": "3/8"}, "139 picked it. Together they hold 37.5% of the say."),
        (Rule.SCORE, {"got": "7/2"}, "It got 3.5 of 5 points."),
        (Rule.RANKING, {"got": "1"}, "Set beside the others one by one, it came before 1 of them."),
        (Rule.RANKING, {"got": "3"}, "Set beside the others one by one, it came before 3 of them."),
        (Rule.RANKING, {"got": "0"}, "139 picked it."),
        (
            Rule.RANKING,
            {"got": "0", "place": None, "why": "others;;;"},
            "Set beside the others one by one, it came before none of them.",
        ),
        (Rule.CONSENT, {}, "Nobody has a reason against it left."),
        (Rule.SUPPORTED, {}, "The person said yes to it."),
    ],
)
def test_every_other_rule_has_its_sentence(rule, given, words):
    terms = Terms(rule=rule)
    assert said(option(**given), terms) == words


def test_what_others_had_more_of_says_what_it_had():
    lost = option(place=None, picked=52, got="403/1000", why_not="others", why="others;;;")
    assert said(lost, Terms(rule=Rule.APPROVAL)) == (
        "52 picked it. Together they hold 40.3% of the say. Others had more."
    )


def test_that_more_picked_what_did_not_win_is_explained():
    """Forty who hold half of the say go before fifty-two who hold less. Nobody has to find that out alone."""
    lost = option(place=None, picked=52, got="403/1000", why_not="others", why="others;;;")
    words = said(lost, Terms(rule=Rule.APPROVAL), fewer=True)
    assert words.endswith(
        "Others had more. An idea that fewer picked had more of the say behind it: each group keeps its share."
    )
    assert "fewer picked" not in said(lost, Terms(rule=Rule.APPROVAL))
    assert "fewer picked" not in said(lost, Terms(rule=Rule.SCORE), fewer=True)


def test_what_nobody_picked_needs_no_other_reason():
    lost = option(place=None, picked=0, why="floor;street;0;1/2\nnobody_picked;;;")
    assert said(lost, Terms(rule=Rule.APPROVAL)) == "Nobody picked it."


def test_just_what_was_needed_is_not_more_than_that():
    just = sentences.why(Why(Code.THRESHOLD, "", Fraction(2, 5), Fraction(2, 5)), NAMES)
    assert just == "It had 40% of the say, and needed more than that."
    less = sentences.why(Why(Code.THRESHOLD, "", Fraction(1, 3), Fraction(2, 5)), NAMES)
    assert less == "It had 33.3% of the say, and needed more than 40%."


@pytest.mark.parametrize("code", Code)
def test_every_reason_has_its_words(code):
    words = sentences.why(Why(code, "street", Fraction(1, 3), Fraction(1, 2)), NAMES)
    assert words.endswith(".") and "%" not in words.replace("33.3%", "").replace("50%", "")


def test_a_reason_never_tells_how_few_came():
    few = sentences.why(Why(Code.QUORUM, "", Fraction(4), Fraction(20)), NAMES)
    assert few == "20 people and communities were needed, and fewer than 5 took part."
    assert "9 took part" in sentences.why(Why(Code.QUORUM, "", Fraction(9), Fraction(20)), NAMES)
    floor = sentences.why(Why(Code.FLOOR, "street", Fraction(1, 3), Fraction(1, 2)), NAMES)
    assert "33" not in floor and "People of Mill Street" in floor


def test_reasons_are_kept_and_read_back_exactly():
    reasons = [
        Why(Code.FLOOR, "street", Fraction(10**40 + 1, 10**41 + 3), Fraction(1, 2)),
        Why(Code.OBJECTION, have=Fraction(2), need=Fraction(0)),
        Why(Code.OTHERS),
    ]
    assert read(written(reasons)) == reasons and read("") == []


@pytest.mark.parametrize(
    ("result", "won", "many", "words"),
    [
        (Result(state="decided"), 4, 6, "We are doing 4 of the 6 ideas"),
        (Result(state="decided"), 1, 1, "We go ahead"),
        (Result(state="talk_again"), 0, 6, "This goes back for talk"),
        (Result(state="not_decided"), 0, 6, "Nothing is decided yet"),
    ],
)
def test_the_title_says_what_came_out(result, won, many, words):
    assert sentences.title(result, won, many) == words


@pytest.mark.parametrize(
    ("ballots", "none", "words"),
    [
        (213, 0, "Everyone got something they picked."),
        (213, 6, "Nearly everyone got something they picked."),
        (213, 80, "Most got something they picked."),
        (213, 150, "213 people and groups took part."),
        (4, 1, "Fewer than 5 people and groups took part."),
    ],
)
def test_the_lead_promises_no_more_than_is_so(ballots, none, words):
    result = Result(state="decided", ballots=ballots, with_nothing=none)
    assert sentences.lead(result, single=True).endswith(words)


def test_of_a_room_nothing_is_said_one_by_one():
    result = Result(state="decided", ballots=40, with_nothing=0)
    assert sentences.lead(result, single=False) == "40 people and groups took part."


def test_it_is_all_there_in_welsh():
    with translation.override("cy"):
        assert said(option(picked=121)) == "Dewisodd 121 ef. Rhoddodd pob un £37 o'u cyfran."
        assert sentences.title(Result(state="decided"), 4, 6) == "Rydyn ni'n gwneud 4 o'r 6 syniad"


@pytest.mark.django_db
def test_the_rule_is_explained_as_it_was_used(cast):
    """Whether shares were made bigger, whose, and what was done with the rest."""
    plain = counted(cast)
    assert len(sentences.how(MONEY, plain)) == 2
    assert sentences.how(MONEY, plain)[1].startswith("Each group keeps its own share of the say")
    plain.grown = "3/20"
    assert sentences.how(MONEY, plain)[2] == (
        "There was money over. So we made all shares bigger, all alike, as long as the ideas cost £24,000 or less."
    )
    plain.us_grown = "1/10"
    assert "paid for less than 50% of what was bought" in sentences.how(MONEY, plain)[3]
    assert "nobody else’s" in sentences.how(MONEY, plain)[3]
    votes = Terms(rule=Rule.BUDGET, method="greedy")
    said, weighed = sentences.how(votes, plain)
    assert weighed == sentences.how(MONEY, plain)[1] and said.startswith(
        "The idea with the most of the say behind it was paid for first."
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"utility": "cost"}, "The idea whose cost the most people can share goes first."),
        ({"utility": "cardinality"}, "The idea that costs each of them least goes first."),
        ({"marking": "points"}, "The idea that costs them least for how much they want it goes first."),
        ({"marking": "ranking"}, "The idea that costs them least for how much they want it goes first."),
    ],
)
def test_which_idea_goes_first_is_said_as_it_was_declared(given, words):
    terms = Terms(
        **({"rule": Rule.BUDGET, "marking": "approval", "method": "equal_shares", "completion": "none"} | given)
    )
    alone = SimpleNamespace(groups=SimpleNamespace(all=lambda: ["people"]), grown="", us_grown="")
    (said,) = sentences.how(terms, alone)
    assert words in said


def test_a_sum_that_nobody_pays_is_told_in_whole_pounds_where_it_is_large():
    assert [of_money.roughly(one) for one in (3_751, 9_999, 10_000, 736_249, Fraction(736_250), 736_251)] == [
        "£37.51",
        "£99.99",
        "£100",
        "£7,362",
        "£7,362",
        "£7,363",
    ]


@pytest.mark.django_db
def test_what_was_left_went_down_the_list_of_votes_and_says_so(cast):
    """Nobody's shares reach the benches alone; with the money that is left they go next."""
    said = {OURS: [(30, (LIFTS,)), (4, (BENCHES,))]}
    given = {"groups": OUR_GROUPS, "terms": money(1_200_000, basis="ours", completion="greedy")}
    result = counted(cast, said, **given)
    benches = result.options.get(option__n=BENCHES)
    assert benches.by_votes and benches.place == 2
    assert "went next" in sentences.how(result.decision.terms, result)[-1]
    assert (
        said_of(benches, result)
        == "Fewer than 5 picked it. It had the most of the say behind it of those that still fit."
    )


def said_of(option, result):
    return sentences.of(option, result.decision.terms, NAMES)


@pytest.mark.django_db
def test_who_held_and_who_paid_is_one_sentence_whichever_is_more(cast):
    """Organisations hold a quarter at the start; what they paid stands beside it, and why where it is more."""
    result = counted(cast)
    said = {}
    for of_us in ("1", "3/4", "3/5"):
        result.of_us = of_us
        said[of_us] = showing.shown(result.decision, result).difference
    assert said == {
        "1": "Organisations held 25% at the start, and paid 0% in the end.",
        "3/4": "Organisations held 25% at the start, and that is what they paid.",
        "3/5": "Organisations held 25% at the start, and paid 40% in the end."
        " They are few and picked the same ideas. People’s shares lay on many.",
    }


@pytest.mark.django_db
def test_what_goes_back_for_talk_says_who_would_have_paid(cast):
    """People’s half lies on what they cannot pay for; five councils agree. So nothing is bought."""
    half = [GroupSaid("People", "people", 500_000), GroupSaid("Council and NHS", "commissioners", 500_000)]
    said = {OURS: [(15, (BENCHES,)), (15, ())], COUNCILS: [(5, (LIFTS, BUDDIES))]}
    result = counted(cast, said, groups=half, terms=money(1_500_000, completion="none"))
    page = showing.shown(result.decision, result)
    paid = {row.idea.title: row.paid for row in page.rows if row.paid}
    assert page.title == "This goes back for talk"
    assert list(paid.values()) == ["People and communities would have paid £0, organisations £3,900."]
    assert page.reasons == ["People and communities would have paid for 0% of what was bought. It must be 50% or more."]


def test_the_other_way_to_count_is_told_whichever_it_is():
    fair, votes = MONEY, Terms(rule=Rule.BUDGET, method="greedy")
    same = [SimpleNamespace(won=True, other=True)]
    differs = [*same, SimpleNamespace(won=False, other=True)]
    said = [showing._other(terms, rows) for terms in (fair, votes) for rows in (same, differs)]
    assert [one.split(",")[0] for one in said] == ["Had we only counted votes"] * 2 + [
        "Had we shared the money fairly among all who took part"
    ] * 2
    assert [one.endswith("the same ideas would have won.") for one in said] == [True, False] * 2


@pytest.mark.parametrize(
    ("us", "cost", "words"),
    [
        (Fraction(295_683, 1), 300_000, ("£2,957", "£43")),
        (Fraction(299_950), 300_000, ("£2,999.50", "£0.50")),
        (Fraction(0), 390_000, ("£0", "£3,900")),
        (Fraction(65_021, 3), 65_050, ("£216.74", "£433.76")),
    ],
)
def test_what_both_sides_gave_adds_up_to_the_price(us, cost, words):
    assert of_money.parted(us, Fraction(cost)) == words


def test_without_sums_a_reason_names_no_part_of_the_say():
    for code in (Code.THRESHOLD, Code.HALF):
        words = sentences.why(Why(code, "street", Fraction(1, 3), Fraction(1, 2)), NAMES, sums=False)
        assert words == "Too little of the say was for it."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([(12, (BENCHES,))], "“Benches” came nearest: 28 ballots fewer picked it."),
        ([(4, (BENCHES,))], ""),  # 40 picked the other, so the difference would tell four
    ],
)
def test_how_close_it_was_tells_no_number_below_five(cast, others, said):
    terms = {"rule": "approval", "winners": 1, "threshold_pct": 0}
    result = counted(cast, {"people": [(40, (LIFTS,)), *others]}, terms=terms, groups=OUR_GROUPS)
    words = near(result.decision, result)
    assert words.replace(result.options.get(option__n=BENCHES).option.idea.title, "Benches") == said
