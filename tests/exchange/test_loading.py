"""A list of services comes in, comes again, loses some and gets them back; nobody's own words are lost."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.exchange.services import actions, comparing, faults, files, queries
from alongside.exchange.services.actions import LoadReport
from alongside.exchange.services.models import Feed, ForeignId, LoadFault, LoadRun, RunState
from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people import actions as people
from alongside.ground.people.models import Party, Role, Sort
from alongside.ground.records import actions as records
from alongside.ground.records.models import Record, Spot, SpotExact, State
from alongside.knowing.assets import actions as assets
from alongside.knowing.assets.models import Asset, AssetAccess, AssetDay, AssetWhen
from alongside.knowing.freshness.queries import to_hide
from tests.exchange.feeds import as_bytes, listed, messy, nested

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("services.load")
DIRECTORY = "The Alderbrook directory"


def load(feed: Any, **more: Any) -> LoadReport:
    data = feed if isinstance(feed, bytes) else as_bytes(feed)
    return actions.load(by=more.pop("by", MACHINE), source=DIRECTORY, data=data, **more)


def counts(report: LoadReport) -> tuple[int, ...]:
    assert report.read == report.created + report.updated + report.unchanged + report.rejected
    return report.created, report.updated, report.unchanged, report.rejected, report.gone


def asset(foreign: str) -> Asset:
    link = ForeignId.objects.get(foreign=foreign, kind="service")
    return Asset.objects.select_related("record__owner").get(pk=link.record_id)


def states() -> dict[str, str]:
    links = ForeignId.objects.filter(kind="service").select_related("record")
    return {link.foreign: link.record.state for link in links if link.record}


# Coming in


def test_a_service_becomes_its_organisations_asset_for_everyone_to_see() -> None:
    load([nested(1)])
    found = asset("nested-1")
    assert (found.kind, found.title, found.words) == (
        "service",
        "Lunch club 1",
        "A warm meal in good company.\n\nStep-free, with a hearing loop.",
    )
    record = found.record
    assert (record.kind, record.audience, record.state, record.countable) == ("asset", "everyone", "live", True)
    assert (record.owner.name, record.owner.kind, record.owner.about) == ("Lunch Together", "organisation", "We cook.")
    assert (found.cost, found.cost_words) == ("paid", "Lunch: £3.50")


def test_where_and_when_and_access_come_with_it() -> None:
    load([nested(1)])
    pk = asset("nested-1").pk
    spot, exact = Spot.objects.get(pk=pk), SpotExact.objects.get(pk=pk)
    assert (spot.shown_lat, spot.shown_lng, spot.precision) == (51.451, -2.58, "exact")
    assert spot.cell7 and spot.cell9 and spot.shown_words.startswith("Village hall, 1 High Street")
    assert exact.address == "1 High Street, Alderbrook, Somerset, ZZ1 1AA"
    [when] = AssetWhen.objects.filter(asset=pk)
    assert when.rrule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20301231T235959Z"
    assert timezone.localtime(when.starts).strftime("%Y-%m-%d %H:%M") == "2025-01-07 12:00"
    assert when.minutes == 150
    days = AssetDay.objects.filter(asset=pk).order_by("weekday").values_list("weekday", "starts", "ends")
    assert list(days) == [(1, time(12), time(14, 30)), (3, time(12), time(14, 30))]
    assert set(AssetAccess.objects.filter(asset=pk).values_list("feature", flat=True)) == {"level", "loop"}


def test_a_messy_list_comes_in_with_every_record_accounted_for() -> None:
    report = load(messy())
    assert counts(report) == (28, 0, 0, 2, 0)
    assert Record.objects.count() == 28
    run = LoadRun.objects.get()
    assert (run.state, run.read, run.done, run.created, run.rejected) == (RunState.DONE, 30, 30, 28, 2)
    assert LoadFault.objects.filter(run=run).count() == len(report.faults) == run.faulty


def test_what_names_no_organisation_stands_under_the_list_itself() -> None:
    load(messy())
    assert asset(messy()[10]["id"]).record.owner.name == DIRECTORY


def test_one_organisation_is_one_party_however_many_services_it_has() -> None:
    load([listed(n) for n in range(21)])
    assert Party.objects.filter(name__startswith="Wool Circle").count() == 7


def test_a_name_tells_what_sort_of_holder_it_may_be() -> None:
    names = {
        "Alderbrook Town Council": Sort.PUBLIC,
        "Brook Street Café": Sort.BUSINESS,
        "Sunrise Homecare": Sort.SPECIALIST,
        "Wool Circle": Sort.GROUP,
        "Care for All": Sort.VOLUNTARY,
    }
    feed = [nested(n, organization={"id": name, "name": name, "description": "x"}) for n, name in enumerate(names)]
    load(feed)
    assert dict(Party.objects.filter(name__in=names).values_list("name", "sort")) == names


def test_access_is_only_what_is_said_and_never_what_is_denied() -> None:
    entry = nested(1)
    entry["service_at_locations"][0]["location"]["accessibility"] = [
        {"id": "a", "description": "There is no wheelchair access. Accessible toilet on the ground floor."}
    ]
    load([entry])
    found = AssetAccess.objects.filter(asset=asset("nested-1").pk).values_list("feature", flat=True)
    assert list(found) == ["toilet"]


def test_a_warning_comes_first_and_a_closed_service_is_not_shown() -> None:
    load(
        [
            nested(1, status="temporarily closed", alert="Back in May."),
            nested(2, status="defunct"),
            nested(3, status="active"),
        ]
    )
    assert asset("nested-1").words.startswith("Closed for now.\n\nBack in May.")
    assert states() == {"nested-1": "live", "nested-2": "ended", "nested-3": "live"}


# Coming again


def test_a_second_load_changes_nothing() -> None:
    load(messy())
    before = list(Record.objects.order_by("pk").values_list("pk", "rev", "changed", "state"))
    assert counts(load(messy())) == (0, 0, 28, 2, 0)
    assert list(Record.objects.order_by("pk").values_list("pk", "rev", "changed", "state")) == before


def test_only_what_changed_is_written_again() -> None:
    load([nested(1), nested(2)])
    kept = asset("nested-1").pk
    report = load([nested(1, name="Supper club", schedules=[], cost_options=[{"amount": 0}]), nested(2)])
    assert counts(report) == (0, 1, 1, 0, 0)
    found = asset("nested-1")
    assert (found.pk, found.title, found.cost, found.record.rev) == (kept, "Supper club", "free", 2)
    assert not AssetWhen.objects.filter(asset=kept).exists()
    assert AssetWhen.objects.filter(asset=asset("nested-2").pk).exists()


def test_a_place_that_the_list_drops_is_dropped_here() -> None:
    load([nested(1)])
    load([nested(1, service_at_locations=[])])
    assert not Spot.objects.exists() and not SpotExact.objects.exists()


def test_an_organisation_that_is_renamed_stays_the_same_party() -> None:
    load([nested(1)])
    before = asset("nested-1").record.owner_id
    report = load([nested(1, organization={"id": "org-lunch", "name": "Dinner Together", "description": "We cook."})])
    owner = asset("nested-1").record.owner
    assert (owner.pk, owner.name, report.updated) == (before, "Dinner Together", 1)


def test_a_service_that_moves_to_another_organisation_gets_a_new_holder() -> None:
    load([nested(1), nested(2)])
    load([nested(1, organization={"id": "new", "name": "New Cooks", "description": "Yes."}), nested(2)])
    assert asset("nested-1").record.owner.name == "New Cooks"
    assert asset("nested-2").record.owner.name == "Lunch Together"


def test_what_a_holder_changed_here_stays_as_they_wrote_it(cast: Any) -> None:
    load([nested(1)])
    mine = asset("nested-1")
    people.join(by=MACHINE, member=cast.supplier.party, of=mine.record.owner, role=Role.KEEPER)
    assets.change(by=cast.supplier.actor, asset=mine, title="Our lunch club")
    report = load([nested(1, name="Supper club")])
    assert counts(report) == (0, 0, 1, 0, 0)
    assert asset("nested-1").title == "Our lunch club"
    assert [fault.reason for fault in report.faults] == [faults.HOLDERS_WORDS]


def test_an_organisation_that_somebody_looks_after_keeps_its_name(cast: Any) -> None:
    load([nested(1)])
    holder = asset("nested-1").record.owner
    people.join(by=MACHINE, member=cast.supplier.party, of=holder, role=Role.KEEPER)
    load([nested(1, organization={"id": "org-lunch", "name": "Dinner Together", "description": "We cook."})])
    holder.refresh_from_db()
    assert holder.name == "Lunch Together"


def test_what_was_erased_here_never_comes_back() -> None:
    load([nested(1)])
    records.erase(by=MACHINE, record=asset("nested-1").record)
    assert counts(load([nested(1, name="Supper club"), nested(2)])) == (1, 0, 1, 0, 0)
    assert states()["nested-1"] == "erased"
    assert not Asset.objects.filter(title="Supper club").exists()


# Going, and coming back


def test_a_service_gone_from_the_list_is_marked_and_no_longer_shown() -> None:
    load([nested(1), nested(2)])
    assert counts(load([nested(2)])) == (0, 0, 1, 0, 1)
    assert states() == {"nested-1": "ended", "nested-2": "live"}
    assert ForeignId.objects.get(foreign="nested-1").gone == timezone.localdate()
    assert counts(load([nested(2)])) == (0, 0, 1, 0, 0), "it goes only once"


def test_it_comes_back_when_the_list_names_it_again() -> None:
    load([nested(1), nested(2)])
    before = asset("nested-1").pk
    load([nested(2)])
    assert counts(load([nested(1), nested(2)])) == (0, 1, 1, 0, 0)
    assert states() == {"nested-1": "live", "nested-2": "live"}
    assert asset("nested-1").pk == before


def test_a_service_that_closes_and_opens_again_follows_its_status() -> None:
    for status, state in (("active", "live"), ("inactive", "ended"), ("active", "live")):
        load([nested(1, status=status)])
        assert states() == {"nested-1": state}


@pytest.mark.parametrize(
    "part",
    [
        as_bytes(nested(2)),
        as_bytes({"contents": [nested(2)], "total_items": 400}),
        as_bytes({"rejects_of": DIRECTORY, "contents": [nested(2)]}),
        as_bytes([nested(2), {"name": "No id"}]),
        b'[{"id": "nested-2", "na',
        b"[]",
        b"",
        json.dumps(nested(2)).encode() + b"\n{broken\n",
    ],
)
def test_a_part_or_a_broken_file_takes_nothing_away(part: bytes) -> None:
    load([nested(1), nested(2)])
    assert load(part).gone == 0
    assert states() == {"nested-1": "live", "nested-2": "live"}


def test_a_service_that_loses_its_name_is_a_reject_and_not_gone() -> None:
    load([nested(1), nested(2)])
    assert counts(load([nested(1, name=""), nested(2)])) == (0, 0, 1, 1, 0)
    assert states()["nested-1"] == "live"


def test_rejects_can_be_mended_and_loaded_again() -> None:
    load(messy())
    rejects = json.loads(LoadRun.objects.get().rejects)
    twice, nameless = rejects["contents"]
    twice["id"], nameless["name"] = "a-new-id", "Mending group"
    assert counts(load(rejects)) == (2, 0, 0, 0, 0)
    assert asset(messy()[9]["id"]).title == "Mending group"
    assert set(states().values()) == {"live"} and len(states()) == 30


def test_what_somebody_here_ended_stays_ended_when_the_list_changes_it() -> None:
    load([nested(1)])
    records.end(by=MACHINE, record=asset("nested-1").record)
    load([nested(1, name="Supper club")])
    assert states() == {"nested-1": "ended"}


# A layer that can be off


def test_a_list_that_is_switched_off_is_found_by_nobody_and_comes_back_as_it_was(cast: Any) -> None:
    load([nested(1), nested(2, status="defunct"), nested(3)])
    load([nested(1), nested(2, status="defunct")])
    feed = Feed.objects.get()
    before = states()
    assert before == {"nested-1": "live", "nested-2": "ended", "nested-3": "ended"}
    actions.switch(by=cast.steward.actor, feed=feed, on=False)
    assert states() == {"nested-1": "resting", "nested-2": "ended", "nested-3": "ended"}
    actions.switch(by=cast.steward.actor, feed=feed, on=True)
    assert states() == before
    assert counts(load([nested(1), nested(2, status="defunct")])) == (0, 0, 2, 0, 0)


def test_what_a_list_brings_while_it_is_off_waits_with_the_rest() -> None:
    load([nested(1)])
    actions.switch(by=MACHINE, feed=Feed.objects.get(), on=False)
    load([nested(1, name="Supper club"), nested(2)])
    assert states() == {"nested-1": "resting", "nested-2": "resting"}
    assert asset("nested-1").title == "Supper club"


def test_two_lists_that_use_the_same_ids_do_not_mix() -> None:
    load([nested(1)])
    actions.load(by=MACHINE, source="Another list", data=as_bytes([nested(1, name="Quite another")]))
    titles = Asset.objects.order_by("title").values_list("title", flat=True)
    assert list(titles) == ["Lunch club 1", "Quite another"]
    assert Record.objects.filter(state=State.LIVE).count() == 2


def test_what_was_not_confirmed_for_a_year_still_follows_its_list() -> None:
    load([nested(1, assured_date="2020-01-01")])
    assert assets.age(by=MACHINE) == 1
    assert states() == {"nested-1": "stale"}
    assert counts(load([nested(1, assured_date="2020-01-01")])) == (0, 0, 1, 0, 0)
    assert counts(load([nested(1, assured_date=f"{timezone.localdate()}")])) == (0, 1, 0, 0, 0)
    assert states() == {"nested-1": "live"}


def test_a_list_that_is_off_while_something_goes_and_comes_back_is_right_when_on_again() -> None:
    load([nested(1), nested(2)])
    feed = Feed.objects.get()
    actions.switch(by=MACHINE, feed=feed, on=False)
    load([nested(2)])
    assert states() == {"nested-1": "ended", "nested-2": "resting"}
    load([nested(1), nested(2)])
    actions.switch(by=MACHINE, feed=feed, on=True)
    assert states() == {"nested-1": "live", "nested-2": "live"}


# Trying first


def test_a_dry_run_tells_the_same_and_writes_nothing() -> None:
    load([nested(1), nested(2), nested(3)])
    tables = (Asset, Record, Party, ForeignId, LoadRun, Event, Feed)
    before = [table.objects.count() for table in tables]
    feed = [nested(1), nested(2, name="Supper club"), nested(4), nested(4)]
    tried = load(feed, dry_run=True)
    assert [table.objects.count() for table in tables] == before
    done = load(feed)
    assert counts(tried) == counts(done) == (1, 1, 1, 1, 1)
    assert tried.faults == done.faults


def test_a_dry_run_of_a_list_nobody_has_seen_makes_no_list() -> None:
    assert counts(load(messy(), dry_run=True)) == (28, 0, 0, 2, 0)
    assert not Feed.objects.exists()


# Who may, and what is left behind


@pytest.mark.parametrize("who", ["resident", "supplier", "outsider", "coordinator"])
def test_only_a_steward_brings_a_list_in(cast: Any, who: str) -> None:
    actor = getattr(cast, who).actor
    with pytest.raises(Refused) as refused:
        load([nested(1)], by=actor)
    assert "steward" in refused.value.sentence
    load([nested(1)])
    with pytest.raises(Refused):
        actions.switch(by=actor, feed=Feed.objects.get(), on=False)


def test_a_load_leaves_its_trace_on_every_record_without_the_values(cast: Any) -> None:
    load([nested(1)], by=cast.steward.actor)
    [event] = Event.objects.filter(record=asset("nested-1").pk)
    assert (event.verb, event.source, event.actor) == ("services.create", "feed", cast.steward.party)
    assert "Lunch" not in event.fields


def test_everybody_who_sees_a_service_can_see_where_it_came_from(cast: Any) -> None:
    load([nested(1, assured_date="2025-02-03")])
    found = queries.origin(cast.outsider.actor, asset("nested-1").record)
    assert found is not None and found.feed.name == DIRECTORY
    assert asset("nested-1").confirmed_on == date(2025, 2, 3)


def test_a_load_that_broke_off_is_finished_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "BATCH", 10)
    feed = [nested(n) for n in range(25)]
    bring, steps = actions.load_batch, []

    def breaks(**given: Any) -> Any:
        steps.append(given)
        if len(steps) == 3:
            raise KeyboardInterrupt
        return bring(**given)

    monkeypatch.setattr(actions, "load_batch", breaks)
    with pytest.raises(KeyboardInterrupt):
        load(feed)
    assert LoadRun.objects.get().done == 20
    monkeypatch.setattr(actions, "load_batch", bring)
    assert counts(load(feed)) == (5, 0, 20, 0, 0)


def test_progress_is_told_step_by_step() -> None:
    told: list[str] = []
    load([nested(1)], progress=told.append)
    assert told[0] == "Reading the file" and told[-1] == "1 of 1 services"


@pytest.mark.parametrize("change", ["nothing", "all"])
def test_five_hundred_services_take_few_statements(change: str) -> None:
    feed = [nested(n) for n in range(500)]
    if change == "all":
        load(feed)
        feed = [nested(n, name=f"Changed {n}") for n in range(500)]
    with CaptureQueriesContext(connection) as spent:
        load(feed)
    assert len(spent) <= 40


def test_old_files_and_rejects_are_forgotten_and_a_load_that_stands_still_has_broken_off() -> None:
    load(messy())
    waits = actions.open_run(by=MACHINE, source="Waits", data=b"[]", state=RunState.CHECKED)
    stands = actions.open_run(by=MACHINE, source="Stands still", data=b"[]")
    assert actions.forget_files(by=MACHINE) == 0
    LoadRun.objects.update(at=timezone.now() - timedelta(days=91))
    assert actions.forget_files(by=MACHINE) == 3
    for run in (waits, stands):
        run.refresh_from_db()
        assert bytes(run.document) == b""
    assert (waits.state, stands.state) == (RunState.CHECKED, RunState.BROKEN)
    assert not LoadFault.objects.exists() and not LoadRun.objects.exclude(rejects="").exists()


# From the command line


def test_a_file_is_loaded_by_its_name(tmp_path: Any) -> None:
    path = tmp_path / "alderbrook.json"
    path.write_bytes(as_bytes(messy()))
    told = actions.load_file(str(path))
    assert set(told) == {"read", "created", "updated", "unchanged", "rejected", "gone", "faults"}
    assert {"record", "field", "value", "reason"} <= set(told["faults"][0])
    assert Feed.objects.get().name == "alderbrook"
    json.dumps(told)
    assert actions.load_file(str(path), "Named", True)["created"] == 28


@pytest.mark.parametrize("where", ["/nowhere/at/all.json", "http://example.org/services"])
def test_a_file_that_cannot_be_had_says_why(where: str) -> None:
    with pytest.raises(files.Unreadable):
        actions.load_file(where)


def test_what_a_feed_brought_before_lists_were_noted_is_as_fresh_as_its_feed() -> None:
    load([nested(1), nested(2)])
    mine = assets.offer(by=MACHINE, holder=asset("nested-1").record.owner, kind="service", title="Ours")
    Asset.objects.update(from_list=False, confirmed_on=date(2020, 1, 1))
    Record.objects.filter(pk=asset("nested-2").pk).update(state=State.HIDDEN)
    assert counts(load([nested(1), nested(2)])) == (0, 0, 2, 0, 0), "a feed that says the same again writes nothing"
    import_module("alongside.exchange.migrations.0005_as_fresh_as_their_feed").note_lists(apps, connection)
    assert set(Asset.objects.filter(from_list=True)) == {asset("nested-1"), asset("nested-2")}
    assert states() == {"nested-1": "live", "nested-2": "stale"}
    assert not Asset.objects.get(pk=mine.pk).from_list
    Record.objects.filter(kind="asset").update(state=State.STALE, changed=timezone.now() - timedelta(days=400))
    Record.objects.filter(pk=mine.pk).update(audience="everyone")
    assert to_hide(timezone.localdate()) == [mine.pk]
