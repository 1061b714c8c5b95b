"""The page of an asset and the pages of offering: who gets in, what they show, and what they keep."""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import join, welcome
from alongside.ground.people.models import Party
from alongside.ground.places.models import Area
from alongside.ground.records.models import Record, State
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from tests.cast import Cast

MACHINE = Actor.system("tests")


def piano(cast: Cast, **more: object) -> Asset:
    given = {"kind": "skill", "title": "Piano & songs", "audience": "everyone"} | more
    return offer(by=MACHINE, holder=cast.resident.party, **given)  # type: ignore[arg-type]


def page_of(asset: Asset, step: str = "") -> str:
    return f"/a/{asset.record.key}/{step}"


def test_anyone_reads_what_is_for_everyone_and_finds_its_address(cast: Cast) -> None:
    asset = piano(cast, words="Come <b>in</b>", whens=[(None, "FREQ=WEEKLY;BYDAY=TU,TH", None, "")], cost="free")
    page = Client().get(page_of(asset)).content.decode()
    assert "Tuesdays and Thursdays" in page
    assert f'<link rel="canonical" href="http://localhost:8000{page_of(asset)}">' in page
    assert "Come &lt;b&gt;in&lt;/b&gt;" in page
    assert "Change it" not in page


@pytest.mark.parametrize("audience", ["me", "circle"])
def test_to_the_outsider_it_is_not_there(cast: Cast, audience: str) -> None:
    asset = piano(cast, audience=audience)
    for client in (Client(), cast.outsider.client()):
        for step in ("", "what/", "when/", "where/", "helps/", "check/", "withdraw/"):
            answer = client.get(page_of(asset, step))
            assert answer.status_code in (302, 404), step
            assert b"Piano" not in answer.content
    assert cast.resident.client().get(page_of(asset)).status_code == 200


def test_nobody_else_may_open_the_steps_of_a_public_thing(cast: Cast) -> None:
    asset = piano(cast)
    client = cast.outsider.client()
    for step in ("what/", "when/", "where/", "helps/", "check/", "withdraw/"):
        assert client.get(page_of(asset, step)).status_code == 404
    for step in ("confirm/", "pause/", "withdraw/", "check/"):
        assert client.post(page_of(asset, step), {"audience": "me"}).status_code == 404
    assert Record.objects.get(pk=asset.pk).state == State.LIVE


def test_taken_back_is_gone_on_the_next_request(cast: Cast) -> None:
    asset = piano(cast)
    assert Client().get(page_of(asset)).status_code == 200
    assert cast.resident.client().post(page_of(asset, "withdraw/")).status_code == 302
    assert Client().get(page_of(asset)).status_code == 404
    assert b"Piano &amp; songs" not in Client().get("/look-around/?words=piano").content


def test_a_surname_and_a_home_never_stand_on_the_page(cast: Cast) -> None:
    joyce = welcome(by=MACHINE, name="Joyce Abara")
    asset = offer(
        by=MACHINE,
        holder=joyce,
        kind="skill",
        title="Piano",
        audience="everyone",
        lat=51.45213,
        lng=-2.59871,
        address="9 Quay Street",
    )
    for path in (page_of(asset), "/look-around/", "/look-around/?words=piano"):
        page = Client().get(path).content.decode()
        assert "9 Quay Street" not in page
        assert "51.45213" not in page
        assert "Abara" not in page
    assert "0 things to try" in Client().get("/look-around/?words=abara").content.decode()
    assert "Joyce A." in Client().get(page_of(asset)).content.decode()


def test_two_presses_make_one_offer(cast: Cast) -> None:
    client = cast.resident.client()
    given = {"kind": "skill", "title": "Piano", "key": "4f0c1d4e-0000-4000-8000-000000000000"}
    first = client.post("/offer/", given)
    again = client.post("/offer/", given)
    assert first.url == again.url
    assert Asset.objects.count() == 1


def test_what_somebody_mends_after_going_back_is_not_lost(cast: Cast) -> None:
    """The browser's Back brings the page with the key that it had."""
    client = cast.resident.client()
    given = {"kind": "skill", "title": "Piano", "key": "4f0c1d4e-0000-4000-8000-000000000000"}
    for title in ("Piano", "Piano and singing", "Piano and singing"):
        client.post("/offer/", given | {"title": title})
    assert sorted(Asset.objects.values_list("title", flat=True)) == ["Piano", "Piano and singing"]


def test_two_presses_make_one_group(cast: Cast) -> None:
    client = cast.resident.client()
    given = {"name": "The bench", "title": "Sit and talk", "key": "4f0c1d4e-0000-4000-8000-000000000001"}
    first = client.post("/offer/group/", given)
    again = client.post("/offer/group/", given)
    assert first.url == again.url
    assert Asset.objects.get().record.owner.name == "The bench"


def test_a_group_and_its_first_thing_come_together_or_not_at_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else whoever pressed again would have the group a second time, or find nothing at all."""
    client = cast.resident.client()
    given = {"name": "The bench", "title": "Sit and talk", "key": "4f0c1d4e-0000-4000-8000-000000000001"}

    def breaks_off(**_given: object) -> None:
        raise Fault("title", "Say what it is, in a few words")

    with monkeypatch.context() as broken:
        broken.setattr("alongside.knowing.assets.beginning.offer", breaks_off)
        page = client.post("/offer/group/", given)
    assert page.status_code == 200 and b"Say what it is" in page.content and b"The bench" in page.content
    assert not Party.objects.filter(name="The bench").exists()
    assert client.post("/offer/group/", given).status_code == 302
    assert Asset.objects.get().record.owner == Party.objects.get(name="The bench")


def test_a_visitor_who_offers_gets_a_page_of_their_own_and_others_wait(cast: Cast) -> None:
    client = Client()
    step = client.post("/offer/", {"kind": "skill", "title": "Piano"}).url
    assert client.get(step).status_code == 200
    assert Client().get(step).status_code == 302
    check = step.replace("/when/", "/check/")
    assert "Enter a name" in client.post(check, {"audience": "everyone"}).content.decode()
    client.post(check, {"audience": "everyone", "name": "Joyce"})
    record = Record.objects.get(kind="asset")
    assert (record.state, record.audience, record.owner.name) == (State.HELD, "everyone", "Joyce")
    assert Client().get(page_of(Asset.objects.get())).status_code == 404


def test_a_business_offers_its_first_thing(cast: Cast) -> None:
    client = Client()
    answer = client.post("/offer/business/", {"name": "The Bandstand Café", "title": "A quiet table"})
    owner = Asset.objects.get().record.owner
    assert (owner.kind, owner.sort) == ("organisation", "business")
    assert "Waiting for a steward to look" in client.get(answer.url).content.decode()


def test_days_and_hours_make_a_weekly_rule(cast: Cast) -> None:
    asset = piano(cast)
    client = cast.resident.client()
    given = {"days": ["WE", "FR"], "starts": "2pm", "ends": "16:30", "hours": "2.5", "cost": "free"}
    assert client.post(page_of(asset, "when/"), given).url == page_of(asset, "where/")
    when = asset.whens.get()
    assert (when.rrule, when.minutes) == ("FREQ=WEEKLY;BYDAY=WE,FR", 150)
    assert {(day.weekday, day.starts.hour, day.ends.minute) for day in asset.days.all()} == {(2, 14, 30), (4, 14, 30)}
    page = Client().get(page_of(asset)).content.decode()
    assert "Wednesdays and Fridays, 2pm to 4.30pm" in page
    assert "Up to 2.5 hours a week" in page
    again = client.get(page_of(asset, "when/")).content.decode()
    assert 'value="14:00"' in again
    assert 'value="2.5"' in again


def test_a_place_is_found_by_name_and_shown_as_an_area(cast: Cast) -> None:
    for code, name in (("W1", "Old Quay"), ("W2", "Old Mill")):
        Area.objects.create(kind="ward", edition="2025", code=code, name=name, lat=51.45, lng=-2.6)
    asset = piano(cast)
    client = cast.resident.client()
    asked = client.post(page_of(asset, "where/"), {"near": "old", "precision": "cell"})
    assert "Choose which of these you mean" in asked.content.decode()
    client.post(page_of(asset, "where/"), {"near": "Old Mill (W2)", "precision": "cell", "access": ["level"]})
    asset = Asset.objects.get()
    assert (asset.record.spot.area.name, asset.record.spot.precision) == ("Old Mill", "area")
    assert asset.access.get().feature == "level"


def test_a_keeper_offers_in_the_name_of_the_group(cast: Cast) -> None:
    group = welcome(by=cast.resident.actor, name="The Tuesday Table", kind="community", sort="group")
    given = {"kind": "activity", "title": "Lunch", "holder": str(group.key)}
    cast.resident.client().post("/offer/", given)
    assert Asset.objects.get().record.owner == group
    cast.outsider.client().post("/offer/", given | {"title": "Not lunch"})
    assert Asset.objects.get(title="Not lunch").record.owner == cast.outsider.party


def test_it_is_shared_with_a_community_one_belongs_to_and_no_other(cast: Cast) -> None:
    choir = welcome(by=MACHINE, name="Voices", kind="community", sort="interest")
    other = welcome(by=MACHINE, name="Others", kind="community", sort="interest")
    join(by=MACHINE, member=cast.resident.party, of=choir)
    asset = piano(cast, audience="me")
    client = cast.resident.client()
    assert client.post(page_of(asset, "check/"), {"audience": f"community:{other.key}"}).status_code == 200
    assert client.post(page_of(asset, "check/"), {"audience": f"community:{choir.key}"}).status_code == 302
    asset.record.refresh_from_db()
    assert asset.record.community == choir


def test_parts_of_life_are_guessed_and_changed(cast: Cast) -> None:
    asset = piano(cast)
    assert [one.domain for one in asset.domains.all()] == ["fun"]
    cast.resident.client().post(page_of(asset, "helps/"), {"domains": ["people", "learning"]})
    assert {one.domain for one in asset.domains.all()} == {"people", "learning"}


def test_confirming_and_taking_a_break(cast: Cast) -> None:
    asset = piano(cast, per_week=120)
    client = cast.resident.client()
    assert client.post(page_of(asset, "confirm/")).status_code == 302
    client.post(page_of(asset, "pause/"), {"on": "1"})
    assert "Taking a break" in Client().get(page_of(asset)).content.decode()
    client.post(page_of(asset, "pause/"))
    assert "Taking a break" not in Client().get(page_of(asset)).content.decode()


@pytest.mark.parametrize("words", ["x" * 10_000, "שלום 🎹👩🏽‍🦽 " * 700], ids=["long", "rtl"])
def test_ten_thousand_letters_come_through(cast: Cast, words: str) -> None:
    client = cast.resident.client()
    assert client.post("/offer/", {"kind": "story", "title": "סיפור", "words": words}).status_code == 302
    assert Asset.objects.get().words == words.strip()


def test_the_page_of_a_group_lists_what_it_shares_and_keeps_the_rest(cast: Cast) -> None:
    group = welcome(by=cast.resident.actor, name="The Tuesday Table", kind="community", sort="group")
    offer(by=MACHINE, holder=group, kind="activity", title="Lunch and songs", audience="everyone")
    offer(by=MACHINE, holder=group, kind="money", title="The tea tin", audience="me")
    page = Client().get(f"/p/{group.key}/").content.decode()
    assert "Lunch and songs" in page
    assert "The tea tin" not in page
    assert "The tea tin" in cast.resident.client().get(f"/p/{group.key}/").content.decode()
