"""Whatever people share, join, block and take back: the SQL of `visible_to` agrees with the rules read aloud."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alongside.ground.consent.actions import let_in, share, take_back
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import block, join, leave, welcome
from alongside.ground.people.models import Kind, Sort
from alongside.ground.records.actions import end, open_record, set_audience
from alongside.ground.records.queries import everyones, private_set, visible_to

MACHINE = Actor.system("tests")
PEOPLE = range(4)
GROUPS = range(2)


@dataclass
class Rules:
    """The same world in plain Python, judged by the words of the design and not by SQL."""

    owner: dict[int, int] = field(default_factory=dict)
    audience: dict[int, str] = field(default_factory=dict)
    community: dict[int, int] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)
    members: set[tuple[int, int]] = field(default_factory=set)
    circle: set[tuple[int, int]] = field(default_factory=set)
    granted: set[tuple[int, int]] = field(default_factory=set)
    wishes: set[int] = field(default_factory=set)
    blocks: set[tuple[int, int]] = field(default_factory=set)

    def sees(self, person: int | None, record: int) -> bool:
        owner, audience = self.owner[record], self.audience[record]
        if person is None:
            return audience == "everyone" and record not in self.ended
        ours = audience == "community" and (person, self.community[record]) in self.members
        if record in self.wishes and record not in self.ended and (audience == "everyone" or ours):
            return True
        if {(person, owner), (owner, person)} & self.blocks:
            return False
        if person == owner:
            return True
        if record in self.ended:
            return False
        return (
            audience == "everyone"
            or (audience == "community" and (person, self.community[record]) in self.members)
            or (audience == "circle" and (owner, person) in self.circle)
            or (person, record) in self.granted
        )


person = st.sampled_from(PEOPLE)
group = st.sampled_from(GROUPS)
step = st.one_of(
    st.tuples(st.just("record"), person, st.sampled_from(["me", "circle", "community", "everyone"]), group),
    st.tuples(st.just("audience"), person, st.sampled_from(["me", "circle", "community", "everyone"]), group),
    st.tuples(st.just("join"), person, group, st.just(0)),
    st.tuples(st.just("leave"), person, group, st.just(0)),
    st.tuples(st.just("circle"), person, person, st.just(0)),
    st.tuples(st.just("grant"), person, person, st.just(0)),
    st.tuples(st.just("take_back"), person, person, st.just(0)),
    st.tuples(st.just("block"), person, person, st.just(0)),
    st.tuples(st.just("end"), person, st.just(0), st.just(0)),
)


class World:
    """Plays steps through the real actions and into the rules side by side."""

    def __init__(self) -> None:
        self.rules = Rules()
        self.people = [welcome(by=MACHINE, name=f"Person {n}") for n in PEOPLE]
        self.groups = [welcome(by=MACHINE, name=f"Group {n}", kind=Kind.COMMUNITY, sort=Sort.INTEREST) for n in GROUPS]
        self.records: list = []
        self.memberships: dict = {}
        self.grants: dict = {}

    def play(self, verb: str, a: int, b: object, c: int) -> None:
        me = Actor(person=self.people[a])
        mine = [n for n, record in enumerate(self.records) if record.owner_id == me.person.pk]
        getattr(self, f"_{verb}")(me, a, b, c, mine)

    def _record(self, me, a, audience, n, mine) -> None:
        number = len(self.records)
        kind = "wish" if number % 2 else "note"
        self.records.append(open_record(by=me, kind=kind, owner=me.person, audience=audience, community=self.groups[n]))
        self.rules.wishes |= {number} if kind == "wish" else set()
        self.rules.owner[number], self.rules.audience[number], self.rules.community[number] = a, audience, n

    def _audience(self, me, a, audience, n, mine) -> None:
        for number in mine[:1]:
            set_audience(by=me, record=self.records[number], audience=audience, community=self.groups[n])
            self.rules.audience[number], self.rules.community[number] = audience, n

    def _join(self, me, a, n, _c, mine) -> None:
        self.memberships[a, n] = join(by=me, member=me.person, of=self.groups[n])
        self.rules.members.add((a, n))

    def _leave(self, me, a, n, _c, mine) -> None:
        if (a, n) in self.memberships:
            leave(by=me, membership=self.memberships.pop((a, n)))
            self.rules.members.discard((a, n))

    def _circle(self, me, a, b, _c, mine) -> None:
        if a != b:
            let_in(by=Actor(person=self.people[b]), owner=me.person, member=self.people[b])
            self.rules.circle.add((a, b))

    def _grant(self, me, a, b, _c, mine) -> None:
        until = timezone.now() + timedelta(days=9)
        for number in mine[:1] if a != b else []:
            self.grants[b, number] = share(
                by=me, record=self.records[number], grantee=self.people[b], parts=["all"], purpose="x", until=until
            )
            self.rules.granted.add((b, number))

    def _take_back(self, me, a, b, _c, mine) -> None:
        for number in mine[:1]:
            if (b, number) in self.grants:
                take_back(by=me, grant=self.grants.pop((b, number)))
                self.rules.granted.discard((b, number))

    def _block(self, me, a, b, _c, mine) -> None:
        if a != b:
            block(by=me, other=self.people[b])
            self.rules.blocks.add((a, b))

    def _end(self, me, a, _b, _c, mine) -> None:
        for number in mine[:1]:
            end(by=me, record=self.records[number])
            self.rules.ended.add(number)


@pytest.mark.django_db
class TestVisible(TestCase):
    @settings(
        max_examples=settings.default.max_examples // 2, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(st.lists(step, max_size=14))
    def test_sql_and_rules_agree(self, steps: list[tuple[str, int, object, int]]) -> None:
        world = World()
        for one in steps:
            world.play(*one)
        public = set(everyones().values_list("pk", flat=True))
        for who in [None, *PEOPLE]:
            viewer = Actor.anyone() if who is None else Actor(person=world.people[who])
            seen = set(visible_to(viewer).values_list("pk", flat=True))
            expected = {record.pk for n, record in enumerate(world.records) if world.rules.sees(who, n)}
            assert seen == expected
            assert seen <= public | set(private_set(viewer).values_list("pk", flat=True))
