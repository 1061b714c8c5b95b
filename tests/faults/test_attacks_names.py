"""Somebody wants to know who it was: by closing a door to one after the other, by a reason, or by an introduction."""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.doing.connecting.actions import propose
from alongside.ground.consent.actions import look_with_reason
from alongside.ground.history.acting import Refused
from alongside.ground.people.actions import block, join
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.barriers import actions, queries
from alongside.knowing.barriers.models import Barrier
from tests.cast import Cast
from tests.doing.meeting import shared, wished

pytestmark = pytest.mark.django_db
WHY = "I want to speak with whoever wrote this about us."


@pytest.fixture
def lunch(cast: Cast) -> Asset:
    by, club = cast.connector.actor, cast.lunch_club
    return offer(by=by, holder=club, kind="activity", title="Thursday lunch", audience="everyone")


def step(cast: Cast, lunch: Asset, *, named: bool = False) -> Barrier:
    """Joseph says that there is a step."""
    joseph = cast.neighbour
    return actions.say(by=joseph.actor, owner=joseph.party, asset=lunch, words="There is a step", named=named)


def test_closing_a_door_to_each_in_turn_does_not_tell_who_wrote_it(cast: Cast, lunch: Asset) -> None:
    """What anyone reads without an account must not vanish for whoever guessed its writer right."""
    barrier, club = step(cast, lunch), cast.connector
    address = f"/in-the-way/{barrier.record.key}/"
    block(by=club.actor, other=cast.neighbour.party)
    assert club.client().get(address).status_code == 200
    assert "There is a step" in club.client().get("/in-the-way/").content.decode()
    assert queries.how_many(club.actor)["open"] == 1
    assert queries.of_holder(club.actor, cast.lunch_club) == [barrier]
    assert queries.barrier(cast.neighbour.actor, barrier.record.key) == barrier


def test_what_stands_under_a_name_still_closes_with_the_door(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch, named=True)
    block(by=cast.connector.actor, other=cast.neighbour.party)
    assert queries.barrier(cast.connector.actor, barrier.record.key) is None


def test_a_reason_opens_nobody_who_wrote_what_gets_in_the_way(cast: Cast, lunch: Asset) -> None:
    """The steward may well be of those who have to answer it."""
    barrier = step(cast, lunch)
    with pytest.raises(Refused):
        look_with_reason(by=cast.steward.actor, record=barrier.record, reason=WHY)
    page = cast.steward.client().post(f"/desk/see-more/{barrier.record.key}/", {"reason": WHY})
    assert page.status_code == 404


def test_an_introducer_tells_nobody_of_what_only_a_group_may_see(cast: Cast) -> None:
    """Asha belongs to the club and sees what is shared there; whoever wishes does not."""
    club, mair, oscar = cast.lunch_club, cast.resident, cast.outsider
    kept = shared(mair, "Lifts for members", audience="community", community=club)
    asked = wished(oscar, "Somebody to sing with", audience="everyone")
    introducer = cast.builder
    join(by=introducer.actor, member=introducer.party, of=club)
    with pytest.raises(Refused):
        propose(by=introducer.actor, wish=asked, asset=kept)
    kept.record.audience = "everyone"
    kept.record.save()
    assert propose(by=introducer.actor, wish=asked, asset=kept).introduction.introducer == introducer.party


def test_a_page_does_not_open_because_of_words_without_a_name(cast: Cast, lunch: Asset) -> None:
    """Whoever tries the pages of all they know would see whose opened on the day on which it was written."""
    joseph, address = cast.neighbour.party, f"/p/{cast.neighbour.party.key}/"
    assert cast.connector.client().get(address).status_code == 404
    step(cast, lunch)
    wished(cast.neighbour, audience="everyone")
    for client in (cast.connector.client(), Client()):
        assert client.get(address).status_code == 404
        assert client.get(f"/api/v1/parties/{joseph.key}").status_code == 404
    shared(cast.neighbour)
    assert cast.connector.client().get(address).status_code == 200
