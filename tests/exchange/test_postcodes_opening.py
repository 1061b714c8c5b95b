"""A file of postcodes is opened line by line, told its day, and measured round the place, whatever it is called."""

from __future__ import annotations

import io
import os
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.exchange.postcodes import opening
from alongside.exchange.postcodes.around import around_point
from alongside.exchange.postcodes.opening import LONGEST_LINE, Unreadable, lines, opened
from alongside.exchange.postcodes.reading import slices
from alongside.methods.distance import Point, km_between
from alongside.methods.national_grid import to_wgs84
from tests.exchange.postcodes import CODE_POINT, DIRECTORY, packed, write

TOLD = "ORDNANCE SURVEY\nCOPYRIGHT DATE:{day}\n"


def read(data: bytes) -> list[tuple[int, str]]:
    return list(lines(io.BytesIO(data)))


class TestLines:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_they_are_numbered_as_an_editor_does(self, end: str) -> None:
        assert read(f"a{end}{end}b".encode()) == [(1, "a"), (2, ""), (3, "b")]

    @pytest.mark.parametrize("data", [b"", b"a", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf"])
    def test_next_to_nothing(self, data: bytes) -> None:
        assert len(read(data)) <= 1

    def test_one_beyond_all_measure_is_cut_and_the_next_keeps_its_number(self) -> None:
        long = b"x" * (3 * LONGEST_LINE + 7)
        (first, cut), last = read(long + b"\nLM1 1AB,1,2\n")
        assert (first, len(cut), last) == (1, LONGEST_LINE, (2, "LM1 1AB,1,2"))
        exactly = b"x" * (LONGEST_LINE - 1) + b"\nend"
        assert [number for number, _line in read(exactly)] == [1, 2]

    def test_what_is_not_utf_8_spoils_only_its_own_letter(self) -> None:
        assert read(b"caf\xe9,LM1 1AB\nb") == [(1, "caf\ufffd,LM1 1AB"), (2, "b")]

    @given(st.binary(max_size=400))
    def test_any_bytes_come_out_as_lines_in_order(self, data: bytes) -> None:
        assert [number for number, _line in read(data)] == list(range(1, len(read(data)) + 1))


class TestItsDay:
    @pytest.mark.parametrize(
        ("name", "day"),
        [
            ("ONSPD_NOV_2025_UK.csv", date(2025, 11, 1)),
            ("ONSPD_FEB_2026.csv", date(2026, 2, 1)),
            ("nspl_august_2024.csv", date(2024, 8, 1)),
            ("NSPL21_MAY_2025_UK.csv", date(2025, 5, 1)),
            ("Postcodes May 2023.csv", date(2023, 5, 1)),
            ("ours-mar-2022.csv", date(2022, 3, 1)),
            ("dismay_2023.csv", date(2026, 7, 4)),  # no month stands alone in it
            ("ours.csv", date(2026, 7, 4)),
            ("ONSPD_NOV_9999.csv", date(2026, 7, 4)),
        ],
    )
    def test_stands_in_the_name_or_it_is_the_file_s(self, tmp_path: Any, name: str, day: date) -> None:
        path = write(tmp_path, DIRECTORY, name)
        noon = datetime(2026, 7, 4, 12, tzinfo=UTC).timestamp()
        os.utime(path, (noon, noon))
        with opened(path) as found:
            assert found.dated == day

    @pytest.mark.parametrize(
        ("parts", "day"),
        [
            ({"Data/ONSPD_NOV_2025_UK.csv": "x"}, date(2025, 11, 1)),
            ({"Data/CSV/lm.csv": "x", "Doc/metadata.txt": TOLD.format(day="20260109")}, date(2026, 1, 9)),
            ({"Data/lm.csv": "x", "Documents/Wards DEC 2019.csv": "x"}, None),
            ({"Data/lm.csv": "x", "Doc/metadata.txt": TOLD.format(day="20269999")}, None),
        ],
    )
    def test_of_a_zip_stands_in_its_table_or_its_description(
        self, tmp_path: Any, parts: dict[str, str], day: date | None
    ) -> None:
        with opened(packed(tmp_path, parts)) as found:
            assert abs((found.dated - (day or date.today())).days) <= (0 if day else 1)


class TestTheParts:
    def test_only_tables_and_each_once(self, tmp_path: Any) -> None:
        parts = {
            "Data/CSV/b.csv": "x",
            "Data/CSV/a.CSV": "x",
            "Data/CSV/readme.txt": "x",
            "Doc/columns.csv": "x",
            "__MACOSX/Data/CSV/a.csv": "x",
            "User Guide/names.csv": "x",
        }
        with opened(packed(tmp_path, parts)) as found:
            assert [name for name, _lines in found.tables] == ["Data/CSV/a.CSV", "Data/CSV/b.csv"]
        with opened(packed(tmp_path, {f"Data/multi_csv/{name}.csv": "x" for name in "ab"})) as found:
            assert len(found.tables) == 2, "the pieces, where there is no whole"

    def test_more_of_them_than_there_are_postcode_areas(self, tmp_path: Any) -> None:
        with (
            pytest.raises(Unreadable, match="more than"),
            opened(packed(tmp_path, {f"{n}.csv": "x" for n in range(opening.MOST_PARTS + 1)})),
        ):
            pass

    def test_a_locked_one(self, tmp_path: Any) -> None:
        path = packed(tmp_path, {"a.csv": DIRECTORY})
        data = bytearray(path.read_bytes())
        data[6] |= 1  # says that it is encrypted, here and in the list at its end
        data[data.index(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(bytes(data))
        with pytest.raises(Unreadable, match="locked"), opened(path) as found:
            list(found.tables[0][1])

    def test_a_folder_or_nothing(self, tmp_path: Any) -> None:
        for path in (tmp_path, tmp_path / "nothing.csv"):
            with pytest.raises(Unreadable, match="cannot be read"), opened(path):
                pass


class TestTheGrid:
    def test_metres_are_taken_for_metres_only_where_they_can_be(self) -> None:
        """What is no place on the grid, however large, is a fault and no sum that runs off."""
        rows = [*CODE_POINT[:1], *(f'"LM1 1A{n}",10,{east},{north}' for n, (east, north) in enumerate(WILD))]
        ((layout, found),) = slices("", iter(enumerate(rows, 1)))
        assert layout.grid and found.lines == [1]
        assert {fault.reason for fault in found.faults} == {
            "No postcode lies there. Write metres of the National Grid."
        }
        assert len(found.faults) == len(WILD)

    @given(st.floats(0, 650_000), st.floats(10_000, 1_200_000), st.floats(0, 2 * np.pi))
    def test_a_kilometre_on_the_grid_is_a_kilometre_on_the_ground(self, east: float, north: float, way: float) -> None:
        """The grid's scale differs from 1 by 4 in 10,000 at the most there."""
        one, other = ((east, north), (east + 1000 * np.cos(way), north + 1000 * np.sin(way)))
        here, there = (Point(*map(float, to_wgs84(*point))) for point in (one, other))
        assert km_between(here, there) == pytest.approx(1, rel=0.006), "km_between itself is right to half in a hundred"


WILD = [(1e300, 1e300), (-1e9, 5), (5e5, -9e5), ("inf", 5), ("nan", "nan"), (5e7, 5e7)]


class TestAround:
    @given(st.floats(50, 58), st.floats(-6, 1.5), st.floats(0.5, 40), st.floats(0, 2 * np.pi))
    def test_a_circle_is_round_on_the_ground(self, lat: float, lng: float, km: float, way: float) -> None:
        around, wide = around_point(lat, lng, km), 111.32 * np.cos(np.radians(lat))
        for share, inside in ((0.97, True), (1.03, False)):
            up, across = km * share * np.sin(way) / 111.32, km * share * np.cos(way) / wide
            assert around.holds(np.array([lat + up]), np.array([lng + across]))[0] == inside
