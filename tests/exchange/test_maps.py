"""A whole map leaves its place and stands again elsewhere, loss-free; a sheet of offers comes into a community."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Value
from django.db.models.functions import Concat
from hypothesis import given, settings
from hypothesis.extra.django import TestCase
from shapely import from_geojson

from alongside.exchange.carrying.document import Chart, Holder, Thing
from alongside.exchange.geo import writing as geo
from alongside.exchange.maps import actions, packing, queries, reading
from alongside.exchange.maps.models import Bringing, BroughtIn
from alongside.exchange.services.actions import load
from alongside.ground.consent.actions import settle
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import block, welcome
from alongside.ground.people.models import Kind, Party, Sort
from alongside.ground.places.actions import draw_edge, outline
from alongside.ground.records.actions import let_through
from alongside.ground.records.models import Record
from alongside.knowing.assets.actions import change, offer, withdraw
from alongside.knowing.assets.models import Asset
from alongside.knowing.maps.actions import lay, put_on, start
from alongside.knowing.maps.models import CommunityMap
from alongside.knowing.maps.queries import community_map, laid
from tests.cast import MACHINE, Cast
from tests.exchange.feeds import as_bytes, nested
from tests.exchange.travelling import SQUARE, many_things
from tests.knowing.two_wards import two_wards

pytestmark = pytest.mark.django_db
SHEET = (
    "title,when,holder,place,cost\nChair yoga,Mondays 10am to 11am,,Mill Hall,free\nAdvice,,Brightside,High Street,\n"
)


@pytest.fixture
def map(cast: Cast) -> CommunityMap:
    """The lunch club's map, with things of a person, of the club, and of an organisation from outside its edge."""
    west, _east = two_wards()
    club, by = cast.lunch_club, cast.connector.actor
    draw_edge(by=by, party=club, parts=[west])
    club.refresh_from_db()
    made = start(
        by=by, community=club, title="=Mill Street", words="Ours", may_not="Only selling", objects_how="Ring us"
    )
    when = [(None, "FREQ=WEEKLY;BYDAY=TU", 90, ""), (None, "", None, "ask\tme")]
    offer(
        by=by, holder=club, kind="activity", title="Lunch, with cake", audience="everyone", whens=when, words="a\n\nb"
    )
    offer(
        by=cast.neighbour.actor, holder=cast.neighbour.party, kind="skill", title="-Mending", audience="everyone",
        lat=51.5, lng=0.5, per_week=90, access=[("level", "ramp: by\nside")], domains=["home"], area=west,
    )  # fmt: skip
    far = offer(
        by=cast.supplier.actor, holder=cast.agency, kind="service", title="Advice", audience="everyone", lat=51.5,
        lng=1.5, precision="exact", paid=True, website="https://example.org",
    )  # fmt: skip
    put_on(by=MACHINE, map=made, record=far.record)
    offer(
        by=cast.neighbour.actor, holder=cast.neighbour.party, kind="skill", title="Private", audience="me", lat=51.5,
        lng=0.5,
    )  # fmt: skip
    let_go_out(cast)
    return made


def let_go_out(cast: Cast, *, yes: bool = True) -> None:
    """The neighbour lets what he shares go out in open lists; organisations and groups do unless they say no."""
    for record in Record.objects.filter(owner=cast.neighbour.party, audience="everyone"):
        settle(
            by=cast.neighbour.actor, record=record, purposes={"found": None, **({"open_lists": None} if yes else {})}
        )


def emptied() -> None:
    """As if this were another place: nothing stands, nobody bears the names, nothing was brought in before."""
    Record.objects.update(state="ended")
    Party.objects.update(name=Concat(Value("gone "), "name"))
    BroughtIn.objects.all().delete()


def same(one: tuple[Chart, list[Thing]], other: tuple[Chart, list[Thing]]) -> None:
    assert sorted(one[1], key=lambda thing: thing.key) == sorted(other[1], key=lambda thing: thing.key)
    assert replace(one[0], edge=None) == replace(other[0], edge=None)
    edges = [from_geojson(json.dumps(chart.edge)) if chart.edge else None for chart in (one[0], other[0])]
    assert edges[0] == edges[1] or edges[0].equals(edges[1])


@pytest.mark.parametrize("kind", ["zip", "geojson", "xlsx"])
def test_a_whole_map_stands_again_elsewhere_and_is_the_same_set(map: CommunityMap, kind: str) -> None:
    before, data = queries.carried(map), packing.pack(map, kind)
    assert len(before[1]) == 3
    emptied()
    report = actions.bring_whole(by=MACHINE, data=data, personal="keep")
    assert (report.read, report.created, report.rejected, report.faults) == (3, 3, 0, [])
    there = community_map(MACHINE, report.map)
    assert there is not None and there.pk != map.pk
    same(queries.carried(there), before)
    assert packing.pack(there, "csv") == packing.pack(there, "csv")
    again = actions.bring_whole(by=MACHINE, data=data, personal="keep")
    assert (again.created, again.updated, again.unchanged, again.map) == (0, 0, 3, report.map)


def test_only_what_everyone_may_see_and_may_go_out_leaves(cast: Cast, map: CommunityMap) -> None:
    for kind in packing.FORMATS:
        assert b"Private" not in packing.pack(map, kind)
    whole = packing.pack(map, "geojson").decode()
    assert "Okafor" not in whole and str(cast.neighbour.party.key) not in whole and "Joseph O." in whole
    let_go_out(cast, yes=False)
    assert "Mending" not in packing.pack(map, "geojson").decode()


def test_the_shown_place_leaves_and_never_the_exact_one(map: CommunityMap) -> None:
    _chart, things = queries.carried(map)
    mending = next(thing for thing in things if thing.title == "-Mending")
    assert mending.precision == "cell" and (mending.lat, mending.lng) != (51.5, 0.5)


def test_the_zip_holds_every_format_and_the_same_bytes_each_time(map: CommunityMap) -> None:
    with zipfile.ZipFile(io.BytesIO(packing.pack(map, "zip"))) as packed:
        names = packed.namelist()
        services = json.loads(packed.read("services.json"))
    assert names == [
        "map.geojson",
        "map.xlsx",
        "things.csv",
        "map.csv",
        "services.json",
        "what-is-on.ics",
        "READ ME.txt",
    ]
    assert {one["name"] for one in services["contents"]} >= {"Advice", "Lunch, with cake"}


def test_a_persons_things_wait_for_them_unless_all_have_agreed(map: CommunityMap) -> None:
    data = packing.pack(map, "zip")
    emptied()
    report = actions.bring_whole(by=MACHINE, data=data)
    assert report.waiting == 1
    mending = Asset.objects.get(title="-Mending", record__state="held")
    assert mending.record.owner.is_person and mending.record.owner.name == "Joseph O."
    assert "-Mending" not in [thing.title for thing in queries.carried(community_map(MACHINE, report.map))[1]]


def test_or_they_come_under_the_communitys_own_name(map: CommunityMap) -> None:
    data = packing.pack(map, "zip")
    emptied()
    report = actions.bring_whole(by=MACHINE, data=data, personal="ours")
    mending = Asset.objects.get(title="-Mending", record__state="live")
    assert report.waiting == 0 and mending.record.owner == community_map(MACHINE, report.map).record.owner


def test_a_whole_map_is_the_machines_to_settle_and_needs_to_be_one(cast: Cast, map: CommunityMap) -> None:
    with pytest.raises(Refused):
        actions.bring_whole(by=cast.steward.actor, data=packing.pack(map, "zip"))
    for data in (b"", b"title\nYoga", packing.pack(map, "csv"), b'{"type": "FeatureCollection", "features": []}'):
        with pytest.raises(Fault):
            actions.bring_whole(by=MACHINE, data=data)


def bring(cast: Cast, text: str = SHEET, who: str = "connector", **more: bool) -> actions.Report | None:
    by = getattr(cast, who).actor
    row = actions.open_bringing(by=by, community=cast.lunch_club, name="offers.csv", data=text.encode())
    return actions.bring_in(by=by, bringing=row, **more)


def test_a_sheet_of_offers_comes_in_once(cast: Cast) -> None:
    report = bring(cast)
    assert report is not None and (report.read, report.created, report.rejected) == (2, 2, 0)
    yoga, advice = Asset.objects.order_by("pk")
    assert yoga.record.owner == cast.lunch_club and yoga.whens.get().rrule == "FREQ=WEEKLY;BYDAY=MO"
    assert advice.record.owner.name == "Brightside" and advice.record.state == "live"
    again = bring(cast)
    assert again is not None and (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert Asset.objects.count() == 2
    assert Event.objects.filter(verb="maps.bring_in", actor=cast.connector.party).count() == 2


def test_a_change_in_the_sheet_is_a_change_here_but_never_over_a_holders_own_words(cast: Cast) -> None:
    bring(cast)
    report = bring(cast, SHEET.replace("free", "paid"))
    assert report is not None and (report.updated, report.unchanged) == (1, 1)
    change(by=cast.connector.actor, asset=Asset.objects.get(title="Chair yoga"), words="Mine")
    report = bring(cast, SHEET.replace("free", "pay_what_you_can"))
    assert report is not None and (report.updated, report.unchanged, len(report.faults)) == (0, 2, 1)
    assert Asset.objects.get(title="Chair yoga").words == "Mine"


def test_what_was_taken_back_here_does_not_come_back_with_the_sheet(cast: Cast) -> None:
    bring(cast)
    yoga = Asset.objects.get(title="Chair yoga")
    withdraw(by=cast.connector.actor, asset=yoga)
    report = bring(cast, SHEET.replace("free", "paid"))
    assert report is not None and report.created == 0
    yoga.record.refresh_from_db()
    assert yoga.record.state == "ended"


def test_what_is_said_of_somebody_who_looks_after_their_page_waits_for_them(cast: Cast) -> None:
    assert cast.agency.name == "Brightside Support"
    report = bring(cast, SHEET.replace("Brightside", "Brightside Support"))
    assert report is not None and report.waiting == 1
    advice = Asset.objects.get(title="Advice")
    assert (advice.record.owner, advice.record.state) == (cast.agency, "held")
    assert Notice.objects.filter(to=cast.agency).exists()
    let_through(by=cast.steward.actor, record=advice.record)
    advice.record.refresh_from_db()
    assert advice.record.state == "live"


def test_pressing_twice_brings_it_in_once(cast: Cast) -> None:
    by = cast.connector.actor
    row = actions.open_bringing(by=by, community=cast.lunch_club, name="a.csv", data=SHEET.encode())
    assert actions.bring_in(by=by, bringing=row) is not None
    assert actions.bring_in(by=by, bringing=row) is None


@pytest.mark.parametrize("who", ["resident", "outsider", "steward", "supplier"])
def test_nobody_else_brings_things_in(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        bring(cast, who=who)
    row = actions.open_bringing(by=cast.connector.actor, community=cast.lunch_club, name="a", data=SHEET.encode())
    with pytest.raises(Refused):
        actions.bring_in(by=getattr(cast, who).actor, bringing=row)
    assert queries.bringing(getattr(cast, who).actor, row.key) is None


def test_a_first_look_writes_nothing_and_accounts_for_every_record(cast: Cast) -> None:
    report = actions.look(cast.lunch_club, (SHEET + ",,,,\n,when,,,\nChair yoga,,,Mill Hall,\n").encode())
    assert (report.read, report.created, report.rejected) == (4, 2, 2)
    assert report.read == report.created + report.updated + report.unchanged + report.rejected
    assert Asset.objects.count() == 0


def test_a_file_of_the_map_is_the_same_for_somebody_who_is_blocked(map: CommunityMap, cast: Cast, client) -> None:
    """What anybody may copy lacks nothing for one person alone, or it would tell them of the block."""
    block(by=cast.neighbour.actor, other=cast.outsider.party)
    address = f"/m/{map.record.key}/files/geojson/"
    for_all = client.get(address).content
    assert b"-Mending" in for_all and cast.outsider.client().get(address).content == for_all


def test_files_that_nobody_said_yes_to_are_forgotten(cast: Cast, time_machine=None) -> None:
    actions.open_bringing(by=cast.connector.actor, community=cast.lunch_club, name="a", data=SHEET.encode())
    Bringing.objects.update(at="2020-01-01T00:00:00Z")
    assert actions.forget_files(by=MACHINE) == 1
    assert bytes(Bringing.objects.get().document) == b""


def test_a_community_and_its_map_go_on_by_the_same_keys(map: CommunityMap) -> None:
    """From one place to the next and the next: the keys of the first stay, so nothing doubles."""
    first = queries.carried(map)
    data = packing.pack(map, "zip")
    for _place in range(2):
        emptied()
        report = actions.bring_whole(by=MACHINE, data=data, personal="keep")
        there = community_map(MACHINE, report.map)
        assert there is not None
        data = packing.pack(there, "zip")
    same(queries.carried(there), first)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"\xff\xfe\x00", b"{", b"BEGIN:VCALENDAR", b"\x00" * 50])
def test_whatever_is_brought_is_told_apart_by_its_bytes(data: bytes) -> None:
    found = reading.read(data)
    assert found.read == len(found.things) + found.rejected and found.faults


class RoundTrip(TestCase):
    """Property: whatever a file says comes in, and leaves as it came, nasty texts and all."""

    @settings(deadline=None, max_examples=15)
    @given(many_things)
    def test_what_came_in_leaves_as_it_came(self, things: list[Thing]) -> None:
        club = Holder("club", "community", "group", "The club")
        chart = Chart("m", "Ours", holder=club, edge=SQUARE)
        held = [replace(thing, holder=thing.holder or club) for thing in things]
        report = actions.bring_whole(by=MACHINE, data=geo.write(held, chart).encode(), personal="keep")
        assert report.created + report.rejected == len(things) and not report.rejected
        there = community_map(MACHINE, report.map)
        assert there is not None
        carried = queries.things_of(
            Asset.objects.filter(record__in=BroughtIn.objects.filter(kind="thing").values("record"))
            .select_related("record__owner", "record__spot__area", "offer")
            .prefetch_related("whens", "domains", "access"),
            there.record.owner,
        )
        assert {one.key: said(one) for one in carried} == {one.key: said(one) for one in held}


def said(thing: Thing) -> tuple[object, ...]:
    """What travels of a thing whatever its place: places are blurred anew where the file says no precision."""
    unit = thing.unit if thing.per_week is not None else ""
    holder = (thing.holder.kind, thing.holder.name) if thing.holder and thing.holder.kind != "person" else None
    plain = replace(thing, lat=None, lng=None, precision="", area=None, unit="", holder=None, source="", source_id="")
    return (plain, unit or ("minutes" if thing.per_week is not None else ""), holder)


def test_the_pages(cast: Cast, map: CommunityMap, client) -> None:
    page = client.get(f"/m/{map.record.key}/").content.decode()
    for kind in packing.FORMATS:
        answer = client.get(f"/m/{map.record.key}/files/{kind}/")
        assert answer.status_code == 200 and f"/m/{map.record.key}/files/{kind}/" in page
        assert "attachment" in answer["Content-Disposition"]
    assert client.get(f"/m/{map.record.key}/files/exe/").status_code == 404
    steward = cast.connector.client()
    address = f"/p/{cast.lunch_club.key}/bring/"
    assert "template" in steward.get(address).content.decode()
    assert client.get("/bring/template.xlsx").content[:2] == b"PK"
    assert client.get("/bring/template.csv").content[:3] == b"\xef\xbb\xbf"
    assert "Choose a file" in steward.post(address, {}).content.decode()
    table = SHEET + "Bowls,sometime,,,lots\n,x,,,\n"
    answer = steward.post(address, {"file": SimpleUploadedFile("offers.csv", table.encode()), "key": "one"})
    assert answer.status_code == 302
    look = steward.get(answer["Location"]).content.decode()
    assert "row 4" in look and "lots" in look and "row 5" in look and "It has no name" in look
    assert cast.outsider.client().get(answer["Location"]).status_code == 404
    assert Asset.objects.filter(title="Bowls").count() == 0
    steward.post(answer["Location"], {"do": "yes"})
    assert Asset.objects.filter(title="Bowls").count() == 1
    assert "3" in steward.get(answer["Location"]).content.decode()
    assert cast.outsider.client().get(address).status_code == 404


def test_a_feed_of_what_is_on_can_be_followed(cast: Cast, map: CommunityMap, client) -> None:
    from datetime import UTC, datetime

    at = [(datetime(2026, 1, 6, 14, tzinfo=UTC), "FREQ=WEEKLY;BYDAY=TU", 60, "")]
    asset = offer(
        by=cast.connector.actor, holder=cast.lunch_club, kind="activity", title="Dance", audience="everyone", whens=at
    )
    hidden = offer(by=cast.connector.actor, holder=cast.lunch_club, kind="activity", title="Hush", whens=at)
    assert hidden.record.audience == "me"
    for address in (
        "/what-is-on.ics",
        f"/p/{cast.lunch_club.key}/what-is-on.ics",
        f"/a/{asset.record.key}/what-is-on.ics",
    ):
        answer = client.get(address)
        assert answer["Content-Type"].startswith("text/calendar"), address
        assert b"SUMMARY:Dance" in answer.content and b"Hush" not in answer.content
    assert client.get(f"/a/{hidden.record.key}/what-is-on.ics").status_code == 404
    assert client.get(f"/p/{cast.neighbour.party.key}/what-is-on.ics").status_code == 404
    home = welcome(by=cast.resident.actor, name="Us", kind=Kind.COMMUNITY, sort=Sort.HOUSEHOLD)
    assert client.get(f"/p/{home.key}/what-is-on.ics").status_code == 404


def test_a_list_that_others_keep_is_a_layer_off_until_somebody_switches_it_on(cast: Cast, client) -> None:
    square = {"type": "Polygon", "coordinates": [[[-3, 51], [-2, 51], [-2, 52], [-3, 52], [-3, 51]]]}
    club, by = cast.lunch_club, cast.connector.actor
    draw_edge(by=by, party=club, parts=[outline(json.dumps(square))])
    club.refresh_from_db()
    made = start(by=by, community=club, title="Ours")
    load(by=Actor.system("services.load"), source="A list", data=as_bytes([nested(1)]))
    [layer] = [one.layer for one in laid(made) if not one.layer.ours]
    assert layer.name == "A list"
    assert "Lunch club 1" not in client.get(f"/m/{made.record.key}/").content.decode()
    assert "Lunch club 1" in client.get(f"/m/{made.record.key}/?layer={layer.key}").content.decode()
    assert b"Lunch club 1" not in packing.pack(made, "geojson")
    lay(by=by, map=made, order=[], shown=["groups", layer.key])
    made = community_map(MACHINE, made.record.key)
    assert "Lunch club 1" in client.get(f"/m/{made.record.key}/").content.decode()
    assert b"A list" in packing.pack(made, "geojson"), "what a list brought says where it came from"


def test_an_edge_from_a_file_has_a_surface(cast: Cast) -> None:
    for wrong in ("nonsense", '{"type": "Point", "coordinates": [0, 0]}', '{"type": "Polygon", "coordinates": []}'):
        with pytest.raises(Fault):
            outline(wrong)
