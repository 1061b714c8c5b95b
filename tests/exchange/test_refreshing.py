"""A list is fetched from where it lives: whole or not at all, told once when it fails, held when it looks wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from alongside.exchange.services import actions, pointing, queries
from alongside.exchange.services.crawling import gather
from alongside.exchange.services.models import Feed, ForeignId, LoadRun, RunState, Timer
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.records.queries import visible_to
from tests.exchange.feeds import as_bytes, listed, nested
from tests.exchange.web import Site, served

MACHINE = Actor.system("tests")


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as found:
        yield found


def point_to(cast: Any, site: Site, name: str = "Directory") -> Feed:
    """A list that lives on this machine, which nobody could point to from outside."""
    feed = actions.point(by=cast.steward.actor, name=name, address="https://example.org/feed.json")
    Timer.objects.filter(feed=feed).update(address=f"{site.root}/feed.json")
    return feed


def pointed(cast: Any, site: Site, services: list[Any], name: str = "Directory") -> Feed:
    """A list that was pointed to and brought in once."""
    site.put("/feed.json", as_bytes(services), ETag='"1"')
    feed = point_to(cast, site, name)
    assert actions.refresh(by=MACHINE, feed=feed, near=True) is None, "the first time waits for a yes"
    run = pointing.waiting_run(feed)
    assert run is not None
    actions.load(by=MACHINE, source=name, data=bytes(run.document), origin=run.source, run=run)
    feed.refresh_from_db()
    return feed


def here() -> int:
    return visible_to(Actor.anyone()).filter(kind="asset").count()


class TestGathering:
    """Everything a feed holds, as one file."""

    def test_a_single_file_is_itself(self, site: Site) -> None:
        site.put("/feed.json", as_bytes([nested(1)]), ETag='"x"')
        found = gather(f"{site.root}/feed.json", near=True)
        assert (json.loads(found.data), found.etag) == ([nested(1)], '"x"')

    @pytest.mark.parametrize("start", ["/", "/services"])
    def test_pages_are_followed_and_each_service_is_asked_for_whole(self, site: Site, start: str) -> None:
        thin = [{key: one[key] for key in ("id", "name", "status", "organization")} for one in map(nested, range(5))]
        site.put("/", json.dumps({"version": "HSDS-UK-3.0", "profile": "x", "openapi_url": "x"}).encode())
        for number in (1, 2, 3):
            page = {
                "total_items": 5,
                "total_pages": 3,
                "page_number": number,
                "contents": thin[number * 2 - 2 : number * 2],
            }
            for path in (f"/services?full=true&per_page=100&page={number}", f"/services?page={number}"):
                site.put(path, json.dumps(page).encode())
            if number == 1:
                site.put("/services", json.dumps(page).encode())
                site.put("/services?full=true&per_page=100", json.dumps(page).encode())
        for n in range(4):
            site.put(f"/services/nested-{n}", as_bytes(nested(n)))
        found = json.loads(gather(f"{site.root}{start}", near=True).data)
        assert found == [*(nested(n) for n in range(4)), thin[4]], "the fifth is not there whole, so as the list has it"

    def test_a_page_that_cannot_be_had_spoils_the_whole(self, site: Site) -> None:
        page = {"total_items": 2, "total_pages": 2, "contents": [nested(1)]}
        site.put("/services", json.dumps(page).encode())
        site.put("/services?full=true&per_page=100&page=2", b"", 500)
        with pytest.raises(actions.Unreachable):
            gather(f"{site.root}/services", near=True)

    def test_a_feed_that_does_not_know_full_is_asked_without(self, site: Site) -> None:
        page = {"total_items": 1, "total_pages": 1, "contents": [nested(1)]}
        site.put("/services?full=true&per_page=100", b"", 400)
        site.put("/services", json.dumps(page).encode())
        assert json.loads(gather(f"{site.root}/services", near=True).data) == [nested(1)]


@pytest.mark.django_db
class TestRefreshing:
    """What is brought in by itself, and what is not."""

    def test_the_first_time_waits_for_a_yes_and_says_so_once(self, cast: Any, site: Site) -> None:
        site.put("/feed.json", as_bytes([nested(n) for n in range(3)]))
        feed = point_to(cast, site)
        for _night in range(3):
            assert actions.refresh(by=MACHINE, feed=feed, near=True) is None
        assert here() == 0
        assert Timer.objects.get().waits == pointing.FIRST
        assert Notice.objects.filter(to=cast.steward.party).count() == 1
        assert LoadRun.objects.filter(state=RunState.CHECKED).count() == 1

    def test_what_changed_comes_in_and_the_same_again_changes_nothing(self, cast: Any, site: Site) -> None:
        feed = pointed(cast, site, [nested(n) for n in range(3)])
        site.put("/feed.json", as_bytes([nested(0, name="Supper club"), *(nested(n) for n in range(1, 4))]))
        report = actions.refresh(by=MACHINE, feed=feed, near=True)
        assert report is not None and (report.created, report.updated, report.unchanged) == (1, 1, 2)
        again = actions.refresh(by=MACHINE, feed=feed, near=True)
        assert again is not None and again.unchanged == 4
        timer = Timer.objects.get()
        assert timer.next_at is not None and timer.next_at > timezone.now() + timedelta(hours=23)

    def test_a_list_that_says_it_is_as_before_is_not_read(self, cast: Any, site: Site) -> None:
        feed = pointed(cast, site, [nested(1)])
        site.put("/feed.json", as_bytes([nested(1)]), ETag='"2"')
        actions.refresh(by=MACHINE, feed=feed, near=True)
        site.pages["/feed.json"] = lambda headers: (
            (304, {}, b"") if headers.get("if-none-match") == '"2"' else (500, {}, b"")
        )
        assert actions.refresh(by=MACHINE, feed=feed, near=True) is None
        assert Timer.objects.get().trouble == ""

    def test_a_failure_keeps_what_is_here_and_is_told_once(self, cast: Any, site: Site) -> None:
        feed = pointed(cast, site, [nested(n) for n in range(3)])
        before = Notice.objects.count()
        del site.pages["/feed.json"]
        times = []
        for _night in range(4):
            assert actions.refresh(by=MACHINE, feed=feed, near=True) is None
            times.append(Timer.objects.get().next_at)
        assert here() == 3
        assert Notice.objects.count() == before + 1
        notice = Notice.objects.latest("pk")
        assert "cannot be fetched" in notice.title and "no such page" in notice.body and "still here" in notice.body
        pauses = [at - timezone.now() for at in times if at is not None]
        assert pauses[1] > pauses[0] and pauses[3] <= timedelta(days=7), "further and further apart, within a week"
        site.put("/feed.json", as_bytes([nested(n) for n in range(3)]))
        assert actions.refresh(by=MACHINE, feed=feed, near=True) is not None
        timer = Timer.objects.get()
        assert (timer.tries, timer.trouble, timer.failing_since) == (0, "", None)

    @pytest.mark.parametrize(
        ("left", "why"), [([], pointing.EMPTY), ([nested(n) for n in range(3)], pointing.LOST_MANY)]
    )
    def test_a_list_that_lost_too_much_waits_for_a_yes(self, cast: Any, site: Site, left: list[Any], why: str) -> None:
        feed = pointed(cast, site, [nested(n) for n in range(6)])
        site.put("/feed.json", as_bytes(left))
        for _night in range(2):
            assert actions.refresh(by=MACHINE, feed=feed, near=True) is None
        assert here() == 6 and Timer.objects.get().waits == why
        assert Notice.objects.filter(title__contains="waits for you").count() == 2, "the first load, and this"
        run = pointing.waiting_run(feed)
        assert run is not None
        if left:
            actions.load(by=MACHINE, source=feed.name, data=bytes(run.document), origin=run.source, run=run)
            assert here() == 3 and Timer.objects.get().waits == ""

    def test_a_list_that_lost_a_third_and_no_more_comes_in(self, cast: Any, site: Site) -> None:
        feed = pointed(cast, site, [nested(n) for n in range(6)])
        site.put("/feed.json", as_bytes([nested(n) for n in range(4)]))
        report = actions.refresh(by=MACHINE, feed=feed, near=True)
        assert report is not None and report.gone == 2

    def test_what_is_not_a_list_is_held_or_told_and_never_applied(self, cast: Any, site: Site) -> None:
        feed = pointed(cast, site, [nested(n) for n in range(3)])
        site.put("/feed.json", b"<html>We are down</html>")
        assert actions.refresh(by=MACHINE, feed=feed, near=True) is None
        assert here() == 3 and Timer.objects.get().waits == pointing.EMPTY

    def test_only_lists_whose_time_has_come_are_fetched(self, cast: Any, site: Site, monkeypatch: Any) -> None:
        feed = pointed(cast, site, [nested(1)])
        tried: list[str] = []
        monkeypatch.setattr(actions, "refresh", lambda *, by, feed: tried.append(feed.name))
        assert actions.refresh_due(by=MACHINE) == 0
        Timer.objects.update(next_at=timezone.now())
        assert actions.refresh_due(by=MACHINE) == 1 and tried == [feed.name]
        Feed.objects.update(on=False)
        assert actions.refresh_due(by=MACHINE) == 0

    def test_an_inner_address_is_never_opened_by_the_worker(self, cast: Any, site: Site) -> None:
        site.put("/feed.json", as_bytes([nested(1)]))
        feed = point_to(cast, site)
        Timer.objects.update(address="http://127.0.0.1/feed.json")
        assert actions.refresh(by=MACHINE, feed=feed) is None
        assert site.asked == [] and "does not lead to a public website" in Timer.objects.get().trouble


@pytest.mark.django_db
class TestPointing:
    """Who may say where a list lives."""

    def test_an_organisation_points_to_its_own_list(self, cast: Any) -> None:
        supplier = cast.supplier.actor
        feed = actions.point(by=supplier, name="Ours", address="https://example.org/services", keeper=cast.agency)
        assert (feed.party, feed.timer.keeper) == (cast.agency, cast.agency)
        assert feed.timer.next_at is None, "nothing is fetched by the clock before a steward said yes"

    def test_nobody_points_for_others(self, cast: Any) -> None:
        agency = cast.agency
        for somebody in (cast.outsider, cast.resident, cast.connector):
            with pytest.raises(Refused):
                actions.point(by=somebody.actor, name="X", address="https://example.org/", keeper=agency)
            with pytest.raises(Refused):
                actions.send_in(by=somebody.actor, name="X", origin="x.json", data=b"[]", keeper=agency)
        with pytest.raises(Refused):
            actions.point(by=cast.supplier.actor, name="X", address="https://example.org/")
        assert not Feed.objects.exists() and not LoadRun.objects.exists()

    def test_somebody_elses_name_is_not_taken_over(self, cast: Any, site: Site) -> None:
        pointed(cast, site, [nested(1)], name="County directory")
        with pytest.raises(Fault, match="There is a list of that name"):
            actions.point(by=cast.supplier.actor, name="County directory", address="https://e.org/", keeper=cast.agency)
        with pytest.raises(Fault, match="There is a list of that name"):
            actions.send_in(
                by=cast.supplier.actor, name="County directory", origin="x.json", data=b"[]", keeper=cast.agency
            )

    @pytest.mark.parametrize("address", ["", "ftp://x.org/", "http://user:pw@x.org/", "x" * 10_000, "\u202e\U0001f9c1"])
    def test_an_address_that_is_none_is_told(self, cast: Any, address: str) -> None:
        with pytest.raises(Fault) as told:
            actions.point(by=cast.steward.actor, name="X", address=address)
        assert told.value.field == "address"


@pytest.mark.django_db
class TestComingBack:
    """What left its feed and is in it again."""

    def bring(self, services: list[Any]) -> Any:
        return actions.load(by=MACHINE, source="D", data=as_bytes(services))

    def edited(self, cast: Any) -> Any:
        from alongside.knowing.assets.actions import change
        from alongside.knowing.assets.models import Asset

        asset = Asset.objects.get(title="Lunch club 1")
        change(by=MACHINE, asset=asset, title="Our own lunch club")
        return asset

    def test_a_service_its_holder_edited_comes_back_in_their_words(self, cast: Any) -> None:
        self.bring([nested(1), nested(2)])
        asset = self.edited(cast)
        self.bring([nested(2)])
        assert here() == 1
        self.bring([nested(1), nested(2)])
        asset.refresh_from_db()
        assert here() == 2 and asset.title == "Our own lunch club"
        assert ForeignId.objects.get(record=asset.record).gone is None

    def test_what_its_holder_took_back_while_it_was_gone_stays_away(self, cast: Any) -> None:
        from alongside.knowing.assets.actions import withdraw

        self.bring([nested(1), nested(2)])
        asset = self.edited(cast)
        self.bring([nested(2)])
        withdraw(by=MACHINE, asset=asset)
        self.bring([nested(1, description="New words."), nested(2)])
        assert here() == 1


def test_why_a_feed_is_held() -> None:
    assert pointing.why_held(here=0, read=0, gone=0) == ""
    assert pointing.why_held(here=9, read=0, gone=0) == pointing.EMPTY
    assert pointing.why_held(here=9, read=6, gone=3) == ""
    assert pointing.why_held(here=9, read=5, gone=4) == pointing.LOST_MANY


def test_lists_of_older_directories_are_asked_for_whole_too(site: Site) -> None:
    """Older directories call the list `content` and say `last`."""
    page = {"totalElements": 1, "totalPages": 1, "last": True, "content": [listed(1)]}
    site.put("/services", json.dumps(page).encode())
    assert json.loads(gather(f"{site.root}/services", near=True).data) == [listed(1)]


def test_names_of_feeds_are_asked_for_by_staff_alone() -> None:
    with pytest.raises(Refused):
        queries.feed_named(Actor.anyone(), "x")


@pytest.mark.django_db
def test_an_address_given_at_a_terminal_is_followed_to_its_last_page(site: Site) -> None:
    for number in (1, 2):
        page = {"total_items": 2, "total_pages": 2, "page_number": number, "contents": [nested(number)]}
        site.put(f"/services?full=true&per_page=100&page={number}", json.dumps(page).encode())
        if number == 1:
            site.put("/services", json.dumps(page).encode())
    assert actions.load_file(f"{site.root}/services", source="There")["created"] == 2
    with pytest.raises(actions.Unreadable, match="no such page"):
        actions.load_file(f"{site.root}/nowhere")
