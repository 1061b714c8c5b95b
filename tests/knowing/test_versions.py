"""What changed: the holder reads every version and goes back in one press; some communities look first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event, Standing, Version
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import welcome
from alongside.ground.records.actions import close_audiences, erase, holding_of, set_holding
from alongside.ground.records.models import Record, State
from alongside.ground.records.queries import export
from alongside.knowing.assets.actions import change, count_edits, let_edit, offer, restore, send_back
from alongside.knowing.assets.comparing import compare, pieces
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import edits_waiting
from alongside.knowing.assets.versions import body_of
from alongside.knowing.search.queries import look_around
from tests.cast import MACHINE, Cast, Somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def bread(cast: Cast) -> Asset:
    """What the resident shares with the lunch club."""
    assert cast.place.name
    return offer(
        by=cast.resident.actor,
        holder=cast.resident.party,
        kind="skill",
        title="Bread baking",
        words="Come and knead with me.",
        audience="community",
        community=cast.lunch_club,
        access=["quiet", ("level", "One step, low")],
        whens=[(None, "", None, "Tuesdays")],
        domains=["people"],
    )


@pytest.fixture
def held(cast: Cast, bread: Asset) -> Asset:
    """The club looks at changes first, for three days."""
    set_holding(by=cast.connector.actor, community=cast.lunch_club, days=3)
    return bread


def says(asset: Asset) -> str:
    return Asset.objects.get(pk=asset.pk).title


def seen_by(somebody: Somebody, asset: Asset) -> str:
    return somebody.client().get(f"/a/{asset.record.key}/").content.decode()


def waiting(asset: Asset) -> Version:
    return Version.objects.get(record=asset.pk, standing=Standing.WAITS)


# Versions


def test_every_change_is_kept_with_who_and_when(cast: Cast, bread: Asset) -> None:
    change(by=cast.resident.actor, asset=bread, title="Bread and buns")
    change(by=cast.carer.helps(cast.resident), asset=bread, words="Bring a bowl.", whens=[])
    one, two, three = Version.objects.filter(record=bread.pk).order_by("n")
    assert [one.n, two.n, three.n] == [1, 2, 3]
    assert (one.body["title"], two.body["title"]) == ("Bread baking", "Bread and buns")
    assert (two.event.verb, two.event.actor) == ("assets.change", cast.resident.party)
    assert (three.event.actor, three.event.on_behalf) == (cast.carer.party, cast.resident.party)
    assert three.body["whens"] == [] and one.body["whens"] == [[None, "", None, "Tuesdays"]]


def test_saving_without_a_change_makes_no_version(cast: Cast, bread: Asset) -> None:
    change(by=cast.resident.actor, asset=bread, title="Bread baking")
    assert Version.objects.filter(record=bread.pk).count() == 1


def test_what_came_without_a_version_keeps_its_first_words(cast: Cast, bread: Asset) -> None:
    Version.objects.filter(record=bread.pk).delete()
    change(by=cast.resident.actor, asset=bread, title="Bread and buns")
    assert [row.body["title"] for row in Version.objects.filter(record=bread.pk).order_by("n")] == [
        "Bread baking",
        "Bread and buns",
    ]


def test_going_back_is_a_change_and_history_stays(cast: Cast, bread: Asset) -> None:
    first = body_of(bread)
    change(by=cast.resident.actor, asset=bread, title="Buns", words="", access=[], whens=[], domains=[])
    version = Version.objects.get(record=bread.pk, n=1)
    restore(by=cast.resident.actor, asset=bread, version=version, key="once")
    restore(by=cast.resident.actor, asset=bread, version=version, key="once")
    assert body_of(bread) == first
    assert [row.n for row in Version.objects.filter(record=bread.pk)] == [1, 2, 3]
    assert Event.objects.filter(record=bread.pk, verb="assets.restore").count() == 1
    assert look_around(cast.resident.actor, "kneading").total == 1


def test_going_back_shows_it_to_nobody_new(cast: Cast, bread: Asset) -> None:
    change(by=cast.resident.actor, asset=bread, audience="everyone")
    change(by=cast.resident.actor, asset=bread, audience="me", title="Mine")
    restore(by=cast.resident.actor, asset=bread, version=Version.objects.get(record=bread.pk, n=1))
    bread.record.refresh_from_db()
    assert (says(bread), bread.record.audience) == ("Bread baking", "me")


def test_nobody_goes_back_for_somebody_else_or_to_something_else(cast: Cast, bread: Asset) -> None:
    version = Version.objects.get(record=bread.pk)
    other = offer(by=cast.resident.actor, holder=cast.resident.party, kind="skill", title="Other")
    with pytest.raises(Refused):
        restore(by=cast.neighbour.actor, asset=bread, version=version)
    with pytest.raises(Fault):
        restore(by=cast.resident.actor, asset=other, version=version)


def test_the_exact_place_is_in_no_version(cast: Cast, bread: Asset) -> None:
    change(by=cast.resident.actor, asset=bread, lat=51.4512345, lng=-2.5912345, address="9 zqdoor", title="Buns")
    assert not [row for row in Version.objects.all() if "zqdoor" in str(row.body) or "51.45" in str(row.body)]


def test_versions_go_when_it_is_erased_and_are_in_the_file(cast: Cast, bread: Asset) -> None:
    change(by=cast.resident.actor, asset=bread, title="Bread and buns")
    assert "Bread baking" in str(export(cast.resident.actor, cast.resident.party))
    erase(by=cast.resident.actor, record=bread.record)
    assert not Version.objects.filter(record=bread.pk).exists()


def test_a_version_is_kept_only_with_its_change(cast: Cast, bread: Asset) -> None:
    with pytest.raises(Fault), transaction.atomic():
        change(by=cast.resident.actor, asset=bread, title="Half", whens=[(None, "FREQ=NEVER", None, "")])
    assert says(bread) == "Bread baking" and Version.objects.filter(record=bread.pk).count() == 1


# The page


def test_the_holder_reads_what_changed_and_brings_it_back(cast: Cast, bread: Asset) -> None:
    change(by=cast.carer.helps(cast.resident), asset=bread, title="Bread and buns")
    client, address = cast.resident.client(), f"/a/{bread.record.key}/changes/"
    page = client.get(address).content.decode()
    assert "put in: </span>and buns" in page and "taken out: </span>baking" in page
    assert "Tom P., who helps you" in page and "The first words." in page
    assert address in seen_by(cast.resident, bread)
    answer = client.post(f"{address}1/back/", {"key": "one"}, follow=True)
    assert "It is back as it was." in answer.content.decode() and says(bread) == "Bread baking"
    assert client.post(f"{address}99/back/").status_code == 404


def test_nobody_else_reads_old_versions(cast: Cast, bread: Asset) -> None:
    change(by=cast.resident.actor, asset=bread, title="Buns", audience="everyone")
    for somebody in (cast.neighbour, cast.connector, cast.steward, cast.outsider):
        client = somebody.client()
        assert client.get(f"/a/{bread.record.key}/changes/").status_code == 404
        assert client.post(f"/a/{bread.record.key}/changes/1/back/").status_code == 404
        assert "Bread baking" not in seen_by(somebody, bread)
    assert says(bread) == "Buns"


def test_signs_of_any_script_are_set_side_by_side(cast: Cast, bread: Asset) -> None:
    nasty = "<script>x</script> שלום 🎹👩🏽‍🦽 " * 300
    change(by=cast.resident.actor, asset=bread, words=nasty)
    page = cast.resident.client().get(f"/a/{bread.record.key}/changes/").content.decode()
    assert "<script>x" not in page and "שלום" in page


def test_words_are_compared_one_by_one() -> None:
    assert [tuple(one) for one in pieces("come and knead", "come and bake")] == [
        ("same", "come and"),
        ("out", "knead"),
        ("in", "bake"),
    ]
    assert pieces("", "new") == (("in", "new"),) and pieces("old", "") == (("out", "old"),)
    long = " ".join(str(n) for n in range(4_000))
    assert [one.how for one in pieces(long, long + " more")] == ["out", "in"]


def test_the_same_words_are_no_change(bread: Asset) -> None:
    assert compare(body_of(bread), body_of(bread)) == []


# Where a community looks first


def test_a_change_waits_while_others_read_what_stood(cast: Cast, held: Asset) -> None:
    change(by=cast.resident.actor, asset=held, title="Buns", words="New words.", whens=[], access=[])
    assert says(held) == "Bread baking" and "Bread baking" in seen_by(cast.connector, held)
    assert body_of(held)["access"], "what was tried is undone, children and all"
    page = seen_by(cast.resident, held)
    assert "looks at that first" in page
    version = waiting(held)
    assert version.body["title"] == "Buns" and version.held_by == cast.lunch_club
    assert timedelta(days=2) < version.waits_until - timezone.now() <= timedelta(days=3)


def test_the_clubs_keeper_reads_it_and_lets_it_count(cast: Cast, held: Asset) -> None:
    change(by=cast.resident.actor, asset=held, title="Buns")
    client = cast.connector.client()
    assert "put in: </span>Buns" in client.get("/changes/").content.decode()
    assert "1 change waits for you" in client.get(f"/p/{cast.lunch_club.key}/").content.decode()
    client.post(f"/changes/{waiting(held).pk}/", {"do": "count", "key": "1"})
    assert says(held) == "Buns" and "Buns" in seen_by(cast.connector, held)
    assert [row.standing for row in Version.objects.filter(record=held.pk).order_by("n")] == [
        "counts",
        "taken",
        "counts",
    ]
    assert Notice.objects.filter(to=cast.resident.party, title="Your change counts now").exists()
    assert "Nothing waits." in client.get("/changes/").content.decode()


def test_it_is_sent_back_with_words(cast: Cast, held: Asset) -> None:
    change(by=cast.resident.actor, asset=held, title="Buns")
    client, address = cast.connector.client(), f"/changes/{waiting(held).pk}/"
    assert "Write a reason" in client.post(address, {"do": "back", "words": " "}).content.decode()
    client.post(address, {"do": "back", "words": "Say which day."})
    assert says(held) == "Bread baking" and not Version.objects.filter(standing=Standing.WAITS).exists()
    assert "Say which day." in cast.resident.client().get(f"/a/{held.record.key}/changes/").content.decode()
    assert Notice.objects.get(to=cast.resident.party, title="Your change was sent back").body == "Say which day."


def test_when_its_time_is_up_it_counts_by_itself(cast: Cast, held: Asset) -> None:
    change(by=cast.resident.actor, asset=held, title="Buns")
    assert count_edits(by=MACHINE) == 0 and says(held) == "Bread baking"
    Version.objects.filter(standing=Standing.WAITS).update(waits_until=timezone.now())
    assert count_edits(by=MACHINE) == 1 and says(held) == "Buns"
    assert count_edits(by=MACHINE) == 0


def test_a_change_of_a_change_waits_as_one(cast: Cast, held: Asset) -> None:
    change(by=cast.resident.actor, asset=held, title="Buns")
    change(by=cast.resident.actor, asset=held, words="Second thoughts.")
    body = waiting(held).body
    assert (body["title"], body["words"]) == ("Buns", "Second thoughts.")
    let_edit(by=cast.connector.actor, version=waiting(held))
    assert says(held) == "Buns" and Asset.objects.get(pk=held.pk).words == "Second thoughts."


def test_what_is_about_my_own_privacy_never_waits(cast: Cast, held: Asset) -> None:
    where = {"lat": 51.45, "lng": -2.59, "precision": "cell", "place_words": "by the green"}
    change(by=cast.resident.actor, asset=held, title="Buns", **where)
    held.record.refresh_from_db()
    assert held.record.spot.precision == "cell" and says(held) == "Bread baking"
    change(by=cast.resident.actor, asset=held, audience="me")
    assert cast.connector.client().get(f"/a/{held.record.key}/").status_code == 404
    assert says(held) == "Buns", "nobody else reads it, so nobody has to look"
    assert not Version.objects.filter(standing=Standing.WAITS).exists()


def test_what_only_i_see_and_what_a_keeper_writes_never_waits(cast: Cast, held: Asset) -> None:
    mine = offer(by=cast.resident.actor, holder=cast.resident.party, kind="skill", title="Mine")
    change(by=cast.resident.actor, asset=mine, title="Mine again")
    assert says(mine) == "Mine again"
    theirs = offer(by=cast.connector.actor, holder=cast.lunch_club, kind="activity", title="Lunch", audience="everyone")
    change(by=cast.connector.actor, asset=theirs, title="Lunch and songs")
    assert says(theirs) == "Lunch and songs"


def test_what_a_member_shows_everyone_waits_too(cast: Cast, held: Asset) -> None:
    change(by=cast.resident.actor, asset=held, audience="everyone")
    change(by=cast.resident.actor, asset=held, title="Buns")
    assert look_around(cast.anyone, "baking").total == 1 and look_around(cast.anyone, "buns").total == 0


@pytest.mark.parametrize("between", ["me", "circle"])
def test_nobody_goes_round_the_look_by_keeping_it_to_themselves_for_a_moment(
    cast: Cast, held: Asset, between: str
) -> None:
    me, club = cast.resident.actor, cast.lunch_club
    change(by=me, asset=held, audience=between)
    change(by=me, asset=held, title="Buns")
    assert says(held) == "Buns", "nobody of the club reads it now"
    change(by=me, asset=held, audience="community", community=club, words="And more.")
    assert says(held) == "Bread baking" and "Buns" not in seen_by(cast.connector, held)
    assert (waiting(held).body["title"], waiting(held).body["words"]) == ("Buns", "And more.")
    assert "looks at that first" in seen_by(cast.resident, held)
    let_edit(by=cast.connector.actor, version=waiting(held))
    assert says(held) == "Buns"
    change(by=me, asset=held, audience="me")
    change(by=me, asset=held, audience="everyone")
    assert not Version.objects.filter(standing=Standing.WAITS).exists(), "they read it as it is already"


def test_a_change_that_waited_when_it_was_taken_away_waits_again_when_it_is_back(cast: Cast, held: Asset) -> None:
    me = cast.resident.actor
    change(by=me, asset=held, title="Buns")
    change(by=me, asset=held, audience="me")
    assert says(held) == "Buns"
    change(by=me, asset=held, audience="everyone")
    assert says(held) == "Bread baking" and waiting(held).body["title"] == "Buns"


def test_what_rests_with_its_page_or_ended_with_its_day_is_looked_at_too(cast: Cast, held: Asset) -> None:
    me, tomorrow = cast.resident.actor, timezone.now() + timedelta(days=1)
    Record.objects.filter(pk=held.pk).update(state=State.RESTING)
    held.record.refresh_from_db()
    change(by=me, asset=held, title="Buns")
    assert says(held) == "Bread baking" and waiting(held).body["title"] == "Buns"
    let_edit(by=cast.connector.actor, version=waiting(held))
    Record.objects.filter(pk=held.pk).update(state=State.LIVE)
    held.record.refresh_from_db()
    change(by=me, asset=held, audience="everyone", until=tomorrow)
    Record.objects.filter(pk=held.pk).update(audience_until=timezone.now())
    close_audiences(by=MACHINE)
    held.record.refresh_from_db()
    change(by=me, asset=held, title="Buttered scones")
    change(by=me, asset=held, audience="everyone")
    assert says(held) == "Buns" and waiting(held).body["title"] == "Buttered scones"


def test_a_first_sharing_and_another_group_show_nobody_what_they_never_read(cast: Cast, held: Asset) -> None:
    me = cast.resident.actor
    other = welcome(by=me, name="Pen-y-bryn Bakers", kind="community", sort="interest")
    set_holding(by=me, community=other, days=2)
    mine = offer(by=me, holder=cast.resident.party, kind="skill", title="Mine")
    change(by=me, asset=mine, audience="community", community=cast.lunch_club, title="Ours")
    assert says(mine) == "Ours", "what is shared for the first time never waited"
    change(by=me, asset=held, audience="community", community=other, title="Buns")
    assert says(held) == "Buns", "the bakers never read the old words"


def test_only_those_who_look_after_the_group_decide(cast: Cast, held: Asset) -> None:
    change(by=cast.resident.actor, asset=held, title="Buns")
    for somebody in (cast.outsider, cast.resident, cast.neighbour):
        with pytest.raises(Refused):
            let_edit(by=somebody.actor, version=waiting(held))
        with pytest.raises(Refused):
            send_back(by=somebody.actor, version=waiting(held), words="No")
        assert edits_waiting(somebody.actor) == []
        assert somebody.client().get(f"/changes/{waiting(held).pk}/").status_code == 404
    assert edits_waiting(Actor.anyone()) == []
    with pytest.raises(Fault):
        send_back(by=cast.connector.actor, version=waiting(held), words="a" * 2_001)


def test_a_group_settles_whether_it_looks_first(cast: Cast) -> None:
    club, keeper = cast.lunch_club, cast.connector.actor
    assert holding_of(club) is None
    assert set_holding(by=keeper, community=club, days=5) == holding_of(club) == 5
    for days in (0, 31, -1):
        with pytest.raises(Fault):
            set_holding(by=keeper, community=club, days=days)
    with pytest.raises(Refused):
        set_holding(by=cast.resident.actor, community=club, days=2)
    with pytest.raises(Fault):
        set_holding(by=MACHINE, community=cast.council, days=2)
    assert set_holding(by=keeper, community=club, days=None) is None is holding_of(club)


def test_what_waits_when_a_group_stops_looking_still_counts_in_time(cast: Cast, held: Asset) -> None:
    change(by=cast.resident.actor, asset=held, title="Buns")
    set_holding(by=cast.connector.actor, community=cast.lunch_club, days=None)
    assert len(edits_waiting(cast.connector.actor)) == 1
    Version.objects.filter(standing=Standing.WAITS).update(waits_until=timezone.now())
    count_edits(by=MACHINE)
    assert says(held) == "Buns"


def test_a_change_that_was_looked_at_twice_counts_once(cast: Cast, held: Asset) -> None:
    change(by=cast.resident.actor, asset=held, title="Buns")
    version = waiting(held)
    let_edit(by=cast.connector.actor, version=version)
    change(by=MACHINE, asset=held, title="Later words")
    let_edit(by=cast.connector.actor, version=version)
    send_back(by=cast.connector.actor, version=version, words="Too late")
    assert says(held) == "Later words"
