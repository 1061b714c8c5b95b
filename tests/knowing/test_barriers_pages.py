"""The pages of what gets in the way, as people meet them: said without an account, answered in public, never named."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from alongside import frameworks
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.panels.queries import show
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.barriers import actions, queries
from alongside.knowing.barriers.models import Barrier, MeToo
from alongside.knowing.outcomes.actions import want
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST, SAY = "/in-the-way/", "/in-the-way/say/"


@pytest.fixture
def lunch(cast: Cast) -> Asset:
    assert cast.place.name
    return offer(
        by=cast.connector.actor, holder=cast.lunch_club, kind="activity", title="Thursday lunch", audience="everyone"
    )


def step(cast: Cast, lunch: Asset | None = None, **given: Any) -> Barrier:
    joseph = cast.neighbour
    about: dict[str, Any] = {"asset": lunch} if lunch else {"place": "Mill Hill"}
    given = {"words": "There is a step and no rail"} | about | given
    return actions.say(by=joseph.actor, owner=joseph.party, **given)


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_page_of_a_thing_and_of_a_group_show_it_with_the_last_answer(
    client: Client, cast: Cast, lunch: Asset
) -> None:
    barrier = step(cast, lunch)
    actions.answer(by=cast.connector.actor, barrier=barrier, stage="heard", words="We will ask the vicar")
    for address in (f"/a/{lunch.record.key}/", f"/p/{cast.lunch_club.key}/", f"{LIST}?show=answered"):
        page = text(client, address)
        assert "There is a step and no rail" in page, address
        assert "We will ask the vicar" in page, address
        assert "Joseph" not in page, address


def test_the_way_to_say_so_stands_on_both_and_leads_to_a_form_about_it(
    client: Client, cast: Cast, lunch: Asset
) -> None:
    assert f"{SAY}?at={lunch.record.key}" in text(client, f"/a/{lunch.record.key}/")
    assert f"{SAY}?with={cast.lunch_club.key}" in text(client, f"/p/{cast.lunch_club.key}/")
    form = text(client, f"{SAY}?at={lunch.record.key}")
    assert "Thursday lunch" in form
    assert 'name="place"' not in form
    assert 'name="place"' in text(client, SAY)


def test_without_an_account_it_is_said_and_waits(client: Client, cast: Cast, lunch: Asset) -> None:
    response = client.post(f"{SAY}?at={lunch.record.key}", {"words": "Nobody signs", "key": "once"}, follow=True)
    assert "Nobody signs" in response.content.decode()
    assert "Waiting for a look" in response.content.decode()
    barrier = Barrier.objects.get()
    assert Client().get(f"/in-the-way/{barrier.record.key}/").status_code == 404
    assert "Nobody signs" not in text(Client(), LIST)
    assert "Nobody signs" in text(client, "/my-page/")


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client: Client, cast: Cast) -> None:
    response = client.post(SAY, {"words": "", "place": "Mill Hill", "remedy": "A bench"})
    page = response.content.decode()
    assert "Write what gets in the way" in page
    assert "A bench" in page
    assert "Mill Hill" in page
    assert not Barrier.objects.exists()


@pytest.mark.parametrize("query", ["at=x", "at=00000000-0000-0000-0000-000000000000", "with=x", "with=%00"])
def test_about_nothing_that_is_there_nothing_is_said(client: Client, cast: Cast, query: str) -> None:
    assert client.get(f"{SAY}?{query}").status_code == 404


def test_no_page_lets_a_person_be_named_as_what_gets_in_the_way(client: Client, cast: Cast) -> None:
    mair = cast.resident
    assert mair.client().get(f"{SAY}?with={mair.party.key}").status_code == 404
    assert client.get(f"{SAY}?with={mair.party.key}").status_code == 404


def test_a_name_stands_with_it_only_where_it_was_asked_for(client: Client, cast: Cast, lunch: Asset) -> None:
    unnamed, named = step(cast, lunch), step(cast, lunch, named=True, words="No loop")
    for viewer in (client, cast.connector.client(), cast.steward.client()):
        assert "Joseph" not in text(viewer, f"/in-the-way/{unnamed.record.key}/")
    page = text(client, f"/in-the-way/{named.record.key}/")
    assert "Joseph O." in page
    assert "Okafor" not in page


def test_the_holder_answers_on_the_page_and_a_promise_without_a_day_comes_back(cast: Cast, lunch: Asset) -> None:
    barrier, denise = step(cast, lunch), cast.connector.client()
    address = f"/in-the-way/{barrier.record.key}/"
    assert "Answer for all to read" in text(denise, address)
    assert "Answer for all to read" not in text(cast.outsider.client(), address)
    page = denise.post(f"{address}answer/", {"stage": "will_do", "words": "By spring"}).content.decode()
    assert "Give the day by which it will be done" in page
    assert "By spring" in page
    given = {"stage": "will_do", "words": "By spring", "by_day": "2031-03-24", "key": "a"}
    for _press in range(2):
        assert denise.post(f"{address}answer/", given).status_code == 302
    assert "by 24 March 2031" in text(Client(), address)
    assert barrier.answers.count() == 1
    assert cast.outsider.client().post(f"{address}answer/", given | {"key": "b"}).status_code == 403


def test_me_too_counts_once_and_is_taken_back(client: Client, cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch)
    address = f"/in-the-way/{barrier.record.key}/"
    assert "Me too" in text(client, address)
    client.post(f"{address}too/", {"key": "1"})
    client.post(f"{address}too/", {"key": "2"})
    assert MeToo.objects.count() == 1
    assert "You said so too" in text(client, address)
    assert "About" not in text(client, address)
    client.post(f"{address}too/", {"do": "back", "key": "3"})
    assert not MeToo.objects.exists()


def test_whoever_wrote_it_says_put_right_not_yet_or_takes_it_back(cast: Cast, lunch: Asset) -> None:
    barrier, joseph = step(cast, lunch), cast.neighbour.client()
    address = f"/in-the-way/{barrier.record.key}/"
    assert "Is it put right?" in text(joseph, address)
    assert "Is it put right?" not in text(cast.connector.client(), address)
    joseph.post(f"{address}right/", {"do": "right", "key": "1"})
    assert "There is a step" in text(Client(), f"{LIST}?show=right")
    joseph.post(f"{address}right/", {"do": "not_yet", "words": "It came off", "key": "2"})
    assert "It came off" in text(Client(), address)
    assert cast.outsider.client().post(f"{address}right/", {"do": "back"}).status_code == 403
    joseph.post(f"{address}right/", {"do": "back", "key": "3"})
    assert Client().get(address).status_code == 404


def test_a_group_says_that_a_place_is_theirs_to_answer(cast: Cast) -> None:
    assert cast.lunch_club
    barrier = step(cast)
    address, denise = f"/in-the-way/{barrier.record.key}/", cast.connector.client()
    assert "It is for Mill Street lunch club" in text(denise, address)
    assert "Is it yours to answer?" not in text(cast.outsider.client(), address)
    assert denise.post(f"{address}ours/", {"holder": "x"}).status_code == 404
    denise.post(f"{address}ours/", {"holder": str(cast.lunch_club.key), "key": "1"})
    assert "Mill Street lunch club" in text(Client(), address)


def test_the_list_opens_whatever_is_asked_of_it(client: Client, cast: Cast) -> None:
    step(cast)
    for broken in ("show=x", "before=x", "before=-1", "before=99999999999999999999", "show=%00"):
        assert client.get(f"{LIST}?{broken}").status_code == 200
    assert "There is a step" in text(client, LIST)
    assert not Event.objects.filter(verb="barriers.tell_due").exists(), "whoever only reads leaves nothing behind"


def test_words_in_welsh_are_marked_as_welsh(client: Client, cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch, words="Mae gris yno", lang="cy")
    assert 'lang="cy">Mae gris yno' in text(client, f"/in-the-way/{barrier.record.key}/")


def test_rights_stand_beside_what_gets_in_the_way_and_beside_ideas(client: Client, cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch)
    assert "Changes so that you can take part" in text(client, f"/in-the-way/{barrier.record.key}/")
    mair = cast.resident
    outcome = want(by=mair.actor, owner=mair.party, words="A break from caring", domain="care")
    viewer = Actor(person=mair.party)
    page = str(show("ideas", viewer, outcome))
    assert "If you look after somebody" in page
    assert "/rights/?matters=care" in page
    assert not show("ideas", viewer, want(by=mair.actor, owner=mair.party, words="Something else"))
    everything = text(client, "/rights/")
    assert all(right.title in everything for right in queries.rights())
    only = text(client, "/rights/?matters=learning")
    assert "Help at school or college" in only
    assert "Repairs, damp" not in only
    assert client.get("/rights/?matters=%00").status_code == 200


def test_every_right_says_where_to_turn_when_it_was_written_and_from_what() -> None:
    file = frameworks.load("rights")
    domains = {one["key"] for one in frameworks.load("life_domains")["domain"]}
    assert len(file["right"]) >= 15
    for right in file["right"]:
        assert set(right["domains"]) <= domains
        assert right["where"] in file["where"]
        assert right["as_of"].year >= 2024
        assert len(right["turn_to"]["en"]) > 20
        assert any(word in right["from"]["en"] for word in ("Act", "Measure", "Regulations", "Constitution"))
    named = {right["key"] for right in file["right"]}
    assert {"adjustments", "care_needs", "carers", "advocacy", "hate_crime", "send", "benefits"} <= named


@pytest.mark.parametrize(("code", "left_out"), [("W06000015", "england"), ("E08000036", "wales"), ("W1", "")])
def test_a_place_reads_the_rights_of_its_own_nation(monkeypatch: pytest.MonkeyPatch, code: str, left_out: str) -> None:
    place = SimpleNamespace(area=SimpleNamespace(code=code))
    monkeypatch.setattr(queries, "installation", lambda: place)
    keys = {right.key for right in queries.rights()}
    assert "adjustments" in keys
    assert ("complain_wales" in keys) == (left_out != "wales")
    assert ("complain_england" in keys) == (left_out != "england")
    assert {right.key for right in queries.rights_beside()} <= keys
