"""`alongside map export` and `map import`: a whole map out and in, with an account of every record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from alongside.cli import main
from alongside.exchange.maps import packing
from alongside.exchange.maps.models import BroughtIn
from alongside.ground.people.models import Party
from alongside.ground.records.models import Record
from alongside.knowing.assets.actions import offer
from alongside.knowing.maps.actions import start
from alongside.knowing.maps.models import CommunityMap
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def map(cast: Cast) -> CommunityMap:
    club, by = cast.lunch_club, cast.connector.actor
    offer(by=by, holder=club, kind="activity", title="Lunch", audience="everyone")
    return start(by=by, community=club, title="Ours")


def run(capsys: Any, *words: object) -> tuple[int, Any]:
    """What a command answers, and what it says to a machine."""
    status = main([*(str(word) for word in words), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_map_goes_out_in_every_format_or_in_one(map: CommunityMap, tmp_path: Path, capsys: Any) -> None:
    status, said = run(capsys, "map", "export", map.record.key, tmp_path / "out")
    assert status == 0 and said["title"] == "Ours"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        name for name, _kind in packing.FORMATS.values()
    )
    status, said = run(capsys, "map", "export", f"https://x.example/m/{map.record.key}/", tmp_path / "one.xlsx")
    assert status == 0 and (tmp_path / "one.xlsx").read_bytes()[:2] == b"PK"


def test_and_comes_in_elsewhere_once(map: CommunityMap, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "map.zip"
    run(capsys, "map", "export", map.record.key, file)
    Record.objects.update(state="ended")
    Party.objects.update(name="gone")
    BroughtIn.objects.all().delete()
    status, said = run(capsys, "map", "import", file, "--dry-run")
    assert status == 0 and said["created"] == 1 and CommunityMap.objects.count() == 1
    status, said = run(capsys, "map", "import", file)
    assert (status, said["read"], said["created"], said["rejected"], said["faults"]) == (0, 1, 1, 0, [])
    assert run(capsys, "map", "import", file)[1]["unchanged"] == 1
    assert CommunityMap.objects.count() == 2


@pytest.mark.parametrize(
    "words", [("export", "nonsense", "x.zip"), ("export", "0b9c6c1e-1f0e-4a4f-9d3a-2b8d4c1f7e55", "x")]
)
def test_a_map_that_is_not_there_is_said_so(words: tuple[str, ...], capsys: Any, tmp_path: Path) -> None:
    status, said = run(capsys, "map", words[0], words[1], tmp_path / words[2])
    assert status == 2 and said["error"]


def test_an_ending_nobody_knows_and_a_file_that_is_no_map_are_wrong_use(
    map: CommunityMap, tmp_path: Path, capsys: Any
) -> None:
    assert run(capsys, "map", "export", map.record.key, tmp_path / "map.exe")[0] == 2
    assert run(capsys, "map", "import", tmp_path / "none.zip")[0] == 2
    (tmp_path / "sheet.csv").write_text("title\nYoga\n", encoding="utf-8")
    status, said = run(capsys, "map", "import", tmp_path / "sheet.csv")
    assert status == 2 and "no whole map" in said["error"]


def test_what_was_left_out_is_told_in_words(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "sheet.csv").write_text("title,words\nYoga,\n,nameless\n", encoding="utf-8")
    assert main(["map", "import", str(tmp_path / "sheet.csv"), "--dry-run"]) == 1
    out = capsys.readouterr().out
    assert "Nothing was changed" in out and "row 3" in out and "no name" in out
