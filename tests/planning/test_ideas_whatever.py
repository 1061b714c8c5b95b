"""Whatever people put forward, join, drop, list and gain, in whatever order: what is promised about ideas holds."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.records.models import State
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas import actions, queries
from alongside.planning.ideas.models import Idea, IdeaState, Interest, Option
from tests.cast import Cast, Somebody
from tests.planning.deciding import money, opened
from tests.planning.thinking import NOW_LISTING, voting

ANYONE = Actor.anyone()
ALL_AT_ONCE = {"ideas": (-5, 5), "talk": (-5, 5), "shortlist": (-5, 5), "vote": (6, 9), "answer": (10, 20)}
WHO = st.sampled_from(["resident", "neighbour", "supplier", "connector", "commissioner", "outsider", "passer_by"])
RUN_BY_THOSE_WHO_LOOK_AFTER_IT = frozenset({"merge", "drop", "again", "list"})
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["put", "put", "put", "merge", "undo", "drop", "again", "back", "list", "paid", "run", "unpaid", "say"]
        ),
        WHO,
        st.integers(0, 7),
        st.integers(0, 7),
    ),
    min_size=4,
    max_size=22,
)


class World:
    """One decision, its people, and what they try."""

    def __init__(self) -> None:
        self.cast = Cast()
        assert self.cast.place.name and self.cast.agency.name and self.cast.lunch_club.name
        self.passer_by: Somebody = self.cast.passer_by[0]
        self.decision = opened(self.cast, when=ALL_AT_ONCE, terms=money())
        self.kept: list[int] = []

    def who(self, name: str) -> Somebody:
        return self.passer_by if name == "passer_by" else getattr(self.cast, name)

    def idea(self, n: int) -> Idea | None:
        if not self.kept:
            return None
        whole = Idea.objects.select_related("record__owner", "decision__record__owner", "decision__terms", "run_by")
        return whole.get(pk=self.kept[n % len(self.kept)])

    def attempt(self, what: str, name: str, a: int, b: int) -> None:
        """One step; what is refused changes nothing, which the promises below then show."""
        runs = what in RUN_BY_THOSE_WHO_LOOK_AFTER_IT and (a + b) % 2
        somebody = self.cast.commissioner if runs else self.who(name)
        with suppress(Fault, Refused):
            self.step(what, somebody, self.idea(a), self.idea(b))

    def step(self, what: str, somebody: Somebody, one: Idea | None, other: Idea | None) -> None:
        by, party = somebody.actor, somebody.party
        if what == "put":
            owner = self.cast.agency if party == self.cast.supplier.party else party
            made = actions.put_forward(by=by, decision=self.decision, owner=owner, title="An idea", cost_pence=500)
            self.kept.append(made.pk)
        elif one is None or other is None:
            return
        elif what == "list":
            why = dict.fromkeys(self.kept, "Not this year")
            actions.shortlist(by=by, decision=self.decision, ideas=[one, other], left_out=why)
        elif what == "say":
            actions.say(by=by, decision=self.decision, owner=party, kind="objection", words="No", idea=one)
        else:
            self.change(what, by, party, one, other)

    def change(self, what: str, by: Actor, party: Any, one: Idea, other: Idea) -> None:
        doing: dict[str, Any] = {
            "merge": lambda: actions.merge(by=by, idea=one, into=other, why="Alike"),
            "undo": lambda: actions.undo(by=by, idea=one),
            "drop": lambda: actions.drop(by=by, idea=one, why="Too dear"),
            "again": lambda: actions.bring_back(by=by, idea=one),
            "back": lambda: actions.take_back(by=by, idea=one),
            "paid": lambda: actions.declare(by=by, idea=one, party=party, kind="paid"),
            "run": lambda: actions.say_who(by=by, idea=one, run_by=party),
            "unpaid": lambda: actions.say_who(by=by, idea=one, run_by=party, unpaid=True),
        }
        doing[what]()

    def told(self) -> list[Idea]:
        """What others have seen, as plain Python finds it."""
        rows = Idea.objects.select_related("record", "merged_into").order_by("pk")
        shown = [one for one in rows if one.record.state in (State.LIVE, State.STALE)]
        return [one for one in shown if one.state != IdeaState.WITHDRAWN]


def root(idea: Idea) -> Idea:
    seen = set()
    while idea.state == IdeaState.MERGED:
        assert idea.pk not in seen, "ideas are joined in a ring"
        seen.add(idea.pk)
        assert idea.merged_into is not None
        idea = Idea.objects.get(pk=idea.merged_into_id)
    return idea


class Whatever(TestCase):
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def test_what_is_promised_about_ideas_holds(self, steps: list[tuple[str, str, int, int]]) -> None:
        world = World()
        for step in steps:
            world.attempt(*step)
        self.put_aside_has_its_reason_and_its_side(world)
        self.the_list_is_whole(world)
        self.counts_agree(world)
        self.who_is_paid_has_no_vote(world)
        self.nothing_moves_once_people_choose(world)

    def put_aside_has_its_reason_and_its_side(self, world: World) -> None:
        for one in world.told():
            if one.state in (IdeaState.DROPPED, IdeaState.MERGED):
                assert one.state_why and one.state_side and one.state_on and one.state_by_id
            else:
                assert not one.state_why and not one.state_side and one.merged_into is None
            root(one)

    def the_list_is_whole(self, world: World) -> None:
        """Options are the listed ideas, numbered without a gap as they came; nothing unseen is among them."""
        options = list(Option.objects.order_by("n").select_related("idea__record"))
        assert [one.n for one in options] == list(range(1, len(options) + 1))
        assert [one.idea_id for one in options] == sorted(one.idea_id for one in options)
        listed = {one.pk for one in Idea.objects.all() if one.state == IdeaState.LISTED}
        assert {one.idea_id for one in options} == listed
        assert all(one.idea.record.state == State.LIVE for one in options)
        assert [one.pk for one in queries.options(ANYONE, world.decision)] == [one.pk for one in options]

    def counts_agree(self, world: World) -> None:
        told, rows = queries.provenance(world.decision), world.told()
        assert sum(one.put_forward for one in told.sides) == len(rows)
        assert {one.side: one.on_list for one in told.sides if one.on_list} == dict(
            Counter(row.side for row in rows if row.state == IdeaState.LISTED)
        )
        for one in told.sides:
            assert one.dropped == sum(one.dropped_by.values())
            assert one.put_forward >= one.on_list + one.joined + one.dropped
        assert {row.pk for row in queries.ideas(ANYONE, world.decision)} == {row.pk for row in rows}

    def who_is_paid_has_no_vote(self, world: World) -> None:
        """By the words of the rule, one by one, and not by SQL."""
        cast = world.cast
        works_for = {cast.supplier.party: cast.agency, cast.connector.party: cast.lunch_club}
        works_for[cast.commissioner.party] = cast.council
        for name in ("resident", "neighbour", "supplier", "connector", "commissioner", "outsider"):
            party = getattr(cast, name).party
            us = {party.pk, works_for[party].pk} if party in works_for else {party.pk}
            gains = {row.idea_id for row in Interest.objects.filter(kind="paid") if row.party_id in us}
            gains |= {one.pk for one in Idea.objects.all() if one.run_by_id in us and not one.run_unpaid}
            roots = {root(Idea.objects.get(pk=pk)).pk for pk in gains}
            expected = {one.pk for one in Option.objects.all() if one.idea_id in roots}
            assert queries.barred(world.decision, party) == expected, name

    def nothing_moves_once_people_choose(self, world: World) -> None:
        voting(world.decision)
        world.decision = Decision.objects.select_related("record__owner", "terms").get(pk=world.decision.pk)
        before = list(Idea.objects.order_by("pk").values_list("pk", "state", "title", "cost_pence", "run_by"))
        options = list(Option.objects.order_by("n").values_list("n", "idea", "cost_pence"))
        for what in ("put", "merge", "undo", "drop", "again", "list", "run", "unpaid"):
            world.attempt(what, "commissioner", 0, 1)
        assert list(Idea.objects.order_by("pk").values_list("pk", "state", "title", "cost_pence", "run_by")) == before
        assert list(Option.objects.order_by("n").values_list("n", "idea", "cost_pence")) == options


def test_the_days_of_these_tests_are_days_on_which_a_list_is_made() -> None:
    """The property would hold for nothing if no list could be made in it."""
    assert NOW_LISTING["shortlist"][0] <= 0 <= NOW_LISTING["shortlist"][1]
    assert ALL_AT_ONCE["ideas"][1] > 0 and ALL_AT_ONCE["shortlist"][0] < 0 < ALL_AT_ONCE["vote"][0]
