"""The page of a result: what a neighbour reads, what nobody may learn from it, and who may have it counted."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from alongside.planning.ballots import keeping
from alongside.planning.decisions.models import Stage
from alongside.planning.results.models import Result
from tests.planning.ballots.box import A_VOTE, AFFECTED, COUNCILS, OURS, over, voting
from tests.planning.deciding import OURS as OUR_GROUPS
from tests.planning.deciding import GroupSaid, fresh, money
from tests.planning.pages import words_of as words
from tests.planning.results.counted import (
    APP,
    BENCHES,
    BUDDIES,
    BY_HALF,
    COMMUNITIES,
    LARKMERE,
    LIFTS,
    counted,
    fill,
    voted,
)

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_VOTE


def page(client, decision, status=200):
    response = client.get(reverse("results:one", args=[decision.record.key]))
    assert response.status_code == status
    return words(response)


@pytest.fixture
def anyone():
    return Client()


def test_anyone_reads_what_came_out_and_why(cast, anyone):
    said = page(anyone, counted(cast).decision)
    assert re.search(r"We are doing \d of the 4 ideas", said)
    assert "83 people and groups took part. Nearly everyone got something they picked." in said
    assert "80 picked it, more than any other idea." in said and "So it went first." in said
    assert "People and communities paid all of it." in said and "Organisations paid £0" not in said
    assert re.search(r"A travel app .*15 picked it\. It costs more than the £10,100 that was left\.", said)
    assert "Not yet" in said and "rejected" not in said.lower()


def test_three_figures_stand_below_what_won(cast, anyone):
    result = counted(cast)
    said = page(anyone, result.decision)
    assert "to spend on 3 ideas. £10,100 is kept for next time." in said
    assert "Nearly all of 83 got at least one idea they picked." in said
    assert "Fewer than 5 got none. If that is you, tell us what would help." in said
    link = '<a href="/wish/">If that is you, tell us what would help.</a>'
    assert link in anyone.get(reverse("results:one", args=[result.decision.record.key])).content.decode()
    assert not re.search(r"\b3 got none", said)


def test_a_number_of_five_or_more_is_told(cast, anyone):
    said = page(anyone, counted(cast, LARKMERE | {COUNCILS: [(6, (APP,))]}).decision)
    assert "80 of 86 got at least one idea they picked." in said and "6 got none." in said


def test_who_held_the_say_stands_before_and_after(cast, anyone):
    result = counted(cast)
    said = page(anyone, result.decision)
    html = anyone.get(reverse("results:one", args=[result.decision.record.key])).content.decode()
    assert re.findall(r'class="say-bar"[^>]*aria-label="([^"]*)"', html) == [
        "People 53%, Communities 22%, Organisations 25%",
        "People 90%, Communities 10%",
    ]
    assert "Organisations held 25% at the start, and paid 0% in the end." in said


def test_where_one_side_held_all_of_the_say_a_sentence_says_so_and_no_bar(cast, anyone):
    alone = [GroupSaid("Members", "people", 1_000_000, key="people")]
    decision = counted(
        cast, {OURS: [(9, (LIFTS,))]}, groups=alone, terms={"rule": "approval", "basis": "ours"}
    ).decision
    html = anyone.get(reverse("results:one", args=[decision.record.key])).content.decode()
    assert "People and communities held all of the say." in html and "say-bar" not in html
    assert html.index("We will do it") < html.index("<details")  # the answer first, the rest behind it


def test_fewer_than_five_are_never_told_apart(cast, anyone):
    """Three communities took part: their part of what was paid stands with people's, in words, picture and table."""
    result = counted(cast, LARKMERE | {COMMUNITIES: [(3, (LIFTS,))]})
    html = anyone.get(reverse("results:one", args=[result.decision.record.key])).content.decode()
    after = html[html.index("Who paid for it in the end") :]
    assert "say-community" not in after and "People and communities" in after
    assert re.search(r"<h3>\s*<bdi[^>]*>People who cannot get out</bdi>, <bdi[^>]*>Communities</bdi>", html)


def test_where_all_were_fewer_than_five_nothing_is_said_of_their_choices(cast, anyone):
    said = page(anyone, counted(cast, {OURS: [(3, (LIFTS,))]}, groups=OUR_GROUPS, terms=money(basis="ours")).decision)
    assert "Fewer than 5 people and groups took part." in said
    assert "Fewer than 5 picked it. Their shares were enough to pay for it." in said
    assert "fewer than 5, so we say no more" in said and "Each put in" not in said
    assert "Who paid for it in the end" not in said


def test_how_few_people_came_is_not_told_beside_how_many_organisations_did(cast, anyone):
    said = {OURS: [(2, (LIFTS,))], AFFECTED: [(2, (LIFTS,))], COUNCILS: [(6, (APP,))]}
    text = page(anyone, counted(cast, said).decision)
    assert "Fewer than 5 people and communities took part." in text and "10 people and groups" not in text


def test_both_ways_of_counting_stand_side_by_side(cast, anyone):
    few = LARKMERE | {OURS: [(40, (LIFTS, BENCHES)), (20, (BUDDIES,))], COMMUNITIES: [(8, (BUDDIES,))]}
    said = page(anyone, counted(cast, few, terms=money(1_200_000, completion="none")).decision)
    assert "Had we only counted votes, most votes first, these would have won:" in said
    few |= {COUNCILS: [(3, (BUDDIES,))]}
    greedy = page(anyone, counted(cast, few, terms=money(1_200_000, method="greedy", completion="none")).decision)
    assert "Had we shared the money fairly among all who took part, these would have won:" in greedy
    same = page(anyone, counted(cast).decision)
    assert "most votes first, the same ideas would have won." in same and "The other way to count" in same
    assert "It had the most of the say behind it of those that still fit." in greedy
    assert "Who stands behind it in the end" in greedy and "People and communities stand behind £" in greedy


def test_what_goes_back_for_talk_says_why(cast, anyone):
    said = page(anyone, counted(cast, LARKMERE | {AFFECTED: []}).decision)
    assert "This goes back for talk" in said
    assert "People who cannot get out are directly affected. An idea wins only if at least 20 in every 100 of" in said
    assert "So nothing is bought and nothing begins. We talk again, and then choose again." in said
    assert "We will do it" not in said and "Take it back to talk" not in said
    decision = Result.objects.get().decision
    assert "Take it back to talk" in page(cast.commissioner.client(), decision)


def test_what_too_few_came_to_is_not_decided(cast, anyone):
    said = page(anyone, counted(cast, {OURS: [(9, (LIFTS,))]}, terms=money(quorum=20)).decision)
    assert "Nothing is decided yet" in said and "20 people and communities were needed, and 9 took part." in said
    few = page(anyone, counted(cast, {OURS: [(3, (LIFTS,))]}, terms=money(quorum=20)).decision)
    assert "20 people and communities were needed, and fewer than 5 took part." in few


@pytest.mark.parametrize(
    ("terms", "said", "told"),
    [
        (
            {"rule": "approval", "winners": 1, "threshold_pct": 0},
            LARKMERE,
            "52 picked it. Together they hold 40.3% of the say. Others had more.",
        ),
        ({"rule": "score", "winners": 1}, {OURS: [(9, {1: 5})], AFFECTED: [(6, {1: 4})]}, "It got 4.7 of 5 points."),
        (
            {"rule": "ranking", "winners": 1},
            {OURS: [(9, {2: 1, 1: 2})], AFFECTED: [(6, {2: 1, 1: 2})]},
            "Set beside the others one by one, it came before 1 of them.",
        ),
        ({"rule": "consent"}, {OURS: [(9, {1: 1, 2: -1})], AFFECTED: [(6, {1: 1})]}, "Nobody has a reason"),
        (
            {"rule": "consent"},
            {OURS: [(9, {1: -1})], AFFECTED: [(6, {1: 1})]},
            "Somebody still has a reason against it.",
        ),
        ({"rule": "approval", "both_sides": True}, LARKMERE, "On the side of organisations it needed 50% and had 0%."),
    ],
)
def test_each_way_of_deciding_has_its_sentence(cast, anyone, terms, said, told):
    text = page(anyone, counted(cast, said, groups=BY_HALF, terms=terms).decision)
    assert told in text
    alike = "Every group came, so all is as it was at the start." in text  # then one bar says it
    assert (("Who took part held" in text) is not alike and "Each group keeps" in text) or terms["rule"] == "consent"
    assert "Who paid for it" not in text


def test_a_tie_and_what_decided_it_is_told(cast, anyone):
    said = {OURS: [(10, (LIFTS, BENCHES))]}
    text = page(anyone, counted(cast, said, groups=OUR_GROUPS, terms=money(basis="ours")).decision)
    assert "were level. “Benches to rest on” went first, because it costs less." in text


def test_the_lot_is_shown_after_and_its_sum_before(cast, anyone):
    result = counted(cast)
    said = page(anyone, result.decision)
    assert result.decision.lot_seed in said and result.decision.terms.lot_sha in said and result.ballots_sha in said


def test_before_the_count_there_is_no_result_to_read(cast, anyone):
    decision = voted(cast)
    response = anyone.get(reverse("results:one", args=[decision.record.key]))
    assert response.status_code == 302 and response.url == reverse("decisions:one", args=[decision.record.key])
    text = words(anyone.get(response.url))
    assert "Voting has ended" in text and decision.lot_seed not in text and "Count now" not in text


def test_who_looks_after_it_may_count_it_now(cast):
    decision = voting(cast)
    fill(decision, LARKMERE)
    decision = over(decision)
    client = cast.commissioner.client()
    assert "Count now" in words(client.get(reverse("decisions:one", args=[decision.record.key])))
    response = client.post(reverse("results:count", args=[decision.record.key]), follow=True)
    assert "It is counted." in words(response) and "We are doing" in words(response)
    again = client.post(reverse("results:count", args=[decision.record.key]), follow=True)
    assert again.status_code == 200 and Result.objects.count() == 1


def test_nobody_else_may_and_it_is_too_early_says_so(cast, anyone):
    decision = voting(cast)
    address = reverse("results:count", args=[decision.record.key])
    assert anyone.post(address).status_code in (302, 403)
    text = words(cast.commissioner.client().post(address, follow=True))
    assert "The vote is still open." in text
    cast.resident.client().post(reverse("results:count", args=[over(decision).record.key]))
    assert not Result.objects.exists() and fresh(decision).stage == Stage.OPEN


def test_the_decisions_own_page_leads_to_it(cast, anyone):
    result = counted(cast)
    response = anyone.get(reverse("decisions:one", args=[result.decision.record.key]))
    assert reverse("results:one", args=[result.decision.record.key]) in response.content.decode()
    assert "We are doing 3 of the 4 ideas" in words(response)


def test_whoever_may_not_see_the_decision_does_not_see_its_result(cast):
    groups, terms = OUR_GROUPS, money(basis="ours")
    result = counted(cast, {OURS: [(9, (LIFTS,))]}, groups=groups, terms=terms)
    decision = result.decision
    type(decision.record).objects.filter(pk=decision.record.pk).update(audience="me")
    address = reverse("results:one", args=[decision.record.key])
    assert cast.outsider.client().get(address).status_code == 404
    assert Client().get(address).status_code == 404


def test_it_reads_in_welsh_and_peoples_own_words_stay_theirs(cast, anyone):
    decision = counted(cast).decision
    anyone.cookies["django_language"] = "cy"
    html = anyone.get(reverse("results:one", args=[decision.record.key])).content.decode()
    assert "Rydyn ni&#x27;n gwneud 3 o&#x27;r 4 syniad" in html and "Felly aeth yn gyntaf." in html
    assert re.search(r'<h3 lang="en">Shared lifts</h3>', html)


# --- On the voter's own device ---


def test_your_vote_paid_for_is_known_to_this_device_alone(cast, anyone, monkeypatch):
    decision = counted(cast).decision
    assert "Your vote paid for" not in page(anyone, decision)
    monkeypatch.setattr("alongside.planning.results.views.kept", lambda request, one: {LIFTS: 1, APP: 1})
    said = page(anyone, decision)
    mine = said[said.index("Your vote paid for") : said.index("How it was counted")]
    assert "Shared lifts" in mine and "A travel app" not in mine and "Only this device knows." in mine
    monkeypatch.setattr("alongside.planning.results.views.kept", lambda request, one: {APP: 1})
    assert "Nothing that you picked won this time." in page(anyone, decision)


def test_a_cookie_that_somebody_made_up_says_nothing(cast, anyone):
    decision = counted(cast).decision
    anyone.cookies[keeping.COOKIE] = "heron 42 plum é" * 50
    assert "Your vote paid for" not in page(anyone, decision)


def test_a_title_of_ten_thousand_letters_breaks_nothing(cast, anyone):
    result = counted(cast)
    idea = result.options.first().option.idea
    type(idea).objects.filter(pk=idea.pk).update(title=("‮🚲<script>" * 12)[:120])
    response = anyone.get(reverse("results:one", args=[result.decision.record.key]))
    assert response.status_code == 200 and b"<script>\xe2" not in response.content


def test_the_page_asks_the_database_as_often_for_ten_ballots_as_for_hundreds(
    cast, anyone, django_assert_max_num_queries
):
    decision = counted(cast).decision
    page(anyone, decision)
    with django_assert_max_num_queries(41):
        page(anyone, decision)
