"""What is it most about? One tap beside the ideas of a plan: kept with the wish, one's own, and never of harm."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Event
from alongside.knowing.lexicon.queries import lexicon
from alongside.knowing.outcomes.models import Outcome
from alongside.knowing.search.choosing import MOST_ABOUT, NONE, every_choice, may_be_about
from alongside.planning.plans import actions, queries
from alongside.planning.plans.ideas import board
from alongside.planning.plans.models import Plan, PlanAbout
from alongside.planning.plans.tapping import asking, tapped
from tests.cast import Cast, Somebody
from tests.knowing.finding import learn, put
from tests.planning.pages import words_of

pytestmark = pytest.mark.django_db
KETTLE = "I only ever fill the kettle for one now"


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> None:
    """A home of its own for each test, so that no vector file outlives the things it is about."""
    settings.HOME = tmp_path


def a_wish(person: Somebody, words: str = KETTLE) -> tuple[Plan, Outcome]:
    plan = actions.start(by=person.actor, owner=person.party)
    actions.say_wants(by=person.actor, plan=plan, wants=[actions.Want(words)])
    return plan, Outcome.objects.get(words=words)


def say(person: Somebody, plan: Plan, wish: Outcome, *about: str) -> None:
    actions.say_about(by=person.actor, plan=plan, outcome=wish, about=about)


def test_one_tap_beside_the_ideas_is_kept_and_changes_them(cast: Cast) -> None:
    table = put(cast.neighbour.party, "Lunch club", "Lunch together, good company and a hot meal every day")
    learn()
    plan, wish = a_wish(cast.resident)
    client, page = cast.resident.client(), reverse("plans:ideas", args=[wish.record.key])
    html = client.get(page).content.decode()
    assert re.search(r'fold--about" id="about"', html) and "None of these" in html and "See all that may matter" in html
    answer = client.post(reverse("plans:about", args=[wish.record.key]), {"add": "eat_together", "key": "t1"})
    assert answer.url == f"{page}#about" and queries.said_about(plan, wish) == ["eat_together"]
    said = words_of(client.get(page))
    assert "You said this is about: Eating with others." in said and table.title in said
    assert "It may help with this: Eating with others." in said
    client.post(reverse("plans:about", args=[wish.record.key]), {"drop": "eat_together", "key": "t2"})
    assert queries.said_about(plan, wish) == []


def test_what_was_tapped_goes_to_the_ideas_in_full(cast: Cast) -> None:
    put(cast.neighbour.party, "Lunch club", "Lunch together, good company and a hot meal every day")
    learn()
    plan, wish = a_wish(cast.resident)
    say(cast.resident, plan, wish, "eat_together")
    titles = [card.asset.title for rung in board(cast.resident.actor, plan, wish).rungs for card in rung.cards]
    assert titles == ["Lunch club"]
    say(cast.resident, plan, wish, NONE)
    asked = asking(wish, queries.said_about(plan, wish), found_little=True)
    assert asked and asked.none and not asked.chosen and not asked.at_once, "it was answered"


def test_everything_that_may_matter_can_be_tapped_but_harm(cast: Cast) -> None:
    _plan, wish = a_wish(cast.resident)
    page = cast.resident.client().get(reverse("plans:about", args=[wish.record.key])).content.decode()
    urgent = [one.key for one in lexicon().concepts if one.urgent]
    assert urgent and not any(f'value="{key}"' in page for key in urgent) and page.count("aria-pressed") > 20
    assert {key for _part, those in every_choice() for key, _words in those}.isdisjoint(urgent)
    assert not may_be_about(urgent[0]) and may_be_about(NONE) and not may_be_about("no_such_thing")


def test_words_of_harm_are_asked_nothing(cast: Cast) -> None:
    plan, wish = a_wish(cast.resident, "My husband hits me and I am frightened")
    assert asking(wish, queries.said_about(plan, wish), found_little=True) is None
    html = cast.resident.client().get(reverse("plans:ideas", args=[wish.record.key])).content.decode()
    assert "fold--about" not in html


def test_what_cannot_be_chosen_is_refused(cast: Cast) -> None:
    plan, wish = a_wish(cast.resident)
    urgent = next(one.key for one in lexicon().concepts if one.urgent)
    many = [key for _part, those in every_choice() for key, _words in those][: MOST_ABOUT + 1]
    for about in ([urgent], ["\u0623" * 5000], many, [NONE, many[0]]):
        with pytest.raises(Fault):
            say(cast.resident, plan, wish, *about)
    other = Outcome.objects.exclude(pk=wish.pk).first() or a_wish(cast.neighbour, "To sing")[1]
    with pytest.raises(Fault):
        say(cast.resident, plan, other, many[0])
    client = cast.resident.client()
    client.post(reverse("plans:about", args=[wish.record.key]), {"add": urgent, "key": "x"})
    assert not PlanAbout.objects.exists()


def test_it_is_nobody_elses_and_leaves_its_trace_without_words(cast: Cast) -> None:
    plan, wish = a_wish(cast.resident)
    with pytest.raises(Refused):
        actions.say_about(by=cast.outsider.actor, plan=plan, outcome=wish, about=["eat_together"])
    address = reverse("plans:about", args=[wish.record.key])
    for client in (cast.outsider.client(), Client()):
        assert client.get(address).status_code != 200
        client.post(address, {"add": "eat_together"})
    assert not PlanAbout.objects.exists()
    say(cast.resident, plan, wish, "eat_together")
    event = Event.objects.filter(verb="plans.say_about").get()
    assert "eat_together" not in repr(event.__dict__)


def test_it_goes_when_the_words_change_or_the_wish_is_taken_out(cast: Cast) -> None:
    for before, words in ((KETTLE, "To sing again"), ("To see people", "")):
        plan, wish = a_wish(cast.resident, before)
        say(cast.resident, plan, wish, "eat_together")
        key = str(wish.record.key)
        now = [actions.Want(wish.words, "fun", key)]
        actions.say_wants(by=cast.resident.actor, plan=plan, wants=now)
        assert PlanAbout.objects.filter(outcome=wish).exists(), "the part of life is not the words"
        actions.say_wants(by=cast.resident.actor, plan=plan, wants=[actions.Want(words, "fun", key)])
        assert not PlanAbout.objects.filter(outcome=wish).exists()


def test_none_and_the_rest_put_each_other_out() -> None:
    assert tapped(["a"], NONE, "") == [NONE] and tapped([NONE], "a", "") == ["a"]
    assert tapped(["a", "b"], "", "a") == ["b"] and tapped(["a"], "a", "") == ["a"] and tapped([NONE], "", NONE) == []
