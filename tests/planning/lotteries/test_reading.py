"""Questions and groups from a sheet or a plain form: what is understood, and every fault by its row."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.planning.lotteries.forms import text_of
from alongside.planning.lotteries.reading import GroupGiven, QuestionGiven, Read, read_rows, read_sheet

GOOD = "question,group,least,most\nWhere?,East,1,3\n,West,1,3\n"
HEAD = "question,group,least,most\n"


def words(read: Read) -> list[tuple[int | None, str]]:
    return [(one.row, one.words) for one in read.faults]


def test_a_sheet_is_understood_and_an_empty_question_is_the_one_above() -> None:
    assert read_sheet(GOOD, 4) == Read((QuestionGiven("Where?", (GroupGiven("East", 1, 3), GroupGiven("West", 1, 3))),))


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        "\ufeff" + GOOD.replace("\n", "\r\n"),
        GOOD.replace("question,group,least,most", "Feature,Value,Min,Max"),
        GOOD.replace("question,group,least,most", " QUESTION , Group ,least,most,notes"),
        GOOD + "\n,,,\n\n",
    ],
    ids=["semicolons", "tabs", "windows", "other names", "spaces", "empty lines"],
)
def test_sheets_as_people_have_them(text: str) -> None:
    assert read_sheet(text, 4) == read_sheet(GOOD, 4)


@pytest.mark.parametrize(
    ("rows", "row", "said"),
    [
        ("Where?,East,one,3\n", 2, "as numbers"),
        ("Where?,East,-1,3\n", 2, "as numbers"),
        ("Where?,East,1.5,3\n", 2, "as numbers"),
        ("Where?,East,1,\n", 2, "as numbers"),
        ("Where?,East,1,٣\n", 2, "as numbers"),
        ("Where?,East,1,1001\n", 2, "as numbers"),
        ("Where?,East,3,1\n", 2, "more than the most"),
        ("Where?,,1,3\n", 2, "Write the group"),
        (",East,1,3\n", 2, "Write the question"),
        (f"Where?,{'x' * 121},1,3\n", 2, "120 letters"),
        ("Where?,East,1,3\n,EAST,1,3\n", 3, "stands twice"),
        ("Where?,East,1,3\n", None, "at least two groups"),
        ("Where?,East,3,3\n,West,2,3\n", None, "want 5 places at the least, and the panel has 4"),
        ("Where?,East,1,1\n,West,1,2\n", None, "fill 3 places at the most, and the panel has 4"),
        ("", None, "at least one question"),
        ("".join(f"Q{n},a,0,4\n,b,0,4\n" for n in range(11)), None, "10 questions or fewer"),
        ("Q,g0,0,4\n" + "".join(f",g{n},0,4\n" for n in range(1, 21)), None, "too many groups"),
    ],
)
def test_every_fault_stands_by_its_row(rows: str, row: int | None, said: str) -> None:
    faults = words(read_sheet(HEAD + rows, 4))
    assert [number for number, text in faults if said in text] == [row], faults


def test_all_faults_are_told_at_once() -> None:
    faults = words(read_sheet(HEAD + "Where?,East,x,3\n,West,1,3\n,,2,1\n", 4))
    assert [number for number, _text in faults] == [2, 4, 4]


@pytest.mark.parametrize("text", ["", "  \n ", "\x00"])
def test_nothing_is_told_to_be_nothing(text: str) -> None:
    assert "nothing in it" in read_sheet(text, 4).faults[0].words


def test_a_sheet_without_its_columns_says_which_are_missing() -> None:
    (fault,) = read_sheet("question,group\nWhere?,East\n", 4).faults
    assert fault.row == 1 and "Missing: least, most" in fault.words


def test_a_quotation_mark_that_nothing_closes_is_a_fault_and_no_accident() -> None:
    before = csv.field_size_limit(131_072)  # Python's own, until somebody opens a larger sheet
    try:
        (fault,) = read_sheet(f'{HEAD}"{"x" * 140_000},East,1,3\n', 4).faults
    finally:
        csv.field_size_limit(before)
    assert "We cannot read this file" in fault.words


@given(st.text(max_size=400), st.integers(2, 50))
def test_no_text_breaks_it(text: str, size: int) -> None:
    read = read_sheet(text, size)
    assert read.faults or all(len(one.groups) > 1 for one in read.questions)
    again = read_sheet(HEAD + text, size)
    assert again.faults or again.questions


@given(st.binary(max_size=200))
def test_no_file_breaks_it(data: bytes) -> None:
    assert isinstance(text_of(data), str)


def test_a_file_from_an_old_spreadsheet_is_read_too() -> None:
    assert text_of("Café,Môn".encode("cp1252")) == "Café,Môn" == text_of("\ufeffCafé,Môn".encode())


def test_words_from_right_to_left_stay_as_they_are() -> None:
    rows = [(1, dict(zip(("question", "group", "least", "most"), ("أين 🙂?", "شرق", "1", "3"), strict=True)))]
    rows.append((2, {"question": "", "group": "غرب", "least": "1", "most": "3"}))
    assert read_rows(rows, 4).questions[0].groups[1].words == "غرب"
