"""Who may do what by the API: every operation of its own description, by every kind of caller.

A new operation without a line here fails. Each caller meets the same world: Mair's things, and Mair's token.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from alongside.api.app import description
from alongside.ground.consent.actions import share
from alongside.ground.people.actions import block
from alongside.ground.places.models import Area
from alongside.ground.tokens.actions import shut_out
from alongside.ground.tokens.models import Token
from alongside.knowing.assets.actions import offer
from alongside.knowing.outcomes.actions import wish
from alongside.planning.plans.actions import start
from tests.api.asking import EVERYTHING, Asker, token
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Line:
    """How one operation is asked, and its answer: to whoever may; to somebody with a token of their own for the
    same scopes; to whom Mair has blocked."""

    path: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    ok: int = 200
    other: int = 0
    blocked: int = 0


READ = {"If_Match": '"1"'}
LINES: dict[str, Line] = {
    "place": Line("/place"),
    "areas": Line("/areas?kind=ward"),
    "edges": Line("/edges"),
    "area": Line("/areas/ward/2023/E05000001"),
    "figures": Line("/figures"),
    "search": Line("/search?words=gates"),
    "assets": Line("/assets"),
    "asset": Line("/assets/{public}", blocked=404),
    "my_assets": Line("/me/assets"),
    "offer": Line("/assets", {"kind": "skill", "title": "Mending"}, ok=201),
    "change": Line("/assets/{public}", {"title": "Mended"}, READ, other=404),
    "confirm": Line("/assets/{public}/confirm", other=404),
    "pause": Line("/assets/{public}/pause", {"paused": True}, other=404),
    "room": Line("/assets/{public}/room", {"room_for": 2}, other=404),
    "withdraw": Line("/assets/{public}/withdraw", other=404),
    "versions": Line("/assets/{public}/versions", other=404),
    "restore": Line("/assets/{public}/versions/1/restore", other=404),
    "parties": Line("/parties"),
    "party": Line("/parties/{mair}", blocked=404),
    "wishes": Line("/wishes"),
    "my_wishes": Line("/me/wishes"),
    "wish": Line("/me/wishes", {"words": "A lift"}, ok=201),
    "settle_wish": Line("/me/wishes/{wish}/settle", {"met": True}, other=404),
    "who_am_i": Line("/me"),
    "my_plan": Line("/me/plan", other=404),
    "sharing": Line("/me/sharing"),
    "take_back": Line("/me/sharing/{private}/{friend}", ok=204, other=404),
    "looks": Line("/me/looks"),
}


@dataclass
class World:
    """Mair's things, by the names that the lines use, and who comes to the door."""

    ids: dict[str, str]
    callers: dict[str, Asker]


@cache
def operations() -> dict[str, tuple[str, str, str, set[str]]]:
    """Method, path, scope and documented statuses of each operation, from the description itself."""
    return {
        one["operationId"]: (method.upper(), path, one["x-scope"] or "", {str(status) for status in one["responses"]})
        for path, methods in description()["paths"].items()  # type: ignore[attr-defined]
        for method, one in methods.items()
    }


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Hundreds of refusals are what these tests ask for; they need no log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(cast: Cast) -> World:
    assert cast.place.name
    mair, friend, shut = cast.resident, cast.carer, cast.outsider
    Area.objects.create(kind="ward", edition="2023", code="E05000001", name="Mill Ward")
    given = {"by": mair.actor, "holder": mair.party, "kind": "skill"}
    public = offer(title="Mending gates", audience="everyone", **given).record
    private = offer(title="Only mine", **given).record
    wished = wish(by=mair.actor, owner=mair.party, words="A lift").record
    start(by=mair.actor, owner=mair.party)
    until = timezone.now() + timedelta(days=9)
    share(by=mair.actor, record=private, grantee=friend.party, parts=["all"], purpose="to help", until=until)
    block(by=mair.actor, other=shut.party)
    ids = {"public": public, "private": private, "wish": wished}
    keys = {name: str(record.key) for name, record in ids.items()}
    keys |= {"mair": str(mair.party.key), "friend": str(friend.party.key)}
    return World(keys, callers(cast))


def callers(cast: Cast) -> dict[str, Asker]:
    mair = cast.resident
    over, gone = token(mair), token(mair)
    rows = list(Token.objects.order_by("-pk")[:2])
    shut_out(by=mair.actor, token=rows[0])
    Token.objects.filter(pk=rows[1].pk).update(since=timezone.now() - timedelta(days=9), until=timezone.now())
    device = Client(raise_request_exception=False)
    device.cookies["alongside_device"] = cast.passer_by[1]
    signed_in = mair.client()
    signed_in.raise_request_exception = False
    return {
        "nobody": Asker(),
        "an unclaimed page": Asker(client=device),
        "her own browser": Asker(client=signed_in),
        "her token": Asker(token(mair)),
        "a token that is over": Asker(over),
        "a token shut out": Asker(gone),
        "no token of ours": Asker("alongside_" + "x" * 43),
        "another's token": Asker(token(cast.neighbour)),
        "the token of whom she blocked": Asker(token(cast.outsider)),
        "a steward's token": Asker(token(cast.steward)),
        "the token of whom she shared with": Asker(token(cast.carer)),
    }


def expected(caller: str, name: str, line: Line, scope: str) -> int:
    """What the words of the design say, and not the code."""
    if caller in ("a token that is over", "a token shut out", "no token of ours"):
        return 401
    if caller in ("nobody", "an unclaimed page", "her own browser"):
        return 401 if scope or name == "who_am_i" else line.ok
    if caller == "her token":
        return line.ok
    if caller == "the token of whom she blocked" and line.blocked:
        return line.blocked
    return line.other or line.ok


def knock(asker: Asker, name: str, world: World) -> Any:
    """Ask once, and put everything back."""
    line, (method, *_rest) = LINES[name], operations()[name]
    with transaction.atomic():
        answer = asker.ask(method, line.path.format(**world.ids), line.body, **line.headers)
        transaction.set_rollback(True)
    return answer


def test_every_operation_has_a_line() -> None:
    assert set(LINES) == set(operations())


def test_every_operation_is_answered_as_it_should_be_and_tells_others_nothing_of_hers(world: World) -> None:
    hers = ("Only mine", "A lift", world.ids["private"], world.ids["wish"])
    wrong, told = [], set()
    for name, (method, _path, scope, documented) in operations().items():
        for caller, asker in world.callers.items():
            answer = knock(asker, name, world)
            if method == "GET" and any(words in answer.content.decode() for words in hers):
                told.add((caller, name))
            if answer.status_code != expected(caller, name, LINES[name], scope):
                wrong.append(f"{name} for {caller}: {answer.status_code} {answer.content[:200]!r}")
            if str(answer.status_code) not in documented:
                wrong.append(f"{name}: {answer.status_code} is in no document")
    assert not wrong, "\n".join(wrong)
    assert told == {("her token", name) for name in ("my_assets", "my_wishes", "sharing")}


def test_a_scope_opens_its_own_operations_and_no_other(world: World, cast: Cast) -> None:
    wrong = []
    for chosen in EVERYTHING:
        asker = Asker(token(cast.resident, chosen))
        for name, (_method, _path, scope, _documented) in operations().items():
            answer = knock(asker, name, world).status_code
            if answer != (LINES[name].ok if scope in ("", chosen) else 403):
                wrong.append(f"{name} with {chosen}: {answer}")
    assert not wrong, "\n".join(wrong)


def test_refusals_say_what_and_how_to_mend_it(world: World) -> None:
    for caller, asker in world.callers.items():
        answer = knock(asker, "my_plan", world)
        if answer.status_code >= 400:
            said = answer.json()
            assert answer["Content-Type"] == "application/problem+json", caller
            assert said["title"] and said["mend"] and said["status"] == answer.status_code
            assert (answer.status_code == 401) == answer.has_header("WWW-Authenticate")
