"""Pages of what is found for everybody: one's own ideas with reasons, the place without anybody, one's own limit."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from alongside.ground.places.models import Area
from alongside.knowing.assets.models import Offer
from alongside.knowing.contributions.models import Contribution
from alongside.planning.complementary.models import Sought
from alongside.planning.complementary.showing import promised_said
from alongside.planning.plans import actions as plans
from tests.cast import Cast, Somebody
from tests.knowing.two_wards import two_wards
from tests.planning.everybody import SING, plan_of, run, shares, wants
from tests.planning.pages import words_of
from tests.together import together

pytestmark = pytest.mark.django_db


def ideas(person: Somebody, outcome: Any) -> str:
    return words_of(person.client().get(f"/my-page/plan/ideas/{outcome.record.key}/"))


def test_what_was_found_for_everybody_comes_first_with_its_reason(cast: Cast) -> None:
    outcome = wants(cast.resident)
    shares(cast.neighbour, per_week=200)
    shares(cast.connector, "A book of songs to sing from", kind="equipment", per_week=None)
    before = ideas(cast.resident, outcome)
    assert "everybody’s wishes" not in before
    run()
    said = ideas(cast.resident, outcome)
    assert said.count("We found this with everybody’s wishes in mind.") >= 1
    first = said[said.index("People and groups near you") :]
    assert first.index("everybody’s wishes") < first.index("No thanks"), "on the first card of its rung"
    assert "First we looked at what you have. There was nothing like this." in said
    assert "You said “sing”, and so does this." in said


def test_where_nothing_is_found_the_page_says_what_is_missing(cast: Cast) -> None:
    outcome = wants(cast.resident, "To keep bees on the roof", domain="outdoors")
    run()
    said = ideas(cast.resident, outcome)
    assert "What is missing This is not found yet. We know of nobody near who offers this: outdoors and nature." in said
    assert "What is missing" not in ideas(cast.neighbour, _with_an_idea(cast))


def _with_an_idea(cast: Cast) -> Any:
    shares(cast.connector)
    return wants(cast.neighbour)


def test_ones_own_time_that_is_taken_is_told_as_ones_own(cast: Cast) -> None:
    outcome, mine = wants(cast.resident), shares(cast.resident, "Singing at my table")
    Offer.objects.filter(pk=mine.pk).update(promised=60)
    shares(cast.neighbour)
    run()
    said = ideas(cast.resident, outcome)
    assert "First we looked at what you have. Not enough of your own time is left for all of it." in said


def test_what_one_has_oneself_is_not_told_as_if_others_gave_it(cast: Cast) -> None:
    outcome = wants(cast.resident, "To dance with Alf")
    shares(cast.resident, "Dancing with Alf", audience="me")
    run()
    said = ideas(cast.resident, outcome)
    assert "You told us you have this. You said “dance”, and so does this." in said
    assert "everybody’s wishes" not in said and "It is near you" not in said
    shares(cast.resident, "My husband Alf", kind="relationship", audience="me")
    assert "You said “Alf”, and so does this." in ideas(cast.resident, outcome)


def test_a_yes_takes_it_out_of_the_ideas_and_into_the_plan(cast: Cast) -> None:
    outcome, kitchen = wants(cast.resident), shares(cast.neighbour)
    run()
    given = {"asset": kitchen.record.key, "choice": "yes", "minutes": "60", "key": "k"}
    client = cast.resident.client()
    page = client.post(f"/my-page/plan/ideas/{outcome.record.key}/", given, follow=True)
    assert "In your plan" in words_of(page) and "everybody’s wishes" not in words_of(page)
    assert Contribution.objects.get().minutes_week == 60


def test_a_place_where_nobody_has_looked_says_so(cast: Cast) -> None:
    assert cast.place
    assert "Nobody has looked yet" in words_of(Client().get("/place/one-more/"))
    assert "one more would do" not in words_of(Client().get("/place/"))
    wants(cast.resident)
    run()
    said = words_of(Client().get("/place/one-more/"))
    assert "Too few people have let us count what they want" in said, "a place without areas shows nothing of people"
    assert "See what one more would do here" in words_of(Client().get("/place/"))


def test_the_place_tells_figures_and_nobody(cast: Cast, town: Callable[[int, Area], list[Somebody]]) -> None:
    ashley, easton = two_wards()
    town(13, ashley)
    town(4, easton)
    shares(cast.neighbour, "Singing for all who come", per_week=None)
    run()
    said = words_of(Client().get("/place/one-more/"))
    assert "Fun, music and making 15 15" in said, "seventeen, rounded"
    assert "Ashley 15 15" in said and "Easton hidden hidden" in said
    assert "Nobody yet 10 or more in 1 area 10 or more in 1 area" in said
    assert "People and groups, unpaid 15" in said and "Shops, organisations and services hidden" in said
    for kept in ("Qname", "Joseph", SING, "17", "13"):
        assert kept not in said
    for somebody in (cast.outsider, cast.commissioner, cast.resident):
        assert "Ashley 15 15" in words_of(somebody.client().get("/place/one-more/")), "the same for everybody"


def test_it_says_what_is_missing_and_what_some_more_would_do(
    cast: Cast, town: Callable[[int, Area], list[Somebody]]
) -> None:
    ashley, _easton = two_wards()
    town(12, ashley)
    run()
    said = words_of(Client().get("/place/one-more/"))
    assert "Anyone who offers it 10" in said
    assert "more people for fun, music and making in Testford would let 10 people do what they want." in said
    assert "An idea is found for" in said and "Fun, music and making 10 hidden" in said


def test_a_figure_moves_only_when_twenty_more_stand_behind_it(
    cast: Cast, town: Callable[[int, Area], list[Somebody]]
) -> None:
    """Whoever reads it every day cannot tell who has just come."""
    ashley, _easton = two_wards()
    town(12, ashley)
    run()
    town(7, ashley)
    run()
    assert "Fun, music and making 10" in words_of(Client().get("/place/one-more/"))


def test_whoever_is_not_counted_changes_no_figure(cast: Cast, town: Callable[[int, Area], list[Somebody]]) -> None:
    ashley, _easton = two_wards()
    town(12, ashley)
    for n in range(20):
        wants(cast.person(f"Quiet {n}"), counted=False)
    assert run().wishes == 12


def test_nearly_all_promised_is_told_to_the_holder_alone(cast: Cast) -> None:
    kitchen = shares(cast.neighbour, per_week=600)
    client = cast.neighbour.client()
    Offer.objects.filter(pk=kitchen.pk).update(promised=240)
    assert "You have promised" not in words_of(client.get("/my-page/"))
    Offer.objects.filter(pk=kitchen.pk).update(promised=300)
    assert "You have promised 5 of your 6 hours a week." in words_of(client.get("/my-page/"))
    for other in (cast.resident, cast.steward, cast.commissioner):
        for path in ("/my-page/", f"/a/{kitchen.record.key}/", f"/p/{cast.neighbour.party.key}/", "/place/one-more/"):
            assert "promised" not in words_of(other.client().get(path)).replace("What was promised", "")


def test_hours_and_minutes_are_said_as_they_are() -> None:
    assert promised_said(60, 60) == "You have promised 1 of your 1 hour a week."
    assert promised_said(50, 60) == "You have promised 50 of your 60 minutes a week."


@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_be_given_the_last_hour(live_cast: Cast) -> None:
    """A holder who presses yes to both at once, in two windows: one is taken, the other told, and the run knows."""
    holder, client = live_cast.neighbour, live_cast.neighbour.client()
    kitchen, keys = shares(holder), []
    for somebody in (live_cast.resident, live_cast.carer):
        assert somebody.login
        outcome = wants(somebody)
        plans.choose(by=somebody.actor, plan=plan_of(outcome), outcome=outcome, asset=kitchen, choice="yes")
        plans.send(by=somebody.actor, plan=plan_of(outcome))
        Contribution.objects.update(asked_at="2020-01-01T00:00Z")
        keys.append(Contribution.objects.get(outcome=outcome).record.key)

    def press(key: object) -> str:
        window = Client()
        window.cookies = client.cookies
        return words_of(window.post(f"/my-page/asked/{key}/", {"say": "yes"}, follow=True))

    pages = together(*(partial(press, key) for key in keys))
    assert Offer.objects.get().promised == 60
    assert sorted(Contribution.objects.values_list("state", flat=True)) == ["accepted", "asked"]
    assert sum("There is no room left in a week" in page for page in pages) == 1
    assert sum("Thank you. We have told them." in page for page in pages) == 1
    run()
    assert not Sought.objects.filter(met__gt=0).exists(), "nothing is left to give"


def test_beneath_weak_ideas_the_page_says_what_is_missing(cast: Cast) -> None:
    outcome = wants(cast.resident, "To keep bees on the roof", domain="outdoors")
    shares(cast.neighbour, "A seat by the canal", domains=["outdoors"])
    assert "What is missing" not in ideas(cast.resident, outcome), "nobody has looked yet"
    run()
    said = ideas(cast.resident, outcome)
    assert said.index("A seat by the canal") < said.index("What is missing This is not found yet. We know of nobody")
    assert "offers this: outdoors" not in said, "the seat is of that part of life"
    assert "What is missing" not in ideas(cast.resident, wants(cast.resident, "A seat outside", domain="outdoors"))
