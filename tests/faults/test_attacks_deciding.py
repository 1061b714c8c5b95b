"""Attacks on a decision: by somebody who wants more than their say, by who looks after it, and on what others chose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from alongside.exchange.recount.writing import plain_sheet
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.people import actions as people
from alongside.ground.people.models import Kind, Membership, Party, Role, Sort
from alongside.planning.ballots import actions as ballots
from alongside.planning.ballots.models import Ballot, BallotBox
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions.models import Decision
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
