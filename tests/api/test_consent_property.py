"""Whatever people share, block, let in, shut out and take back: no token reads what its holder's consent leaves shut.

Every record carries a word of its own. All that the API answers to a token is gathered, and the words in it must
be exactly those that the rules, said in plain Python, allow.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alongside.ground.consent.actions import let_in, share
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import block, welcome
from alongside.ground.records.actions import set_audience
from alongside.ground.tokens.actions import let_in as let_program_in
from alongside.ground.tokens.actions import shut_out
from alongside.ground.tokens.models import Token
from alongside.knowing.assets.actions import offer, withdraw
from alongside.knowing.outcomes.actions import want, wish
from tests.api.asking import EVERYTHING, Asker

PROVE = os.environ.get("ALONGSIDE_PROVE") == "1"
MACHINE = Actor.system("tests")
PEOPLE = 3
KINDS = {"asset": {"page", "offer"}, "wish": {"page", "wish"}, "outcome": {"plan"}}

who = st.integers(0, PEOPLE - 1)
audience = st.sampled_from(["me", "circle", "everyone"])
step = st.one_of(
    st.tuples(st.just("record"), who, st.sampled_from(sorted(KINDS)), audience),
    st.tuples(st.just("audience"), who, audience, st.just(0)),
    st.tuples(st.just("end"), who, st.just(0), st.just(0)),
    st.tuples(st.just("grant"), who, who, st.just(0)),
    st.tuples(st.just("circle"), who, who, st.just(0)),
    st.tuples(st.just("block"), who, who, st.just(0)),
    st.tuples(st.just("program"), who, st.sets(st.sampled_from(EVERYTHING), min_size=1), st.just(0)),
    st.tuples(st.just("shut"), who, st.just(0), st.just(0)),
)


@dataclass
class Thing:
    record: Any
    owner: int
    kind: str
    audience: str
    word: str
    ended: bool = False
    row: Any = None


@dataclass
class World:
    """Plays steps through the real actions, and keeps beside them what the rules need."""

    people: list[Any] = field(default_factory=lambda: [welcome(by=MACHINE, name=f"Person {n}") for n in range(PEOPLE)])
    things: list[Thing] = field(default_factory=list)
    blocks: set[frozenset[int]] = field(default_factory=set)
    programs: list[tuple[int, frozenset[str], str, Token]] = field(default_factory=list)
    shut: set[int] = field(default_factory=set)

    def play(self, verb: str, a: int, b: Any, c: Any) -> None:
        me = Actor(person=self.people[a])
        mine = [one for one in self.things if one.owner == a and not one.ended]
        getattr(self, f"_{verb}")(me, a, b, c, mine[-1:])

    def _record(self, me: Actor, a: int, kind: str, audience: str, _mine: Any) -> None:
        word = f"zq{len(self.things):03d}qz"
        given: dict[str, Any] = {"by": me, "audience": audience}
        if kind == "asset":
            row: Any = offer(holder=me.person, kind="skill", title=word, **given)  # type: ignore[arg-type]
        else:
            row = (wish if kind == "wish" else want)(owner=me.person, words=word, **given)  # type: ignore[operator]
        self.things.append(Thing(row.record, a, kind, audience, word, row=row))

    def _audience(self, me: Actor, a: int, audience: str, _c: Any, mine: list[Thing]) -> None:
        for one in mine:
            set_audience(by=me, record=one.record, audience=audience)
            one.audience = audience

    def _end(self, me: Actor, a: int, _b: Any, _c: Any, mine: list[Thing]) -> None:
        for one in mine:
            if one.kind == "asset":
                withdraw(by=me, asset=one.row)
                one.ended = True

    def _grant(self, me: Actor, a: int, b: int, _c: Any, mine: list[Thing]) -> None:
        until = timezone.now() + timedelta(days=9)
        for one in mine if a != b else []:
            share(by=me, record=one.record, grantee=self.people[b], parts=["all"], purpose="x", until=until)

    def _circle(self, me: Actor, a: int, b: int, _c: Any, _mine: Any) -> None:
        if a != b:
            let_in(by=Actor(person=self.people[b]), owner=me.person, member=self.people[b])  # type: ignore[arg-type]

    def _block(self, me: Actor, a: int, b: int, _c: Any, _mine: Any) -> None:
        if a != b:
            block(by=me, other=self.people[b])
            self.blocks.add(frozenset({a, b}))

    def _program(self, me: Actor, a: int, scopes: set[str], _c: Any, _mine: Any) -> None:
        until = timezone.now() + timedelta(days=9)
        made = let_program_in(by=me, holder=me.person, name="x", scopes=scopes, until=until)  # type: ignore[arg-type]
        assert made is not None
        self.programs.append((a, frozenset(scopes), made[1], made[0]))

    def _shut(self, me: Actor, a: int, _b: Any, _c: Any, _mine: Any) -> None:
        for owner, _scopes, _secret, token in self.programs[-1:]:
            if owner == a:
                shut_out(by=me, token=token)
                self.shut.add(token.pk)

    def allowed(self, holder: int | None, scopes: frozenset[str]) -> set[str]:
        """The rules in words: what everyone may see and no block is between; and of one's own what was ticked."""
        found = set()
        for one in self.things:
            public = one.audience == "everyone" and not one.ended
            if holder is None:
                visible = public
            else:
                blocked = frozenset({holder, one.owner}) in self.blocks
                own = one.owner == holder and bool(KINDS[one.kind] & scopes)
                visible = (public and not blocked) or own
            # A wish and what somebody wants have no address of their own for others.
            if visible and (one.kind == "asset" or one.owner == holder):
                found.add(one.word)
        return found


def gathered(asker: Asker, world: World) -> set[str]:
    """All that this caller is told, at every address that could speak of these things."""
    paths = ["/assets", "/wishes", "/me/assets", "/me/wishes", "/me/plan", "/me/looks", "/me/sharing", "/parties"]
    paths += [f"/assets/{one.record.key}" for one in world.things]
    paths += [f"/parties/{party.key}" for party in world.people]
    text = " ".join(asker.get(path).content.decode() for path in paths)
    return {one.word for one in world.things if one.word in text}


def seen_by_key(asker: Asker, world: World) -> set[str]:
    return {one.word for one in world.things if one.word in asker.get(f"/assets/{one.record.key}").content.decode()}


@pytest.mark.django_db
class TestTokens(TestCase):
    @settings(max_examples=250 if PROVE else 12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(step, min_size=3, max_size=16))
    def test_no_token_reads_what_consent_leaves_shut(self, steps: list[tuple[str, int, Any, Any]]) -> None:
        logging.disable(logging.CRITICAL)
        world = World()
        for one in steps:
            world.play(*one)
        assert gathered(Asker(), world) <= world.allowed(None, frozenset())
        for holder, scopes, secret, token in world.programs:
            asker = Asker(secret)
            if token.pk in world.shut:
                assert not gathered(asker, world)
                continue
            allowed = world.allowed(holder, scopes)
            assert gathered(asker, world) <= allowed
            assets = {one.word for one in world.things if one.kind == "asset"}
            assert seen_by_key(asker, world) == allowed & assets
        logging.disable(logging.NOTSET)
