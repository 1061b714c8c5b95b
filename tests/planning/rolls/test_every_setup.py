"""Whatever set-up can be saved, and in whatever order people come in: nobody has two counted ballots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Source
from alongside.ground.people import actions as people
from alongside.ground.people.models import Party
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.way_models import Way
from alongside.planning.papers.queries import ballots_add_up
from alongside.planning.rolls import actions
from alongside.planning.rolls.actions import Named
from alongside.planning.rolls.models import Roll
from tests.cast import Cast, Somebody
from tests.conftest import PROVING
from tests.planning.ballots.box import OURS, cast_for, voting
from tests.planning.deciding import draft, move
from tests.planning.rolls.test_one_place import YESTERDAY

pytestmark = pytest.mark.django_db
SUBSETS = [list(ways) for n in range(1, 5) for ways in combinations(Way.values, n)]
SAVABLE = [["member"], ["list"], ["code"], ["member", "vouched"], ["list", "vouched"]]
HERE, ALSO, LATE, NO_PAGE = range(4)
NAMES = ["Ada Quill", "Bo Tarn", "Lu Finch", "Nia Holt"]


def test_these_are_all_the_ways_that_can_be_saved(cast: Cast) -> None:
    it, kept = draft(cast), []
    for ways in SUBSETS:
        with suppress(Fault):
            decisions.set_ways(by=cast.commissioner.actor, decision=it, ways=ways)
            kept.append(sorted(ways))
    assert sorted(kept) == sorted(sorted(ways) for ways in SAVABLE)


@dataclass
class World:
    """Four people who are who they say they are, one of whom came late and one of whom has no page; codes as they were
    handed to each; and whose each ballot is."""

    cast: Cast
    decision: Decision
    pages: dict[int, Somebody]
    codes: dict[int, list[str]] = field(default_factory=dict)
    doors: set[int] = field(default_factory=set)
    devices: dict[int, Somebody] = field(default_factory=dict)
    ballots: Counter[int] = field(default_factory=Counter)

    @property
    def keeper(self) -> dict[str, Any]:
        return {"by": self.cast.commissioner.actor, "decision": self.decision}

    def group(self) -> dict[str, Any]:
        return self.keeper | {"group": self.decision.groups.get(key=OURS)}

    def listed(self, who: int, other: int) -> None:
        actions.add_to_list(people=[Named(NAMES[who])], **self.group())
        self.slips(who, other * 2)

    def listed_with_page(self, who: int, other: int) -> None:
        actions.add_to_list(people=[Named("", self.pages[who].party)], **self.group())
        self.slips(who, other * 2)

    def slips(self, who: int, other: int) -> None:
        shown = {name: n for n, name in enumerate(NAMES)}
        shown |= {page.party.shown_name: n for n, page in self.pages.items()}
        for code, name in actions.codes_for_list(anew=bool(other % 2), **self.keeper).codes:
            self.codes.setdefault(shown[name], []).append(code)

    def door(self, who: int, other: int) -> None:
        if who not in self.doors:  # one a person is handed out
            (code, _name), *_rest = actions.print_codes(how_many=1, **self.group()).codes
            self.codes.setdefault(who, []).append(code)
            self.doors.add(who)

    def vouched(self, who: int, other: int) -> None:
        code = actions.vouch(by=self.pages[other].actor, decision=self.decision, name=NAMES[who])
        self.codes.setdefault(who, []).append(code)

    def by_page(self, who: int, other: int) -> None:
        cast_for(self.pages[who], self.decision, 1, group="")

    def code_on_page(self, who: int, other: int) -> None:
        actions.use_code(by=self.pages[who].actor, decision=self.decision, code=self._code(who, other))
        self.by_page(who, other)

    def code_on_device(self, who: int, other: int) -> None:
        device = Somebody(people.begin(by=self.cast.anyone)[0])
        self.devices[who] = device
        actions.use_code(by=device.actor, decision=self.decision, code=self._code(who, other))
        cast_for(device, self.decision, 1, group="")

    def on_paper(self, who: int, other: int) -> None:
        actions.receive_slip(code=self._code(who, other), **self.keeper)

    def by_telephone(self, who: int, other: int) -> None:
        helping = self.cast.carer.helps(self.pages[who]).by_way_of(Source.TELEPHONE)
        actions.use_code(by=helping, decision=self.decision, code=self._code(who, other))
        cast_for(self.pages[who], self.decision, 1, by=helping, group="")

    def joined(self, who: int, other: int) -> None:
        device = self.devices[who]
        people.claim(by=self.pages[who].actor, provisional=device.party, into=self.pages[who].party)

    def _code(self, who: int, other: int) -> str:
        mine = self.codes[who]
        return mine[other % len(mine)]


Step = Callable[[World, int, int], None]
GIVING: list[Step] = [World.listed, World.listed_with_page, World.vouched, World.door]
USING: list[Step] = [World.by_page, World.code_on_page, World.code_on_device, World.on_paper, World.by_telephone]
BETWEEN: list[Step] = [*GIVING, *USING, World.slips, World.joined]


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def worlds(cast: Cast) -> Callable[[int], World]:
    """A fresh world for each set-up that can be saved; all of a set-up stand on one decision."""
    assert cast.place.name and cast.carer.party.pk
    pages = {n: cast.person(NAMES[n]) for n in (HERE, ALSO, LATE)}
    made = [move(voting(cast, ways=ways), YESTERDAY) for ways in SAVABLE]
    Party.objects.exclude(pk=pages[LATE].party.pk).update(since=timezone.now() - timedelta(days=9))
    for page in pages.values():
        page.party.refresh_from_db()
    return lambda n: World(cast, made[n], pages)


@st.composite
def coming_in(draw: st.DrawFn) -> list[tuple[Step, int, int]]:
    """What happens, mostly to one of the four: they get places in two ways, and use what they have in any order."""
    focus, anybody = draw(st.sampled_from([HERE, HERE, HERE, *range(4)])), st.sampled_from(range(4))
    steps = [draw(st.sampled_from(GIVING)) for _n in range(2)]
    steps += [*draw(st.permutations(USING)), draw(st.sampled_from(BETWEEN)), draw(st.sampled_from(BETWEEN))]
    order = draw(st.permutations(steps)) if draw(st.booleans()) else steps
    return [(act, draw(anybody) if draw(st.integers(0, 5)) == 0 else focus, draw(anybody)) for act in order]


@settings(max_examples=400 if PROVING else 40)
@given(setup=st.sampled_from(range(len(SAVABLE))), steps=coming_in())
def test_no_order_of_coming_in_gives_one_person_two_ballots(
    worlds: Callable[[int], World], setup: int, steps: list[tuple[Step, int, int]]
) -> None:
    world = worlds(setup)
    with undone():
        for act, who, other in steps:
            before = Roll.objects.filter(decision=world.decision).count()
            with suppress(Fault, Refused, KeyError), transaction.atomic():
                act(world, who, other)
            world.ballots[who] += Roll.objects.filter(decision=world.decision).count() - before
        assert max(world.ballots.values()) <= 1, world.ballots
        assert not [said for said in ballots_add_up() if "papers counted" not in said]


def test_the_property_does_meet_people_who_come_in(worlds: Callable[[int], World]) -> None:
    """Else it would hold because nobody ever does."""
    came: Counter[str] = Counter()
    for n in range(len(SAVABLE)):
        for give in (World.listed, World.door, World.vouched):
            for use in (World.by_page, World.code_on_device, World.on_paper):
                world = worlds(n)
                with undone(), suppress(Fault, Refused, KeyError):
                    give(world, NO_PAGE, HERE)
                    use(world, NO_PAGE if use is not World.by_page else HERE, 0)
                    came[f"{give.__name__} {use.__name__}"] += 1
    assert len(came) == 8, came  # with a code through the door nobody comes by their page
