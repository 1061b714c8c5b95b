"""At a terminal: every command helps, answers machines in one object, and says by its exit status how it went."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from alongside.ground.consent.models import Look
from alongside.ground.people.models import Login
from alongside.ground.places.models import Area, Installation
from alongside.ground.postcodes.models import Postcode
from alongside.knowing.assets.models import Asset
from alongside.planning.plans.models import Plan
from alongside.site.commands import COMMANDS
from tests.exchange.postcodes import DIRECTORY, ons, write

SQUARE = [[[-3.0, 52.0], [-2.9, 52.0], [-2.9, 52.1], [-3.0, 52.1], [-3.0, 52.0]]]
START = ("--name", "Larkfield", "--phone", "01632 960 001", "--steward", "Sam Doe", "--email", "Sam@example.org")


def wards(*codes: str) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": f"Ward {code}"},
            "geometry": {"type": "Polygon", "coordinates": SQUARE},
        }
        for code in codes
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def load_wards(alongside: Any, tmp_path: Path) -> Any:
    def load(text: str, *more: str) -> Any:
        file = tmp_path / "wards.geojson"
        file.write_text(text, encoding="utf-8")
        words = ("places", "load", file, "--kind", "ward", "--edition", "2013", "--code", "code", "--name", "name")
        return alongside(*words, *more, "--json")

    return load


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_with_an_example(alongside: Any, name: str) -> None:
    said = alongside(*name.split(), "--help")
    assert said.status == 0
    assert f"alongside {name}" in said.out
    assert "Example:" in said.out
    assert "--json" in said.out


def test_help_lists_every_command(alongside: Any) -> None:
    said = alongside("--help")
    assert said.status == 0
    assert all(f"  {name} " in said.out for name in COMMANDS)


@pytest.mark.parametrize("words", [(), ("sing",), ("places",), ("run", "--loudly")])
def test_wrong_use_is_2_and_says_so_beside_the_output(alongside: Any, words: tuple[str, ...]) -> None:
    said = alongside(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err


def test_areas_come_in_and_a_second_time_change_nothing(db: None, load_wards: Any) -> None:
    first, second = load_wards(wards("W1", "W2")), load_wards(wards("W1", "W2"))
    assert first.status == second.status == 0
    assert (first.data["read"], first.data["created"], second.data["unchanged"]) == (2, 2, 2)
    assert Area.objects.filter(kind="ward").count() == 2


def test_a_rejected_area_is_named_and_the_exit_status_is_1(db: None, load_wards: Any) -> None:
    said = load_wards(wards("W1", "W1"))
    assert said.status == 1
    assert said.data["rejected"] == 1
    assert said.data["faults"][0]["record"] == "W1"


def test_figures_are_joined_by_code(db: None, load_wards: Any, tmp_path: Path) -> None:
    table = tmp_path / "figures.csv"
    table.write_text("code,population\nW1,1200\nX9,5\n", encoding="utf-8")
    said = load_wards(wards("W1"), "--figures", str(table), "--period", "2019")
    assert said.data["figures"]["created"] == 1
    assert Area.objects.get(code="W1").figures.get().value == 1200


def test_a_file_that_cannot_be_read_is_wrong_use(db: None, load_wards: Any, alongside: Any, tmp_path: Path) -> None:
    assert load_wards("not json").status == 2
    said = alongside("services", "load", tmp_path / "nowhere.json", "--json")
    assert said.status == 2
    assert "nowhere.json" in said.data["error"]


def test_a_feed_is_tried_then_brought_in(db: None, alongside: Any, tmp_path: Path) -> None:
    file = tmp_path / "feed.json"
    organisation = {"id": "o1", "name": "Hob Hill Trust", "description": "Neighbours"}
    service = {"id": "s1", "name": "Lunch", "description": "Soup", "status": "active", "organization": organisation}
    file.write_text(json.dumps([service, {"id": "s2", "name": ""}]), encoding="utf-8")
    tried = alongside("services", "load", file, "--dry-run", "--json")
    assert tried.data["created"] == 1
    assert not Asset.objects.exists()
    loaded = alongside("services", "load", file, "--source", "Directory", "--json")
    assert loaded.status == 1, "one record was rejected"
    assert loaded.data["read"] == loaded.data["created"] + loaded.data["rejected"] == 2
    assert all(set(fault) >= {"record", "field", "value", "reason"} for fault in loaded.data["faults"])
    found = alongside("search", "lunch", "--json").data["results"]
    assert [one["source_id"] for one in found] == ["s1"]


def test_search_finds_what_everyone_may_see_near_a_place(larkmere: dict[str, int], alongside: Any) -> None:
    said = alongside("search", "singing", "--near", "Old Quay", "--km", "3", "--top", "3", "--json")
    assert said.status == 0
    assert said.data["fits"]
    first = said.data["results"][0]
    assert set(first) == {"id", "source_id", "title", "holder", "kind", "score", "why", "fits", "km"}
    assert "Singing at the kitchen table" in [one["title"] for one in said.data["results"]]
    assert len(said.data["results"]) <= 3


def test_search_finds_near_a_postcode_too(larkmere: dict[str, int], alongside: Any) -> None:
    code = str(Postcode.objects.filter(code__startswith="LM9").first())
    for near in (code.lower(), "LM9"):
        (first, *_rest) = alongside("search", "singing", "--near", near, "--km", "3", "--json").data["results"]
        assert first["km"] < 3
    assert alongside("search", "singing", "--near", "ZZ9 9ZZ").status == 2


def test_postcodes_come_in_from_a_file(larkmere: dict[str, int], alongside: Any, tmp_path: Path) -> None:
    file = write(tmp_path, [*DIRECTORY, ons("LM1 1AG", 52.3, "nan")], "ONSPD_NOV_2025_UK.csv")
    said = alongside("places", "postcodes", file, "--json")
    assert said.status == 1 and said.err == "", "one line could not be read, and that took no two seconds"
    assert (said.data["read"], said.data["created"], said.data["rejected"]) == (6, 2, 1)
    assert said.data["around"] == "the edge of Larkmere"
    assert said.data["faults"][0]["record"] == "line 7"
    again = alongside("places", "postcodes", file)
    assert "6 read, 0 created, 0 updated, 2 unchanged, 1 rejected" in again.out
    assert "Kept: within 10 km of the edge of Larkmere. Dated 2025-11-01." in again.out
    assert "line 7, lat and long: “52.3 and nan”. No postcode lies there." in again.out
    assert "1 lie further away." in again.out
    far = alongside("places", "postcodes", file, "--around", "51,1", "--km", "1")
    assert far.status == 1 and "No postcode is near enough." in far.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing.csv"], "There is no file nothing.csv."),
        (["{file}", "--km", "-1"], "Write a number of kilometres"),
        (["{file}", "--km", "nan"], "Write a number of kilometres"),
        (["{file}", "--around", "here"], "Write the point as latitude and longitude"),
        (["{file}", "--around", "91,0"], "Write the point as latitude and longitude"),
        (["{file}", "--dated", "lately"], "invalid"),
        (["{file}"], "Nothing says yet where this place is."),
        (["{bad}", "--all"], "The columns are not those of a table of postcodes"),
    ],
)
def test_postcodes_loaded_wrongly_are_told_what_to_do(
    db: None, alongside: Any, tmp_path: Path, words: list[str], told: str
) -> None:
    paths = {"file": write(tmp_path, DIRECTORY), "bad": write(tmp_path, "colour\nred\n", "bad.csv")}
    said = alongside("places", "postcodes", *[word.format(**paths) for word in words])
    assert said.status == 2 and told in said.err
    assert not Postcode.objects.exists()


def test_search_says_when_nothing_fits(larkmere: dict[str, int], alongside: Any) -> None:
    said = alongside("search", "zeppelin moorings", "--json")
    assert not said.data["fits"]
    assert not any(one["fits"] for one in said.data["results"]), "what comes near is told apart"
    assert alongside("search", "singing", "--near", "Atlantis").status == 2
    assert alongside("search").status == 2


def test_search_answers_many_statements_at_once(larkmere: dict[str, int], alongside: Any, tmp_path: Path) -> None:
    file = tmp_path / "said.json"
    file.write_text(json.dumps([{"id": 7, "text": "mend a bike"}, {"id": 8, "text": "zeppelin"}]), encoding="utf-8")
    answers = alongside("search", "--statements", file, "--json").data["answers"]
    assert [(one["id"], one["fits"]) for one in answers] == [(7, True), (8, False)]
    file.write_text("{}", encoding="utf-8")
    assert alongside("search", "--statements", file).status == 2


def test_ideas_for_a_plan_start_with_the_person_and_leave_a_trace(larkmere: dict[str, int], alongside: Any) -> None:
    plan = Plan.objects.get(record__owner__name="Dilys P.")
    said = alongside("suggest", plan.record.key, "--json")
    assert said.status == 0
    assert all(one["why"] for one in said.data["suggestions"])
    assert {"outcome", "source", "asset", "why"} <= set(said.data["suggestions"][0])
    assert Look.objects.filter(record=plan.record, purpose="alongside suggest").exists()


def test_an_area_is_assessed_with_what_is_hidden_said(larkmere: dict[str, int], alongside: Any, tmp_path: Path) -> None:
    said = alongside("assess", "Old Quay", "--out", tmp_path / "out", "--json")
    figures = said.data["figures"]
    assert {"area", "measure", "value", "suppressed"} <= set(figures[0])
    assert any(one["suppressed"] and one["value"] is None for one in figures)
    assert (tmp_path / "out" / "figures.csv").read_text(encoding="utf-8").startswith("area,measure,value,suppressed")
    assert alongside("assess", "Atlantis").status == 2


def test_the_nightly_round_says_what_it_did(larkmere: dict[str, int], alongside: Any) -> None:
    Asset.objects.filter(title="The bench where people meet").update(confirmed_on="2020-01-01")
    said = alongside("nightly", "--json")
    assert (said.status, said.data["stale"], said.data["broken"]) == (0, 1, [])
    assert Asset.objects.get(title="The bench where people meet").record.state == "stale"
    assert [len(said.data["run"][name]) for name in ("from", "found")] == [64, 64] and said.data["run"]["made_with"]


@pytest.mark.parametrize("key", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_ideas_need_a_plan_that_is_there(db: None, alongside: Any, key: str) -> None:
    assert alongside("suggest", key, "--json").status == 2


def test_start_opens_an_empty_real_place(db: None, alongside: Any) -> None:
    said = alongside("start", *START, "--json")
    assert said.status == 0
    assert (said.data["place"], said.data["steward"]) == ("Larkfield", "Sam Doe")
    place = Installation.objects.get()
    assert not place.demo
    assert place.worry_person == Login.objects.get(email="sam@example.org").party
    assert place.worry_phone == "01632 960 001"
    assert "safeguarding team" in place.safeguarding and "ring them" not in place.safeguarding


def test_the_written_route_names_the_safeguarding_number_where_it_is_known(db: None, alongside: Any) -> None:
    assert alongside("start", *START, "--safeguarding-phone", "01632 960 009", "--json").status == 0
    assert "ring them yourself on 01632 960 009" in Installation.objects.get().safeguarding


@pytest.mark.parametrize(
    ("change", "words"),
    [(("--email", "sam"), "e-mail"), (("--phone", "none"), "telephone"), (("--name", " "), "name")],
)
def test_start_says_what_to_mend(db: None, alongside: Any, change: tuple[str, str], words: str) -> None:
    said = alongside("start", *START, *change, "--json")
    assert said.status == 2
    assert words in said.data["error"]
    assert not Installation.objects.exists()


def test_start_asks_nothing_of_a_machine(db: None, alongside: Any) -> None:
    assert alongside("start", "--name", "Larkfield").status == 2


def test_real_and_invented_people_never_live_together(db: None, alongside: Any) -> None:
    assert alongside("demo", "--people", "60", "--json").status == 0
    beside_demo = alongside("start", *START)
    assert beside_demo.status == 1
    assert "invented" in beside_demo.err
    assert alongside("demo").status == 1
    assert Installation.objects.get().name == "Larkmere"


def test_no_demo_beside_a_real_place(db: None, alongside: Any) -> None:
    alongside("start", *START)
    said = alongside("demo", "--json")
    assert said.status == 1
    assert "Larkfield" in said.data["error"]
    assert alongside("start", *START).status == 1


@pytest.mark.parametrize("people", ["5", "4000"])
def test_a_town_has_its_limits(db: None, alongside: Any, people: str) -> None:
    assert alongside("demo", "--people", people).status == 2
