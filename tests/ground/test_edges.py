"""A community draws its own edge: by ticking, overlapping whom it likes, and nobody else draws it for them."""

import json

import pytest
from shapely import from_geojson

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Event
from alongside.ground.people.actions import welcome
from alongside.ground.people.models import Kind, Party, Sort
from alongside.ground.places.actions import draw_edge
from alongside.ground.places.models import Area, AreaWithin
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def square(code: str, kind: str, west: float, width: float = 1.0) -> Area:
    ring = [[west, 51], [west + width, 51], [west + width, 52], [west, 52], [west, 51]]
    boundary = json.dumps({"type": "Polygon", "coordinates": [ring]})
    return Area.objects.create(kind=kind, edition="2025", code=code, name=f"Area {code}", boundary=boundary)


@pytest.fixture
def table(cast: Cast) -> Party:
    return welcome(by=cast.builder.actor, name="The Tuesday Table", kind=Kind.COMMUNITY, sort=Sort.PLACE)


def value(area: Area) -> str:
    return f"{area.kind}:{area.edition}:{area.code}"


def test_ticked_areas_become_one_edge_and_drawing_again_replaces_it(cast: Cast, table: Party) -> None:
    one, two = square("W1", "ward", 0), square("W2", "ward", 1)
    client = cast.builder.client()
    assert "Draw your own edge" in client.get(f"/p/{table.key}/keep/").content.decode()
    answer = client.post(f"/p/{table.key}/edge/", {"parts": [value(one), value(two)]})
    assert answer.status_code == 302
    edge = Area.objects.get(kind="own")
    assert from_geojson(edge.boundary).area == pytest.approx(2.0)
    assert (edge.name, edge.west, edge.east) == ("The Tuesday Table", 0, 2)
    table.refresh_from_db()
    assert table.area == edge
    client.post(f"/p/{table.key}/edge/", {"parts": [value(two)]})
    assert from_geojson(Area.objects.get(kind="own").boundary).area == pytest.approx(1.0)
    assert Event.objects.filter(verb="places.draw_edge").count() == 2


def test_only_some_streets_of_a_ward(cast: Cast, table: Party) -> None:
    ward, street = square("W1", "ward", 0), square("S1", "street", 0, 0.25)
    AreaWithin.objects.create(part=street, whole=ward, share=1.0)
    client = cast.builder.client()
    closed = client.get(f"/p/{table.key}/edge/").content.decode()
    assert value(ward) in closed and value(street) not in closed
    opened = client.get(f"/p/{table.key}/edge/?open=W1").content.decode()
    assert value(street) in opened and value(ward) not in opened
    client.post(f"/p/{table.key}/edge/?open=W1", {"parts": [value(street)]})
    assert from_geojson(Area.objects.get(kind="own").boundary).area == pytest.approx(0.25)


def test_nothing_ticked_and_made_up_areas_are_told_in_words(cast: Cast, table: Party) -> None:
    square("W1", "ward", 0)
    client = cast.builder.client()
    assert "Choose at least one area" in client.post(f"/p/{table.key}/edge/", {}).content.decode()
    made_up = client.post(f"/p/{table.key}/edge/", {"parts": ["ward:1:nowhere"]}).content.decode()
    assert "Choose from the areas in the list" in made_up
    bare = Area.objects.create(kind="ward", edition="2025", code="W3", name="No outline")
    with pytest.raises(Fault):
        draw_edge(by=cast.builder.actor, party=table, parts=[bare])


def test_nobody_else_draws_it(cast: Cast, table: Party) -> None:
    ward = square("W1", "ward", 0)
    assert cast.outsider.client().get(f"/p/{table.key}/edge/").status_code == 404
    for outsider in (cast.outsider, cast.resident):
        with pytest.raises(Refused):
            draw_edge(by=outsider.actor, party=table, parts=[ward])
    club = welcome(by=cast.builder.actor, name="A firm", kind=Kind.ORGANISATION, sort=Sort.BUSINESS)
    with pytest.raises(Refused):
        draw_edge(by=cast.builder.actor, party=club, parts=[ward])
