"""The pages of introductions; and that before both said yes no page, file, message or history tells a name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.doing.connecting import actions
from alongside.doing.connecting.models import Introduction, Side
from alongside.ground.consent.models import Look
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people.models import Role
from alongside.ground.records.queries import export
from alongside.knowing.assets.models import Asset
from alongside.knowing.outcomes.models import Wish
from tests.cast import Cast
from tests.doing.meeting import BACK, REACH, met, proposed, rested, says_yes, shared, side_of, wished
from tests.house.addresses import crawl

pytestmark = pytest.mark.django_db
YES = {
    "say": "yes",
    "words": "A kitchen and a piano",
    "reach": "Knock at the bakery",
    "meet": "public",
    "meet_words": "",
}


class Pair:
    """Two people with names like no other word, and somebody who introduces."""

    def __init__(self, cast: Cast) -> None:
        assert cast.place.name
        self.wisher, self.holder = cast.person("Zqwenna Zqwilde"), cast.person("Zqhamid Zqhart")
        self.iris = cast.staff("Iris Bell", Role.CONNECTOR)
        self.wish = wished(self.wisher, audience="everyone")
        self.asset = shared(self.holder)


@pytest.fixture
def pair(cast: Cast) -> Pair:
    return Pair(cast)


def by_wisher(pair: Pair) -> None:
    proposed(pair.wisher, pair.wish, pair.asset, "Somebody who sings alto")


def by_holder(pair: Pair) -> None:
    proposed(pair.holder, pair.wish, pair.asset, "A kitchen and a piano")


def by_introducer(pair: Pair) -> None:
    actions.propose(by=pair.iris.actor, wish=pair.wish, asset=pair.asset)


def one_yes(pair: Pair) -> None:
    by_introducer(pair)
    says_yes(pair.wisher)


def a_no(pair: Pair) -> None:
    by_wisher(pair)
    actions.answer(by=pair.holder.actor, side=side_of(pair.holder), yes=False)


def the_wisher_s_no(pair: Pair) -> None:
    by_holder(pair)
    actions.answer(by=pair.wisher.actor, side=side_of(pair.wisher), yes=False)


def lapsed(pair: Pair) -> None:
    by_wisher(pair)
    Introduction.objects.update(stage="lapsed")


def taken_back(pair: Pair) -> None:
    by_holder(pair)
    actions.end(by=pair.holder.actor, side=side_of(pair.holder))


BEFORE = [by_wisher, by_holder, by_introducer, one_yes, a_no, the_wisher_s_no, lapsed, taken_back]
# Where somebody who offers something to everyone has chosen to stand with a first name and an initial.
OWN_PUBLIC = re.compile(r"^/(?:a|p|look-around|offers|maps|around)\b|^/$")


@pytest.mark.parametrize("how_far", BEFORE)
def test_before_both_said_yes_no_page_or_file_of_either_tells_the_other_s_name(
    pair: Pair, how_far: Callable[[Pair], None]
) -> None:
    how_far(pair)
    for me, other in ((pair.wisher, pair.holder), (pair.holder, pair.wisher)):
        first, surname = other.party.name.split()
        client = me.client()
        client.raise_request_exception = False
        mine = f"/introductions/{side_of(me).record.key}/"
        starts = ["/my-page/", "/introductions/", mine, "/my-messages/", f"/introduce/{pair.wish.record.key}/", "/me/"]
        starts += [f"/introduce/{pair.wish.record.key}/{pair.asset.record.key}/", f"/a/{pair.asset.record.key}/wishes/"]
        seen = 0
        for path, response, text in crawl(client, starts, most=20):
            if "sign-out" in path:
                continue
            seen += response.status_code == 200
            assert surname not in text, path
            assert first not in text or OWN_PUBLIC.match(path), path
            assert str(other.party.key) not in text or OWN_PUBLIC.match(path), path
            assert REACH["reach"] not in text or me is pair.wisher or how_far in (by_holder,), path
        assert seen > 6
        everything = json.dumps(export(me.actor, me.party))
        assert first not in everything and surname not in everything and str(other.party.key) not in everything
        for notice in Notice.objects.filter(to=me.party):
            assert first not in notice.title + notice.body + notice.link
        others = Event.objects.filter(record__owner=me.party).exclude(actor=None).exclude(actor=me.party)
        assert {event.actor for event in others} <= {pair.iris.party}, "history names only who introduced them"


@pytest.mark.parametrize("how_far", BEFORE)
def test_somebody_else_learns_of_it_nowhere(pair: Pair, cast: Cast, how_far: Callable[[Pair], None]) -> None:
    how_far(pair)
    for side in Side.objects.all():
        path = f"/introductions/{side.record.key}/"
        for client in (cast.outsider.client(), cast.steward.client(), pair.iris.client(), Client()):
            assert client.get(path).status_code in (302, 404)
            assert client.post(path, YES).status_code in (302, 404)
    assert not Introduction.objects.filter(stage="agreed").exists()
    listed = pair.iris.client().get("/introductions/").content.decode()
    assert "Zqwenna" not in listed and "Zqhamid" not in listed


def test_each_opens_only_their_own_side(pair: Pair) -> None:
    by_wisher(pair)
    across = f"/introductions/{side_of(pair.holder).record.key}/"
    assert pair.wisher.client().get(across).status_code == 404
    pair.wisher.client().post(across, YES)
    assert Introduction.objects.get().stage == "proposed"
    says_yes(pair.holder)
    assert pair.wisher.client().get(across).status_code == 404, "not after both said yes either"


def test_the_whole_way_by_pages(pair: Pair) -> None:
    mine = pair.wisher.client()
    fits = mine.get(f"/introduce/{pair.wish.record.key}/").content.decode()
    ask = f"/introduce/{pair.wish.record.key}/{pair.asset.record.key}/"
    assert ask in fits and "Ask to be introduced" in fits
    page = mine.post(ask, {"words": "I sing", "reach": "", "meet": "public"})
    assert "Say how they can reach you" in page.content.decode() and "I sing" in page.content.decode()
    given = {"words": "I sing", "reach": "Ring 01632 960 777", "meet": "public", "key": "k1"}
    done = mine.post(ask, given, follow=True)
    assert "Waits for them" in done.content.decode()
    mine.post(ask, given)
    assert Introduction.objects.count() == 1
    theirs = pair.holder.client()
    assert "Somebody wishes for something you share" in theirs.get("/my-page/").content.decode()
    path = f"/introductions/{side_of(pair.holder).record.key}/"
    asked = theirs.get(path).content.decode()
    assert "I sing" in asked and "01632 960 777" not in asked and "public place" in asked
    wrong = theirs.post(path, {**YES, "meet": "moon"}).content.decode()
    assert "Knock at the bakery" in wrong and "There is a problem" in wrong
    agreed = theirs.post(path, YES, follow=True).content.decode()
    assert "Zqwenna Zqwilde" in agreed and "01632 960 777" in agreed and "Before you meet" in agreed
    both = mine.get(f"/introductions/{side_of(pair.wisher).record.key}/").content.decode()
    assert "Zqhamid Zqhart" in both and "Knock at the bakery" in both
    assert Look.objects.filter(purpose="introduction").count() == 2
    mine.post(f"/introductions/{side_of(pair.wisher).record.key}/", {"say": "how", "went": "helped", "found": "on"})
    assert Wish.objects.get().state == "met"


def test_the_back_button_after_a_yes_changes_nothing(pair: Pair) -> None:
    by_wisher(pair)
    client, path = pair.holder.client(), f"/introductions/{side_of(pair.holder).record.key}/"
    client.post(path, {**YES, "key": "k1"})
    client.post(path, {**YES, "key": "k1"})
    client.post(path, {**YES, "key": "k2", "reach": "Somewhere else"})
    client.post(path, {"say": "no", "key": "k3"})
    assert Introduction.objects.get().stage == "agreed"
    assert side_of(pair.holder).reach == "Knock at the bakery"


@pytest.mark.parametrize("say", ["", "dance", "yes", "how", "plan"])
def test_what_no_button_sends_harms_nothing(pair: Pair, say: str) -> None:
    by_wisher(pair)
    response = pair.holder.client().post(f"/introductions/{side_of(pair.holder).record.key}/", {"say": say})
    assert response.status_code in (200, 302)
    assert Introduction.objects.get().stage == "proposed"


def test_a_refusal_stands_on_the_page_and_nothing_typed_is_lost(pair: Pair, cast: Cast) -> None:
    by_wisher(pair)
    ask = f"/introduce/{wished(cast.carer).record.key}/{shared(pair.holder, 'Bread').record.key}/"
    page = cast.carer.client().post(ask, {"words": "Ten thousand שלום 🍞", "reach": "At the library", "meet": "public"})
    assert "twice in a week" in page.content.decode() and "Ten thousand שלום 🍞" in page.content.decode()


def test_a_connector_s_pages_show_wishes_without_names_and_what_is_next(pair: Pair) -> None:
    client = pair.iris.client()
    waiting = client.get("/introductions/wishes/").content.decode()
    assert "Somebody to sing with" in waiting and "Zqwenna" not in waiting
    fits = client.get(f"/introduce/{pair.wish.record.key}/").content.decode()
    assert "Introduce them" in fits and "Zqwenna" not in fits
    client.post(f"/introduce/{pair.wish.record.key}/{pair.asset.record.key}/", {"key": "k"})
    page = client.get("/introductions/").content.decode()
    assert "0 have said yes" in page
    actions.answer(by=pair.wisher.actor, side=side_of(pair.wisher), yes=True, **{**BACK, "meet": "introducer"})
    says_yes(pair.holder)
    page = client.get("/introductions/").content.decode()
    assert "be there when they meet" in page and "Zqwenna" in page and "Zqhamid" not in page


def test_wishes_that_only_their_owner_sees_are_on_no_connector_s_page(cast: Cast) -> None:
    iris = cast.staff("Iris Bell", Role.CONNECTOR)
    wish = wished(cast.resident, "A secret garden")
    assert "secret" not in iris.client().get("/introductions/wishes/").content.decode()
    assert iris.client().get(f"/introduce/{wish.record.key}/").status_code == 404
    assert cast.outsider.client().get("/introductions/wishes/").status_code == 403


def test_on_the_page_of_something_shared_stand_the_ways_to_ask(pair: Pair, cast: Cast) -> None:
    path = f"/a/{pair.asset.record.key}/"
    assert "Does it fit a wish of yours?" in pair.wisher.client().get(path).content.decode()
    assert "Wishes it may meet" in pair.holder.client().get(path).content.decode()
    assert "wish of yours" not in cast.outsider.client().get(path).content.decode()
    found = pair.holder.client().get(f"{path}wishes/").content.decode()
    assert "I may have that" in found and "Zqwenna" not in found
    assert cast.outsider.client().get(f"{path}wishes/").status_code == 404


def test_give_and_take_stands_on_one_s_own_page_alone(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    shown = cast.outsider.client().get(f"/p/{cast.neighbour.party.key}/").content.decode()
    assert "gave something" not in shown
    assert (
        "Somebody you were introduced to has shared something with you, once."
        in cast.resident.client().get("/my-page/").content.decode()
    )


def test_a_helper_acts_for_the_person_and_both_names_are_kept(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    tom = cast.carer.helps(cast.resident)
    sight = actions.read_other(by=tom, side=side_of(cast.resident))
    assert sight is not None
    look = Look.objects.get(reader=cast.carer.party)
    assert look.record == side_of(cast.neighbour).record


def test_a_thing_that_is_gone_leaves_a_page_that_still_opens(pair: Pair) -> None:
    from alongside.ground.records.actions import erase

    by_wisher(pair)
    erase(by=pair.holder.actor, record=pair.asset.record)
    assert not Asset.objects.exists()
    client = pair.wisher.client()
    for path in ("/introductions/", "/my-page/", f"/introductions/{side_of(pair.wisher).record.key}/"):
        assert client.get(path).status_code == 200
    assert pair.holder.client().post(f"/introductions/{side_of(pair.holder).record.key}/", YES).status_code == 200
    assert Introduction.objects.get().stage == "proposed"


def test_a_list_of_introductions_asks_no_more_the_longer_it_is(cast: Cast) -> None:
    """For whoever was asked, on the list and on their page; and for whoever introduces."""
    assert cast.place.name
    iris, holder = cast.staff("Iris Bell", Role.CONNECTOR), cast.neighbour
    pages = [(holder.client(), "/introductions/"), (holder.client(), "/my-page/"), (iris.client(), "/introductions/")]
    asked: list[list[int]] = []
    for many in (1, 3):
        for n in range(many):
            wisher = cast.person(f"Wisher {many} {n}")
            wish, asset = wished(wisher, f"Sing {many} {n}", "everyone"), shared(holder, f"Singing {many} {n}")
            actions.propose(by=iris.actor, wish=wish, asset=asset)
            actions.answer(by=wisher.actor, side=side_of(wisher), yes=True, **BACK)
            rested()
            if n % 2 == 0:
                says_yes(holder)
        asked.append([statements(client, address) for client, address in pages])
    assert asked[0] == asked[1]


def statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
