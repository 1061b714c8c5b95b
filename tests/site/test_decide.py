"""`alongside decide`: anybody can count a published ballot again, with nothing but the file."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.test_pabulib import OFFICES, PEOPLE, PLAIN, WEIGHED


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def file(text: str, name: str = "street.pb") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


def test_what_won_and_why_the_rest_did_not(alongside: Any, file: Any) -> None:
    said = alongside("decide", file(PLAIN), "--rule", "equal-shares", "--utility", "cost", "--complete", "add1")
    assert said.status == 0
    assert "2 funded, £70.25 of £100.50 spent by 4 ballots" in said.out
    assert "pool  £50: 2 chose it, £25 each" in said.out
    assert "tower  £400: 1 chose it; costs more than the whole budget" in said.out
    assert "everybody: too few to say more" not in said.out
    assert "too few to say more" in said.out, "four ballots are too few to be told of"


def test_machines_are_told_the_same(alongside: Any, file: Any) -> None:
    said = alongside("decide", file(PLAIN), "--rule", "greedy", "--ties", "id", "--json")
    data = json.loads(said.out)
    assert data["winners"] == ["bench", "pool"] and data["spent"] == 70.25 and data["rounds"] == 2
    assert data["ties"] == [] and data["effect"]["groups"][0]["ballots"] == 4
    assert [one["project"] for one in data["bought"]] == ["bench", "pool"]
    assert data["lost"][0]["why"] == "dearer than the whole budget"


def test_a_published_file_is_counted_as_it_declares(alongside: Any, file: Any) -> None:
    path = file(WEIGHED + PEOPLE + OFFICES)
    data = json.loads(alongside("decide", path, "--json").out)
    assert data["winners"] == ["office", "pool"] and data["rule"]["complete"] == "none"
    people, offices = data["effect"]["groups"]
    assert (people["groups"], people["paid"], people["of_spent"]) == (["people"], 50, 0.5)
    assert (offices["groups"], offices["ballots"], offices["nothing"]) == (["council", "health"], 2, 0)


def test_ties_are_listed(alongside: Any, file: Any) -> None:
    level = PLAIN.replace("20.25", "50").replace("v3;bench\n", "")
    data = json.loads(alongside("decide", file(level), "--seed", "heron", "--json").out)
    assert data["ties"] == [{"round": 1, "tied": ["bench", "pool"], "chosen": data["ties"][0]["chosen"], "by": "lot"}]
    assert "were level" in alongside("decide", file(level), "--seed", "heron").out


def test_another_seed_than_promised_fails(alongside: Any, file: Any) -> None:
    """The result is shown, and the exit status says that something is wrong."""
    promised = "a" * 64
    path = file(PLAIN.replace("currency;GBP", f"alongside_seed;heron\nalongside_seed_sha256;{promised}"))
    said = alongside("decide", path)
    assert said.status == 1 and "is not the one that was promised" in said.out


def test_groups_can_be_given(alongside: Any, file: Any) -> None:
    groups = {"voters": {f"v{n}": "people" if n < 4 else "office" for n in range(1, 5)}}
    groups |= {"weights": {"people": 1, "office": 1}, "us": ["people"]}
    path = file(json.dumps(groups), "groups.json")
    data = json.loads(alongside("decide", file(PLAIN), "--groups", path, "--json").out)
    assert [row["held"] for row in data["effect"]["groups"]] == [0.5, 0.5]
    assert data["winners"] == ["bench"], "half the money is the office's, which only wants the tower"


@pytest.mark.parametrize(
    ("text", "words", "status", "said"),
    [
        (None, [], 2, "cannot be read"),
        ("nonsense", [], 1, "Line 1: This stands before the first part."),
        (PLAIN.replace("v3;bench", "v3;bank"), [], 1, "Line 18: Project “bank” is not in PROJECTS."),
        (PLAIN, ["--utility", "borda"], 1, "borda is for ballots in order."),
        (PLAIN, ["--groups", "nowhere.csv"], 2, "nowhere.csv cannot be read"),
    ],
)
def test_what_is_wrong_is_said(
    alongside: Any, file: Any, tmp_path: Path, text: str | None, words: list[str], status: int, said: str
) -> None:
    path = tmp_path / "none.pb" if text is None else file(text)
    answer = alongside("decide", path, *words)
    assert answer.status == status and said in answer.err
    assert json.loads(alongside("decide", path, *words, "--json").out)["error"] == answer.err.strip()


def test_a_file_may_come_through_a_pipe(alongside: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PLAIN.encode())))
    assert json.loads(alongside("decide", "-", "--json").out)["ballots"] == 4


def test_what_each_paid_is_exact_for_machines(alongside: Any, file: Any) -> None:
    thirds = PLAIN.replace("v4;tower", "v4;")
    data = json.loads(alongside("decide", file(thirds), "--rule", "equal-shares", "--json").out)
    bench = next(one for one in data["bought"] if one["project"] == "bench")
    assert (bench["each"], bench["each_exactly"], bench["supporters"]) == (6.75, "27/4", 3)
    pool, tower = data["lost"]
    assert (pool["had"], pool["short"], pool["why"]) == (36.75, 13.25, "its supporters had too little left")
    assert (tower["had"], tower["short"]) == (0, 400)


def test_with_points_nobody_gives_the_same(alongside: Any, file: Any) -> None:
    path = file(PLAIN.replace("approval", "cumulative").replace("id;vote\nv1;pool,bench", "id;vote;points\nv1;pool;3"))
    said = alongside("decide", path)
    assert said.status == 1 and "but 0 points. Give one number for each." in said.err


def test_it_needs_no_database_and_no_site(tmp_path: Path) -> None:
    """In a place with nothing in it: a fresh process that never loads the site."""
    path = tmp_path / "street.pb"
    path.write_text(PLAIN, encoding="utf-8")
    code = "import sys; from alongside.cli import main; s = main(sys.argv[1:]); sys.exit(s or 'django' in sys.modules)"
    words = [sys.executable, "-c", code, "decide", str(path), "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env={"ALONGSIDE_HOME": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["winners"] == ["bench"]
    assert [one.name for one in tmp_path.iterdir()] == ["street.pb"]
