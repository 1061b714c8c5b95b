"""Short words and pictures: chosen without an account or script, kept on the device, in both languages."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from alongside import frameworks
from alongside.site import easy
from tests.cast import Cast

PAGES: list[dict[str, Any]] = frameworks.load("easy_read")["page"]
DRAWINGS: dict[str, str] = frameworks.load("easy_read")["picture"]
LINES = [line for page in PAGES for line in page["line"]]


def address(page: dict[str, Any]) -> str:
    return reverse(page["view"], args=[page["of"]] if "of" in page else [])


@pytest.fixture
def reader(client: Client, cast: Cast) -> Client:
    assert cast.place.name
    client.post(reverse("short_words"), {"easy": "yes", "next": "/"})
    return client


@pytest.mark.django_db
def test_it_is_chosen_kept_on_the_device_and_left_again(client: Client, cast: Cast) -> None:
    assert cast.place.name
    assert 'class="easy-lines"' not in client.get("/").content.decode()
    answer = client.post(reverse("short_words"), {"easy": "yes", "next": "/look-around/?near=LM1"})
    assert answer.headers["Location"] == "/look-around/?near=LM1", "back to where they were"
    kept = answer.cookies[easy.COOKIE]
    assert kept["httponly"] and kept["samesite"] == "Lax" and kept["max-age"] == easy.KEPT
    assert client.get("/").content.decode().count("<h1") == 1
    assert client.post(reverse("short_words"), {"easy": "no"}).cookies[easy.COOKIE].value == ""
    assert 'class="easy-lines"' not in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "", "\\\\evil.example"]
)
def test_it_leads_nowhere_else(client: Client, to: str) -> None:
    assert client.post(reverse("short_words"), {"easy": "yes", "next": to}).headers["Location"] == "/"


@pytest.mark.django_db
def test_it_goes_when_the_device_is_forgotten(reader: Client) -> None:
    assert reader.post(reverse("people:forget_device")).cookies[easy.COOKIE].value == ""


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_each_page_says_its_lines_below_its_one_title(reader: Client, language: str) -> None:
    reader.cookies["django_language"] = language
    for page in PAGES:
        text = reader.get(address(page)).content.decode()
        assert text.count("<h1") == 1 and text.count('class="easy-lines"') == 1, page["key"]
        assert text.index("</h1>") < text.index("easy-lines")
        said = [line["text"][language[:2]].replace("'", "&#x27;") for line in page["line"]]
        assert [text.count(f"<p>{one}</p>") for one in said] == [1] * len(said), page["key"]
        assert ("?whole=yes" in text) == page.get("only", False)
        for line in page["line"]:
            assert "to" not in line or easy._address(line["to"]) in text
            if "to" in line:
                assert reader.get(easy._address(line["to"])).status_code in (200, 302), line["to"]


@pytest.mark.django_db
def test_the_whole_page_is_one_press_away_and_faults_stand_first(reader: Client) -> None:
    whole = reader.get("/your-privacy/?whole=yes").content.decode()
    assert "easy-lines" not in whole and 'class=" easy"' in whole, "in large letters still"
    wrong = reader.post(reverse("assets:offer"), {"kind": "skill", "title": ""}).content.decode()
    assert "There is a problem" in wrong and "easy-lines" not in wrong
    assert "easy-lines" not in reader.get("/access-help/").content.decode(), "a page without lines is as it is"
    assert reader.get("/no-such-page/").status_code == 404


@pytest.mark.django_db
def test_it_does_not_call_itself_what_it_has_not_been_tried_to_be(reader: Client) -> None:
    assert "Easy Read" not in reader.get("/").content.decode()
    assert "People with learning disabilities have not tried it yet" in reader.get("/access-help/").content.decode()


def test_the_lines_keep_the_rules() -> None:
    """Short sentences, one idea each; no number, bracket, capital or joined clause that has to be held in mind."""
    for line in LINES:
        for language, text in line["text"].items():
            sentences = [one for one in re.split(r"(?<=[.?]) ", text) if one]
            assert len(sentences) <= 2, text
            limit = 12 if language == "en" else 15
            assert all(len(one.split()) <= limit and one.endswith(".") for one in sentences), text
            assert not re.search(r"[();:%/]|[A-Z]{2}|\be\.g\.|\betc", text), text


def test_every_drawing_is_used_small_and_well_made() -> None:
    assert {line["picture"] for line in LINES} == set(DRAWINGS), "none is missing, none lies about"
    for name, drawing in DRAWINGS.items():
        made = ElementTree.fromstring(f"<svg>{drawing}</svg>")
        assert {one.tag for one in made.iter()} <= {"svg", "path", "circle"}, name
        colours = {value for one in made.iter() for key, value in one.items() if key in ("fill", "stroke")}
        assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in colours), name
        assert len(drawing) < 700, name
