"""How many people it takes for something to start: said by whoever holds it, read by all, kept through every change."""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.ground.history.acting import Fault, Refused
from alongside.knowing.assets import actions
from alongside.knowing.assets.comparing import said
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.versions import body_of, put_back
from alongside.knowing.assets.wording import glance, starts_said
from alongside.knowing.contributions.queries import coming_to
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def choir(cast: Cast, **more: object) -> Asset:
    given = {"kind": "activity", "title": "Singing together", "audience": "everyone", "least_people": 4} | more
    return actions.offer(by=cast.neighbour.actor, holder=cast.neighbour.party, **given)  # type: ignore[arg-type]


def test_who_holds_it_says_how_many_it_takes(cast: Cast) -> None:
    group = choir(cast)
    assert Asset.objects.get(pk=group.pk).least_people == 4
    assert starts_said(group) == "Starts when 4 people want to come"
    assert ("people", "How many it takes", "Starts when 4 people want to come") in glance(group)
    assert "Starts when 4 people want to come" in Client().get(f"/a/{group.record.key}/").content.decode()


@pytest.mark.parametrize("none", [None, 0, 1])
def test_one_is_nothing_to_wait_for(cast: Cast, none: int | None) -> None:
    group = choir(cast, least_people=none)
    assert group.least_people is None and starts_said(group) == ""


@pytest.mark.parametrize("odd", [-1, 501, 10**9])
def test_a_group_of_no_size_is_refused(cast: Cast, odd: int) -> None:
    with pytest.raises(Fault, match="like 4"):
        choir(cast, least_people=odd)
    with pytest.raises(Fault, match="like 4"):
        actions.change(by=cast.neighbour.actor, asset=choir(cast), least_people=odd)
    assert Asset.objects.get().least_people == 4


def test_another_change_leaves_it_and_nobody_else_changes_it(cast: Cast) -> None:
    group = choir(cast)
    actions.change(by=cast.neighbour.actor, asset=group, title="Singing in the hall")
    assert Asset.objects.get().least_people == 4
    with pytest.raises(Refused):
        actions.change(by=cast.outsider.actor, asset=group, least_people=2)
    actions.change(by=cast.neighbour.actor, asset=group, least_people=None)
    assert Asset.objects.get().least_people is None


def test_it_stands_in_the_versions_and_can_be_put_back(cast: Cast) -> None:
    group = choir(cast)
    before = body_of(group)
    actions.change(by=cast.neighbour.actor, asset=group, least_people=6)
    assert (said(before)["How many it takes"], said(body_of(group))["How many it takes"]) == ("4", "6")
    put_back(group, before)
    assert Asset.objects.get().least_people == 4
    without = {name: value for name, value in before.items() if name != "least_people"}
    put_back(group, without)
    assert Asset.objects.get().least_people is None
    assert body_of(group) == without, "a version from before anybody could say it reads as it did"


def test_the_page_asks_keeps_and_says_what_is_wrong(cast: Cast) -> None:
    group, client = choir(cast, least_people=None), cast.neighbour.client()
    path = f"/a/{group.record.key}/when/"
    assert "How many people must want to come before it can start?" in client.get(path).content.decode()
    given = {"cost": "free", "least_people": "four", "hours": "2"}
    wrong = client.post(path, given).content.decode()
    assert "Enter a number, like 4" in wrong and 'value="four"' in wrong and 'value="2"' in wrong
    assert client.post(path, given | {"least_people": "4"}).status_code == 302
    assert Asset.objects.get().least_people == 4
    assert 'value="4"' in client.get(path).content.decode()
    assert client.post(path, given | {"least_people": ""}).status_code == 302
    assert Asset.objects.get().least_people is None


def test_nobody_comes_to_what_is_promised_to_nobody(cast: Cast) -> None:
    assert coming_to([choir(cast).pk]) == {} == coming_to([])
