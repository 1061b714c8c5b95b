"""A steward brings a list in by its pages: look first, say yes, read what was wrong, switch it off."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.exchange.services import actions, tasks
from alongside.exchange.services.models import Feed, LoadRun, RunState
from alongside.exchange.services.panels import lists, origin
from alongside.ground.history.actor import Actor
from alongside.knowing.assets.models import Asset
from tests.exchange.feeds import as_bytes, messy, nested

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("services.load")


def upload(client: Client, feed: Any, name: str = "Alderbrook directory") -> HttpResponse:
    data = feed if isinstance(feed, bytes) else as_bytes(feed)
    file = SimpleUploadedFile("services.json", data, content_type="application/json")
    return client.post(reverse("services:new"), {"name": name, "file": file}, follow=True)


def words(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_a_file_is_looked_at_before_anything_comes_in(cast: Any) -> None:
    page = words(upload(cast.steward.client(), messy()))
    assert "Would be new here" in page and "<dd>28</dd>" in page
    assert "Stayed out." in page and "A service needs a name." in page
    assert "5 records, <strong>organization.description</strong>" in page and "Knitting group 4" in page
    assert not Asset.objects.exists() and not Feed.objects.exists()


def test_saying_yes_brings_it_in_once(cast: Any) -> None:
    client = cast.steward.client()
    upload(client, messy())
    run = LoadRun.objects.get()
    for _press in range(2):
        page = words(client.post(reverse("services:bring_in", args=[run.key]), follow=True))
    assert "New here" in page and "Bring it in" not in page
    run.refresh_from_db()
    assert (run.state, run.created, run.by, bytes(run.document)) == (RunState.DONE, 28, cast.steward.party, b"")
    assert Asset.objects.count() == 28
    assert "Alderbrook directory" in words(client.get(reverse("services:lists")))


def test_sending_a_file_twice_looks_at_it_once(cast: Any) -> None:
    client = cast.steward.client()
    for _press in range(2):
        file = SimpleUploadedFile("services.json", as_bytes([nested(1)]))
        given = {"name": "A list", "file": file, "key": "one-press"}
        assert client.post(reverse("services:new"), given, follow=True).status_code == 200
    assert LoadRun.objects.count() == 1


def test_what_stayed_out_can_be_fetched_mended_and_sent_again(cast: Any) -> None:
    client = cast.steward.client()
    upload(client, messy())
    run = LoadRun.objects.get()
    client.post(reverse("services:bring_in", args=[run.key]))
    fetched = client.get(reverse("services:rejects", args=[run.key]))
    assert "attachment" in fetched["Content-Disposition"]
    mended = json.loads(fetched.content)
    mended["contents"][0]["id"] = "another"
    mended["contents"][1]["name"] = "Mended"
    page = words(upload(client, mended))
    assert "a part of the list" in page and "<dd>2</dd>" in page


def test_a_page_waits_and_looks_again_without_a_script(cast: Any) -> None:
    run = actions.open_run(by=MACHINE, source="Slow list", data=b"[]", state=RunState.CHECKING)
    answer = cast.steward.client().get(reverse("services:run", args=[run.key]))
    assert answer["Refresh"] and "Look again now" in words(answer)
    LoadRun.objects.filter(pk=run.pk).update(state=RunState.LOADING, read=900, done=500)
    assert "500 of 900 services" in words(cast.steward.client().get(reverse("services:run", args=[run.key])))


def test_a_load_that_breaks_off_says_so_and_how_to_go_on(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(**_given: Any) -> None:
        raise RuntimeError

    client = cast.steward.client()
    upload(client, [nested(1)])
    run = LoadRun.objects.get()
    monkeypatch.setattr(actions, "load_batch", breaks)
    page = words(client.post(reverse("services:bring_in", args=[run.key]), follow=True))
    assert "It broke off." in page and "Choose the file again" in page


@pytest.mark.parametrize("file", [b"<html>no</html>", b"[1, 2", b"{}" * 9])
def test_a_file_that_cannot_be_read_is_told_in_plain_words(cast: Any, file: bytes) -> None:
    page = words(upload(cast.steward.client(), file))
    assert "could not be read as JSON" in page or "left out" in page
    assert LoadRun.objects.get().state == RunState.CHECKED


@pytest.mark.parametrize(("name", "file"), [("", b"[]"), ("A list", b"")])
def test_what_is_missing_is_asked_for(cast: Any, name: str, file: bytes) -> None:
    given = {"name": name, "file": SimpleUploadedFile("x.json", file)} if file else {"name": name}
    answer = cast.steward.client().post(reverse("services:new"), given)
    page = words(answer)
    assert "Enter a name for the list" in page or "Give an address, or choose a file" in page


def test_a_list_is_switched_off_and_on(cast: Any) -> None:
    actions.load(by=MACHINE, source="Alderbrook directory", data=as_bytes([nested(1)]))
    feed, client = Feed.objects.get(), cast.steward.client()
    page = words(client.post(reverse("services:switch", args=[feed.key]), {"on": "no"}, follow=True))
    assert "Off: nobody finds what it brought" in page
    assert Asset.objects.get().record.state == "resting"
    client.post(reverse("services:switch", args=[feed.key]), {"on": "yes"})
    assert Asset.objects.get().record.state == "live"


def test_many_faults_take_several_pages(cast: Any) -> None:
    actions.load(by=MACHINE, source="Long", data=as_bytes([nested(n, email="no") for n in range(130)]))
    client, run = cast.steward.client(), LoadRun.objects.get()
    first = words(client.get(reverse("services:run", args=[run.key])))
    assert "Page 1 of" in first and "Next page" in first
    assert "nested-129" in words(client.get(reverse("services:run", args=[run.key]) + "?page=99"))


def test_other_staff_read_but_do_not_bring_in(cast: Any) -> None:
    client = cast.coordinator.client()
    assert "Bring a list in" not in words(client.get(reverse("services:lists")))
    assert client.get(reverse("services:new")).status_code == 403
    actions.load(by=MACHINE, source="Long", data=as_bytes([nested(1)]))
    assert client.post(reverse("services:switch", args=[Feed.objects.get().key])).status_code == 403


@pytest.mark.parametrize("who", ["resident", "supplier", "outsider"])
def test_nobody_else_sees_these_pages(cast: Any, who: str) -> None:
    actions.load(by=MACHINE, source="Long", data=as_bytes(messy()))
    run, client = LoadRun.objects.get(), getattr(cast, who).client()
    for name, args in (("lists", []), ("new", []), ("run", [run.key]), ("rejects", [run.key])):
        assert client.get(reverse(f"services:{name}", args=args)).status_code in (302, 403)
        assert Client().get(reverse(f"services:{name}", args=args)).status_code == 302


def test_a_load_that_is_not_there_is_not_found(cast: Any) -> None:
    client = cast.steward.client()
    actions.load(by=MACHINE, source="Clean", data=as_bytes([nested(1)]))
    run = LoadRun.objects.get()
    nobody = "00000000-0000-4000-8000-000000000000"
    assert client.get(reverse("services:rejects", args=[run.key])).status_code == 404
    assert client.get(reverse("services:run", args=[nobody])).status_code == 404
    assert client.post(reverse("services:switch", args=[nobody])).status_code == 404


def test_a_load_by_the_machine_is_run_as_the_machine() -> None:
    run = actions.open_run(by=MACHINE, source="Nightly", data=as_bytes([nested(1)]), state=RunState.CHECKING)
    tasks.look_at.call(str(run.key))
    run.refresh_from_db()
    assert (run.state, run.created, run.by) == (RunState.CHECKED, 1, None)


def test_an_asset_page_says_which_list_it_came_from(cast: Any) -> None:
    actions.load(by=MACHINE, source="Alderbrook directory", data=as_bytes([nested(1)]))
    told = origin(cast.outsider.actor, Asset.objects.get())
    assert told is not None and told["feed"].name == "Alderbrook directory"
    actions.switch(by=MACHINE, feed=Feed.objects.get(), on=False)
    assert origin(cast.outsider.actor, Asset.objects.get()) is None


def test_the_stewards_desk_shows_the_lists(cast: Any) -> None:
    actions.load(by=MACHINE, source="Alderbrook directory", data=as_bytes([nested(1)]))
    told = lists(cast.steward.actor, None)
    assert told is not None and [(feed.name, feed.services) for feed in told["feeds"]] == [("Alderbrook directory", 1)]
    assert lists(cast.coordinator.actor, None) is None
