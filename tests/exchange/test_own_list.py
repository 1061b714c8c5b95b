"""An organisation points to its own list by its pages; anyone has a list judged."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.exchange.fetching.queries import NOT_PUBLIC, Answer, Unreachable
from alongside.exchange.services import crawling, tasks
from alongside.exchange.services.models import Feed, LoadRun, RunState, Timer
from alongside.exchange.validating import queries as validating
from alongside.ground.notices.models import Notice
from alongside.knowing.assets.models import Asset
from tests.exchange.feeds import as_bytes, messy, nested

pytestmark = pytest.mark.django_db
OURS = "/our-list/"


def words(response: HttpResponse, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def send(client: Client, cast: Any, **given: Any) -> HttpResponse:
    typed = {"holder": str(cast.agency.key), "name": "Our services", "hours": "24", "key": "one", **given}
    return client.post(OURS, typed, follow=True)


def file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("ours.json", data, content_type="application/json")


@pytest.fixture
def lives(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What lives at which address of the open web."""
    pages: dict[str, bytes] = {}

    def fetch(address: str, **_how: Any) -> Answer:
        if address not in pages:
            raise Unreachable(NOT_PUBLIC)
        return Answer(pages[address], address)

    monkeypatch.setattr(crawling, "fetch", fetch)
    monkeypatch.setattr(validating, "fetch", fetch)
    return pages


class TestOurList:
    """From pointing to it to its being here."""

    def test_those_who_look_after_it_find_the_way_from_its_own_page_and_nobody_else_does(self, cast: Any) -> None:
        page = reverse("people:party", args=[cast.agency.key])
        assert OURS in words(cast.supplier.client().get(page))
        assert OURS not in words(cast.resident.client().get(page))
        assert OURS not in words(Client().get(page))

    def test_what_is_wrong_is_shown_by_record_and_field_and_a_steward_says_yes(self, cast: Any, lives: Any) -> None:
        lives["https://example.org/feed.json"] = as_bytes(messy())
        assert cast.steward
        supplier = cast.supplier.client()
        cast.agency
        page = words(send(supplier, cast, address="https://example.org/feed.json"))
        assert "A steward of this place says yes" in page
        assert "5 records, <strong>organization.description</strong>" in page and "Knitting group 4" in page
        assert not Asset.objects.exists()
        notice = Notice.objects.get(to=cast.steward.party)
        assert "waits for you" in notice.title and notice.link

        steward = cast.steward.client()
        assert "Bring it in" in words(steward.get(notice.link))
        run = LoadRun.objects.get()
        steward.post(reverse("services:bring_in", args=[run.key]))
        assert Asset.objects.count() == 28, "nothing that is sound is lost"
        timer = Timer.objects.get()
        assert timer.next_at is not None and timer.keeper == cast.agency
        assert "is here now" in Notice.objects.get(to=cast.supplier.party).title
        page = words(supplier.get(OURS))
        assert "28 services are here." in page and "Next time:" in page
        assert "It is here, and people can find it." in words(supplier.get(reverse("services:own_run", args=[run.key])))

    def test_a_file_does_as_well(self, cast: Any) -> None:
        assert cast.agency
        page = words(send(cast.supplier.client(), cast, file=file(as_bytes([nested(1)]))))
        assert "We have looked at it." in page and not Feed.objects.exists()

    def test_one_service_is_typed_in_under_the_organisations_own_name(self, cast: Any) -> None:
        assert cast.agency
        client = cast.supplier.client()
        to = f"/offer/?kind=service&amp;holder={cast.agency.key}"
        assert to in words(client.get(OURS))
        page = words(client.get(to.replace("&amp;", "&")))
        chosen = [one for one in re.findall("<input[^>]*>", page) if "checked" in one]
        assert [re.findall('value="([^"]*)"', one)[0] for one in chosen] == [str(cast.agency.key), "service"]

    def test_pressing_twice_sends_it_in_once(self, cast: Any) -> None:
        assert cast.agency
        client = cast.supplier.client()
        for _press in range(2):
            send(client, cast, file=file(as_bytes([nested(1)])))
        assert LoadRun.objects.count() == 1

    def test_an_address_that_cannot_be_had_is_told_and_kept(self, cast: Any, lives: Any) -> None:
        assert cast.agency
        page = words(send(cast.supplier.client(), cast, address="https://inner.example.org/"))
        assert "We could not read it." in page and "does not lead to a public website" in page
        assert "One thing, to tell whoever keeps the list." in page
        assert LoadRun.objects.get().state == RunState.BROKEN

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({}, "Give an address, or choose a file"),
            ({"address": "nonsense"}, "This is not a web address"),
            ({"name": "  ", "address": "https://example.org/"}, "Enter a name for the list"),
            ({"holder": "somebody else", "address": "https://example.org/"}, "Select a valid choice"),
        ],
    )
    def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(self, cast: Any, given: Any, told: str) -> None:
        assert cast.agency
        page = words(send(cast.supplier.client(), cast, **given))
        assert told in page and "Error: " in page
        if "address" in given:
            assert given["address"] in page
        assert not LoadRun.objects.exists()

    def test_who_looks_after_no_organisation_is_told_what_to_do(self, cast: Any) -> None:
        page = words(cast.resident.client().get(OURS))
        assert "You do not look after an organisation here yet." in page and "Look at the list" not in page

    def test_nobody_sees_what_another_sent_in(self, cast: Any) -> None:
        assert cast.agency
        send(cast.supplier.client(), cast, file=file(as_bytes(messy())))
        path = reverse("services:own_run", args=[LoadRun.objects.get().key])
        for somebody in (cast.outsider, cast.resident):
            assert somebody.client().get(path).status_code == 404
        assert cast.steward.client().get(path).status_code == 200
        assert Client().get(path).status_code == 302
        assert "Our services" not in words(cast.outsider.client().get(OURS))


class TestTheStewardsPage:
    """How the lists fare, and what may be done."""

    @pytest.fixture
    def feed(self, cast: Any, lives: Any) -> Feed:
        lives["https://example.org/feed.json"] = as_bytes([nested(n) for n in range(3)])
        client = cast.steward.client()
        given = {"name": "County", "address": "https://example.org/feed.json", "hours": "24", "key": "a"}
        client.post(reverse("services:new"), given)
        client.post(reverse("services:bring_in", args=[LoadRun.objects.get().key]))
        assert Asset.objects.count() == 3
        return Feed.objects.get()

    def test_a_failure_is_shown_in_plain_words(self, cast: Any, feed: Feed, lives: Any) -> None:
        lives.clear()
        client = cast.steward.client()
        page = words(client.post(reverse("services:fetch", args=[feed.key]), follow=True))
        assert "We are fetching it." in page
        page = words(client.get(reverse("services:lists")))
        assert "Cannot be fetched" in page and "does not lead to a public website" in page
        assert "What it brought before is still here." in page and Asset.objects.count() == 3

    def test_what_waits_for_a_yes_is_shown_with_the_reason(self, cast: Any, feed: Feed, lives: Any) -> None:
        lives["https://example.org/feed.json"] = as_bytes([nested(1)])
        client = cast.steward.client()
        client.post(reverse("services:fetch", args=[feed.key]))
        page = words(client.get(reverse("services:lists")))
        assert "Waits for a yes" in page and "without more than a third" in page

    def test_contacts_are_passed_on_and_not_by_a_press(self, cast: Any, feed: Feed) -> None:
        client = cast.steward.client()
        for on in (True, False):
            client.post(reverse("services:contacts", args=[feed.key]), {"on": "yes" if on else "no"})
            assert Timer.objects.get().contacts is on

    def test_only_stewards_press(self, cast: Any, feed: Feed) -> None:
        for name in ("services:fetch", "services:contacts"):
            path = reverse(name, args=[feed.key])
            assert cast.councillor.client().post(path).status_code == 403
            assert cast.steward.client().get(path).status_code == 405
            assert cast.steward.client().post(path.replace(str(feed.key)[:4], "0000")).status_code in (302, 404)

    def test_the_worker_fetches_when_the_time_has_come(self, cast: Any, feed: Feed, lives: Any) -> None:
        lives["https://example.org/feed.json"] = as_bytes([nested(n) for n in range(4)])
        tasks.refresh.func(feed.name)
        assert Asset.objects.count() == 3, "not before its time"
        Timer.objects.update(next_at="2020-01-01T00:00:00Z")
        tasks.refresh.func(feed.name)
        assert Asset.objects.count() == 4
        tasks.refresh.func("no such list")


class TestCheckingAList:
    """A page for anyone; nothing given is kept."""

    CHECK = "/check-a-list/"

    def check(self, client: Client, **given: Any) -> str:
        return words(client.post(self.CHECK, given))

    def test_a_sound_service_and_one_that_is_not(self) -> None:
        sound = {"id": "7e5984c9-1ca7-4ecf-8b0c-78059741625e", "name": "Lunch", "status": "active"}
        page = self.check(Client(), text=json.dumps(sound))
        assert "It keeps to the standard" in page
        page = self.check(Client(), text=json.dumps(sound | {"status": "open", "email": "<script>alert(1)</script>"}))
        assert "It does not keep to the standard yet" in page and "letter for letter" in page
        assert "<script>alert(1)" not in page
        assert not LoadRun.objects.exists()

    def test_a_file_and_strictly(self) -> None:
        page = self.check(Client(), file=file(as_bytes(messy())), strict="on", profile="HSDS-UK-3.0")
        assert "The standard refuses this" in page and "Knitting group" in page

    @pytest.mark.parametrize("text", ["", "{", "null", "[[[", "\u202e\U0001f9c1" * 5000, "[" * 100_000, '{"a":' * 500])
    def test_nothing_breaks_it(self, text: str) -> None:
        page = self.check(Client(), text=text)
        assert "Choose a file, or paste the list" in page if not text else "keep" in page

    def test_only_staff_have_addresses_opened(self, cast: Any, lives: Any) -> None:
        lives["https://example.org/feed.json"] = as_bytes([nested(1)])
        for client in (Client(), cast.resident.client(), cast.steward.client(second_factor=False)):
            page = self.check(client, address="https://example.org/feed.json")
            assert "address of a feed" not in page and "Choose a file, or paste the list" in page
        steward = cast.steward.client()
        assert "Judged by" in self.check(steward, address="https://example.org/feed.json")
        assert "does not lead to a public website" in self.check(steward, address="http://127.0.0.1/")
