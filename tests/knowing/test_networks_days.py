"""What those around me help with, how often we are in touch, and how it was on one day beside another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from alongside.ground.consent.models import Look
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.actions import support
from alongside.ground.people.models import BasisKind
from alongside.ground.records.actions import leave_for_good
from alongside.ground.records.queries import export
from alongside.knowing.networks import actions, days, queries
from alongside.knowing.networks.models import KeptNear, Near, Network
from tests.cast import Cast, Somebody

pytestmark = pytest.mark.django_db
RTL = "\u202eمرحبا😀" * 2_000
AROUND, ADD = "/my-page/around/", "/my-page/around/add/"
TODAY = "/my-page/around/days/"


def put(person: Somebody, name: str, ring: int = 1, **more: Any) -> Near:
    network = actions.put(by=person.actor, owner=person.party, name=name, ring=ring, **more)
    return network.people.latest("pk")


def kept_then(network: Network, days_ago: int) -> date:
    """A copy of now, moved back: kept that many days ago."""
    actions.keep(by=Actor(person=network.record.owner), network=network)
    day = timezone.localdate() - timedelta(days=days_ago)
    KeptNear.objects.filter(network=network, day=timezone.localdate()).update(day=day)
    return day


def test_what_they_help_with_and_how_often_narrow_the_list_and_the_picture_alike(cast: Cast) -> None:
    mair = cast.resident
    ann = put(mair, "Ann", helps=["when_ill", "to_talk"], often="day")
    tom, gwen = put(mair, "Tom", 2, helps=["to_talk"]), put(mair, "Gwen", 3)
    now = {"name": "Ann", "ring": 1, "kind": "person", "helps": ["when_ill", "to_talk"], "often": "day"}
    actions.change(by=mair.actor, near=ann, knows=[tom.key, gwen.key], **now)
    sight = actions.read(by=mair.actor, network=ann.network)
    whole = queries.picture(sight, ann.network)
    assert [(only, many) for only, _words, many in whole.choices] == [("when_ill", 1), ("to_talk", 2), ("day", 1)]
    assert whole.rests_on == [("When I am ill", "Ann")]
    talk = queries.picture(sight, ann.network, "to_talk")
    assert [(one.number, one.near.name, one.spot) for one in talk.people] == [
        (one.number, one.near.name, one.spot) for one in whole.people[:2]
    ], "nobody moves or changes number"
    assert (len(talk.arcs), len(whole.arcs)) == (1, 2), "no line to somebody who is not shown"
    assert len(queries.picture(sight, ann.network, "no such thing").people) == 3
    page = mair.client().get(f"{AROUND}?only=day").content.decode()
    assert page.count("<text class=") == page.count(">Change<") == 1
    assert "When I am ill: one person helps you with this, Ann." in page
    assert "Nearly every day · When I am ill · Somebody to talk to" in page
    plain = {"name": "Ann", "ring": 1, "kind": "person"}
    assert actions.change(by=mair.actor, near=ann, **plain).helps == [], "all of it can be taken back"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"helps": ["money"]}, "helps"), ({"often": "hourly"}, "often"), ({"helps": [RTL]}, "helps")],
)
def test_a_choice_there_is_not_is_refused(cast: Cast, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Fault) as refused:
        put(cast.resident, "Ann", **given)
    assert refused.value.field == field


def test_two_days_side_by_side(cast: Cast) -> None:
    mair, names = cast.resident, {"by": cast.resident.actor, "kind": "person"}
    ann, tom = put(mair, "Ann", 1, often="day"), put(mair, "Tom", 3)
    gwen, ray = put(mair, "Gwen", 2), put(mair, "Ray", 2, words="Next door", often="week")
    day = kept_then(ann.network, 200)
    actions.change(near=ann, name="Annie", ring=1, often="month", **names)
    actions.change(near=tom, name="Tom", ring=1, **names)
    actions.change(near=gwen, name="Gwen", ring=3, **names)
    actions.take_out(by=mair.actor, near=ray)
    put(mair, "Nia", 2, kind="community")
    sight = actions.read(by=mair.actor, network=ann.network)
    two = days.side_by_side(sight, ann.network, day, None)
    assert two is not None
    assert [(title, [one.now.name for one in many]) for title, many in two.lists] == [
        ("Closer to you than before", ["Tom"]),
        ("New in your picture", ["Nia"]),
        ("Further out than before", ["Gwen"]),
        ("Not in your picture any more", ["Ray"]),
        ("Where they were before", ["Annie"]),
    ]
    listed = {one.number: one for _title, many in two.lists for one in many}
    assert len(listed) == 5, "a number is one person's, in the list and in both pictures"
    assert {p.number: p.near for p in two.before.people} == {n: one.before for n, one in listed.items() if one.before}
    assert {p.number: p.near for p in two.after.people} == {n: one.after for n, one in listed.items() if one.after}
    assert days.side_by_side(sight, ann.network, day - timedelta(days=1), None) is None
    page = mair.client().get(f"{TODAY}{day}/").content.decode()
    assert "Close to me · Nearly every day" in page and "Close to me · Every month" in page
    assert page.index("Not in your picture any more") < page.index('<svg class="rings'), "the list comes first"
    assert all(word not in page for word in ("score", "better", "worse", "lost"))


def test_she_keeps_today_on_a_page_and_lets_it_go(client: Client, cast: Cast) -> None:
    assert cast.place.name
    client.post(ADD, {"name": "<b>Ann", "ring": "1", "helps": ["everyday"], "often": "week"})
    assert Near.objects.get().helps == ["everyday"]
    for _twice in range(2):
        assert client.post(TODAY, {"key": "a"}).headers["Location"] == AROUND
    today = timezone.localdate()
    assert KeptNear.objects.get().often == "week", "twice on one day it is kept once"
    page = client.get(f"{TODAY}{today}/").content.decode()
    assert "Where they were before" in page and "&lt;b&gt;Ann" in page
    before = kept_then(Network.objects.get(), 30)
    client.post(TODAY)
    shown = client.get(f"{TODAY}{today}/?and={before}").content.decode()
    assert "Beside today" in shown and shown.count('<svg class="rings') == 2
    for wrong in ("never", "2026-02-31", str(today + timedelta(days=9)), f"{today}/?and=x"):
        assert client.get(f"{TODAY}{wrong}" if "?" in wrong else f"{TODAY}{wrong}/").status_code == 404, wrong
    assert Client().get(f"{TODAY}{today}/").status_code != 200
    client.post(f"{TODAY}{today}/let-go/")
    assert "not kept any more" in client.get(AROUND).content.decode()
    assert set(KeptNear.objects.values_list("day", flat=True)) == {before}
    verbs = list(Event.objects.filter(verb__in=["networks.keep", "networks.let_go"]).values_list("fields", flat=True))
    assert verbs and "Ann" not in str(verbs)


def test_an_empty_picture_and_a_thirteenth_day_are_not_kept(cast: Cast) -> None:
    ann = put(cast.resident, "Ann")
    for ago in range(1, 13):
        kept_then(ann.network, ago)
    with pytest.raises(Fault, match="room for 12 days"):
        actions.keep(by=cast.resident.actor, network=ann.network)
    actions.let_go(by=cast.resident.actor, network=ann.network, day=timezone.localdate() - timedelta(days=3))
    actions.keep(by=cast.resident.actor, network=ann.network)
    actions.take_out(by=cast.resident.actor, near=ann)
    with pytest.raises(Fault, match="Put somebody in"):
        actions.keep(by=cast.resident.actor, network=ann.network)
    assert KeptNear.objects.count() == 12, "and what was kept before stands"


@pytest.mark.parametrize(
    ("kind", "parts", "may"),
    [(BasisKind.ASKED, ["network"], True), (BasisKind.ASKED, ["plan"], False), (BasisKind.ATTORNEY, ["all"], False)],
)
def test_kept_days_are_hers_and_of_a_helper_she_chose(cast: Cast, kind: BasisKind, parts: list[str], may: bool) -> None:
    network = put(cast.resident, "Ann", words="Rings on Sundays", helps=["to_talk"]).network
    kept_then(network, 9)
    both = [(part, act) for part in parts for act in ("see", "write")]
    who = {"person": cast.resident.party, "supporter": cast.carer.party}
    basis = support(by=Actor.system("tests"), kind=kind, parts=both, evidence_seen_by="A steward", **who)
    helper = Actor(person=cast.carer.party, on_behalf_of=cast.resident.party, basis=basis)
    for by in (cast.carer.actor, cast.coordinator.actor, *(() if may else (helper,))):
        with pytest.raises(Refused):
            actions.keep(by=by, network=network)
        with pytest.raises(Refused):
            actions.let_go(by=by, network=network, day=timezone.localdate() - timedelta(days=9))
        with pytest.raises(Refused):
            actions.read(by=by, network=network)
    if may:
        actions.keep(by=helper, network=network)
        assert [one.many for one in days.kept(actions.read(by=helper, network=network), network)] == [1, 1]
        assert Look.objects.get().part == "network", "she sees that it was looked at"
    else:
        assert KeptNear.objects.count() == 1


def test_kept_days_are_taken_away_and_go_with_their_owner(cast: Cast) -> None:
    network = put(cast.resident, "Ann", words="Rings on Sundays", helps=["when_ill"]).network
    day = kept_then(network, 40)
    kept = next(one for one in export(cast.resident.actor, cast.resident.party)["records"] if one["kind"] == "network")
    row = kept["network"]["keptnear"][0]
    assert (row["name"], row["words"], row["when_ill"], row["day"]) == ("Ann", "Rings on Sundays", True, str(day))
    leave_for_good(by=cast.resident.actor, party=cast.resident.party)
    assert not KeptNear.objects.exists()
