"""After the close nobody can tell whose ballot is whose, with everything in the database and a log of who pressed when
in their hands."""

from __future__ import annotations

import math
import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from alongside.ground.history.actor import Actor
from alongside.planning.ballots import receipts
from alongside.planning.decisions.models import Decision
from tests.cast import Cast, Somebody
from tests.faults.linking import attacks, dump, right
from tests.planning.ballots.box import cast_for, closed, voting

VOTERS = 24
MAY_GROW = {
    "planning_seat",
    "planning_roll",
    "planning_ballot",
    "planning_ballotmark",
    "planning_ballotbox",
}


def one_vote(
    cast: Cast, people: list[Somebody], chance: random.Random, by: dict[Somebody, Actor]
) -> tuple[Decision, list[int], dict[int, str]]:
    """Everybody votes, in an order by lot, some through a helper, and some change their minds. Who pressed when, and
    whose ballot is whose."""
    decision = voting(cast)
    log, truth = [], {}
    for somebody in chance.sample(people, len(people)):
        done = cast_for(somebody, decision, *chance.sample([1, 2, 3, 4], 2), by=by.get(somebody, somebody.actor))
        log.append(somebody.party.pk)
        truth[somebody.party.pk] = receipts.key_of(decision, done.receipt)
        if chance.random() < 0.2:
            cast_for(somebody, decision, chance.randint(1, 4), receipt=done.receipt)
            log.append(somebody.party.pk)
    return decision, log, truth


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Lots fall as they always fall here, so that chance itself never fails this proof."""
    lots = random.Random(20261122)
    monkeypatch.setattr(os, "urandom", lots.randbytes)
    monkeypatch.setattr(random, "_urandom", lots.randbytes)
    settings.TOKEN_PEPPER = "a pepper for this proof"


@pytest.mark.django_db(transaction=True)
def test_no_attack_does_better_than_chance(
    drawn: None, live_cast: Cast, rounds: Callable[[int], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The best of all attacks in half of the rounds is tried in the others. By chance it is right once a round, give
    or take one. Before the close the same attacks find nearly everybody: they are no straw men."""
    chance = random.Random(5)
    people = [live_cast.person(f"Voter {n}") for n in range(VOTERS)]
    helper = live_cast.carer
    by = {somebody: helper.helps(somebody).by_way_of("telephone") for somebody in people[: VOTERS // 3]}
    training: dict[str, int] = {}
    before, scores = 0, []
    many = max(4, rounds(40))
    for n in range(many):
        decision, log, truth = one_vote(live_cast, people, chance, by)
        if n == 0:
            before = max(right(guess, truth) for guess in attacks(dump(), decision.pk, log).values())
        closed(decision, live_cast.commissioner)
        found = {name: right(guess, truth) for name, guess in attacks(dump(), decision.pk, log).items()}
        assert len(found) > 90
        if n < many // 2:
            training = {name: training.get(name, 0) + score for name, score in found.items()}
        else:
            scores.append(found[max(training, key=lambda name: training[name])])
    assert before > VOTERS * 0.6, "an attack that finds nobody before the close proves nothing after it"
    assert sum(scores) <= len(scores) + 3 * math.sqrt(len(scores))


@pytest.mark.django_db(transaction=True)
def test_casting_writes_into_no_other_table(live_cast: Cast) -> None:
    """No history, no session, no task, no counter: only the roll, the box and what is in it."""
    people = [live_cast.person(f"Voter {n}") for n in range(3)]
    decision, commissioner = voting(live_cast), live_cast.commissioner
    helping = {people[0]: live_cast.carer.helps(people[0])}
    before = dump()
    for somebody in people:
        done = cast_for(somebody, decision, 1, by=helping.get(somebody, somebody.actor))
        cast_for(somebody, decision, 2, receipt=done.receipt)
    after = dump()
    grown = {table for table, rows in after.items() if rows != before[table]}
    assert grown <= MAY_GROW
    assert commissioner.party.pk


@pytest.mark.django_db(transaction=True)
def test_nothing_in_a_ballot_names_a_time_or_a_person(live_cast: Cast) -> None:
    decision = voting(live_cast)
    cast_for(live_cast.resident, decision, 1, 2)
    found = dump()
    columns = {
        table: set(found[table][0]) - {"place", "written"} for table in ("planning_ballot", "planning_ballotmark")
    }
    assert columns["planning_ballot"] == {"key", "decision_id", "group_id", "organisation"}
    assert columns["planning_ballotmark"] == {"key", "ballot_id", "option_id", "value"}
    (roll,) = found["planning_roll"]
    assert set(roll) - {"place", "written"} == {
        "seat_id",
        "decision_id",
        "channel",
        "day",
        "helper_id",
        "helped_by",
        "disputed",
    }
    assert len(str(roll["day"])) == len("2026-11-22")
    assert connection.vendor in ("sqlite", "postgresql")
