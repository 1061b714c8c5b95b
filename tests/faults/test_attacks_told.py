"""Whoever knocks at whichever address of deciding together reads what is for them, and no word more."""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client

from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people.models import Party
from alongside.planning.answers.models import Act
from alongside.planning.ballots.models import Ballot
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.steps import STEPS
from alongside.planning.ideas import queries as ideas
from alongside.planning.ideas.models import Idea, Point
from alongside.planning.ideas.offering import IDEA, POINT
from alongside.planning.papers.models import Sheet
from alongside.planning.rolls.models import Roll, Seat
from tests.cast import Cast
from tests.conftest import PROVING
from tests.faults.deciding_world import AREA, CLUB, DRAFT, EVERYBODY, MARKER, Place, place
from tests.faults.surfaces import FRESH
from tests.house.addresses import Address, addresses, body
from tests.standing import Standing

KITS = ("decisions", "ideas", "rolls", "ballots", "papers", "results", "answers", "halls", "lotteries")
OURS = ("alongside.exchange.recount.", "alongside.exchange.bothways.", *(f"alongside.planning.{kit}." for kit in KITS))
PART = 36  # of all addresses, for each viewer
ELSEWHERE = (
    "/", "/look-around/", "/look-around/?words=zq", "/place/", "/place/figures.json", "/in-the-way/", "/my-page/",
    "/my-messages/", "/me/", "/me/take-away/", "/me/who-looked/", "/groups/", "/desk/", "/came-of-it/?show=late",
    "/what-is-on.ics", "/open-referral/services?full=true", "/not-found-yet/", "/gallery/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def built(standing: Standing) -> Place:
    return standing("deciding world", lambda: place(Cast()))


@pytest.fixture
def made(built: Place, db: None) -> Place:
    cache.clear()
    return built


def kits() -> list[Address]:
    return [one for one in addresses() if one.view.__module__.startswith(OURS)]


def paths(made: Place, name: str) -> Iterator[str]:
    """Every address of these kits for one decision, with each of its ideas, of what was said in it and done for it."""
    decision = made.decisions[name]
    known = {
        "key": [str(decision.record.key)],
        "idea": made.keys(Idea, decision),
        "point": made.keys(Point, decision),
        "act": [str(one) for one in Act.objects.filter(decision=decision).values_list("key", flat=True)],
        "step": [one.key for one in STEPS],
    }
    for one in kits():
        doing = list(POINT) if "<uuid:point>" in one.route else list(IDEA)
        yield from _filled(one.route, known | {"what": doing})


def _filled(route: str, known: dict[str, list[str]]) -> Iterator[str]:
    place = re.search(r"<(?:\w+:)?(\w+)>", route)
    if place is None:
        yield f"/{route}"
        return
    for value in known.get(place[1], ["1"]):
        yield from _filled(route.replace(place[0], value, 1), known)


def of_programs(made: Place) -> Iterator[str]:
    """Every operation that the API says it has, asked about each decision and idea."""
    document = json.loads(Client().get("/api/v1/openapi.json").content)
    keys = [str(one.record.key) for one in made.decisions.values()] + made.keys(Idea, made.decisions[AREA])[:2]
    for path in document["paths"]:
        yield from {re.sub(r"\{\w+\}", key, path) for key in keys}


def elsewhere(made: Place) -> Iterator[str]:
    yield from ELSEWHERE
    cast = made.cast
    parties = [cast.council, cast.lunch_club, cast.agency, *(one.party for one in made.people.values())]
    yield from (f"/p/{party.key}/" for party in parties)
    yield from (f"/m/{key}/" for key in (cast.lunch_club.key,))


def whole(response: HttpResponse) -> str:
    """All that comes back, also in headers."""
    return body(response) + "\n".join(f"{name}: {value}" for name, value in response.headers.items())


def told_to(made: Place, viewer: str, path: str) -> Iterator[str]:
    response = made.clients[viewer].get(path)
    text = whole(response)
    assert response.status_code < 500, path
    for marker in set(MARKER.findall(text.lower())):
        if viewer not in made.readers[marker]:
            yield f"{viewer} reads {made.where[marker]} at {path}"
    for surname in set(re.findall(r"zqsurname(\w+)", text.lower())) - {viewer}:
        yield f"{viewer} reads the surname of {surname} at {path}"


def asked(made: Place, viewer: str) -> list[str]:
    """Every address in `make prove`; otherwise each viewer knocks at another part of them, so that all together knock
    at all that hold words, and always at the pages on which most of them stand."""
    everywhere = [path for name in made.decisions for path in paths(made, name)]
    everywhere = list(dict.fromkeys([*everywhere, *elsewhere(made), *of_programs(made)]))
    if PROVING:
        return everywhere
    turn = sorted(EVERYBODY).index(viewer)
    return [path for n, path in enumerate(everywhere) if n % PART == turn] + ["/me/take-away/", "/decide/"]


@pytest.mark.parametrize("viewer", sorted(EVERYBODY))
def test_nobody_reads_a_word_that_is_not_for_them(viewer: str, made: Place) -> None:
    faults = [fault for path in asked(made, viewer) for fault in told_to(made, viewer, path)]
    assert not faults, "\n".join(sorted(set(faults)))


def test_the_proof_finds_what_does_leak(made: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were ideas shown whatever their state, somebody who passes by would read what still waits for a look."""
    decision = made.decisions[AREA]
    pages = [f"/decide/{decision.record.key}/ideas/{key}/" for key in made.keys(Idea, decision)]
    assert not [fault for path in pages for fault in told_to(made, "anyone", path)]
    monkeypatch.setattr(ideas, "_seen", lambda _viewer: Q())
    assert [fault for path in pages for fault in told_to(made, "anyone", path)]


def test_what_is_for_all_is_read_by_all(made: Place) -> None:
    """Else nothing would leak only because nothing is said."""
    decision = made.decisions[AREA]
    keys = made.keys(Idea, decision)
    text = "".join(whole(made.clients["outsider"].get(f"/decide/{decision.record.key}/ideas/{key}/")) for key in keys)
    read = {made.where[marker] for marker in set(MARKER.findall(text))}
    asked = {"Idea.title", "Idea.words", "Idea.state_why", "Point.words", "PointAnswer.words", "IdeaAsset.words"}
    assert asked | {"Interest.words", "Decision.question"} <= read


@pytest.mark.parametrize(
    ("viewer", "name"),
    [("anyone", DRAFT), ("outsider", CLUB)] + [(who, CLUB) for who in ("anyone", "blocked", "close") if PROVING],
)
def test_what_is_not_for_somebody_answers_like_what_was_never_there(viewer: str, name: str, made: Place) -> None:
    """By no status, no header and no word: whoever guesses an address learns nothing by it."""
    nobody, client = [str(uuid.uuid4()) for _n in range(4)], made.clients[viewer]
    real = [str(made.decisions[name].record.key), *[keys[0] for keys in keys_in(made, name) if keys]]
    for one in kits():
        if "<uuid:" in one.route:
            there, never = (filled(one.route, keys) for keys in (real, nobody))
            for method in ("get", "post"):
                found, none = (getattr(client, method)(path) for path in (there, never))
                assert found.status_code == none.status_code, (there, method)
                assert plain(found, there) == plain(none, never), (there, method)


def keys_in(made: Place, name: str) -> list[list[str]]:
    decision = made.decisions[name]
    return [made.keys(Idea, decision), made.keys(Point, decision)]


def filled(route: str, keys: list[str]) -> str:
    """An address with these keys in its places, in their order, and an everyday word in every other."""
    rest = iter([*keys, *keys])
    return "/" + re.sub(r"<(\w+):\w+>", lambda place: next(rest) if place[1] == "uuid" else "change", route)


def plain(response: HttpResponse, path: str) -> str:
    """What comes back without its own address, and without what is new on every page."""
    text = FRESH.sub("", whole(response)).replace(path, "").replace(quote(path, safe=""), "")
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|nonce-[^']*|Set-Cookie.*|\d\d:\d\d:\d\d GMT|[Nn]once=\S+", "", text)


@pytest.mark.parametrize("viewer", sorted(EVERYBODY) if PROVING else ["commissioner"])
def test_to_look_changes_nothing(viewer: str, made: Place) -> None:
    models = [Decision, Idea, Point, Act, Seat, Roll, Ballot, Sheet, Event, Party, Notice]
    before = [model._default_manager.count() for model in models]
    for path in asked(made, viewer):
        made.clients[viewer].get(path)
    assert [model._default_manager.count() for model in models] == before


def test_every_form_needs_the_word_of_its_page(made: Place) -> None:
    """A page elsewhere that sends somebody's browser here does nothing in their name."""
    client = made.people["commissioner"].client()
    client.handler.enforce_csrf_checks = True
    keys = [str(made.decisions[AREA].record.key), *[keys[0] for keys in keys_in(made, AREA)]]
    for one in kits():
        path = filled(one.route, keys)
        for method in ("post", "put", "patch", "delete") if PROVING else ("post", "put"):
            assert getattr(client, method)(path).status_code in (403, 405), (method, path)
