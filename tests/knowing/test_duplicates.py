"""What is probably one thing is offered to people: never merged silently, always undone, and a no is remembered."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from alongside.exchange.services.actions import load
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import block, welcome_many
from alongside.ground.people.bulk import Newcomer
from alongside.ground.people.models import Party
from alongside.ground.records.models import Record
from alongside.ground.thread.models import Link
from alongside.knowing.assets.actions import change, offer, withdraw
from alongside.knowing.assets.models import Asset
from alongside.knowing.duplicates import actions, queries
from alongside.knowing.duplicates.models import LikelyPair, Merging
from tests.cast import MACHINE, Cast, Somebody

pytestmark = pytest.mark.django_db
WORDS = "We sing folk songs and rounds in the old vestry. No need to read music. Tea and flapjacks afterwards."


def choir(who: Somebody, holder: Party, title: str = "Saint Anne Community Choir", **more: object) -> Asset:
    given = {"words": WORDS, "audience": "everyone", "how": "01632 960 111", **more}
    return offer(by=who.actor, holder=holder, kind="activity", title=title, **given)


def listed(name: str, title: str = "St Anne Comm. Choir") -> Asset:
    """What a list says an organisation offers that nobody here looks after."""
    [party] = welcome_many(by=MACHINE, newcomers=[Newcomer(name=name)])
    return offer(
        by=MACHINE, holder=party, kind="activity", title=title, words=WORDS, audience="everyone", how="01632 960111"
    )


@pytest.fixture
def pair(cast: Cast) -> LikelyPair:
    """The club's own choir, and the same one from somebody's list."""
    choir(cast.connector, cast.lunch_club)
    listed("Mill St Lunch Club")
    assert actions.look_for(by=MACHINE) == 1
    return LikelyPair.objects.get()


def own_and_listed(pair: LikelyPair) -> tuple[Record, Record]:
    return pair.one, pair.other


def live() -> set[str]:
    return set(Asset.objects.filter(record__state="live").values_list("title", flat=True))


def test_likely_pairs_are_kept_with_their_reasons_and_nothing_is_merged(cast: Cast, pair: LikelyPair) -> None:
    assert pair.state == "waiting" and 0.5 <= pair.score <= 1
    assert {"same_words", "same_phone"} <= set(pair.reasons.split())
    assert len(live()) == 2
    assert list(queries.waiting(cast.steward.actor)) == [pair]


def test_only_the_machine_looks_and_only_at_what_anyone_may_see(cast: Cast) -> None:
    choir(cast.connector, cast.lunch_club)
    choir(cast.neighbour, cast.neighbour.party, "St Anne Community Choir", audience="me")
    with pytest.raises(Refused):
        actions.look_for(by=cast.steward.actor)
    assert actions.look_for(by=MACHINE) == 0


def test_looking_again_finds_nothing_new_and_keeps_what_was_decided(cast: Cast, pair: LikelyPair) -> None:
    assert actions.look_for(by=MACHINE) == 0
    actions.say_different(by=cast.steward.actor, pair=pair)
    assert actions.look_for(by=MACHINE) == 0
    pair.refresh_from_db()
    assert pair.state == "different" and pair.decided_by == cast.steward.party
    assert not queries.waiting(cast.steward.actor)


def test_a_steward_merges_what_nobody_here_looks_after_and_the_rest_stays_whole(cast: Cast, pair: LikelyPair) -> None:
    own, other = own_and_listed(pair)
    actions.merge(by=cast.steward.actor, pair=pair, stays=own)
    other.refresh_from_db()
    assert other.state == "ended" and live() == {"Saint Anne Community Choir"}
    assert Asset.objects.get(pk=other.pk).words == WORDS
    assert Link.objects.filter(src=other, dst=own, kind="led_to").exists()
    assert Merging.objects.get().by == cast.steward.party


def test_the_address_of_what_was_merged_leads_to_what_it_went_on_as(cast: Cast, pair: LikelyPair) -> None:
    own, other = own_and_listed(pair)
    address, onward = f"/a/{other.key}/", f"/a/{own.key}/"
    merging = actions.merge(by=cast.steward.actor, pair=pair, stays=own)
    for client in (Client(), cast.outsider.client(), cast.steward.client()):
        assert client.get(address).status_code == 302 and client.get(address).headers["Location"] == onward
    third = listed("Choirs of the Vale")
    next_pair = LikelyPair.objects.create(one=own, other=third.record, score=0.9)
    actions.merge(by=cast.connector.actor, pair=next_pair, stays=third.record)
    assert Client().get(address).headers["Location"] == f"/a/{third.record.key}/", "from one to the next"
    assert cast.connector.client().get(onward).status_code == 200, "its holder still sees it, and where it went"
    actions.undo(by=cast.steward.actor, merging=merging)
    assert Client().get(address).status_code == 200


def test_an_address_leads_nobody_to_what_they_may_not_see(cast: Cast, pair: LikelyPair) -> None:
    own, other = own_and_listed(pair)
    actions.merge(by=cast.steward.actor, pair=pair, stays=own)
    address = f"/a/{other.key}/"
    block(by=cast.outsider.actor, other=other.owner)
    assert cast.outsider.client().get(address).status_code == 404, "they want nothing of it"
    for row, kept in ((own, {"audience": "me"}), (other, {"audience": "me"}), (other, {"state": "erased"})):
        before = Record.objects.values(*kept).get(pk=row.pk)
        Record.objects.filter(pk=row.pk).update(**kept)
        assert Client().get(address).status_code == 404
        Record.objects.filter(pk=row.pk).update(**before)
    assert Client().get(address).status_code == 302


def test_merging_can_be_undone_and_then_counts_as_not_the_same(cast: Cast, pair: LikelyPair) -> None:
    own, _other = own_and_listed(pair)
    merging = actions.merge(by=cast.steward.actor, pair=pair, stays=own)
    actions.undo(by=cast.steward.actor, merging=merging)
    actions.undo(by=cast.steward.actor, merging=merging)
    assert len(live()) == 2
    pair.refresh_from_db()
    assert pair.state == "different"
    assert actions.look_for(by=MACHINE) == 0


def test_a_steward_never_ends_what_somebody_looks_after(cast: Cast, pair: LikelyPair) -> None:
    _own, other = own_and_listed(pair)
    with pytest.raises(Refused, match="Ask the holders"):
        actions.merge(by=cast.steward.actor, pair=pair, stays=other)
    assert len(live()) == 2


def test_nor_what_is_a_persons(cast: Cast) -> None:
    choir(cast.neighbour, cast.neighbour.party)
    listed("Somebody")
    actions.look_for(by=MACHINE)
    pair = LikelyPair.objects.get()
    with pytest.raises(Refused):
        actions.merge(by=cast.steward.actor, pair=pair, stays=pair.other)


def test_the_holders_are_asked_once_and_decide_about_their_own(cast: Cast, pair: LikelyPair) -> None:
    own, other = own_and_listed(pair)
    actions.ask_holders(by=cast.steward.actor, pair=pair)
    actions.ask_holders(by=cast.steward.actor, pair=pair)
    assert Notice.objects.filter(to=cast.lunch_club, link=f"/same/{pair.key}/").count() == 1
    with pytest.raises(Refused):
        actions.merge(by=cast.connector.actor, pair=pair, stays=own)
    actions.merge(by=cast.connector.actor, pair=pair, stays=other)
    assert live() == {"St Anne Comm. Choir"}


@pytest.mark.parametrize("who", ["outsider", "resident", "supplier", "builder"])
def test_nobody_else_says_anything(cast: Cast, pair: LikelyPair, who: str) -> None:
    by = getattr(cast, who).actor
    assert queries.pair(by, pair.key) is None
    for write in (
        lambda: actions.say_different(by=by, pair=pair),
        lambda: actions.ask_holders(by=by, pair=pair),
        lambda: actions.merge(by=by, pair=pair, stays=pair.one),
    ):
        with pytest.raises(Refused):
            write()


def test_helping_a_steward_makes_nobody_one(cast: Cast, pair: LikelyPair) -> None:
    helper = cast.carer.helps(cast.steward)
    assert queries.pair(helper, pair.key) is None and not queries.waiting(helper)
    with pytest.raises(Refused):
        actions.say_different(by=helper, pair=pair)


def test_a_pair_goes_when_one_of_them_is_no_longer_open_to_anyone(cast: Cast, pair: LikelyPair) -> None:
    change(by=cast.connector.actor, asset=Asset.objects.get(pk=pair.one_id), audience="me")
    assert not queries.waiting(cast.steward.actor)
    assert queries.pair(cast.steward.actor, pair.key) is None


def test_what_has_ended_meanwhile_is_not_merged(cast: Cast, pair: LikelyPair) -> None:
    withdraw(by=cast.connector.actor, asset=Asset.objects.get(pk=pair.one_id))
    with pytest.raises(Fault):
        actions.merge(by=cast.steward.actor, pair=pair, stays=pair.one)


def test_what_has_become_one_is_not_called_different_from_a_page_opened_before(cast: Cast, pair: LikelyPair) -> None:
    """Else nobody could come to the page on which it is undone any more."""
    steward = cast.steward.client()
    own = Asset.objects.get(record__owner=cast.lunch_club).record
    actions.merge(by=cast.steward.actor, pair=pair, stays=own)
    page = steward.post(f"/same/{pair.key}/", {"do": "different"})
    assert page.status_code == 200 and b"One of them has ended already" in page.content
    assert steward.post(f"/same/{pair.key}/", {"do": "undo"}).status_code == 302
    assert len(live()) == 2


def test_the_list_of_pairs_asks_no_more_the_longer_it_is(cast: Cast, django_assert_num_queries: Any) -> None:
    things = [choir(cast.connector, cast.lunch_club, f"Choir {n}").record for n in range(4)]
    for one, other in pairwise(things):
        LikelyPair.objects.create(one=one, other=other, score=0.9, reasons="same_words")
    pairs = list(queries.waiting(cast.steward.actor))
    for few in (pairs[:1], pairs):
        with django_assert_num_queries(3):
            assert [len(two) for two in queries.sides_each(cast.steward.actor, few)] == [2] * len(few)


def test_neither_of_the_two_is_a_fault(cast: Cast, pair: LikelyPair) -> None:
    elsewhere = choir(cast.connector, cast.lunch_club, "Judo").record
    with pytest.raises((Fault, Refused)):
        actions.merge(by=cast.steward.actor, pair=pair, stays=elsewhere)


CHOIRS = b'{"id": "o1", "name": "Choirs"}'
FEED = b'[{"id": "s1", "name": "St Anne Comm. Choir", "description": "%s", "organization": ' + CHOIRS + b"}]"


def test_a_list_does_not_bring_back_what_was_merged(cast: Cast) -> None:
    """What the list calls it still points to it, so the next load neither makes it anew nor revives it."""
    by = Actor.system("services.load")
    load(by=by, source="A list", data=FEED % WORDS.encode())
    choir(cast.connector, cast.lunch_club)
    other, own = Asset.objects.order_by("pk")
    pair = LikelyPair.objects.create(one=other.record, other=own.record, score=0.9)
    actions.merge(by=cast.steward.actor, pair=pair, stays=own.record)
    for words in (WORDS, f"{WORDS} And cake."):
        report = load(by=by, source="A list", data=FEED % words.encode())
        assert report.created == 0 and report.rejected == 0
    assert live() == {"Saint Anne Community Choir"}
    actions.undo(by=cast.steward.actor, merging=Merging.objects.get())
    assert len(live()) == 2


def test_whoever_adds_something_is_shown_what_is_here_already(cast: Cast) -> None:
    listed("The Choirs")
    mine = choir(cast.neighbour, cast.neighbour.party, audience="me")
    page = cast.neighbour.client().get(f"/a/{mine.record.key}/check/").content.decode()
    assert "Is this already here?" in page and "St Anne Comm. Choir" in page
    other = offer(by=cast.neighbour.actor, holder=cast.neighbour.party, kind="skill", title="Judo for beginners")
    assert "already here" not in cast.neighbour.client().get(f"/a/{other.record.key}/check/").content.decode()


def test_but_never_what_others_keep_to_themselves(cast: Cast) -> None:
    choir(cast.connector, cast.lunch_club, audience="me")
    hidden = choir(cast.supplier, cast.agency)
    block(by=cast.neighbour.actor, other=cast.agency)
    mine = choir(cast.neighbour, cast.neighbour.party, audience="me")
    assert hidden not in queries.already_here(cast.neighbour.actor, mine)
    assert queries.already_here(cast.neighbour.actor, mine) == []


def test_the_pages(cast: Cast, pair: LikelyPair) -> None:
    steward = cast.steward.client()
    assert "1 pair looks alike" in steward.get("/desk/").content.decode()
    assert "St Anne Comm. Choir" in steward.get("/staff/same/").content.decode()
    address = f"/same/{pair.key}/"
    page = steward.get(address).content.decode()
    assert "the same telephone number" in page and page.count("keep this one") == 1
    assert "Choose one of these" in steward.post(address, {"do": "nonsense"}).content.decode()
    assert steward.post(address, {"do": "ask", "key": "1"}).status_code == 302
    holder = cast.connector.client()
    assert "Is this the same thing?" in holder.get(address).content.decode()
    assert holder.post(address, {"do": f"keep-{pair.other.key}", "key": "2"}).status_code == 302
    assert live() == {"St Anne Comm. Choir"}
    assert "Undo it" in holder.get(address).content.decode()
    assert "This goes on as another" in holder.get(f"/a/{pair.one.key}/").content.decode()
    assert cast.outsider.client().get(f"/a/{pair.one.key}/").headers["Location"] == f"/a/{pair.other.key}/"
    assert holder.post(address, {"do": "undo", "key": "3"}).status_code == 302
    assert len(live()) == 2
    for who in (cast.outsider, cast.resident):
        assert who.client().get(address).status_code == 404
    assert cast.outsider.client().get("/staff/same/").status_code == 403
