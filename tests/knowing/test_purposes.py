"""What something shared may be used for: yes or no to each purpose, until a day, and at once everywhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from alongside import frameworks
from alongside.ground.consent.actions import close, settle
from alongside.ground.consent.models import Consent
from alongside.ground.consent.queries import allowed, going_out, purposes, words_on
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import block, welcome
from alongside.ground.people.models import Kind, Party, Sort
from alongside.ground.records.actions import close_audiences, set_audience
from alongside.ground.records.models import Record
from alongside.ground.records.queries import counted, everyones, findable, visible_to
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.letting import end_of, last_day
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import held_by
from alongside.knowing.contributions.actions import ask, propose
from alongside.knowing.contributions.policy import holder_lets_ask
from alongside.knowing.outcomes.actions import want
from alongside.knowing.search.queries import ideas_for, look_around
from tests.cast import MACHINE, Cast

pytestmark = pytest.mark.django_db
EVERY = ("found", "suggested", "contacted", "open_lists", "counted")


def share(holder: Party, title: str = "Bread baking", **more: Any) -> Asset:
    return offer(by=MACHINE, holder=holder, kind="skill", title=title, audience="everyone", domains=["people"], **more)


@pytest.fixture
def bread(cast: Cast) -> Asset:
    assert cast.place.name
    return share(cast.resident.party)


def later(days: int = 9) -> datetime:
    return timezone.now() + timedelta(days=days)


def say(cast: Cast, asset: Asset, *yes: str, **until: datetime | None) -> None:
    settle(by=cast.resident.actor, record=asset.record, purposes=dict.fromkeys(yes) | until)


def over(asset: Asset) -> None:
    """The last day of everything that was said about it has passed, and no worker has been by."""
    Consent.objects.filter(record=asset.pk).update(until=timezone.now() - timedelta(seconds=1))


# What holds before anybody has said anything


@pytest.mark.parametrize(
    ("kind", "sort", "out"),
    [
        (Kind.PERSON, Sort.PERSON, False),
        (Kind.COMMUNITY, Sort.HOUSEHOLD, False),
        (Kind.COMMUNITY, Sort.GROUP, True),
        (Kind.ORGANISATION, Sort.BUSINESS, True),
    ],
)
def test_nothing_of_a_persons_goes_out_until_they_say_so(kind: Kind, sort: Sort, out: bool) -> None:
    asset = share(welcome(by=MACHINE, name="Somebody", kind=kind, sort=sort))
    assert going_out(Actor.anyone()).filter(pk=asset.pk).exists() is out
    assert {word.purpose["key"]: word.yes for word in words_on(asset.record)}["open_lists"] is out
    assert not any(word.said for word in words_on(asset.record))
    assert asset.record in allowed("found") and asset.record in allowed("suggested")


def test_every_purpose_says_what_holds_for_every_holder() -> None:
    assert tuple(one["key"] for one in purposes()) == EVERY
    for one in frameworks.load("purposes")["purpose"]:
        assert {type(one[kind]) for kind in (*Kind.values, "household")} == {bool}
    with pytest.raises(KeyError):
        allowed("anything else")


# Yes, no and until


def test_a_yes_goes_out_and_a_no_comes_back_at_once(cast: Cast, bread: Asset) -> None:
    say(cast, bread, *EVERY)
    assert bread.record in going_out(cast.anyone) and bread.record in counted()
    say(cast, bread, "found")
    assert bread.record not in going_out(cast.anyone) and bread.record not in counted()
    assert bread.record not in allowed("suggested") and bread.record in everyones()
    bread.record.refresh_from_db()
    assert bread.record.countable is False


def test_rows_are_closed_and_never_rewritten(cast: Cast, bread: Asset) -> None:
    say(cast, bread, "found", "open_lists")
    say(cast, bread, "found", "open_lists")
    rows = Consent.objects.filter(record=bread.pk)
    assert rows.filter(purpose="open_lists").count() == 1, "what is as it was is not written again"
    say(cast, bread, "found")
    say(cast, bread, "found", open_lists=later())
    assert [bool(row.withdrawn_at) for row in rows.filter(purpose="open_lists").order_by("pk")] == [True, False]


@pytest.mark.parametrize("purpose", EVERY)
def test_a_last_day_ends_it_before_any_worker_comes(cast: Cast, bread: Asset, purpose: str) -> None:
    say(cast, bread, **{purpose: later()})
    assert bread.record in allowed(purpose)
    over(bread)
    assert bread.record not in allowed(purpose)
    assert not {word.purpose["key"]: word.yes for word in words_on(bread.record)}[purpose]
    close(by=MACHINE)
    assert bread.record not in allowed(purpose), "nor once it is closed"
    assert Consent.objects.get(record=bread.pk, purpose=purpose).withdrawn_at is not None


def test_a_day_that_is_over_or_a_purpose_nobody_has_is_refused(cast: Cast, bread: Asset) -> None:
    for bad in ({"found": timezone.now() - timedelta(days=1)}, {"sold": None}):
        with pytest.raises(Fault):
            settle(by=cast.resident.actor, record=bread.record, purposes=bad)
    assert not Consent.objects.exists()


def test_only_its_holder_says_what_it_is_for(cast: Cast, bread: Asset) -> None:
    for somebody in (cast.outsider, cast.steward, cast.connector):
        with pytest.raises(Refused):
            settle(by=somebody.actor, record=bread.record, purposes={})
    settle(by=cast.carer.helps(cast.resident), record=bread.record, purposes={})
    with pytest.raises(Refused):
        close(by=cast.steward.actor)


# Be found on the map and in lists


def test_what_is_not_to_be_found_is_in_no_list_and_opens_by_its_address(cast: Cast, bread: Asset) -> None:
    say(cast, bread, "suggested")
    for viewer in (cast.anyone, cast.outsider.actor):
        found = look_around(viewer, "bread")
        assert (found.total, found.counts, look_around(viewer).total) == (0, {}, 0)
        assert not held_by(viewer, cast.resident.party) and bread.record not in findable(viewer)
        assert bread.record in visible_to(viewer)
    assert look_around(cast.resident.actor, "bread").total == 1, "one's own things one always finds"
    assert cast.outsider.client().get(f"/a/{bread.record.key}/").status_code == 200
    say(cast, bread, "found")
    assert look_around(cast.anyone, "bread").total == 1


def test_after_the_last_day_of_being_found_no_search_counts_it(cast: Cast, bread: Asset) -> None:
    share(cast.neighbour.party, "Bread and soup")
    say(cast, bread, found=later())
    assert look_around(cast.anyone, "bread").counts == {"person": 2}
    over(bread)
    for words in ("bread", ""):
        found = look_around(cast.anyone, words)
        assert (found.total, found.counts, len(found.results)) == (1, {"person": 1}, 1)


# Until a day, for an audience


def test_an_audience_ends_by_itself(cast: Cast, bread: Asset) -> None:
    set_audience(by=cast.resident.actor, record=bread.record, audience="everyone", until=later())
    assert bread.record in visible_to(cast.anyone) and look_around(cast.anyone, "bread").total == 1
    Record.objects.filter(pk=bread.pk).update(audience_until=timezone.now() - timedelta(seconds=1))
    for viewer in (cast.anyone, cast.outsider.actor, cast.steward.actor):
        assert bread.record not in visible_to(viewer)
        assert look_around(viewer, "bread").total == 0 and look_around(viewer).counts == {}
        assert not ideas_for(viewer, "bread", "people")
    assert bread.record not in going_out(cast.anyone) and bread.record not in everyones()
    mine = look_around(cast.resident.actor, "bread")
    assert (mine.total, len(mine.results)) == (1, 1)
    assert "Only you can see this now" in cast.resident.client().get(f"/a/{bread.record.key}/").content.decode()
    assert close_audiences(by=MACHINE) == 1 and close_audiences(by=MACHINE) == 0
    bread.record.refresh_from_db()
    assert (bread.record.audience, bread.record.audience_until) == ("me", None)


@pytest.mark.parametrize("audience", ["community", "circle"])
def test_those_it_was_for_see_it_no_longer(cast: Cast, bread: Asset, audience: str) -> None:
    from alongside.ground.consent.actions import let_in

    let_in(by=cast.connector.actor, owner=cast.resident.party, member=cast.connector.party)
    set_audience(
        by=cast.resident.actor, record=bread.record, audience=audience, community=cast.lunch_club, until=later()
    )
    assert bread.record in visible_to(cast.connector.actor)
    Record.objects.filter(pk=bread.pk).update(audience_until=timezone.now())
    assert bread.record not in visible_to(cast.connector.actor) and bread.record in visible_to(cast.resident.actor)


def test_a_past_day_is_no_end_and_only_me_needs_none(cast: Cast, bread: Asset) -> None:
    with pytest.raises(Fault):
        set_audience(by=cast.resident.actor, record=bread.record, audience="everyone", until=timezone.now())
    set_audience(by=cast.resident.actor, record=bread.record, audience="me", until=later())
    bread.record.refresh_from_db()
    assert bread.record.audience_until is None


def test_a_last_day_is_whole_here_in_summer_too() -> None:
    assert end_of(date(2027, 3, 1)) == datetime.fromisoformat("2027-03-02T00:00:00+00:00")
    assert end_of(date(2027, 7, 1)) == datetime.fromisoformat("2027-07-01T23:00:00+00:00")
    assert last_day(end_of(date(2027, 7, 1))) == date(2027, 7, 1)
    assert end_of(None) is None is last_day(None)


# What goes out, and what is suggested


def test_what_goes_out_is_seen_by_everyone_and_is_between_no_blocked_pair(cast: Cast, bread: Asset) -> None:
    say(cast, bread, "open_lists")
    assert bread.record in going_out(cast.outsider.actor)
    block(by=cast.resident.actor, other=cast.outsider.party)
    assert bread.record not in going_out(cast.outsider.actor) and bread.record in going_out(cast.anyone)
    for audience in ("me", "circle"):
        set_audience(by=cast.resident.actor, record=bread.record, audience=audience)
        assert not going_out(cast.anyone) and not going_out(cast.resident.actor), "not even the holder's own"


def test_a_program_finds_only_what_may_go_out_besides_ones_own(cast: Cast, bread: Asset) -> None:
    """The page finds more than an answer that others may copy."""
    shop = welcome(by=MACHINE, name="The shop", kind=Kind.ORGANISATION, sort=Sort.BUSINESS)
    sold = share(shop, "Bread and rolls")
    for words in ("bread", ""):
        found = look_around(cast.anyone, words, out=True)
        assert ([one.asset.pk for one in found.results], found.total, found.counts) == (
            [sold.pk],
            1,
            {"organisation": 1},
        )
        assert look_around(cast.anyone, words).total == 2
    say(cast, bread, "found", "open_lists")
    assert look_around(cast.anyone, "bread", out=True).total == 2
    answer = cast.outsider.client().get("/api/v1/search?words=bread").json()
    assert answer["total"] == 2
    say(cast, bread, "found")
    answer = cast.outsider.client().get("/api/v1/search?words=bread").json()
    assert answer["total"] == 1 and "Bread baking" not in str(answer)


def test_what_is_not_to_be_asked_about_is_asked_of_nobody(cast: Cast, bread: Asset) -> None:
    asker = cast.neighbour
    assert asker.login and cast.resident.login  # both can be answered
    wanted = want(by=asker.actor, owner=asker.party, words="Bread of my own")
    asked = propose(by=asker.actor, outcome=wanted, asset=bread, party=cast.resident.party)
    assert holder_lets_ask(contribution=asked)
    say(cast, bread, "found")
    with pytest.raises(Refused, match="rather not be asked"):
        ask(by=asker.actor, contribution=asked)
    assert not holder_lets_ask(contribution=asked)


def test_what_is_not_to_be_suggested_is_no_idea_for_anyone(cast: Cast, bread: Asset) -> None:
    assert ideas_for(cast.neighbour.actor, "bread", "people")
    say(cast, bread, "found")
    assert not ideas_for(cast.neighbour.actor, "bread", "people")
    assert look_around(cast.neighbour.actor, "bread").total == 1


# The page


def test_the_holder_ticks_purposes_and_days(cast: Cast, bread: Asset) -> None:
    client, address = cast.resident.client(), f"/a/{bread.record.key}/uses/"
    page = client.get(address).content.decode()
    assert page.count('type="checkbox"') == 5 and page.count('type="date"') == 5 and page.count("checked") == 3
    day = timezone.localdate() + timedelta(days=30)
    client.post(address, {"found": "on", "open_lists": "on", "until_open_lists": day.isoformat(), "key": "a"})
    assert {word.purpose["key"] for word in words_on(bread.record) if word.yes} == {"found", "open_lists"}
    assert Consent.objects.get(purpose="open_lists", withdrawn_at=None).until == end_of(day)
    assert f'value="{day.isoformat()}"' in client.get(address).content.decode()
    check = client.get(f"/a/{bread.record.key}/check/").content.decode()
    assert "Go out in open lists (until" in check and "Have someone ask you" not in check


@pytest.mark.parametrize("day", ["2020-01-01", "soon", "9999-12-31T00:00", "٣"])
def test_a_day_that_is_none_keeps_what_was_ticked(cast: Cast, bread: Asset, day: str) -> None:
    client, address = cast.resident.client(), f"/a/{bread.record.key}/uses/"
    page = client.post(address, {"open_lists": "on", "until_open_lists": day}).content.decode()
    assert "govuk-error-summary" in page or "error" in page
    assert page.count("checked") == 1 and not Consent.objects.exists()


def test_nobody_else_has_the_page(cast: Cast, bread: Asset) -> None:
    for somebody in (cast.outsider, cast.steward):
        client = somebody.client()
        assert client.get(f"/a/{bread.record.key}/uses/").status_code == 404
        assert client.post(f"/a/{bread.record.key}/uses/", {}).status_code == 404
    assert not Consent.objects.exists()


def test_an_audience_until_a_day_by_the_page(cast: Cast, bread: Asset) -> None:
    client, day = cast.resident.client(), timezone.localdate() + timedelta(days=7)
    client.post(f"/a/{bread.record.key}/check/", {"audience": "everyone", "until": day.isoformat()})
    bread.record.refresh_from_db()
    assert bread.record.audience_until == end_of(day)
    assert "Until " in client.get(f"/a/{bread.record.key}/").content.decode()
    client.post(f"/a/{bread.record.key}/what/", {"kind": "skill", "title": "Bread", "words": ""})
    bread.record.refresh_from_db()
    assert bread.record.audience_until == end_of(day), "a change of words leaves the day"
    page = client.post(f"/a/{bread.record.key}/check/", {"audience": "everyone", "until": "2020-01-01"})
    assert "Choose a day that is still to come" in page.content.decode()
