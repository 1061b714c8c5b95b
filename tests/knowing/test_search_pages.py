"""The look-around page: plain addresses, broken addresses, paging, and what it costs."""

from __future__ import annotations

import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.ground.history.actor import Actor
from alongside.ground.places.models import Area
from alongside.knowing.assets.actions import offer
from alongside.knowing.search.queries import Found
from tests.cast import Cast

MACHINE = Actor.system("tests")


def put(cast: Cast, title: str, **more: object) -> None:
    given = {"kind": "activity", "audience": "everyone"} | more
    offer(by=MACHINE, holder=cast.resident.party, title=title, **given)  # type: ignore[arg-type]


def look(query: str = "", client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/look-around/?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def signs(page: str) -> list[dict]:
    found = re.search(r'id="map-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found.group(1))["signs"]


@pytest.mark.parametrize(
    "query",
    [
        "day=8&day=x&cost=gold&access=wings&by=elephants&matters=sky",
        "page=zzz&page=1_2_3",
        "near=%00%00&words=%00",
        "near=" + "a" * 5000,
        "words=" + "%F0%9F%8E%B9" * 500,
        "words=%22%27%29%3B--&near=%25%25",
        "words=%D7%A9%D7%9C%D7%95%D7%9D&near=Caf%C3%A9+(",
        "print=large&words=piano",
    ],
    ids=["filters", "pages", "nul", "long", "signs", "quotes", "rtl", "large"],
)
def test_a_broken_address_still_gets_a_page(cast: Cast, query: str) -> None:
    put(cast, "Piano")
    assert "<h1>" in look(query)


def test_what_only_some_may_see_is_in_no_list_count_or_map_of_others(cast: Cast) -> None:
    put(cast, "Secret piano", audience="me", lat=51.45, lng=-2.6)
    for client in (Client(), cast.outsider.client()):
        page = look("words=piano", client)
        assert "Secret" not in page
        assert "0 things to try" in page
        assert "Everyone (0)" not in page, "nothing to count, and no empty map"
        assert "data-map " not in page
        assert signs(page) == []
    page = look("words=piano", cast.resident.client())
    assert "Not everyone can see this" in page
    assert len(signs(page)) == 1


def test_a_card_holds_what_helps_to_choose_and_the_rest_is_folded(cast: Cast) -> None:
    put(cast, "Piano for all", words="A piano in a warm room", access=["level", "loop"], cost="free")
    page = look("words=piano&access=level")
    card = page[page.index('<ol class="results">') : page.index("</ol>")]
    shown, folded = re.sub(r"<details.*</details>", "", card, flags=re.DOTALL), card[card.index("</summary>") :]
    assert "Free" in shown and "Level way in" in shown, "what was ticked is said at once"
    assert "Hearing loop" not in shown and "warm room" not in shown
    assert "Hearing loop" in folded and "Level way in" in folded and "warm room" in folded
    assert "<strong>Why:</strong> its name says “piano”.</span>" in card, "one reason stands on the card"


def test_words_that_would_end_the_script_do_not(cast: Cast) -> None:
    put(cast, "</script><script>alert(1)</script>", lat=51.45, lng=-2.6)
    page = look()
    assert "<script>alert" not in page
    assert signs(page)[0]["title"] == "</script><script>alert(1)</script>"


def test_pages_number_on_and_keep_the_question(cast: Cast) -> None:
    for n in range(25):
        put(cast, f"Bench {n}", lat=51.45, lng=-2.6, cost="free")
    first = look("words=bench&cost=free")
    more = re.search(r'href="\?([^"]*page=[^"]*)"', first)
    assert more
    second = look(more.group(1).replace("&amp;", "&"))
    assert [sign["n"] for sign in signs(second)] == [21, 22, 23, 24, 25]
    assert "25 things to try" in second
    assert "cost=free" in more.group(1)


def test_a_code_says_which_of_two_places_is_meant(cast: Cast) -> None:
    for code in ("A1", "A2"):
        Area.objects.create(kind="ward", edition="2025", code=code, name="Old Quay", lat=51.45, lng=-2.6)
    assert "Where do you mean?" in look("near=old+quay")
    assert "What is near Old Quay" in look("near=Old+Quay+(A2)")
    assert "We do not know" in look("near=atlantis")
    assert "Postcodes are not known here." in look("near=bs1+4ab") and "Postcodes" not in look("near=atlantis")


def test_a_place_without_areas_does_not_ask_for_another_name(cast: Cast) -> None:
    assert cast.place.name
    assert "The streets and areas of this place are not known here yet." in look("near=High+Street")


def test_the_page_costs_a_dozen_statements_however_much_there_is(cast: Cast) -> None:
    area = Area.objects.create(kind="ward", edition="2025", code="W1", name="Old Quay", lat=51.45, lng=-2.6)
    cast.place.pk
    for number in (3, 30):
        for n in range(number):
            put(cast, f"Piano {number} {n}", lat=51.45, lng=-2.6, area=area, access=["level"])
        for query in ("", "words=piano", "near=Old+Quay", "words=piano+violin&near=Old+Quay&cost=free&access=level"):
            cache.clear()
            look(query)
            with CaptureQueriesContext(connection) as asked:
                look(query)
            hanging = 0 if "words" in query else 1  # what is being decided, where nobody looks for anything
            assert len(asked) <= 8 + hanging, query


def test_fear_brings_people_to_ring_and_offers_no_wish_in_its_place(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(cast, "Piano")
    monkeypatch.setattr("alongside.knowing.search.views.look_around", lambda *_, **__: Found(urgent=True))
    page = look("words=he+hits+me")
    assert "tel:999" in page and "tel:116123" in page and "tel:08082000247" in page
    assert "Add a wish" not in page and "Nothing here fits" not in page
    assert "<title>He hits me" not in page, "who looks over a shoulder reads no such title"
    assert 'value="he hits me"' in page, "what was typed is kept"
