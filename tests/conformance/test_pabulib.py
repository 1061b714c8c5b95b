"""Fourteen real ballots from nine countries: every cell kept, and the winners that others published or worked out.

The files are read where they lie and nothing of them is kept. `expected-winners.json` was made with pabutools 1.2.3 in
exact fractions where that came to an end; Świecie 2023 and Assen 2024 were really decided by equal shares. What takes
longer than a second or so is counted under `make prove`.
"""

import json
import os
import time
from pathlib import Path

import pytest

from alongside.exchange.pabulib import count, declared, problem_in, read, write
from alongside.methods.equal_shares import run
from tests.conformance.bristol import shared_data

PROVE = os.environ.get("ALONGSIDE_PROVE") == "1"
FILES = [
    "Netherlands_Assen_2024.pb",
    "Switzerland_Zurich_D5.pb",
    "Hungary_Budapest_2022_VIII_Jozsefvaros.pb",
    "Canada_Stanford_Dataset_PB_Dieppe_2018_vote_approvals.pb",
    "Poland_Swiecie_2023.pb",
    "Poland_Krakow_2022_Nowa_Huta.pb",
    "US_Stanford_Dataset_PB_Cambridge_2019_vote_approvals.pb",
    "France_Toulouse_2024.pb",
    "Netherlands_Amsterdam_309.pb",
    "Poland_Czestochowa_2024.pb",
    "Poland_Katowice_2021.pb",
    "Poland_Krakow_2020.pb",
    "Poland_Wroclaw_2017.pb",
    "Poland_Lodz_2022.pb",
]
RULES = ["greedy", "mes_base", "mes_card_base", "mes_add1", "mes_card_add1"]
LONG = {(name, rule) for name in ("France_Toulouse_2024.pb", "Poland_Lodz_2022.pb") for rule in RULES[3:]}
LONG |= {("Poland_Swiecie_2023.pb", rule) for rule in RULES[3:]} | {("Netherlands_Assen_2024.pb", "mes_add1")}
OFFICIAL = {"Poland_Swiecie_2023.pb": 17, "Netherlands_Assen_2024.pb": 9}


def folder() -> Path:
    return Path(shared_data()) / "pabulib"


def data(name):
    return (folder() / name).read_bytes()


def asked(rule):
    return {
        "rule": "greedy" if rule == "greedy" else "equal-shares",
        "utility": "cardinality" if "card" in rule else "",
        "complete": "add1" if "add1" in rule else "none",
        "ties": "id",
    }


def expected():
    return json.loads((folder() / "expected-winners.json").read_text(encoding="utf-8"))


def test_every_file_there_is_is_tried():
    assert set(FILES) == set(expected()) - {"_note"} == {path.name for path in folder().glob("*.pb")}
    assert {rule for name in FILES for rule in expected()[name]} == set(RULES)


@pytest.mark.parametrize("name", FILES)
def test_winners_are_those_that_others_found(name):
    """Under every rule that was worked out for this ballot."""
    file = read(data(name))
    problem = None
    for rule, found in expected()[name].items():
        if (name, rule) in LONG and not PROVE:
            continue
        how = declared(file.meta, asked(rule))
        problem = problem or problem_in(file, how)
        result = run(problem, how.rule)
        assert sorted(result.winners) == found["winners"], rule
        if found["used"] is not None:
            assert result.spent == found["used"] * problem.unit


@pytest.mark.parametrize(("name", "number"), OFFICIAL.items())
def test_official_winners_are_ours(name, number):
    """Counted as the file itself says, without being told anything: the projects that were really built."""
    file = read(data(name))
    official = {
        id
        for id, selected in zip(file.projects.column("project_id"), file.projects.column("selected"), strict=True)
        if selected == "1"
    }
    result = count(file, declared(file.meta))
    assert set(result.winners) == official and len(official) == number


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_written_again_is_the_file(name):
    """Every cell of every part, and so the whole text but for the ends of lines."""
    text = data(name)
    assert write(read(text)) == text.replace(b"\r\n", b"\n")


def test_the_largest_is_read_and_completed_within_two_seconds():
    """Łódź 2022: 90,494 ballots, 160 projects, sixty counts."""
    began = time.process_time()
    file = read(data("Poland_Lodz_2022.pb"))
    result = count(file, declared(file.meta, asked("mes_add1")))
    assert time.process_time() - began <= 2
    assert sorted(result.winners) == expected()["Poland_Lodz_2022.pb"]["mes_add1"]["winners"]
    assert (len(result.winners), result.completion.runs) == (44, 60)
