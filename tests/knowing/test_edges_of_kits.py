"""Freshness, maps, barriers, likely pairs and things at their edges: two at once, helpers, and what no page asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import block, join
from alongside.ground.people.models import Role
from alongside.ground.places.actions import draw_edge
from alongside.ground.records.models import Record, State
from alongside.knowing.assets import actions as assets
from alongside.knowing.assets import room
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import communities_of, edits_waiting, leads_to, versions_of
from alongside.knowing.barriers import actions as barriers
from alongside.knowing.barriers.models import Barrier, BarrierAnswer
from alongside.knowing.duplicates import actions as duplicates
from alongside.knowing.duplicates.models import LikelyPair, Merging
from alongside.knowing.freshness import actions as freshness
from alongside.knowing.freshness import policy as freshness_policy
from alongside.knowing.freshness import queries as freshness_queries
from alongside.knowing.freshness.models import CodeTry, FreshAsk
from alongside.knowing.maps import actions as maps
from alongside.knowing.maps import layers
from alongside.knowing.maps import queries as map_queries
from alongside.knowing.maps.models import CommunityMap, MapSteward
from tests.cast import MACHINE, Cast, Somebody
from tests.knowing.two_wards import two_wards

pytestmark = pytest.mark.django_db
WORDS = "We sing folk songs and rounds in the old vestry. No need to read music. Tea and flapjacks afterwards."


def thing(who: Somebody, title: str = "Bread", **more: object) -> Asset:
    assert who.login.email
    given = {"kind": "skill", "audience": "everyone", "holder": who.party} | more
    return assets.offer(by=who.actor, title=title, **given)  # type: ignore[arg-type]


def long_ago(asset: Asset, days: int = 340) -> Asset:
    Asset.objects.filter(pk=asset.pk).update(confirmed_on=timezone.localdate() - timedelta(days=days))
    return Asset.objects.get(pk=asset.pk)


# Still so?


def test_a_code_that_an_open_question_has_is_not_given_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([482137, 482137, 482137, 5])
    monkeypatch.setattr("alongside.knowing.freshness.actions.secrets.randbelow", lambda _most: next(drawn))
    for who in (cast.neighbour, cast.resident):
        freshness.ask(by=MACHINE, asset=thing(who))
    assert set(FreshAsk.objects.values_list("code", flat=True)) == {"482137", "000005"}


def test_so_many_are_asked_at_a_time_the_oldest_word_first(cast: Cast) -> None:
    old, older = long_ago(thing(cast.neighbour)), long_ago(thing(cast.resident), 350)
    assert freshness_queries.due(timezone.localdate(), most=1) == [older]
    assert freshness_queries.due(timezone.localdate()) == [older, old]


def test_of_one_holder_s_many_things_one_is_asked_about(cast: Cast) -> None:
    first = long_ago(thing(cast.neighbour), 360)
    long_ago(thing(cast.neighbour, "Buns"))
    assert freshness_queries.due(timezone.localdate()) == [first]


@pytest.mark.parametrize("why", ["kept to oneself", "a break", "nobody to answer", "young"])
def test_about_this_nobody_is_asked(cast: Cast, why: str) -> None:
    asset = long_ago(thing(cast.neighbour, audience="me" if why == "kept to oneself" else "everyone"))
    if why == "a break":
        cast.neighbour.party.__class__.objects.filter(pk=cast.neighbour.party.pk).update(state="paused")
    elif why == "nobody to answer":
        cast.neighbour.login.delete()
    elif why == "young":
        long_ago(asset, 300)
    assert freshness_queries.due(timezone.localdate()) == []


@pytest.mark.parametrize("deed", ["ask_due", "hide_old", "forget", "tend"])
def test_nobody_but_the_machine_asks_hides_or_forgets(cast: Cast, deed: str) -> None:
    for who in (cast.steward.actor, cast.neighbour.actor, cast.anyone):
        with pytest.raises(Refused):
            getattr(freshness, deed)(by=who)


@pytest.mark.parametrize(
    ("who", "may"),
    [("steward", True), ("builder", True), ("coordinator", True), ("resident", False), ("outsider", False)],
)
def test_only_those_who_help_others_here_type_codes(cast: Cast, who: str, may: bool) -> None:
    assert freshness_policy.may_type(by=getattr(cast, who).actor) == may
    assert not freshness_policy.may_type(by=cast.steward.helps(cast.resident)), "not as somebody they help"


def test_a_question_whose_time_is_up_confirms_nothing_and_is_forgotten(cast: Cast) -> None:
    asset = long_ago(thing(cast.neighbour))
    freshness.ask(by=MACHINE, asset=asset)
    FreshAsk.objects.update(expires=timezone.now() - timedelta(seconds=1))
    freshness.answer(by=MACHINE, asked=FreshAsk.objects.get())
    assert Asset.objects.get().confirmed_on == asset.confirmed_on
    CodeTry.objects.create(who="x", at=timezone.now() - timedelta(days=2))
    assert freshness.forget(by=MACHINE) == 1
    assert not FreshAsk.objects.exists() and not CodeTry.objects.exists()


# Maps


@pytest.fixture
def map(cast: Cast) -> CommunityMap:
    west, _east = two_wards()
    draw_edge(by=cast.connector.actor, party=cast.lunch_club, parts=[west])
    cast.lunch_club.refresh_from_db()
    return maps.start(by=cast.connector.actor, community=cast.lunch_club, title="Mill Street")


def test_a_map_that_the_machine_starts_has_no_steward_yet(cast: Cast) -> None:
    made = maps.start(by=MACHINE, community=cast.lunch_club, title="Mill Street")
    assert map_queries.stewards(made) == [] and not MapSteward.objects.exists()


def test_a_community_without_an_edge_has_nothing_inside_it(cast: Cast) -> None:
    thing(cast.neighbour, lat=51.5, lng=0.5)
    made = maps.start(by=MACHINE, community=cast.lunch_club, title="Mill Street")
    assert map_queries.standing(cast.anyone, made, map_queries.laid(made)) == []


def test_who_is_asked_twice_to_look_after_a_map_hears_of_it_once(cast: Cast, map: CommunityMap) -> None:
    rows = {maps.vouch(by=cast.connector.actor, map=map, party=cast.resident.party).pk for _press in range(2)}
    assert len(rows) == 1 and Notice.objects.filter(to=cast.resident.party).count() == 1


@pytest.mark.parametrize("why", ["a group", "an outsider", "shut out", "gone"])
def test_nobody_else_is_asked_to_look_after_a_map(cast: Cast, map: CommunityMap, why: str) -> None:
    who = {"a group": cast.agency, "an outsider": cast.outsider.party}.get(why, cast.resident.party)
    if why == "shut out":
        block(by=cast.resident.actor, other=cast.connector.party)
    elif why == "gone":
        type(who).objects.filter(pk=who.pk).update(state="erased")
        who.refresh_from_db()
    with pytest.raises(Fault) as fault:
        maps.vouch(by=cast.connector.actor, map=map, party=who)
    assert fault.value.field == "who"


@pytest.mark.parametrize(
    ("said", "field"),
    [({"title": " \x00 "}, "title"), ({"title": "é" * 201}, "title"), ({"may_not": "🎶" * 9000}, "may_not")],
)
def test_a_charter_has_a_name_and_fits_on_its_page(
    cast: Cast, map: CommunityMap, said: dict[str, str], field: str
) -> None:
    with pytest.raises(Fault) as fault:
        maps.write(by=cast.connector.actor, map=map, **{"title": "Mill Street", "words": "", **said})  # type: ignore[arg-type]
    assert fault.value.field == field
    map.refresh_from_db()
    assert map.title == "Mill Street"


def test_whoever_helps_a_steward_looks_after_no_map_and_nor_does_a_visitor(cast: Cast, map: CommunityMap) -> None:
    row = MapSteward.objects.get()
    tom = cast.carer.helps(cast.connector)
    for viewer in (tom, cast.anyone):
        assert not map_queries.tended(viewer).exists()
        assert map_queries.stewardship(viewer, row.key) is None
    assert map_queries.stewardship(cast.connector.actor, row.key) == row
    assert map_queries.stewardship(cast.outsider.actor, row.key) is None


def test_a_pin_is_its_holder_s_to_answer_and_to_others_is_not_there(cast: Cast, map: CommunityMap) -> None:
    pin = maps.put_on(by=cast.connector.actor, map=map, record=thing(cast.neighbour).record)
    assert map_queries.pin(cast.anyone, pin.key) is None and map_queries.pin(cast.outsider.actor, pin.key) is None
    assert map_queries.pin(cast.neighbour.actor, pin.key) == pin


def test_a_steward_who_leaves_the_community_looks_after_its_map_no_more(cast: Cast, map: CommunityMap) -> None:
    join(by=cast.neighbour.actor, member=cast.neighbour.party, of=cast.lunch_club)
    maps.say_yes(
        by=cast.neighbour.actor,
        stewardship=maps.vouch(by=cast.connector.actor, map=map, party=cast.neighbour.party),
    )
    assert map_queries.tended(cast.neighbour.actor).get() == map
    cast.neighbour.party.memberships.update(until=timezone.now())
    assert not map_queries.tended(cast.neighbour.actor).exists()
    with pytest.raises(Refused):
        maps.write(by=cast.neighbour.actor, map=map, title="Mine")


def test_lists_laid_twice_over_the_maps_are_one_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "_SOURCES", [])

    def county() -> list[layers.Layer]:
        return [layers.Layer("county", "County", False, lambda records: records.filter(kind="none"))]

    for _again in range(2):
        layers.lay(county)
    assert [layer.key for layer in layers.others()] == ["county"]


def test_what_only_a_list_brought_is_not_among_ours(cast: Cast) -> None:
    own, brought = thing(cast.neighbour), thing(cast.outsider, "Buns")
    listed = layers.Layer("county", "County", False, lambda records: records.filter(pk=brought.pk))
    people = next(layer for layer in layers.ours([listed]) if layer.key == layers.PEOPLE)
    assert list(people.records(Record.objects.filter(kind="asset"))) == [own.record]
    assert set(map_queries.brought([own.pk, brought.pk])) == {own, brought}


# What gets in the way


def test_a_quarrel_without_end_is_sent_elsewhere(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(barriers, "MOST_ANSWERS", 2)
    lunch = thing(cast.connector, "Lunch", holder=cast.lunch_club, kind="activity")
    barrier = barriers.say(by=cast.neighbour.actor, owner=cast.neighbour.party, words="A step", asset=lunch)
    for _turn in range(2):
        barriers.answer(by=cast.connector.actor, barrier=barrier, stage="heard", words="We hear you")
    with pytest.raises(Fault, match="too many answers"):
        barriers.answer(by=cast.connector.actor, barrier=barrier, stage="heard", words="Still")
    assert BarrierAnswer.objects.count() == 2


def test_what_was_taken_back_is_answered_by_nobody(cast: Cast) -> None:
    barrier = barriers.say(by=cast.neighbour.actor, owner=cast.neighbour.party, words="A step", place="The pier")
    barriers.close(by=cast.neighbour.actor, barrier=barrier, put_right=False)
    barrier = Barrier.objects.select_related("record").get()
    for deed in (
        lambda: barriers.answer(by=cast.steward.actor, barrier=barrier, stage="heard"),
        lambda: barriers.too(by=cast.outsider.actor, barrier=barrier),
    ):
        with pytest.raises(Fault, match="taken back"):
            deed()


def test_two_groups_that_take_on_one_barrier_the_first_has_it(cast: Cast) -> None:
    barrier = barriers.say(by=cast.neighbour.actor, owner=cast.neighbour.party, words="A step", place="The pier")
    stale = Barrier.objects.get()
    barriers.take_on(by=cast.connector.actor, barrier=barrier, holder=cast.lunch_club)
    with pytest.raises(Fault, match="Somebody else has said"):
        barriers.take_on(by=cast.supplier.actor, barrier=stale, holder=cast.agency)
    assert Barrier.objects.get().holder == cast.lunch_club


# Likely pairs


def choirs(cast: Cast, second: Somebody, title: str = "St Anne Comm. Choir") -> LikelyPair:
    thing(cast.neighbour, "Saint Anne Community Choir", words=WORDS, how="01632 960 111", kind="activity")
    thing(second, title, words=WORDS, how="01632 960111", kind="activity")
    duplicates.look_for(by=MACHINE)
    return LikelyPair.objects.get()


def test_looking_again_tells_how_alike_they_are_by_now_where_nobody_has_decided(cast: Cast) -> None:
    pair = choirs(cast, cast.outsider)
    LikelyPair.objects.update(score=0.51, reasons="same_name")
    assert duplicates.look_for(by=MACHINE) == 0
    again = LikelyPair.objects.get()
    assert (round(again.score, 6), again.reasons) == (round(pair.score, 6), pair.reasons)
    duplicates.say_different(by=cast.steward.actor, pair=again)
    LikelyPair.objects.update(score=0.51)
    duplicates.look_for(by=MACHINE)
    assert LikelyPair.objects.get().score == 0.51, "what somebody decided about is left as it is"


def test_who_merges_two_things_of_their_own_is_sent_no_message_about_it(cast: Cast) -> None:
    pair = choirs(cast, cast.neighbour)
    merging = duplicates.merge(by=cast.neighbour.actor, pair=pair, stays=pair.one)
    assert merging.gone == pair.other and not Notice.objects.exists()
    for _press in range(2):
        duplicates.undo(by=cast.neighbour.actor, merging=merging)
    assert Merging.objects.get().undone is not None and Record.objects.filter(kind="asset", state="live").count() == 2


def test_holders_are_asked_once_whoever_asks(cast: Cast) -> None:
    pair = choirs(cast, cast.outsider)
    for _press in range(2):
        duplicates.ask_holders(by=cast.steward.actor, pair=pair)
    assert Notice.objects.filter(title__startswith="Is this the same").count() == 2
    with pytest.raises(Refused):
        duplicates.ask_holders(by=cast.neighbour.actor, pair=pair)


# Things


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "miracle"}, "kind"),
        ({"title": ""}, "title"),
        ({"title": "שלום" * 200}, "title"),
        ({"words": "🎶" * 30_000}, "words"),
        ({"cost": "gold"}, "cost"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(cast: Cast, given: dict[str, str], field: str) -> None:
    with pytest.raises(Fault) as fault:
        thing(cast.neighbour, **{"title": "Bread", **given})
    assert fault.value.field == field and not Asset.objects.exists()


def test_a_field_that_no_thing_has_is_a_mistake_of_ours_and_not_of_theirs(cast: Cast) -> None:
    with pytest.raises(TypeError):
        assets.change(by=cast.neighbour.actor, asset=thing(cast.neighbour), colour="red")


def test_what_nobody_confirmed_for_a_year_is_marked_once_and_only_by_the_machine(cast: Cast) -> None:
    long_ago(thing(cast.neighbour), 366)
    long_ago(thing(cast.resident), 364)
    with pytest.raises(Refused):
        assets.age(by=cast.steward.actor)
    assert assets.age(by=MACHINE) == 1 and assets.age(by=MACHINE) == 0
    assert Record.objects.filter(state=State.STALE).get().owner == cast.neighbour.party


@pytest.mark.parametrize(("unit", "amount"), [("minutes", 30), ("places", 1)])
def test_what_is_promised_and_given_back_is_counted_in_its_own_unit(cast: Cast, unit: str, amount: int) -> None:
    asset = thing(cast.neighbour, per_week=60, unit=unit)
    assert room.promise(asset=asset, minutes=30)
    assert Asset.objects.get().offer.promised == amount
    room.release(asset=asset, minutes=30)
    room.release(asset=asset, minutes=30)
    assert Asset.objects.get().offer.promised == 0, "never less than nothing"


def test_an_open_door_has_room_for_all_but_on_a_break(cast: Cast) -> None:
    asset = thing(cast.neighbour)
    assert room.promise(asset=asset, minutes=600)
    room.release(asset=asset, minutes=600)
    assets.pause_offer(by=cast.neighbour.actor, asset=asset)
    assert not room.promise(asset=asset, minutes=1)


def test_more_than_is_there_cannot_be_promised_nor_anything_of_what_rests(cast: Cast) -> None:
    asset = thing(cast.neighbour, per_week=60)
    assert not room.promise(asset=asset, minutes=61)
    assets.pause_offer(by=cast.neighbour.actor, asset=asset)
    assert not room.promise(asset=asset, minutes=1)
    assert Asset.objects.get().offer.promised == 0


@pytest.mark.parametrize("read", [communities_of, edits_waiting])
def test_a_visitor_has_no_communities_and_nothing_to_look_at(cast: Cast, read: Callable[[Actor], list[object]]) -> None:
    assert read(cast.anyone) == []
    if read is edits_waiting:
        assert read(cast.steward.helps(cast.resident)) == []


def test_old_words_are_for_whoever_may_change_them(cast: Cast) -> None:
    asset = thing(cast.neighbour)
    assert len(versions_of(cast.neighbour.actor, asset)) == 1
    iris = cast.staff("Iris Bell", Role.CONNECTOR).actor
    for who in (cast.outsider.actor, cast.steward.actor, iris, cast.anyone):
        assert versions_of(who, asset) == []


def test_an_address_that_nothing_went_on_from_leads_nowhere(cast: Cast) -> None:
    assert leads_to(cast.anyone, thing(cast.neighbour, audience="me").record.key) is None
