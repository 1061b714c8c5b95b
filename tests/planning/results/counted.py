"""Votes that are over, for tests of results: a box filled at once, with as many places on the roll."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from alongside.ground.history.actor import Actor
from alongside.planning.ballots import actions as boxes
from alongside.planning.ballots.models import Ballot, BallotBox, BallotMark
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import today
from alongside.planning.results import actions
from alongside.planning.results.models import Result
from alongside.planning.rolls.models import Roll, Seat
from tests.cast import Cast
from tests.planning.ballots.box import AFFECTED, COUNCILS, OURS, over, voting
from tests.planning.deciding import SHARED

MACHINE = Actor.system("tests")
COMMUNITIES = "communities"
LIFTS, BENCHES, BUDDIES, APP = 1, 2, 3, 4
# The same groups where something else than money is decided: half of the people affected must be for it.
BY_HALF = [replace(group, floor_pct=50) if group.affected else group for group in SHARED]
Said = tuple[int, Mapping[int, int] | tuple[int, ...]]

# 60 people, 12 who cannot get out, 8 communities, 3 commissioners: everyone got something but the commissioners.
LARKMERE: dict[str, list[Said]] = {
    OURS: [(40, (LIFTS, BENCHES)), (20, (LIFTS, BUDDIES))],
    AFFECTED: [(12, (LIFTS, BENCHES, BUDDIES, APP))],
    COMMUNITIES: [(8, (LIFTS, BUDDIES))],
    COUNCILS: [(3, (APP,))],
}


def fill(decision: Decision, said: Mapping[str, list[Said]]) -> Decision:
    """Put ballots into the box, each with a place on the roll: for each group so many that say the same."""
    groups = {group.key: group for group in decision.groups.all()}
    options = {option.n: option for option in decision.options.all()}
    one_by_one = [(groups[key], marks) for key, rows in said.items() for count, marks in rows for _ in range(count)]
    seats = Seat.objects.bulk_create(Seat(decision=decision, group=group, way="list") for group, _ in one_by_one)
    Roll.objects.bulk_create(Roll(seat=seat, decision=decision, channel="screen", day=today()) for seat in seats)
    ballots = Ballot.objects.bulk_create(
        Ballot(key=secrets.token_hex(32), decision=decision, group=group, organisation=group.side != "people")
        for group, _ in one_by_one
    )
    BallotMark.objects.bulk_create(
        BallotMark(key=secrets.token_hex(32), ballot=ballot, option=options[n], value=value)
        for ballot, (_, marks) in zip(ballots, one_by_one, strict=True)
        for n, value in (marks if isinstance(marks, Mapping) else dict.fromkeys(marks, 1)).items()
    )
    return decision


def voted(cast: Cast, said: Mapping[str, list[Said]] | None = None, **given: Any) -> Decision:
    """A decision whose days for choosing are over and whose box is closed, not counted."""
    decision = voting(cast, **given)
    BallotBox.objects.get_or_create(decision=decision)
    fill(decision, LARKMERE if said is None else said)
    decision = over(decision)
    boxes.close(by=MACHINE, decision=decision)
    return decision


def counted(cast: Cast, said: Mapping[str, list[Said]] | None = None, **given: Any) -> Result:
    """The same, counted."""
    return actions.count(by=MACHINE, decision=voted(cast, said, **given))
