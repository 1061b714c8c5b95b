"""`alongside search`: from a fresh home, in words for people and in one object for machines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import welcome
from alongside.knowing.assets.actions import offer

SYSTEM = Actor.system("test")
LONELY = "I don't see a soul from one day to the next"


def put(title: str, words: str) -> None:
    given = {"kind": "activity", "audience": "everyone", "title": title, "words": words}
    offer(by=SYSTEM, holder=welcome(by=SYSTEM, name="Joyce Abara"), **given)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_at_a_terminal_it_works_from_nothing_and_says_why_in_words(
    alongside: Any, tmp_path: Path, settings: Any
) -> None:
    settings.HOME = tmp_path
    put("Befriending", "A friendly visit each week for anybody who feels lonely")
    put("Bicycle repair", "We mend punctures")
    said = alongside("search", LONELY, "--json").data
    assert said["fits"] and said["results"][0]["title"] == "Befriending"
    assert said["results"][0]["why"] and all(isinstance(one, str) for one in said["results"][0]["why"])
    assert 0 < said["results"][0]["score"] <= 1 and not said["help"]
    file = tmp_path / "said.json"
    file.write_text(json.dumps([{"id": n, "text": text} for n, text in enumerate((LONELY, "I want to die", ""))]))
    one, two, three = alongside("search", "--statements", file, "--json").data["answers"]
    assert one["results"] == said["results"] and one["fits"]
    assert two["help"] and three["results"] == [] and not three["fits"]
    (first, *_rest) = said["about"]
    again = alongside("search", LONELY, "--about", first["key"], "--json").data
    assert [one["key"] for one in again["about"] if one["chosen"]] == [first["key"]] and two["about"] == []
    file.write_text(json.dumps([{"id": 1, "text": LONELY, "about": [first["key"]]}]))
    assert alongside("search", "--statements", file, "--json").data["answers"][0]["results"] == again["results"]
    assert f"({first['key']})" in alongside("search", LONELY).out
    assert "116 123" in alongside("search", "I want to die").out
    assert "Nothing fits" in alongside("search", "quantum chromodynamics").out
