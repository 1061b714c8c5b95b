"""Where a postcode is, what half of one means, and what is said of one that is not known."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.places.models import Area
from alongside.ground.places.queries import area_at
from alongside.ground.postcodes.actions import Row, begin, finish, keep
from alongside.ground.postcodes.models import Postcode, PostcodeFile
from alongside.ground.postcodes.queries import any_known, meant, thanks
from alongside.methods.distance import Point
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")
ROWS: list[Row] = [
    ("LM12AB", 52.30, -4.70),
    ("LM12AD", 52.32, -4.72),
    ("LM13AA", 52.34, -4.74),
    ("LM122AB", 52.40, -4.80),
    ("LM1O1AA", 52.10, -4.10),
    ("W1A1AA", 51.51, -0.14),
    ("W11AA", 51.50, -0.10),
]


def known(rows: list[Row] = ROWS, publisher: str = "own", name: str = "Ours", year: int = 2026) -> PostcodeFile:
    file = begin(by=MACHINE, publisher=publisher, name=name, dated=date(year, 1, 1))
    keep(by=MACHINE, file=file, rows=rows)
    return file


def near(point: Point | None) -> tuple[float, float] | None:
    return (round(point.lat, 4), round(point.lng, 4)) if point else None


@pytest.mark.parametrize(
    ("typed", "shown", "whole", "point"),
    [
        ("lm12ab", "LM1 2AB", True, (52.30, -4.70)),
        ("LMI 2AB", "LM1 2AB", True, (52.30, -4.70)),
        ("LM1", "LM1", False, (52.32, -4.72)),
        ("LM1 2", "LM1 2", False, (52.31, -4.71)),
        ("LM1 2A", "LM1 2A", False, (52.31, -4.71)),
        ("LM12", "LM12", False, (52.40, -4.80)),
        ("LM1O", "LM1O", False, (52.10, -4.10)),
        ("WIA IAA", "W1A 1AA", True, (51.51, -0.14)),
        ("W1", "W1", False, (51.50, -0.10)),
        ("W1A", "W1A", False, (51.51, -0.14)),
    ],
)
def test_a_postcode_has_its_point_and_half_of_one_the_middle(
    typed: str, shown: str, whole: bool, point: tuple[float, float]
) -> None:
    """LM12 is a district of its own, and its postcodes are none of LM1's; the gap tells LM1 2 from it."""
    known()
    found = meant(typed)
    assert found is not None
    assert (found.shown, found.whole, near(found.point)) == (shown, whole, point)


def test_without_that_district_the_same_letters_mean_the_sector() -> None:
    known([row for row in ROWS if row[0] != "LM122AB"])
    found = meant("LM12")
    assert found and (found.shown, near(found.point)) == ("LM1 2", (52.31, -4.71))


@pytest.mark.parametrize(
    ("typed", "shown", "wider"),
    [
        ("LM1 2ZZ", "LM1 2ZZ", "LM1 2"),
        ("LM1 9ZZ", "LM1 9ZZ", "LM1"),
        ("ZZ9 9ZZ", "ZZ9 9ZZ", ""),
        ("ZZ9", "ZZ9", ""),
        ("A38", "A38", ""),
    ],
)
def test_one_that_is_not_known_says_which_half_is(typed: str, shown: str, wider: str) -> None:
    known()
    with CaptureQueriesContext(connection) as asked:
        found = meant(typed)
    assert found and (found.shown, found.point, found.wider) == (shown, None, wider)
    assert len(asked) <= 5


@pytest.mark.parametrize("words", ["", "Old Quay", "boots", "Pri", "LM", "1" * 9_999, "\u202e" * 40, "שלום 1"])
def test_other_words_are_no_postcode_and_cost_next_to_nothing(words: str) -> None:
    known()
    with CaptureQueriesContext(connection) as asked:
        assert meant(words) is None
    assert len(asked) <= 1


def test_only_stewards_keep_them(cast: Cast) -> None:
    file = known()
    for by in (Actor.anyone(), cast.resident.actor, cast.connector.actor):
        for write in (
            lambda by=by: begin(by=by, publisher="own", name="Mine", dated=date(2026, 1, 1)),
            lambda by=by: keep(by=by, file=file, rows=[("LM19ZZ", 52.0, -4.0)]),
            lambda by=by: finish(by=by, file=file, areas=["LM"]),
        ):
            with pytest.raises(Refused) as told:
                write()
            assert told.value.sentence == "Only a steward of this place can bring in postcodes."
    assert Postcode.objects.count() == len(ROWS)
    keep(by=cast.steward.actor, file=file, rows=[("LM19ZZ", 52.0, -4.0)])


@pytest.mark.parametrize("point", [(-4.7, 52.3), (float("inf"), -4.7), (0.0, 0.0)])
def test_the_table_takes_no_point_outside_these_islands(point: tuple[float, float]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        known([("LM12AB", *point)])
    assert not any_known()


def test_a_file_whose_postcodes_have_all_moved_on_is_thanked_no_more() -> None:
    known(publisher="ons", name="ONS postcodes", year=2024)
    assert "2024" in thanks()[0] and len(thanks()) == 3
    finish(by=MACHINE, file=known(publisher="ons", name="ONS postcodes", year=2026), areas=["LM", "W"])
    assert "2026" in thanks()[0] and len(thanks()) == 3
    known([("LM12AB", 52.3, -4.7)], publisher="os", name="OS Code-Point Open", year=2027)
    assert [line.rpartition(" ")[2] for line in thanks()] == ["2026", "2026", "v.3.0", "2027", "2027", "2027"]


def test_an_area_is_found_by_a_point_the_finest_first() -> None:
    def square(kind: str, code: str, half: float) -> Area:
        west, east, south, north = -4.7 - half, -4.7 + half, 52.3 - half, 52.3 + half
        corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        boundary = f'{{"type":"Polygon","coordinates":[{corners}]}}'
        box = {"west": west, "east": east, "south": south, "north": north}
        return Area.objects.create(kind=kind, edition="1", code=code, name=code, boundary=boundary, **box)

    district, ward, street = square("district", "D", 0.3), square("ward", "W", 0.2), square("street", "S", 0.1)
    square("lsoa", "L", 0.01)  # has no name that anybody would know
    assert [area_at(52.3 + up, -4.7) for up in (0, 0.15, 0.25, 0.5)] == [street, ward, district, None]
