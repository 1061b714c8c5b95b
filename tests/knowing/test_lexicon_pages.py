"""The pages: a holder says what theirs helps with; a steward sees what people say, and adds how it is put here."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from alongside.knowing.assets import actions as assets
from alongside.knowing.assets.models import Asset
from alongside.knowing.lexicon import actions, queries
from alongside.knowing.lexicon.models import AssetConcept, How, OwnConcept, Phrase
from tests.cast import MACHINE, Cast

pytestmark = pytest.mark.django_db
BOOK = "/staff/what-matters/"


@pytest.fixture
def choir(cast: Cast) -> Asset:
    assert cast.place
    return assets.offer(
        by=cast.resident.actor,
        holder=cast.resident.party,
        kind="activity",
        title="Singing in my kitchen",
        words="All the old songs.",
        audience="everyone",
    )


def test_before_sending_somebody_reads_what_it_helps_with_and_changes_it(cast: Cast, choir: Asset):
    client = cast.resident.client()
    page = client.get(f"/a/{choir.record.key}/check/").content.decode()
    assert "This helps with:" in page
    address = f"/a/{choir.record.key}/helps-with/"
    assert address in page
    assert queries.label("singing") in client.get(address).content.decode()
    answer = client.post(address, {"concepts": ["singing"]})
    assert answer.headers["Location"] == f"/a/{choir.record.key}/check/"
    (row,) = AssetConcept.objects.filter(asset=choir.pk)
    assert (row.concept, row.how) == ("singing", How.TICKED)


def test_what_is_no_choice_is_said_and_nothing_is_kept(cast: Cast, choir: Asset):
    answer = cast.resident.client().post(f"/a/{choir.record.key}/helps-with/", {"concepts": ["nonsense"]})
    assert answer.status_code == 200
    assert not AssetConcept.objects.filter(how=How.TICKED).exists()


def test_to_others_the_page_is_not_there(cast: Cast, choir: Asset):
    assert cast.outsider.client().get(f"/a/{choir.record.key}/helps-with/").status_code == 404


def test_stewards_pages_are_for_stewards(cast: Cast, choir: Asset):
    for address in (BOOK, f"{BOOK}singing/", f"{BOOK}new/", f"{BOOK}things/{choir.record.key}/"):
        assert cast.steward.client().get(address).status_code == 200
        assert cast.resident.client().get(address).status_code == 403
        assert cast.commissioner.client().get(address).status_code == 403


def test_the_whole_book_is_read_at_once(cast: Cast, django_assert_max_num_queries: Any):
    """Not once for each of its hundreds of names."""
    for client, address in ((cast.steward.client(), BOOK), (Client(), "/look-around/what-matters/")):
        client.get(address)
        with django_assert_max_num_queries(40):
            assert client.get(address).status_code == 200


def test_a_concept_tells_all_that_people_say_of_it(cast: Cast, choir: Asset):
    page = cast.steward.client().get(f"{BOOK}singing/").content.decode()
    concept = next(one for one in queries.concepts() if one.key == "singing")
    assert all(escape(words) in page for words in (*concept.says, *concept.says_cy, ", ".join(concept.words)))


def test_a_steward_adds_how_people_here_put_it_and_takes_it_out(cast: Cast, choir: Asset):
    client = cast.steward.client()
    given = {"part": "says", "lang": "en", "words": "A right good sing at the Miners"}
    assert client.post(f"{BOOK}singing/", given).status_code == 302
    page = client.get(f"{BOOK}singing/").content.decode()
    assert "A right good sing at the Miners" in page
    again = client.post(f"{BOOK}singing/", given).content.decode()
    assert "These words are there already" in again
    (phrase,) = Phrase.objects.all()
    assert client.post(f"{BOOK}phrases/{phrase.pk}/take-out/").status_code == 302
    assert "taken out on" in client.get(f"{BOOK}singing/").content.decode()
    assert client.post(f"{BOOK}phrases/{phrase.pk}/take-out/").status_code == 404


def test_a_steward_adds_something_that_matters_here(cast: Cast, choir: Asset):
    client = cast.steward.client()
    assert "Say what it is" in client.post(f"{BOOK}new/", {"label": "", "domain": "fun"}).content.decode()
    given = {"label": "News of the old pit", "domain": "fun", "says": "Who else worked down Alder Main?"}
    assert client.post(f"{BOOK}new/", given).status_code == 302
    own = OwnConcept.objects.get()
    assert "Who else worked down Alder Main?" in client.get(f"{BOOK}{own.key}/").content.decode()
    assert client.get(f"{BOOK}no_such_thing/").status_code == 404


def test_a_steward_says_what_one_thing_serves(cast: Cast, choir: Asset):
    actions.classify_waiting(by=MACHINE)
    client = cast.steward.client()
    address = f"{BOOK}things/{choir.record.key}/"
    assert queries.label("singing") in client.get(address).content.decode()
    client.post(address, {"concept": "singing", "serves": "no"})
    assert "not this" in client.get(address).content.decode()
    client.post(address, {"concept": "singing", "serves": "guess"})
    assert not AssetConcept.objects.filter(how=How.STEWARD).exists()
    client.post(address, {"concept": "singing", "serves": "yes"})
    assert AssetConcept.objects.get(how=How.STEWARD).weight == 100


def test_the_desk_shows_the_way(cast: Cast, choir: Asset):
    assert BOOK in cast.steward.client().get("/desk/").content.decode()


def test_a_page_in_welsh_names_concepts_in_welsh(cast: Cast, choir: Asset):
    client = cast.steward.client()
    page = client.get(BOOK, headers={"accept-language": "cy"}).content.decode()
    assert queries.lexicon().by_key["singing"].label_cy in page
