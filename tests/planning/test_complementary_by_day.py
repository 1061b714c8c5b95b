"""What changes by day in what is found for everybody: the worker looks again for what is touched, and for no more."""

from typing import Any

import pytest

from alongside.ground.history.models import Event
from alongside.knowing.assets.actions import say_room
from alongside.knowing.outcomes.models import Outcome
from alongside.methods.complement.by_day import by_day
from alongside.methods.complement.problem import Answer
from alongside.planning.complementary import looking
from alongside.planning.complementary.actions import have_it_mended, mend
from alongside.planning.complementary.models import Found, Sought
from alongside.planning.complementary.queries import last_run
from alongside.planning.plans import actions as plans
from tests.cast import Cast
from tests.planning.everybody import MACHINE, found, plan_of, run, shares, wants

pytestmark = pytest.mark.django_db


def test_a_no_by_day_brings_it_to_the_next(cast: Cast) -> None:
    """One hour, two who want it: when the first says no thanks, the second has it within a minute."""
    mair, tom = wants(cast.resident), wants(cast.carer)
    kitchen = shares(cast.neighbour)
    run()
    first, second = (mair, tom) if found(cast.resident, mair) else (tom, mair)
    people = {mair.pk: cast.resident, tom.pk: cast.carer}
    latest = Event.objects.latest("pk").pk
    plans.choose(by=people[first.pk].actor, plan=plan_of(first), outcome=first, asset=kitchen, choice="no")
    assert have_it_mended(since=latest) > latest
    assert found(people[first.pk], first) == {}
    assert found(people[second.pk], second) == {kitchen.pk: 60}


def test_mending_leaves_what_others_were_found(cast: Cast) -> None:
    mair, kitchen = wants(cast.resident), shares(cast.neighbour)
    run()
    late = wants(cast.carer)
    assert mend(by=MACHINE) == 1
    assert found(cast.resident, mair) == {kitchen.pk: 60}, "she keeps it, though he has nothing"
    assert found(cast.carer, late) == {} and Sought.objects.get(outcome=late).met == 0
    more = shares(cast.connector, "Singing in the park")
    Outcome.objects.filter(pk=late.pk).update(words="I want to sing with others")
    plans.set_order(by=cast.carer.actor, plan=plan_of(late), order="21345")
    mend(by=MACHINE)
    assert found(cast.carer, late) == {more.pk: 60}


def test_mending_fills_no_group_beyond_its_room(cast: Cast) -> None:
    mair, choir = wants(cast.resident), shares(cast.neighbour, per_week=None)
    say_room(by=cast.neighbour.actor, asset=choir, room_for=1)
    run()
    late = wants(cast.carer)
    mend(by=MACHINE)
    assert found(cast.resident, mair) == {choir.pk: 60} and found(cast.carer, late) == {}


def test_nothing_is_mended_where_nothing_has_happened(cast: Cast) -> None:
    wants(cast.resident)
    shares(cast.neighbour)
    assert have_it_mended(since=-1) > 0, "no run yet"
    run()
    before = Found.objects.get().pk
    latest = have_it_mended(since=-1)
    assert have_it_mended(since=latest) == latest and Found.objects.get().pk == before
    assert mend(by=MACHINE) == 0


def test_where_very_much_has_happened_all_is_looked_through(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wants(cast.resident)
    shares(cast.neighbour)
    first = run()
    wants(cast.carer)
    monkeypatch.setattr(looking, "MOST_MENDED", 0)
    assert mend(by=MACHINE) == 2 and last_run() != first


def test_the_engine_solves_again_from_what_was_found_before(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same path as by day in the engine: what stood, and which wishes and things on offer were touched."""
    mair, tom = wants(cast.resident), wants(cast.carer)
    kitchen = shares(cast.neighbour, per_week=400)
    run()
    say_room(by=cast.neighbour.actor, asset=kitchen, room_for=5)
    given = list[Any]()

    def listening(*all_of_it: Any) -> Answer:
        given.extend(all_of_it)
        return by_day(*all_of_it)

    monkeypatch.setattr(looking, "by_day", listening)
    assert mend(by=MACHINE) == 2
    problem, pairs, steps, (wishes, offers), _seconds = given
    assert problem.wishes.id.tolist() == sorted([mair.pk, tom.pk]) and len(pairs) == 2
    assert steps.tolist() == [2, 2] and wishes.all() and offers.all()
    assert found(cast.resident, mair) == {kitchen.pk: 60} == found(cast.carer, tom)


def test_what_is_left_over_for_others_is_not_taken_from_them(cast: Cast) -> None:
    """Nobody said anything of his: he keeps what he was found, and she has what is left of it."""
    tom = wants(cast.carer)
    kitchen = shares(cast.neighbour, per_week=200)
    run()
    mair = wants(cast.resident)
    Sought.objects.filter(outcome=tom).update(met=60, wanted=60)
    assert mend(by=MACHINE) == 1
    assert found(cast.carer, tom) == {kitchen.pk: 60} == found(cast.resident, mair)
    late = wants(cast.outsider)
    mend(by=MACHINE)
    assert found(cast.outsider, late) == {}, "the rest of the two hours is taken"
