"""Areas and figures come in from files: every feature accounted for, every fault named, nothing done twice."""

import json

import pytest

from alongside.exchange.areas.actions import load_areas, load_file
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.places.models import Area, AreaFigure, AreaWithin

pytestmark = pytest.mark.django_db
machine = Actor.system("test")


def square(west, south, side=1.0):
    edge = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    return {"type": "Polygon", "coordinates": [edge]}


def feature(code, name, geometry):
    return {"type": "Feature", "properties": {"cd": code, "nm": name}, "geometry": geometry}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def load(text, kind="ward", figures="", by=machine):
    return load_areas(by=by, text=text, kind=kind, edition="2013", code_field="cd", name_field="nm", figures=figures)


TWO = collection(feature("W1", "Ashley", square(0, 0)), feature("W2", "Easton", square(1, 0)))


def counts(done):
    return done.read, done.created, done.updated, done.unchanged, done.rejected


def test_areas_come_in_with_their_box_and_a_point_inside():
    assert counts(load(TWO)) == (2, 2, 0, 0, 0)
    ashley = Area.objects.get(code="W1")
    assert (ashley.name, ashley.kind, ashley.edition) == ("Ashley", "ward", "2013")
    assert (ashley.west, ashley.south, ashley.east, ashley.north) == (0, 0, 1, 1)
    assert (ashley.lat, ashley.lng) == (0.5, 0.5)
    assert json.loads(ashley.boundary)["type"] == "Polygon"


def test_the_second_load_changes_nothing():
    figures = "cd,population\nW1,100\nW2,200\n"
    load(TWO, figures=figures)
    shares = list(AreaWithin.objects.values_list("pk", flat=True))
    done = load(TWO, figures=figures)
    assert counts(done) == (2, 0, 0, 2, 0)
    assert done.figures == {"created": 0, "updated": 0, "unchanged": 2, "elsewhere": 0}
    assert list(AreaWithin.objects.values_list("pk", flat=True)) == shares


def test_a_renamed_area_keeps_its_id():
    load(TWO)
    before = Area.objects.get(code="W1").pk
    done = load(collection(feature("W1", "Ashley Down", square(0, 0)), feature("W2", "Easton", square(1, 0))))
    assert counts(done) == (2, 0, 1, 1, 0)
    assert Area.objects.get(name="Ashley Down").pk == before


@pytest.mark.parametrize(
    ("wrong", "record", "field", "reason"),
    [
        ("Ashley", "2", "", "not a feature"),
        ({"type": "Feature", "properties": None}, "2", "", "not a feature"),
        (feature("", "Nameless", square(3, 3)), "2", "cd", "missing or blank"),
        (feature(None, "Nameless", square(3, 3)), "2", "cd", "missing or blank"),
        (feature("W1", "Again", square(3, 3)), "W1", "cd", "already used"),
        (feature("x" * 41, "Long", square(3, 3)), "x" * 41, "cd", "longer than we can keep"),
        (feature("W3", "Flat", None), "W3", "geometry", "no boundary"),
        (feature("W3", "Dot", {"type": "Point", "coordinates": [1, 1]}), "W3", "geometry", "must be a polygon"),
        (feature("W3", "Odd", {"type": "Polygon", "coordinates": "x"}), "W3", "geometry", "could not be read"),
        (feature("W3", "Short", {"type": "Polygon", "coordinates": [[[0, 0]]]}), "W3", "geometry", "read"),
        (feature("W3", "Metres", square(358000, 173000)), "W3", "geometry", "not in degrees"),
    ],
)
def test_what_cannot_be_taken_is_left_out_and_named(wrong, record, field, reason):
    done = load(collection(feature("W1", "Ashley", square(0, 0)), wrong))
    assert counts(done) == (2, 1, 0, 0, 1)
    (fault,) = done.faults
    assert (fault.record, fault.field, fault.rejected) == (record, field, True)
    assert reason in fault.reason


def test_a_blank_name_is_said_and_the_code_stands_for_it():
    done = load(collection(feature("W1", " ", square(0, 0))))
    assert counts(done) == (1, 1, 0, 0, 0) and not done.faults[0].rejected
    assert Area.objects.get().name == "W1"


def test_an_edge_that_crosses_itself_is_mended_and_said():
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    done = load(collection(feature("W1", "Bow", bow)))
    assert done.created == 1 and "mended" in done.faults[0].reason


@pytest.mark.parametrize("text", ["", "[", "[1]", "{}", '{"features": {}}', "[" * 100_000])
def test_a_file_that_is_no_collection_brings_nothing(text):
    with pytest.raises(Fault) as refused:
        load(text)
    assert refused.value.field == "file" and not Area.objects.exists()


def test_a_kind_that_is_none_is_refused():
    with pytest.raises(Fault, match="not a kind of area"):
        load(TWO, kind="parish")


def test_only_the_machine_or_a_steward_brings_areas_in():
    with pytest.raises(Refused, match="steward"):
        load(TWO, by=Actor.anyone())


def test_what_lies_in_what_is_worked_out_whichever_comes_first():
    small = collection(
        feature("S1", "Inside", square(0.2, 0.2, 0.2)),
        feature("S2", "Across", square(0.75, 0, 1.0)),
        feature("S3", "Beside", square(2, 0, 0.5)),
    )
    expected = {("S1", "W1"): 1.0, ("S2", "W1"): 0.25, ("S2", "W2"): 0.75}
    for order in ([("lsoa", small), ("ward", TWO)], [("ward", TWO), ("lsoa", small)]):
        AreaWithin.objects.all().delete()
        Area.objects.all().delete()
        for kind, text in order:
            load(text, kind=kind)
        shares = AreaWithin.objects.values_list("part__code", "whole__code", "share")
        assert {(part, whole): share for part, whole, share in shares} == expected


def test_a_ward_that_moves_takes_its_shares_along():
    load(collection(feature("S1", "Inside", square(0.2, 0.2, 0.2))), kind="lsoa")
    load(TWO)
    assert AreaWithin.objects.get().whole.code == "W1"
    load(collection(feature("W1", "Ashley", square(5, 5)), feature("W2", "Easton", square(0, 0))))
    assert AreaWithin.objects.get().whole.code == "W2"


def test_figures_join_by_code_and_only_numbers_are_figures():
    table = "CD,nm,IMD decile,population\nW1,Ashley,3,100\nW2,Easton,,oops\nW9,Elsewhere,1,5\nW1,Ashley,9,9\n"
    done = load(TWO, figures=table)
    assert done.figures == {"created": 2, "updated": 0, "unchanged": 0, "elsewhere": 1}
    figures = AreaFigure.objects.values_list("area__code", "measure", "value").order_by("measure")
    assert list(figures) == [("W1", "imd_decile", 3.0), ("W1", "population", 100.0)]


def test_every_wrong_figure_is_named():
    table = "cd,population\nW1,100\nW2,oops\nW1,9\n"
    done = load(collection(*json.loads(TWO)["features"], feature("W3", "St Paul's", square(2, 0))), figures=table)
    assert [(fault.record, fault.field, fault.value) for fault in done.faults] == [
        ("W2", "population", "oops"),
        ("W1", "", ""),
    ]


def test_a_figure_that_changed_is_updated():
    load(TWO, figures="cd,population\nW1,100\n")
    assert load(TWO, figures="cd,population\nW1,120\n").figures["updated"] == 1
    assert AreaFigure.objects.get().value == 120


@pytest.mark.parametrize("table", ["\n", "town,people\nX,1\n"])
def test_a_table_without_our_codes_brings_nothing_at_all(table):
    with pytest.raises(Fault) as refused:
        load(TWO, figures=table)
    assert refused.value.field == "figures" and not Area.objects.exists()


def test_files_are_read_from_disk(tmp_path):
    place, table = tmp_path / "wards.geojson", tmp_path / "figures.csv"
    place.write_text(TWO, encoding="utf-8-sig")
    table.write_text("cd,population\nW1,100\n", encoding="utf-8-sig")
    done = load_file(place, kind="ward", edition="2013", code_field="cd", name_field="nm", figures=table)
    assert (done["read"], done["created"], done["figures"]["created"], done["faults"]) == (2, 2, 1, [])
    with pytest.raises(Fault, match="could not be read"):
        load_file(tmp_path / "none", kind="ward", edition="2013", code_field="cd", name_field="nm")


def test_a_load_takes_few_statements(django_assert_max_num_queries):
    many = collection(*(feature(f"W{n}", f"Ward {n}", square(n % 20, n // 20)) for n in range(300)))
    figures = "cd,a,b\n" + "".join(f"W{n},{n},{n}\n" for n in range(300))
    with django_assert_max_num_queries(40):
        load(many, figures=figures)
