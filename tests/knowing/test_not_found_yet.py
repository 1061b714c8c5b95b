"""What people wish for that is not here yet, as one list that anybody may answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from alongside.ground.history.acting import Refused
from alongside.ground.notices.models import Notice
from alongside.ground.records import actions as records
from alongside.knowing.outcomes import actions, queries
from alongside.knowing.outcomes.models import Wish
from tests.faults.surfaces import FRESH

pytestmark = pytest.mark.django_db
LIST = "/not-found-yet/"


def wish(cast: Any, words: str, audience: str = "everyone", **given: Any) -> Wish:
    dilys = cast.resident
    made = actions.wish(by=dilys.actor, owner=dilys.party, words=words, audience=audience, **given)
    records.freshen(record=made.record)
    return made


def test_anybody_reads_what_is_not_found_yet_and_no_name_stands_there(client: Any, cast: Any) -> None:
    made = wish(cast, "A bench half-way up Mill Hill", domain="outdoors")
    for address in (LIST, f"/wish/{made.record.key}/"):
        page = client.get(address).content.decode()
        assert "A bench half-way up Mill Hill" in page
        assert cast.resident.party.name not in page


def test_a_wish_that_is_only_mine_is_in_no_list_even_my_own(client: Any, cast: Any) -> None:
    made = wish(cast, "Somebody to tell about Huw", audience="me")
    own = cast.resident.client()
    assert "about Huw" not in own.get(LIST).content.decode()
    assert "about Huw" in own.get(f"/wish/{made.record.key}/").content.decode()
    assert client.get(f"/wish/{made.record.key}/").status_code == 404
    assert cast.outsider.client().get(f"/wish/{made.record.key}/").status_code == 404


def test_one_part_of_life_at_a_time(client: Any, cast: Any) -> None:
    wish(cast, "A bench by the river", domain="outdoors")
    wish(cast, "Somebody to sing with", domain="fun")
    page = client.get(LIST, {"matters": "fun"}).content.decode()
    assert "sing with" in page
    assert "by the river" not in page
    assert "by the river" in client.get(LIST, {"matters": "nonsense"}).content.decode()


def test_what_was_found_leaves_the_list(client: Any, cast: Any) -> None:
    made = wish(cast, "A ladder on a Saturday")
    actions.settle_wish(by=cast.resident.actor, wish=made, met=True)
    assert "A ladder" not in client.get(LIST).content.decode()
    assert client.get(f"/wish/{made.record.key}/").status_code == 404


def test_a_long_list_goes_on_and_misses_none(client: Any, cast: Any) -> None:
    for n in range(23):
        wish(cast, f"wish number {n:02}")
    first = queries.not_found_yet(cast.outsider.actor)
    rest = queries.not_found_yet(cast.outsider.actor, before=first[-1].pk)
    assert [len(first), len(rest)] == [20, 3]
    page = client.get(LIST).content.decode()
    assert f"before={first[-1].pk}" in page
    for broken in ("before=x", "before=-1", "before=99999999999999999999", "matters=%00"):
        assert client.get(f"{LIST}?{broken}").status_code == 200


def told(cast: Any) -> list[str]:
    return list(
        Notice.objects.filter(to=cast.resident.party, title__contains="may have").values_list("body", flat=True)
    )


def test_who_could_do_it_begins_an_offer_and_the_wisher_hears_without_a_name(cast: Any) -> None:
    made = wish(cast, "Somebody to play dominoes & talk")
    oscar = cast.outsider.client()
    assert "We could do this" in oscar.get(f"/wish/{made.record.key}/").content.decode()
    for _press in range(2):
        response = oscar.post(f"/wish/{made.record.key}/could/")
        assert response.url == "/offer/?title=Somebody+to+play+dominoes+%26+talk"
    assert "dominoes &amp; talk" in oscar.get(response.url).content.decode()
    assert len(told(cast)) == 1
    assert "dominoes" in told(cast)[0]
    assert "Oscar" not in told(cast)[0]
    cast.neighbour.client().post(f"/wish/{made.record.key}/could/")
    assert len(told(cast)) == 2


def test_without_a_page_of_ones_own_one_may_offer_and_nobody_is_told_yet(client: Any, cast: Any) -> None:
    made = wish(cast, "A ladder")
    assert client.post(f"/wish/{made.record.key}/could/").status_code == 302
    assert told(cast) == []


def test_nobody_answers_their_own_wish_or_one_that_only_somebody_else_sees(cast: Any) -> None:
    open_, own = wish(cast, "A ladder"), wish(cast, "A secret", audience="me")
    with pytest.raises(Refused):
        actions.could(by=cast.resident.actor, wish=open_)
    with pytest.raises(Refused):
        actions.could(by=cast.outsider.actor, wish=own)
    assert cast.outsider.client().post(f"/wish/{own.record.key}/could/").status_code == 404
    assert told(cast) == []


def test_a_block_changes_nothing_on_the_list_and_still_nobody_hears_of_the_other(cast: Any) -> None:
    """What vanished for one alone would tell them whose wish it is; so it stays, and pressing reaches nobody."""
    from alongside.ground.people.actions import block

    made = wish(cast, "A walk on the flat")
    client = cast.outsider.client()
    pages = (LIST, f"/wish/{made.record.key}/")
    before = [plain(client, page) for page in pages]
    for one, two in ((cast.outsider, cast.resident), (cast.resident, cast.outsider)):
        block(by=one.actor, other=two.party)
        assert [plain(client, page) for page in pages] == before
    answer = client.post(f"/wish/{made.record.key}/could/", follow=True)
    assert "They are told that somebody may have it" in answer.content.decode(), "as to anybody else"
    assert not Notice.objects.filter(to=cast.resident.party).exists()


def plain(client: Client, path: str) -> str:
    return FRESH.sub("", client.get(path).content.decode())


def test_words_in_welsh_say_so(client: Any, cast: Any) -> None:
    made = wish(cast, "Rhywun i ganu ag ef")
    type(made.record).objects.filter(pk=made.pk).update(lang="cy")
    assert 'lang="cy">Rhywun i ganu ag ef' in client.get(LIST).content.decode()
