"""Two who want nothing of each other: no introduction comes of anything, and nobody can tell that it is for a block.

An open wish stands without a name. If it vanished, or refused, for whoever blocked its owner, then blocking suspects
one by one would tie it to a person.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.doing.connecting import actions, matching, queries
from alongside.doing.connecting.models import Introduction, Side
from alongside.ground.consent.models import Grant
from alongside.ground.history.acting import Refused
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import block
from alongside.ground.people.models import Role
from alongside.ground.records.queries import export
from alongside.knowing.contributions.queries import asked_lately
from tests.cast import Cast, Somebody
from tests.doing.meeting import BACK, proposed, says_yes, shared, side_of, wished
from tests.faults.surfaces import FRESH

pytestmark = pytest.mark.django_db


def neither(_one: Somebody, _two: Somebody) -> None:
    """Nobody has blocked anybody."""


def one_way(one: Somebody, two: Somebody) -> None:
    block(by=one.actor, other=two.party)


def the_other_way(one: Somebody, two: Somebody) -> None:
    block(by=two.actor, other=one.party)


BLOCKS = [one_way, the_other_way]
Block = Callable[[Somebody, Somebody], None]


@pytest.mark.parametrize("blocks", BLOCKS)
def test_whoever_offers_to_somebody_they_blocked_reads_what_they_would_read_anyway(cast: Cast, blocks: Block) -> None:
    wish, asset = wished(cast.resident, audience="everyone"), shared(cast.neighbour)
    blocks(cast.neighbour, cast.resident)
    assert matching.wishes_for(cast.neighbour.actor, asset) == [wish]
    side = proposed(cast.neighbour, wish, asset, "A kitchen and a piano")
    told = queries.told(cast.neighbour.actor, side)
    assert (told.stage, told.other_waits, told.wish, told.other_kind) == (
        "proposed",
        True,
        "Somebody to sing with",
        "person",
    )
    page = cast.neighbour.client().get(f"/introductions/{side.record.key}/").content.decode()
    assert "Waits for them" in page and "Somebody to sing with" in page
    assert proposed(cast.neighbour, wish, asset) == side, "the same two things twice is one"


@pytest.mark.parametrize("blocks", BLOCKS)
def test_and_who_wished_hears_nothing_of_it_anywhere(cast: Cast, blocks: Block) -> None:
    wish, asset = wished(cast.resident, audience="everyone"), shared(cast.neighbour)
    blocks(cast.neighbour, cast.resident)
    pages = ("/my-page/", "/introductions/", "/my-messages/")
    client = cast.resident.client()
    before = [FRESH.sub("", client.get(page).content.decode()) for page in pages]
    proposed(cast.neighbour, wish, asset)
    assert [FRESH.sub("", client.get(page).content.decode()) for page in pages] == before
    assert not Notice.objects.filter(to=cast.resident.party).exists()
    assert [side.record.owner for side in Side.objects.all()] == [cast.neighbour.party]
    assert "introduction" not in str(export(cast.resident.actor, cast.resident.party)["records"])


def test_after_21_days_it_has_lapsed_like_any_that_nobody_answered(cast: Cast) -> None:
    pages = []
    for blocks in (neither, one_way):
        wisher = cast.person("Wenna Wilde")
        holder = cast.person("Hamid Hart")
        wish, asset = wished(wisher, audience="everyone"), shared(holder)
        blocks(holder, wisher)
        side = proposed(holder, wish, asset)
        Introduction.objects.update(expires=timezone.now() - timedelta(minutes=1))
        told = queries.told(holder.actor, side_of(holder))
        assert (told.stage, told.closed, told.waits_for_me) == ("lapsed", True, False)
        shown = holder.client().get(f"/introductions/{side.record.key}/").content.decode()
        keys = (side.record.key, asset.record.key, wish.record.key)
        for key in map(str, keys):
            shown = shown.replace(key, "")
        pages.append(FRESH.sub("", shown))
    assert pages[0] == pages[1]


def test_asking_again_in_the_same_week_is_refused_alike_so_that_two_together_learn_nothing(cast: Cast) -> None:
    wish = wished(cast.resident, audience="everyone")
    block(by=cast.neighbour.actor, other=cast.resident.party)
    proposed(cast.neighbour, wish, shared(cast.neighbour))
    assert asked_lately([cast.resident.party.pk]) == {cast.resident.party.pk}
    for friend, title in ((cast.neighbour, "A piano"), (cast.outsider, "A kitchen")):
        with pytest.raises(Refused, match="twice in a week"):
            proposed(friend, wish, shared(friend, title))


@pytest.mark.parametrize("between", ["wisher_and_holder", "wisher_and_introducer"])
@pytest.mark.parametrize("blocks", BLOCKS)
def test_a_connector_who_brings_together_two_who_are_apart_sees_it_lapse(
    cast: Cast, between: str, blocks: Block
) -> None:
    iris = cast.staff("Iris Bell", Role.CONNECTOR)
    wish, asset = wished(cast.resident, audience="everyone"), shared(cast.neighbour)
    blocks(cast.resident, cast.neighbour if between == "wisher_and_holder" else iris)
    side = actions.propose(by=iris.actor, wish=wish, asset=asset)
    assert side.record.owner == cast.neighbour.party, "the holder is asked, since the thing bears a name anyway"
    assert queries.waiting(cast.resident.actor) == []
    assert says_yes(cast.neighbour).said == "yes"
    (followed,) = queries.followed(iris.actor, queries.introduced_by(iris.actor))
    assert (followed.stage, followed.answers) == ("proposed", 1)
    assert not Grant.objects.filter(purpose="introduction").exists()
    Introduction.objects.update(expires=timezone.now() - timedelta(minutes=1))
    assert queries.followed(iris.actor, queries.introduced_by(iris.actor))[0].stage == "lapsed"


def test_what_only_a_circle_sees_is_no_answer_to_a_wish_blocked_or_not(cast: Cast) -> None:
    """A connector in the holder's circle is refused in the same words either way."""
    from alongside.ground.consent.actions import let_in

    iris = cast.staff("Iris Bell", Role.CONNECTOR)
    let_in(by=iris.actor, owner=cast.neighbour.party, member=iris.party)
    wish, asset = wished(cast.resident, audience="everyone"), shared(cast.neighbour, audience="circle")
    said = []
    for blocks in (neither, one_way):
        blocks(cast.resident, cast.neighbour)
        with pytest.raises(Refused) as refused:
            actions.propose(by=iris.actor, wish=wish, asset=asset)
        said.append(refused.value.sentence)
    assert said[0] == said[1] and not Introduction.objects.exists()


def test_a_holder_who_blocks_after_they_were_asked_sees_no_change_and_may_say_no(cast: Cast) -> None:
    """The wisher asked; who it is stands nowhere. Blocking suspects and looking again tells nothing."""
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    path, client = f"/introductions/{side_of(cast.neighbour).record.key}/", cast.neighbour.client()
    before = FRESH.sub("", client.get(path).content.decode())
    block(by=cast.neighbour.actor, other=cast.resident.party)
    assert FRESH.sub("", client.get(path).content.decode()) == before
    actions.answer(by=cast.neighbour.actor, side=side_of(cast.neighbour), yes=False)
    assert Introduction.objects.get().stage == "declined"
    assert Notice.objects.filter(to=cast.resident.party, title__startswith="Not this time").exists()


def test_no_of_who_was_asked_alone_is_told_to_who_introduced_them_as_ever(cast: Cast) -> None:
    iris = cast.staff("Iris Bell", Role.CONNECTOR)
    wish, asset = wished(cast.resident, audience="everyone"), shared(cast.neighbour)
    block(by=cast.resident.actor, other=cast.neighbour.party)
    actions.propose(by=iris.actor, wish=wish, asset=asset)
    actions.answer(by=cast.neighbour.actor, side=side_of(cast.neighbour), yes=False)
    heard = Notice.objects.get(to=iris.party)
    assert heard.title.startswith("Not this time")
    assert not Notice.objects.filter(to=cast.resident.party).exists()


def test_whoever_asked_takes_it_back_though_nobody_was_asked(cast: Cast) -> None:
    wish, asset = wished(cast.resident, audience="everyone"), shared(cast.neighbour)
    block(by=cast.resident.actor, other=cast.neighbour.party)
    side = proposed(cast.neighbour, wish, asset)
    actions.end(by=cast.neighbour.actor, side=side)
    assert queries.told(cast.neighbour.actor, side_of(cast.neighbour)).stage == "ended"
    assert not Notice.objects.filter(to=cast.resident.party).exists()


def test_for_a_last_place_the_answer_is_the_same_with_and_without_a_block(cast: Cast) -> None:
    from alongside.knowing.assets.models import Asset

    said = []
    for blocks in (neither, one_way):
        wisher, holder = cast.person("Wenna Wilde"), cast.person("Hamid Hart")
        asset = shared(holder)
        proposed(wisher, wished(wisher), asset)
        Asset.objects.filter(pk=asset.pk).update(room_for=0)
        blocks(holder, wisher)
        with pytest.raises(Refused) as refused:
            actions.answer(by=holder.actor, side=side_of(holder), yes=True, **BACK)
        said.append(refused.value.sentence)
    assert said[0] == said[1]
