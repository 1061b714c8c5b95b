"""Postcodes come in from files: only those near, every line accounted for, a later file in place of an earlier one."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
from django.core.cache import cache
from django.db import connection

from alongside.exchange.postcodes import actions, opening, reading
from alongside.exchange.postcodes.around import around_place
from alongside.exchange.postcodes.opening import opened
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Event
from alongside.ground.places.models import Area
from alongside.ground.postcodes.models import Postcode, PostcodeFile
from alongside.ground.postcodes.queries import thanks
from alongside.knowing.assets.actions import offer
from alongside.methods.distance import Point, km_between
from tests.cast import Cast
from tests.exchange.postcodes import CODE_POINT, DIRECTORY, MACHINE, MARKET, ONS, load, near, ons, packed, table, write

pytestmark = pytest.mark.django_db
SQUARE = "[[-4.75,52.3],[-4.7,52.3],[-4.7,52.33],[-4.75,52.33],[-4.75,52.3]]"


class TestWhatIsRead:
    def test_the_directory_of_the_statistics_office(self, tmp_path: Any) -> None:
        done = load(write(tmp_path, DIRECTORY, "ONSPD_NOV_2025_UK.csv"))
        assert (done.read, done.created, done.ended, done.placeless, done.elsewhere) == (5, 2, 1, 1, 1)
        assert table() == {"LM11AB": (52.315, -4.735), "LM11AD": (52.3161, -4.7362)}, "as the source has them"
        assert (done.publisher, done.dated, done.name) == ("ons", "2025-11-01", "ONS postcodes")
        assert thanks() == [
            "Contains OS data © Crown copyright and database right 2025",
            "Contains Royal Mail data © Royal Mail copyright and database right 2025",
            "Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
        ]

    def test_northern_ireland_only_for_whoever_says_that_they_have_its_licence(self, tmp_path: Any) -> None:
        """The Open Government Licence of the table does not cover it; a list of one's own is one's own affair."""
        file = write(tmp_path, [*DIRECTORY, ons("BT1 1AA", 52.3151, -4.7351), ons("B1 1AA", 52.315, -4.735)])
        done = load(file)
        assert (done.unlicensed, done.created) == (1, 3) and "BT11AA" not in table()
        assert load(file, northern_ireland=True).created == 1 and table()["BT11AA"] == (52.3151, -4.7351)
        again = load(file)
        assert (again.unlicensed, again.dropped) == (1, 1) and "BT11AA" not in table(), "said no more, kept no more"
        own = write(tmp_path, ["postcode,lat,lng", "BT1 1AA,52.3151,-4.7351"], "own.csv")
        assert load(own, name="Our own").unlicensed == 0 and "BT11AA" in table()

    def test_code_point_open_which_has_no_headings_and_counts_in_metres(self, tmp_path: Any) -> None:
        done = load(write(tmp_path, CODE_POINT), dated="2026-01-09")
        assert (done.read, done.created, done.placeless, done.publisher) == (3, 2, 1, "os")
        lat, lng = table()["LM11AB"]
        assert km_between(Point(lat, lng), Point(*MARKET)) < 0.005 and (lat, lng) == (round(lat, 5), round(lng, 5))
        assert thanks()[-1] == "Contains National Statistics data © Crown copyright and database right 2026"

    @pytest.mark.parametrize(
        "lines",
        [
            ["postcode,lat,lng", "LM1 1AB,52.315,-4.735"],
            ["Postcode;Latitude;Longitude", "lm11ab;52.315;-4.735"],
            ["name\tLNG\tLat\tpostcode", "Quay\t-4.735\t52.315\tLM1 1AB"],
            ["LM1 1AB,52.315,-4.735"],
            ["", "", '"postcode","lat","long"', "", '"LM1 1AB","52.315","-4.735"', ""],
        ],
    )
    def test_a_place_s_own_list_by_its_headings(self, tmp_path: Any, lines: list[str]) -> None:
        done = load(write(tmp_path, lines), name="Our own list")
        assert (done.created, done.rejected, table()) == (1, 0, {"LM11AB": (52.315, -4.735)})
        assert thanks() == ["Our own list"]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
    def test_any_encoding(self, tmp_path: Any, encoding: str) -> None:
        text = "postcode,lat,lng,café\r\nLM1 1AB,52.315,-4.735,naïve\r\n"
        assert load(write(tmp_path, text.encode(encoding))).created == 1

    def test_the_zip_it_comes_in(self, tmp_path: Any) -> None:
        """Not what explains the table, and not the same once more in pieces."""
        parts = {
            "Data/ONSPD_FEB_2026_UK.csv": DIRECTORY,
            "Data/multi_csv/ONSPD_FEB_2026_UK_LM.csv": DIRECTORY,
            "Documents/LA_UA names DEC 2019.csv": ["code,name", "W06,Larkmere"],
            "User Guide/guide.pdf": b"%PDF",
        }
        done = load(packed(tmp_path, parts))
        assert (done.read, done.created, done.dated) == (5, 2, "2026-02-01")

    def test_the_zip_of_code_point_open_with_its_day(self, tmp_path: Any) -> None:
        told = "ORDNANCE SURVEY\nPRODUCT: OS CODE-POINT OPEN\nCOPYRIGHT DATE:20260109\n"
        parts = {"Data/CSV/lm.csv": CODE_POINT[:1], "Data/CSV/ln.csv": CODE_POINT[1:2], "Doc/metadata.txt": told}
        with opened(packed(tmp_path, parts)) as found:
            assert found.dated.isoformat() == "2026-01-09"
        edge = load(packed(tmp_path, parts), around=None)
        assert (edge.created, edge.dated) == (2, "2026-01-09")


class TestNear:
    def test_only_what_is_near_is_kept(self, tmp_path: Any) -> None:
        rows = [ons(f"LM1 {n}AB", 52.315 + n / 100, -4.735) for n in range(9)]  # 1.1 km from one to the next
        assert load(write(tmp_path, [ONS, *rows]), around=near(3.5)).created == 4
        wider = load(write(tmp_path, [ONS, *rows]), around=near(100))
        assert (wider.created, wider.unchanged) == (5, 4)

    def test_near_is_of_the_place_s_edge_else_of_its_areas_else_of_what_stands_in_it(self, cast: Cast) -> None:
        assert cast.place and around_place(1) is None
        offer(by=MACHINE, holder=cast.council, kind="space", title="Hall", lat=52.5, lng=-4.5, precision="exact")
        assert (around := around_place(1)) and around.words == "what is offered here"
        Area.objects.create(
            kind="ward", edition="1", code="W", name="Ward", boundary=f'{{"type":"Polygon","coordinates":[{SQUARE}]}}'
        )
        assert (around := around_place(1)) and around.words == "the areas that are known here (Ward)"
        east = -4.7 + 1 / 111.32 / 0.6125  # a kilometre east of the ward's edge, at this latitude
        points = np.array([[52.31, 52.31, 52.5], [east - 0.001, east + 0.001, -4.5]])
        assert list(around.holds(*points)) == [True, False, False]
        cast.place.area = Area.objects.create(
            kind="own", edition="own", code="E", name="Town", boundary=f'{{"type":"Polygon","coordinates":[{SQUARE}]}}'
        )
        cast.place.save()
        cache.clear()
        assert (around := around_place(1)) and around.words == "the edge of Town"


class TestAgain:
    def test_the_same_file_changes_nothing(self, tmp_path: Any) -> None:
        path = write(tmp_path, DIRECTORY)
        load(path)
        before = table()
        done = load(path)
        assert (done.created, done.updated, done.unchanged, done.dropped) == (0, 0, 2, 0)
        assert table() == before

    def test_a_later_edition_takes_its_place(self, tmp_path: Any) -> None:
        """What moved has moved, what ended is dropped, and what is no longer there has gone."""
        load(write(tmp_path, [*DIRECTORY, ons("LM1 1AG", 52.3, -4.7), ons("LN1 1AA", 52.3, -4.7)]), dated="2025-05-01")
        later = [ONS, ons("LM1 1AB", 52.3155, -4.735), ons("LM1 1AD", 52.3161, -4.7362, ended="202510")]
        done = load(write(tmp_path, later), dated="2025-11-01")
        assert (done.updated, done.ended, done.dropped) == (1, 1, 2)
        assert table() == {"LM11AB": (52.3155, -4.735), "LN11AA": (52.3, -4.7)}, "of LN the new file says nothing"

    def test_an_earlier_edition_takes_nothing_away(self, tmp_path: Any) -> None:
        load(write(tmp_path, DIRECTORY), dated="2025-11-01")
        earlier = [ONS, ons("LM1 1AB", 52.3, -4.7), ons("LM1 1AD", 52.3, -4.7, ended="202001")]
        done = load(write(tmp_path, earlier), dated="2024-05-01")
        assert (done.newer, done.ended, done.dropped, len(table())) == (1, 1, 0, 2)
        assert table()["LM11AB"] == (52.315, -4.735)

    def test_nothing_goes_where_part_of_the_file_could_not_be_read(self, tmp_path: Any) -> None:
        load(write(tmp_path, DIRECTORY), dated="2025-05-01")
        done = load(write(tmp_path, [ONS, ons("LM1 1AB", 52.315, -4.735), '"LM1 1AD","LM']), dated="2025-11-01")
        assert (done.rejected, done.dropped, len(table())) == (1, 0, 2)

    def test_a_place_s_own_list_adds_and_mends_and_drops_only_what_it_names(self, tmp_path: Any) -> None:
        load(write(tmp_path, DIRECTORY), dated="2025-05-01")
        done = load(write(tmp_path, ["postcode,lat,lng", "LM1 1AB,52.32,-4.73", "LM9 9ZZ,52.31,-4.73"]))
        assert (done.created, done.updated, done.dropped) == (1, 1, 0)
        assert set(table()) == {"LM11AB", "LM11AD", "LM99ZZ"}
        assert len(thanks()) == 4, "both are thanked"

    def test_one_that_the_file_puts_in_two_places_is_told(self, tmp_path: Any) -> None:
        lines = ["postcode,lat,lng", "LM1 1AB,52.315,-4.735", "LM1 1AB,52.315,-4.735", "LM1 1AB,52.4,-4.735"]
        done = load(write(tmp_path, lines))
        assert [(one.record, one.value) for one in done.faults] == [("line 4", "LM1 1AB")]
        assert (done.created, done.unchanged, table()) == (1, 1, {"LM11AB": (52.315, -4.735)})


class TestBroken:
    def test_each_bad_line_is_named_and_nothing_valid_is_lost(
        self, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reading, "SLICE", 3)
        monkeypatch.setattr(actions, "BATCH", 2)
        good = [f"LM1 {n}AB,52.31{n},-4.735" for n in range(8)]
        bad = [
            "LM2 1AB,nan,-4.7",
            "LM2 1AB,52.3",
            "LM2 1AB,north,-4.7",
            "LM2 1AB,52.3,",
            "LM2 1AB,1e400,-4.7",
            "LM2 1AB,-4.7,52.3",
            "LM2 1AB,249159,313700",
            "LMI 1AB,52.3,-4.7",
            "שלום,52.3,-4.7",
            "LM2 1AB" * 10_000 + ",52.3,-4.7",
            '"LM2 1AB,52.3,-4.7',
        ]
        lines = ["postcode,lat,lng"] + [line for pair in zip([*good, "", "", ""], bad, strict=True) for line in pair]
        done = load(write(tmp_path, lines))
        assert len(table()) == done.created == 8
        told = {one.record: (one.field, one.value, one.reason) for one in done.faults}
        assert len(told) == len(bad) == done.rejected
        assert told["line 3"] == ("lat and long", "nan and -4.7", reading.ELSEWHERE)
        assert told["line 5"][2] == reading.TOO_SHORT
        assert told["line 7"] == ("lat", "north", reading.NOT_A_NUMBER)
        assert told["line 9"] == ("long", "", reading.NOT_A_NUMBER)
        assert told["line 13"][2] == reading.SWAPPED
        assert told["line 15"][2] == reading.ELSEWHERE
        assert told["line 17"] == ("postcode", "LMI 1AB", reading.NOT_A_POSTCODE), "a table is taken at its word"
        assert all(len(value) <= 90 for _field, value, _reason in told.values())

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "The table is empty"),
            (b"\r\n\r\n", "The table is empty"),
            (b"name,lat,lng\nQuay,52.3,-4.7\n", "It says: name, lat, lng"),
            (b"postcode,place\nLM1 1AB,Quay\n", "The columns are not those"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "The columns are not those"),
            (b"a" * 100_000, "The columns are not those"),
            (b"postcode,lat,lng\n" + b"LM1 1AB,-4.7,52.3\n" * 9, "other way round"),
            (b"postcode,lng,lat\nLM1 1AB,52.3,-4.7\nLM1 1AB,52.3,-4.7\nLM1 1AB,-4.7,52.3\n", "other way round"),
            (b"PK\x03\x04 no zip at all, PK\x05\x06" + b"\x00" * 18, "ZIP"),
        ],
    )
    def test_a_file_that_is_something_else_is_refused_and_says_why(
        self, tmp_path: Any, data: bytes, words: str
    ) -> None:
        with pytest.raises(Fault) as told:
            load(write(tmp_path, data))
        assert words in told.value.message
        assert not Postcode.objects.exists()

    def test_a_zip_that_swells_is_refused(self, tmp_path: Any) -> None:
        with pytest.raises(Fault) as told:
            load(packed(tmp_path, {"bomb.csv": "postcode,lat,lng\n" + "0" * 30_000_000}))
        assert "unpacks to far more" in told.value.message
        for parts, words in (({"readme.txt": "x"}, "no CSV"), ({"Doc/a.csv": "x"}, "no CSV")):
            with pytest.raises(Fault) as told:
                load(packed(tmp_path, parts))
            assert words in told.value.message

    def test_a_zip_with_a_broken_part_and_one_that_is_no_table(self, tmp_path: Any) -> None:
        done = load(packed(tmp_path, {"a.csv": ["colour", "red"], "b.csv": DIRECTORY}))
        assert (done.created, done.rejected, done.faults[0].record) == (2, 1, "a.csv")
        path = packed(tmp_path, {"b.csv": DIRECTORY * 50})
        data = bytearray(path.read_bytes())
        data[60:70] = b"\x00" * 10
        path.write_bytes(bytes(data))
        with pytest.raises(Fault) as told:
            load(path)
        assert "Download it again" in told.value.message

    def test_a_table_larger_than_any_there_is(self, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(opening, "LARGEST", 1_000)
        with pytest.raises(Fault, match="larger"):
            load(write(tmp_path, "postcode,lat,lng\n" + "\n" * 150_000))

    def test_a_million_faults_are_counted_and_a_thousand_told(
        self, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(actions, "TOLD", 5)
        done = load(write(tmp_path, ["postcode,lat,lng", *["LM1 1AB,x,y"] * 40]))
        assert (done.rejected, len(done.faults), done.kept) == (40, 5, 0)


class TestWho:
    def test_only_the_stewards_of_a_place(self, cast: Cast, tmp_path: Any) -> None:
        for by in (cast.resident.actor, cast.outsider.actor, cast.builder.actor):
            with pytest.raises(Refused):
                load(write(tmp_path, DIRECTORY), by=by)
        assert not PostcodeFile.objects.exists()
        assert load(write(tmp_path, DIRECTORY), by=cast.steward.actor).created == 2

    def test_it_leaves_its_trace_without_the_values(self, tmp_path: Any) -> None:
        load(write(tmp_path, DIRECTORY))
        verbs = list(Event.objects.filter(verb__startswith="postcodes.").order_by("pk").values_list("verb", flat=True))
        assert verbs == ["postcodes.begin", "postcodes.keep", "postcodes.finish"]
        assert "LM1" not in str(list(Event.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_leave_the_later_edition(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 10)
    codes = [f"LM{n} {m}AB" for n in range(1, 10) for m in range(10)]
    files = {
        year: write(tmp_path, [ONS, *[ons(code, lat, -4.735) for code in codes]], f"{year}.csv")
        for year, lat in ((2024, 52.31), (2025, 52.32), (2026, 52.33))
    }
    wrong: list[Exception] = []

    def run(year: int) -> None:
        try:
            load(files[year], dated=f"{year}-01-01")
        except Exception as problem:
            wrong.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(year,)) for year in (2025, 2026, 2024, 2026)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(table()) == 90 and {lat for lat, _lng in table().values()} == {52.33}
