"""CSV and spreadsheets: loss-free, no cell is ever a formula, and other people's tables come in as far as they go."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from alongside.exchange.carrying import sentences
from alongside.exchange.carrying.document import Chart, Thing
from alongside.exchange.sheets.cells import DANGEROUS, escaped, folded, safe, unescaped, unfolded, unsafe
from alongside.exchange.sheets.reading import read
from alongside.exchange.sheets.times import times_of
from alongside.exchange.sheets.writing import template_csv, template_xlsx, write_csv, write_map_csv, write_xlsx
from tests.conformance.bristol import shared_data
from tests.exchange.travelling import NASTY, SQUARE, charts, letters, many_things, mutations

MONDAY = date(2026, 1, 5)


def packed(things: list[Thing], chart: Chart) -> bytes:
    """A ZIP of CSV files, as a map leaves."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("things.csv", write_csv(things))
        file.writestr("map.csv", write_map_csv(chart))
    return out.getvalue()


@settings(deadline=None, max_examples=60)
@given(many_things)
def test_csv_comes_back_as_it_went(things: list[Thing]) -> None:
    reading = read(write_csv(things))
    assert reading.things == things
    assert (reading.read, reading.rejected) == (len(things), 0)
    assert not things or not reading.faults


@settings(deadline=None, max_examples=25)
@given(many_things, charts)
def test_a_spreadsheet_comes_back_as_it_went(things: list[Thing], chart: Chart) -> None:
    reading = read(write_xlsx(things, chart))
    assert reading.things == things
    assert reading.chart == chart
    assert (reading.read, reading.rejected) == (len(things), 0)


@settings(deadline=None, max_examples=25)
@given(many_things, charts)
def test_a_packed_map_comes_back_as_it_went(things: list[Thing], chart: Chart) -> None:
    reading = read(packed(things, chart))
    assert reading.things == things
    assert reading.chart == chart


def test_a_text_longer_than_a_cell_goes_on_in_the_next_column() -> None:
    thing = Thing("k", "Long", words="😀 word " * 1_250)
    thing = Thing("k", "Long", words=thing.words[:10_000].strip())
    assert read(write_xlsx([thing])).things == [thing]


@given(st.one_of(st.text(letters), st.sampled_from(NASTY)))
def test_what_is_made_safe_comes_back(text: str) -> None:
    assert unsafe(safe(text)) == text
    assert unescaped(escaped(text)) == text
    assert unfolded(folded(text)) == text
    assert "\n" not in folded(text)
    assert safe(text)[:1] not in DANGEROUS or safe(text).lstrip("-").replace(".", "", 1).isdigit()


@settings(deadline=None, max_examples=30)
@given(many_things)
def test_no_cell_of_ours_is_a_formula(things: list[Thing]) -> None:
    for row in csv.reader(io.StringIO(write_csv(things).decode("utf-8-sig"), newline="")):
        assert not any(
            cell and cell[0] in DANGEROUS and not cell.lstrip("-").replace(".", "").isdigit() for cell in row
        )
    for sheet in load_workbook(io.BytesIO(write_xlsx(things))).worksheets:
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_csv_opens_with_the_right_letters() -> None:
    assert write_csv([Thing("k", "Llŷn")]).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_dialect_is_read(delimiter: str, encoding: str) -> None:
    lines = [["Name", "Where", "Description"], ["Café club", "The “Old” Hall", f'Tea{delimiter} and "cake"\nDaily']]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(lines)
    [thing] = read(out.getvalue().encode(encoding)).things
    assert (thing.title, thing.place) == ("Café club", "The “Old” Hall")
    assert thing.words == f'Tea{delimiter} and "cake"\nDaily'


def test_letters_of_an_old_file_are_taken_and_it_is_said() -> None:
    reading = read("title\ncafé".encode("cp1252"))
    assert reading.things[0].title == "café"
    assert [fault.reason for fault in reading.faults] == [sentences.NOT_UTF8]


def test_every_fault_names_row_column_and_value() -> None:
    table = "title,least_age,lat,lng,colour\nYoga,old,95,0,red\n,1,,,\nYoga,5,51.5,,\n\nChess,5,,,\nYoga,,,,\n"
    reading = read(table.encode())
    assert (reading.read, len(reading.things), reading.rejected) == (5, 2, 3)
    said = {(fault.where, fault.field, fault.value, fault.reason) for fault in reading.faults}
    assert ("row 2", "least_age", "old", sentences.BAD_AGE) in said
    assert ("row 2", "lat", "95", sentences.BAD_PLACE) in said
    assert ("row 3", "title", "", sentences.NAMELESS) in said
    assert ("row 4", "lat", "51.5", sentences.HALF_A_PLACE) in said
    assert ("row 1", "colour", "", sentences.UNKNOWN_COLUMN) in said
    assert ("row 7", "title", "Yoga", sentences.TWICE) in said


@pytest.mark.parametrize(
    ("said", "starts", "rule", "minutes"),
    [
        ("every Tuesday 2pm to 4pm", "2026-01-06T14:00:00+00:00", "FREQ=WEEKLY;BYDAY=TU", 120),
        ("Mondays and Fridays 10:00-12:30", "2026-01-05T10:00:00+00:00", "FREQ=WEEKLY;BYDAY=MO,FR", 150),
        ("Weds 10 to 2pm", "2026-01-07T10:00:00+00:00", "FREQ=WEEKLY;BYDAY=WE", 240),
        ("5 January 2026 at 7pm", "2026-01-05T19:00:00+00:00", None, None),
        ("2/7/2026 7.30pm – 9pm", "2026-07-02T19:30:00+01:00", None, 90),
        ("2026-07-02 14:00", "2026-07-02T14:00:00+01:00", None, None),
    ],
)
def test_times_as_people_write_them(said: str, starts: str, rule: str | None, minutes: int | None) -> None:
    [found] = times_of(said, MONDAY)
    assert (found.get("starts"), found.get("rrule"), found.get("minutes")) == (starts, rule, minutes)
    assert found["words"] == said


@pytest.mark.parametrize(
    "said", ["most afternoons", "first Monday 7pm", "every other Friday 2pm", "Tuesdays in term time 9am"]
)
def test_what_a_rule_would_get_wrong_stays_as_words(said: str) -> None:
    assert times_of(said, MONDAY) == [{"words": said}]


def test_a_time_that_is_read_is_the_same_next_week() -> None:
    """So that bringing the same sheet in again changes nothing."""
    from alongside.exchange.carrying.plain import digest

    sheet = b"title,when\nYoga,every Tuesday 2pm to 4pm\n"
    [now], [later] = read(sheet, today=MONDAY).things, read(sheet, today=date(2026, 3, 2)).things
    assert now != later and digest(now) == digest(later)


def test_the_template_says_what_to_write_and_holds_no_thing() -> None:
    for template in (template_xlsx(), template_csv()):
        reading = read(template)
        assert (reading.read, reading.rejected) == (0, 0)
        assert [fault.reason for fault in reading.faults] == [sentences.FILE_NO_THINGS]
    book = load_workbook(io.BytesIO(template_xlsx()))
    assert book.worksheets[0]["A1"].value == "title"
    assert "Every row needs this" in book.worksheets[0]["A2"].value


def test_a_template_that_was_filled_in_comes_in() -> None:
    book = load_workbook(io.BytesIO(template_xlsx()))
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    sheet.append(
        [{"title": "Chair yoga", "when": "Mondays 10am", "access": "level: ramp\nquiet"}.get(name) for name in names]
    )
    out = io.BytesIO()
    book.save(out)
    [thing] = read(out.getvalue()).things
    assert thing.access == (("level", "ramp"), ("quiet", ""))
    assert thing.whens[0].rrule == "FREQ=WEEKLY;BYDAY=MO"


def test_formulas_are_taken_as_words_and_never_worked_out() -> None:
    book = Workbook()
    book.active.append(["title", "words"])
    book.active.append(["Sums", "=1+1"])
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue())
    assert reading.things[0].words == "=1+1"
    assert sentences.FORMULA in [fault.reason for fault in reading.faults]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"0" * 100_000_000)
    reading = read(out.getvalue())
    assert [fault.reason for fault in reading.faults] == [sentences.FILE_LARGE]


def test_declared_entities_are_refused() -> None:
    out, sound = io.BytesIO(), write_xlsx([Thing("k", "A")])
    with zipfile.ZipFile(io.BytesIO(sound)) as source, zipfile.ZipFile(out, "w") as file:
        for part in source.namelist():
            text = source.read(part)
            if part == "xl/worksheets/sheet1.xml":
                text = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "' + b"c" * 50 + b'">]>' + text
            file.writestr(part, text)
    assert [fault.reason for fault in read(out.getvalue()).faults] == [sentences.FILE_UNREADABLE]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", sentences.FILE_EMPTY),
        (b"PK\x03\x04broken", sentences.FILE_UNREADABLE),
        (b"a,b\n1,2\n", sentences.NO_HEADINGS),
        (b",,\n,,\n", sentences.FILE_NO_THINGS),
    ],
)
def test_what_is_no_sheet_says_so(data: bytes, reason: str) -> None:
    assert reason in [fault.reason for fault in read(data).faults]


@pytest.mark.parametrize("name", ["events.csv", "services.csv", "event_attendance.csv"])
def test_other_peoples_tables_are_accounted_for(name: str) -> None:
    path: Path = shared_data() / "services" / "public-libraries-activity" / name
    reading = read(path.read_bytes(), name)
    assert reading.read == len(reading.things) + reading.rejected
    assert reading.read or reading.faults


def test_another_directory_s_services_come_in() -> None:
    path = shared_data() / "services" / "san-mateo-ohana-hsds1" / "services.csv"
    reading = read(path.read_bytes(), path.name)
    assert (reading.read, len(reading.things)) == (23, 23)
    assert all(thing.title for thing in reading.things)


def test_nothing_breaks_it() -> None:
    """A tenth of what `make prove` does."""
    things = [Thing("k", "Bench", words='Sit, "there"\nnow', lat=51.5, lng=-2.5), Thing("l", "Yoga")]
    for whole, many in ((write_csv(things), 150), (write_xlsx(things, Chart("m", "Ours", edge=SQUARE)), 50)):
        for data in mutations(whole, many):
            reading = read(data)
            assert reading.read == len(reading.things) + reading.rejected
            assert reading.read or reading.faults or reading.chart or not data.strip(b"\xef\xbb\xbf\r\n")


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_it(data: bytes) -> None:
    reading = read(data)
    assert reading.read == len(reading.things) + reading.rejected
