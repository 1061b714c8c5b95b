"""Somebody sends so much that others are kept out: ideas without end, words without an account, the longest titles."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.limits import counting
from alongside.ground.records.models import State
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas import standing
from alongside.planning.ideas import talking as talks
from alongside.planning.ideas.models import Idea, Point
from alongside.planning.rolls.actions import print_codes
from alongside.site import home
from tests.cast import Cast
from tests.planning.deciding import opened
from tests.planning.thinking import NOW_VOTE, for_ideas, idea_of, listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """So that a flood is two."""
    monkeypatch.setattr(standing, "MOST_WAITING", 2)
    return 2


def sent(path: str, **words: str) -> str:
    """What a passer-by without a cookie is answered."""
    return Client().post(path, {"key": str(words), **words}).content.decode()


def test_a_thousand_ideas_without_an_account_keep_nobody_else_out(cast: Cast, few: int) -> None:
    decision = for_ideas(cast)
    path = f"/decide/{decision.record.key}/ideas/new/"
    for n in range(few):
        assert not sent(path, title=f"Spam {n}")
    assert "no more can come without an account" in sent(path, title="Spam again")
    assert Idea.objects.filter(record__state=State.HELD).count() == few
    assert idea_of(cast.resident, decision, "Benches").record.state == State.LIVE


def test_nor_do_a_thousand_reasons(cast: Cast, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talks, "MOST_POINTS", 1)  # what waits takes nobody's place
    decision = for_ideas(cast)
    idea = idea_of(cast.resident, decision)
    path = f"/decide/{decision.record.key}/ideas/{idea.record.key}/say/"
    for n in range(few):
        assert not sent(path, kind="against", words=f"Spam {n}")
    assert "no more can come without an account" in sent(path, kind="against", words="Spam again")
    given: dict[str, Any] = {"decision": decision, "idea": idea, "kind": "for", "words": "Yes"}
    talks.say(by=cast.neighbour.actor, owner=cast.neighbour.party, **given)
    with pytest.raises(Fault):
        talks.say(by=cast.builder.actor, owner=cast.builder.party, **given)
    assert Point.objects.count() == few + 1


def tried(decision: Decision, code: str, came_from: str) -> str:
    """What somebody reads who types a code, and comes from this address through our own web server."""
    path = f"/decide/{decision.record.key}/place/"
    return Client().post(path, {"code": code}, headers={"x-forwarded-for": came_from}).content.decode()


def test_a_thousand_codes_tried_shut_out_nobody_else(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind the web server that ends TLS every visitor comes from the same address, unless it is asked for theirs."""
    cache.clear()
    now = timezone.now()
    monkeypatch.setattr(counting, "timezone", SimpleNamespace(now=lambda: now))  # else a new time may begin half-way
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    decision = opened(cast, when=NOW_VOTE, ways=["code"])
    batch = print_codes(by=cast.commissioner.actor, decision=decision, group=decision.groups.first(), how_many=1)
    said = [tried(decision, f"2222-{n:04}".replace("0", "Z").replace("1", "Y"), "198.51.100.7") for n in range(21)]
    assert "We do not know this code" in said[0] and "tried a lot" in said[-1]
    assert "tried a lot" in tried(decision, batch.codes[0][0], "203.0.113.9, 198.51.100.7")  # the first is made up
    assert not tried(decision, batch.codes[0][0], "198.51.100.8")


@pytest.mark.parametrize(
    ("said", "many"), [({}, 0), ({"ALONGSIDE_URL": "https://a.org"}, 1), ({"ALONGSIDE_PROXIES": "2"}, 2)]
)
def test_whoever_has_tls_in_front_has_one_web_server_there(
    said: dict[str, str], many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ALONGSIDE_URL", "ALONGSIDE_PROXIES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert home.proxies() == many


def test_fifty_questions_of_a_made_up_group_hide_none_of_the_area(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "MOST", 2)
    area = for_ideas(cast)
    for n in range(2):
        opened(cast, cast.connector, cast.lunch_club, when=NOW_VOTE, question=f"Spam {n}?")
    assert area in decisions.open_now(Actor.anyone()) and area in decisions.glimpse(Actor.anyone(), 2)[0]


def test_a_list_is_made_of_more_ideas_than_a_form_usually_holds(cast: Cast) -> None:
    decision = for_ideas(cast)
    idea = idea_of(cast.resident, decision)
    listing(decision)
    typed: dict[str, Any] = {f"why_{n}": "" for n in range(1_500)}
    typed |= {f"on_{idea.record.key}": "on", "key": "once"}
    made = cast.commissioner.client().post(f"/decide/{decision.record.key}/shortlist/", typed)
    assert made.status_code == 302
    assert decision.options.count() == 1
