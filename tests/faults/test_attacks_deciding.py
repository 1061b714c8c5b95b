"""Attacks on a decision: by somebody who wants more than their say, by who looks after it, and on what others chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from alongside.exchange.recount.writing import plain_sheet
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.people import actions as people
from alongside.ground.people.models import Kind, Membership, Party, Role, Sort
from alongside.methods import say
from alongside.methods.say.effect import counts_of
from alongside.methods.say.rules import choose
from alongside.planning.ballots import actions as ballots
from alongside.planning.ballots.models import Ballot, BallotBox
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions.models import Decision
from alongside.planning.results.counting import Counting
from alongside.planning.results.queries import too_few
from alongside.planning.rolls import actions as rolls
from alongside.planning.rolls.actions import Named
from alongside.planning.rolls.models import Roll, Seat
from alongside.planning.rolls.queries import standings
from tests.cast import MACHINE, Cast, Somebody
from tests.planning.ballots.box import COUNCILS, OURS, cast_for, closed, over, voting

pytestmark = pytest.mark.django_db


def many(cast: Cast, n: int) -> list[Somebody]:
    return [cast.person(f"Neighbour {one}") for one in range(n)]


def in_rows(model: type) -> list[str]:
    """The keys of rows in the order in which they lie in the table."""
    at = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {model._meta.pk.column} FROM {model._meta.db_table} ORDER BY {at}")  # type: ignore[attr-defined]
        return [str(row[0]).replace("-", "") for row in cursor.fetchall()]


# A vote that is stopped half-way keeps no trail either


def test_a_vote_that_is_stopped_is_mixed_like_one_that_is_counted(cast: Cast) -> None:
    decision = voting(cast)
    for somebody in many(cast, 12):
        cast_for(somebody, decision, 1)
    assert in_rows(Ballot) != sorted(in_rows(Ballot))
    decisions.stop(by=cast.commissioner.actor, decision=decision, why="The money is gone")
    ballots.close_due(by=MACHINE)
    assert BallotBox.objects.get().closed_on is not None
    for model in (Ballot, Seat, Roll):
        assert in_rows(model) == sorted(in_rows(model))


# The file of choices says nothing of whose they are


@dataclass(frozen=True)
class _Option:
    n: int
    cost_pence: int = 0


def count_by_hand(setup: say.Setup, cast: Sequence[say.Ballot]) -> Counting:
    outcome = choose(setup, [say.Option("1", 0), say.Option("2", 0)], cast, seed="s")
    groups = counts_of(setup, cast, outcome.winners)
    options = (_Option(1), _Option(2))
    return Counting(setup, options, tuple(cast), len(cast), True, "s", outcome, groups)  # type: ignore[arg-type]


COMMUNITIES_ALONE = say.Setup(
    basis=say.Basis.OURS, rule=say.Rule.APPROVAL, groups=(say.Group("communities", say.Side.COMMUNITIES, 1_000_000),)
)


def test_people_among_communities_do_not_stand_first_in_the_file() -> None:
    """All hold the same share here, so the file is the same whoever of them is a person."""
    files = []
    for person in ("1", "2"):
        cast = [say.Ballot(f"p{n}", "communities", {person: 1}) for n in range(10)]
        other = "2" if person == "1" else "1"
        cast += [say.Ballot(f"g{n}", "communities", {other: 1}, organisation=True) for n in range(10)]
        files.append(plain_sheet(count_by_hand(COMMUNITIES_ALONE, cast), {}))
    assert files[0] == files[1]


@pytest.mark.parametrize(("people", "groups"), [(1, 8), (8, 1)])
def test_a_few_of_either_kind_in_one_group_keep_the_file_closed(people: int, groups: int) -> None:
    """Shares differ where the cap cuts an organisation's, so one person among communities can be picked out."""
    cast = [say.Ballot(f"p{n}", "communities", {"2": 1}) for n in range(people)]
    cast += [say.Ballot(f"g{n}", "communities", {"1": 1}, organisation=True) for n in range(groups)]
    assert too_few(count_by_hand(COMMUNITIES_ALONE, cast))
