"""Whoever looks, and wherever: nothing comes out that its holder keeps from them, not even by a count or an order.

Two proofs in each invented world. No marker of a record that an answer may not speak of stands in it. And, harder:
take all those records out of the database, and not one letter of the answer changes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet

from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import block
from alongside.ground.people.models import Party
from alongside.ground.records import queries as records
from alongside.ground.records.models import Record, State
from alongside.knowing.assets import queries as assets
from alongside.knowing.assets.models import Asset
from alongside.knowing.barriers.models import Barrier
from alongside.knowing.search import queries as searching
from tests.cast import Cast, Somebody
from tests.conftest import PROVING
from tests.faults.surfaces import EVERYBODY, SIGNED_IN, SURFACES, UNNAMED, Surface, at, may_be_told
from tests.faults.worlds import World, remove, world
from tests.standing import Standing

SEEDS = range(12 if PROVING else 1)  # a world for each


@pytest.fixture
def invented(standing: Standing, request: pytest.FixtureRequest) -> World:
    """A world of its own for each seed."""
    seed = getattr(request, "param", 0)
    return standing(("world", seed), lambda: world(Cast(), seed))


@pytest.fixture
def made(invented: World, db: None) -> World:
    return invented


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def kept_back(world: World, surface: Surface, viewer: str) -> QuerySet[Record]:
    told = may_be_told(surface, world.actor(viewer)).values("pk")
    return Record.objects.exclude(pk__in=told).exclude(state=State.ERASED)


def answers(world: World, surface: Surface, viewer: str) -> list[str]:
    cache.clear()
    return list(surface.ask(world, viewer))


def shown(world: World, surface: Surface, viewer: str, said: list[str]) -> Iterator[str]:
    """Every marker in an answer of what may not stand there."""
    text = "\n".join(said)
    hidden = set(kept_back(world, surface, viewer).values_list("pk", flat=True))
    mine = world.viewers[viewer]
    owners = dict(Record.objects.values_list("pk", "owner"))
    for pk, words in world.secrets.items():
        if pk in hidden:
            yield from (word for word in words if word in text)
    for pk, words in world.homes.items():
        if mine is None or owners[pk] != mine.party.pk:
            yield from (word for word in words if word in text)
    for n, somebody in enumerate(world.people):
        if mine is None or somebody.party != mine.party:
            kept = (f"zqphone{n}qz", f"zqhome{n}qz") + (() if surface.names_others else (f"qsurname{n}qz",))
            yield from (word for word in kept if word in text)


def differs(before: list[str], after: list[str]) -> str:
    """The first place where two answers part."""
    for one, two in zip(before, after, strict=False):
        if one != two:
            at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), 0)
            return (
                f"{one.splitlines()[0]}: …{one[max(0, at - 60) : at + 90]!r} became …{two[max(0, at - 60) : at + 90]!r}"
            )
    return f"{len(before)} pages became {len(after)}" if len(before) != len(after) else ""


def chosen(viewer: str) -> list[Surface]:
    """The surfaces that somebody is asked at: all in `make prove`, and always for a passer-by and for somebody
    blocked; otherwise every third one, so that each that all may open is gone through by one or two of the others."""
    turn = SIGNED_IN.index(viewer) if viewer in SIGNED_IN else 0
    return [
        surface
        for n, surface in enumerate(SURFACES)
        if viewer in surface.viewers
        and (PROVING or viewer in ("anyone", "blocked") or len(surface.viewers) < 3 or (n + turn) % 3 == 0)
    ]


@pytest.mark.parametrize("viewer", EVERYBODY)
@pytest.mark.parametrize("invented", SEEDS, indirect=True)
def test_nothing_leaks(viewer: str, made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "PAGE", 4)  # so that there are pages after the first
    faults = list(faults_in(made, viewer))
    assert not faults, "\n".join(faults)


def faults_in(made: World, viewer: str) -> Iterator[str]:
    """Asked at every surface, with everything there and without what that surface may not speak of."""
    surfaces = chosen(viewer)
    for shows in sorted({surface.shows for surface in surfaces}):
        alike = [surface for surface in surfaces if surface.shows == shows]
        before = {surface.name: answers(made, surface, viewer) for surface in alike}
        for surface in alike:
            for word in shown(made, surface, viewer, before[surface.name]):
                yield f"{viewer}: {surface.name} shows {word}"
        with transaction.atomic():
            remove(kept_back(made, alike[0], viewer))
            for surface in alike:
                change = differs(before[surface.name], answers(made, surface, viewer))
                if change:
                    yield f"{viewer}: {surface.name}: {change}"
            transaction.set_rollback(True)


@pytest.mark.parametrize("viewer", SIGNED_IN if PROVING else ("holder", "member", "steward"))
@pytest.mark.parametrize("invented", SEEDS, indirect=True)
def test_to_block_somebody_changes_nothing_of_what_stands_without_a_name(viewer: str, made: World) -> None:
    """Else blocking suspects one by one would tell whose it is. All at once here; one by one in `make prove`."""
    faults = list(told_by_blocking(made, viewer))
    assert not faults, "\n".join(faults)


def told_by_blocking(made: World, viewer: str) -> Iterator[str]:
    Barrier.objects.update(named=False)
    surfaces = [surface for surface in UNNAMED if viewer in surface.viewers]
    before = {surface.name: answers(made, surface, viewer) for surface in surfaces}
    for suspects in ([one] for one in others(made, viewer)) if PROVING else [others(made, viewer)]:
        with transaction.atomic():
            for suspect, by_them in suspects:
                one, two = (suspect, made.viewers[viewer]) if by_them else (made.viewers[viewer], suspect)
                assert one is not None and two is not None
                block(by=one.actor, other=two.party)
            for surface in surfaces:
                change = differs(before[surface.name], answers(made, surface, viewer))
                if change:
                    yield f"{viewer}, by {[name.party.name for name, _who in suspects]}: {surface.name}: {change}"
            transaction.set_rollback(True)


def others(made: World, viewer: str) -> list[tuple[Somebody, bool]]:
    """Everybody whom a viewer may suspect, to block and to be blocked by."""
    me = made.viewers[viewer]
    return [(one, way) for one in made.people if me is None or one.party != me.party for way in (True, False)]


def test_the_proof_finds_a_wish_that_vanishes_with_its_owner(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was once: whoever blocked its owner saw one wish fewer."""
    monkeypatch.setattr(records, "UNNAMED", frozenset({"nothing"}))
    for written in ("SEEN", "SEEN_UNPROVED"):
        monkeypatch.setattr(records, written, getattr(records, written).anew())
    assert list(told_by_blocking(made, "outsider"))


BROKEN = [
    Surface("says a title", lambda world, viewer: Asset.objects.order_by("pk").values_list("title", flat=True)),
    Surface("counts everything", lambda world, viewer: [f"{Asset.objects.count()} things"]),
    Surface("numbers in one row", lambda world, viewer: [str(list(found_by(world, viewer)))]),
]


def found_by(world: World, viewer: str) -> Iterator[int]:
    """The place of each thing that may be found in the order of all things, which tells how many lie between."""
    told = set(may_be_told(BROKEN[2], world.actor(viewer)).values_list("pk", flat=True))
    return (n for n, pk in enumerate(Asset.objects.order_by("title").values_list("pk", flat=True)) if pk in told)


@pytest.mark.parametrize("surface", BROKEN, ids=lambda one: one.name)
def test_the_proof_finds_what_does_leak(surface: Surface, made: World) -> None:
    """A title, a count or a gap in an order: each is caught by one proof or the other."""
    said = answers(made, surface, "outsider")
    caught = bool(list(shown(made, surface, "outsider", said)))
    remove(kept_back(made, surface, "outsider"))
    assert caught or differs(said, answers(made, surface, "outsider"))


def test_a_page_of_somebody_that_lists_what_may_not_be_found_is_caught(
    made: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its holder lets it be seen and not found: then it stands on its own page and in no list, also not in theirs."""

    def all_there_is(viewer: Actor, party: Party) -> QuerySet[Asset]:
        return assets.assets(viewer).filter(record__owner=party, record__state__in=assets.LISTED)

    surface = next(one for one in SURFACES if one.name == "pages of people and groups")
    assert not list(shown(made, surface, "outsider", answers(made, surface, "outsider")))
    monkeypatch.setattr(assets, "held_by", all_there_is)
    assert list(shown(made, surface, "outsider", answers(made, surface, "outsider")))


@pytest.mark.parametrize("viewer", ["holder", "steward"])
def test_who_is_signed_in_reads_no_more_as_a_program_than_anyone(viewer: str, made: World) -> None:
    """What programs read takes no cookie, so that no other site reads with somebody's sign-in."""
    paths = [f"/api/v1/assets/{key}" for key in made.addresses]
    assert list(at(*paths)(made, viewer)) == list(at(*paths)(made, "anyone"))
