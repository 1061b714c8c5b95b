"""Look around by a way to feel well, and back to it with the same words from the page of a thing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.knowing.assessment import ways
from alongside.knowing.assets.models import Asset
from alongside.knowing.lexicon.queries import serving_any, way_choices
from alongside.knowing.search.forms import filters, read
from alongside.knowing.search.queries import Found, look_around
from tests.cast import Cast
from tests.knowing.test_five_ways import holder, serves, shares

pytestmark = pytest.mark.django_db
ANYONE = Actor.anyone()
LOOK = "/look-around/"


def titles(found: Found) -> list[str]:
    return sorted(result.asset.title for result in found.results)


@pytest.fixture
def quay() -> Party:
    return holder("group", "Quay group")


@pytest.fixture
def four(quay: Party) -> dict[str, Asset]:
    """A meal and a walk by what they serve, a class by its part of life alone, and a thing that serves no way."""
    meal, walk = shares(quay, "Thursday meal", ("learning",)), shares(quay, "Saturday walk", ("people",))
    serves(meal, "company_most_days", "eat_together")
    serves(walk, "walking_group")
    lesson, ladder = shares(quay, "Maths lesson", ("learning",)), shares(quay, "Ladder", ("home",))
    serves(lesson)
    serves(ladder)
    return {"meal": meal, "walk": walk, "lesson": lesson, "ladder": ladder}


def test_a_way_shows_what_serves_it(four: dict[str, Asset]) -> None:
    assert look_around(ANYONE).total == 4
    assert "Thursday meal" in titles(look_around(ANYONE, ways=["connect"]))
    found = look_around(ANYONE, ways=["be_active"])
    assert titles(found) == ["Saturday walk"]
    assert found.total == 1 and found.counts == {"community": 1}


def test_where_nothing_sure_is_known_its_part_of_life_speaks_and_only_then(four: dict[str, Asset]) -> None:
    assert titles(look_around(ANYONE, ways=["keep_learning"])) == ["Maths lesson"]
    serves(four["lesson"], "walking_group", weight=ways.SURE - 1)
    assert titles(look_around(ANYONE, ways=["keep_learning"])) == ["Maths lesson"]
    serves(four["lesson"], "walking_group", weight=ways.SURE)
    assert titles(look_around(ANYONE, ways=["keep_learning"])) == []
    assert titles(look_around(ANYONE, ways=["be_active"])) == ["Maths lesson", "Saturday walk"]


def test_of_two_ways_either_will_do_and_another_filter_must_be_so_too(four: dict[str, Asset]) -> None:
    both = look_around(ANYONE, ways=["be_active", "keep_learning"])
    assert titles(both) == ["Maths lesson", "Saturday walk"]
    assert titles(look_around(ANYONE, ways=["be_active", "keep_learning"], domains=["people"])) == ["Saturday walk"]
    assert look_around(ANYONE, ways=["be_active"], kinds=["person"]).total == 0


def test_with_words_a_way_narrows_the_answer_and_its_count(four: dict[str, Asset], quay: Party) -> None:
    serves(shares(quay, "Walk in the books", ("learning",)), "walking_group", weight=1)
    assert titles(look_around(ANYONE, "walk", ways=["be_active"])) == ["Saturday walk"]
    found = look_around(ANYONE, "walk", ways=["keep_learning"])
    assert titles(found) == ["Walk in the books"] and found.total == 1


def test_it_agrees_with_the_page_of_the_five_ways(four: dict[str, Asset]) -> None:
    for row in ways.rows():
        assert look_around(ANYONE, ways=[row.way.key]).total == row.total, row.way.key


def test_what_only_its_holder_sees_is_found_by_way_for_them_alone(cast: Cast) -> None:
    mine = shares(cast.resident.party, "My own walks", ("health",), audience="me")
    serves(mine, "walking_group")
    assert titles(look_around(cast.resident.actor, ways=["be_active"])) == ["My own walks"]
    for viewer in (ANYONE, cast.outsider.actor, cast.steward.actor):
        assert look_around(viewer, ways=["be_active"]).total == 0


def test_nothing_named_and_what_is_no_way_narrow_nothing(four: dict[str, Asset]) -> None:
    assert serving_any([]) is None and serving_any(["sky", ""]) is None
    assert look_around(ANYONE, ways=["sky"]).total == 4


def test_a_way_that_no_concept_serves_goes_by_parts_of_life(
    four: dict[str, Asset], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.knowing.lexicon.ways.written", list)
    monkeypatch.setattr("alongside.knowing.lexicon.ways.added", tuple)
    assert titles(look_around(ANYONE, ways=["keep_learning"])) == ["Maths lesson"]


# The page


def page_of(client: Client, query: str) -> str:
    answer = client.get(f"{LOOK}?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_offers_the_five_and_shows_what_was_ticked(client: Client, four: dict[str, Asset]) -> None:
    page = page_of(client, "way=be_active")
    assert "1 thing to try" in page and "Saturday walk" in page and "Ladder" not in page
    box = re.search(r'<input type="checkbox"[^>]*id="way-be_active"[^>]*>', page)
    assert box and "checked" in box[0] and 'form="look"' in box[0]
    assert re.search(r'<details class="fold" open><summary>Way to feel well', page)
    assert page.count('name="way"') == 5
    closed = page_of(client, "")
    assert re.search(r'<details class="fold"><summary>Way to feel well', closed)


def test_each_link_keeps_the_way_and_show_all_lets_it_go(client: Client, four: dict[str, Asset]) -> None:
    page = page_of(client, "way=be_active&way=give&words=walk")
    chips = re.findall(r'<a href="\?([^"]*)"[^>]*>(?:People|Communities|Organisations) ', page)
    assert len(chips) == 3 and all("way=be_active&amp;way=give" in chip for chip in chips)
    everything = re.search(r'<a href="\?([^"]*)">Show all', page)
    assert everything and everything[1] == "words=walk"


@pytest.mark.parametrize("query", ["way=sky", "way=", "way=%00", "way=connect'--", "way=" + "%F0%9F%8E%B9" * 2000])
def test_a_broken_way_in_the_address_narrows_nothing(client: Client, four: dict[str, Asset], query: str) -> None:
    assert "4 things to try" in page_of(client, query)


def test_the_ways_are_said_in_welsh_too() -> None:
    from django.http import QueryDict

    with translation.override("cy"):
        [ours] = [one for one in filters(read(QueryDict("way=give"))) if one.name == "way"]
        assert [choice.label for choice in ours.choices] == [label for _key, label in way_choices()]
        assert "Rhoi" in [choice.label for choice in ours.choices]
    assert ("give", "Give") in way_choices()


def test_a_program_asks_by_way_too(client: Client, four: dict[str, Asset]) -> None:
    answer = client.get("/api/v1/search?way=be_active").json()
    assert answer["total"] <= 1
    assert client.get("/api/v1/search?way=" + "&way=".join("abcdef")).status_code in (400, 422)


# Back to look around


def back(client: Client, asset: Asset, came: str | None, **more: Any) -> str:
    headers = {} if came is None else {"Referer": came}
    page = client.get(f"/a/{asset.record.key}/", headers=headers, **more).content.decode()
    found = re.search(r'<a href="([^"]*)">Back to look around', page)
    assert found
    return found[1]


def test_back_to_look_around_keeps_the_words(client: Client, four: dict[str, Asset]) -> None:
    came = "http://testserver/look-around/?words=a+walk&near=Old+Quay&way=be_active"
    assert back(client, four["walk"], came) == "/look-around/?words=a+walk&amp;near=Old+Quay&amp;way=be_active"
    page = client.get("/look-around/?words=a+walk&near=Old+Quay&way=be_active").content.decode()
    assert 'value="a walk"' in page


@pytest.mark.parametrize(
    "came",
    [
        None,
        "",
        "http://testserver/look-around/",
        "http://testserver/my-page/?words=walk",
        "https://elsewhere.example/look-around/?words=walk",
        "//elsewhere.example/look-around/?words=walk",
        "http://testserver@elsewhere.example/look-around/?words=walk",
        "http://testserver:81/look-around/?words=walk",
        "http://[/look-around/?words=walk",
        "javascript:alert(1)//look-around/?words=walk",
        "http://testserver/look-around/?words=" + "w" * 3000,
    ],
)
def test_from_anywhere_else_it_begins_anew(client: Client, four: dict[str, Asset], came: str | None) -> None:
    assert back(client, four["walk"], came) == "/look-around/"


def test_what_the_address_held_breaks_out_of_nothing(client: Client, four: dict[str, Asset]) -> None:
    link = back(client, four["walk"], 'http://testserver/look-around/?words="><script>alert(1)</script>')
    assert link.startswith("/look-around/?") and "<" not in link


def test_a_cache_between_keeps_them_apart(client: Client, four: dict[str, Asset]) -> None:
    assert "Referer" in client.get(f"/a/{four['walk'].record.key}/").headers["Vary"]
