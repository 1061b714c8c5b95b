"""A word that stands in a long text by chance is no reason: what meets somebody's words says so in its name, twice, or
is about the same part of life."""

from __future__ import annotations

import pytest

from alongside.planning.plans import actions as plans
from alongside.planning.plans.ideas import board
from alongside.planning.plans.reasons import in_name_or_twice, meets, says, telling
from tests.cast import Cast
from tests.planning.everybody import found, plan_of, run, shares, wants

pytestmark = pytest.mark.django_db
PIANO = {"words": "I play for a dance now and then, and at weddings.", "domains": ["giving"], "per_week": 200}


def titles(cast: Cast, outcome: object) -> list[str]:
    seen = board(cast.resident.actor, plan_of(outcome), outcome)  # type: ignore[arg-type]
    return [card.asset.title for rung in seen.rungs for card in rung.cards]


@pytest.mark.parametrize(
    ("title", "words", "domain", "does", "plainly"),
    [
        ("Dancing at the hall", "", "giving", True, True),
        ("Piano, by ear", "For a dance, or a song.", "fun", True, False),
        ("Piano, by ear", "For a dance, or a song.", "giving", False, False),
        ("Piano, by ear", "A waltz or another dance for all.", "giving", True, True),
        ("Piano, by ear", "Old tunes.", "fun", False, False),
    ],
    ids=["its name", "the same part of life", "in passing", "two words", "none"],
)
def test_what_meets_the_words_of_somebody(
    cast: Cast, title: str, words: str, domain: str, does: bool, plainly: bool
) -> None:
    outcome = wants(cast.resident, "To dance a waltz again")
    said = says(shares(cast.neighbour, title, words=words, domains=[domain]))
    assert (meets(outcome, said), in_name_or_twice(outcome, said)) == (does, plainly)


def test_a_piano_player_who_plays_for_a_dance_does_not_come_before_the_dance(cast: Cast) -> None:
    outcome = wants(cast.resident, "To dance again")
    shares(cast.neighbour, "Piano, by ear", **PIANO)
    shares(cast.connector, "Dancing at the hall", per_week=200)
    assert titles(cast, outcome) == ["Dancing at the hall"]


def test_alone_it_is_shown_without_saying_that_it_says_so_too(cast: Cast) -> None:
    outcome = wants(cast.resident, "To dance again")
    shares(cast.neighbour, "Piano, by ear", **PIANO)
    seen = board(cast.resident.actor, plan_of(outcome), outcome)
    reasons = [reason for rung in seen.rungs for card in rung.cards for reason in card.reasons]
    assert not any("You said" in reason for reason in reasons)


def test_of_two_that_meet_the_words_the_plainer_comes_first(cast: Cast) -> None:
    outcome = wants(cast.resident, "To dance again")
    shares(cast.neighbour, "Piano, by ear", **PIANO | {"domains": ["fun"]})
    shares(cast.connector, "Dancing at the hall", per_week=200)
    assert titles(cast, outcome)[0] == "Dancing at the hall"


def test_what_is_about_the_same_comes_before_what_shares_a_word_that_everybody_uses(cast: Cast) -> None:
    outcome = wants(cast.resident, "To sing with other people", domain="")
    shares(cast.carer, "I know people at the station", domains=["people"])
    shares(cast.neighbour, "Singing in the hall", per_week=200)
    seen = board(cast.resident.actor, plan_of(outcome), outcome)
    cards = [card for rung in seen.rungs for card in rung.cards]
    assert cards[0].asset.title == "Singing in the hall"


def test_of_three_who_share_the_same_thing_the_second_does_not_keep_out_something_else(cast: Cast) -> None:
    outcome = wants(cast.resident, "To dance again")
    for person in (cast.neighbour, cast.connector, cast.carer):
        shares(person, "Dancing at the hall", per_week=200)
    shares(cast.builder, "A dance for beginners", per_week=200)
    assert sorted(titles(cast, outcome)[:2]) == ["A dance for beginners", "Dancing at the hall"]


def test_of_her_own_things_those_that_fit_come_alone_and_all_where_none_does(cast: Cast) -> None:
    outcome = wants(cast.resident, "To dance again", domain="")
    plan = plan_of(outcome)
    plans.answer(by=cast.resident.actor, plan=plan, words={"people": "My sister", "skills": "A dance or two"})
    assert titles(cast, outcome) == ["A dance or two"]
    plans.answer(by=cast.resident.actor, plan=plan, words={"people": "My sister", "skills": "Jam"})
    assert sorted(titles(cast, outcome)) == ["Jam", "My sister"]


def test_what_is_for_members_must_meet_the_words_at_night_too(cast: Cast) -> None:
    outcome = wants(cast.resident, "To dance again")
    club = {"audience": "community", "community": cast.lunch_club}
    shares(cast.neighbour, "Piano, by ear", **PIANO | club)
    run()
    assert found(cast.resident, outcome) == {}
    hall = shares(cast.connector, "Dancing at the hall", per_week=200, **club)
    run()
    assert found(cast.resident, outcome) == {hall.pk: 60}


def test_little_words_tell_nothing_in_welsh_either() -> None:
    assert list(telling("Aros yn fy nghartref fy hun")) == ["aros", "nghartref"]
    assert list(telling("I want to see the sea")) == list(telling("see the sea"))
