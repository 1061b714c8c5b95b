"""Close the box: everything in it is written anew in the order of its keys, and from then on it may be counted."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date

from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Refused, action, after_commit
from alongside.ground.history.actor import Actor
from alongside.planning.ballots import policy
from alongside.planning.ballots.models import Ballot, BallotBox, BallotMark
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, Stage
from alongside.planning.rolls.actions import tell_helped, tell_stopped, write_anew
from alongside.planning.rolls.models import Roll, Seat

MACHINE = Actor.system("closing ballot boxes")
WAIT = 7  # days that a box waits for its paper
MIXED = (Seat, Roll, Ballot, BallotMark)
_first: list[Callable[[Decision], bool]] = []


def before_closing(act: Callable[[Decision], bool]) -> None:
    """A kit above says at start-up what it does first, inside the action; False where the box must wait for it."""
    if act not in _first:
        _first.append(act)


@action("ballots.close", may=policy.may_close)
def close(*, by: Actor, decision: Decision, waiting: bool = False) -> BallotBox:
    """Close the box for good, once the last day of the vote is over or it was stopped. Closing again changes nothing.

    In one transaction roll, places, ballots and marks are taken out and written anew in the order of their keys, so
    that neither the number of a row nor its place nor its transaction tells when it came. Whoever had help is told
    then who wrote their choice down; and of a vote that was stopped, everybody who took part. `waiting` closes it
    although paper lies there that was not settled; that paper is not counted. Raises Refused before its time.
    """
    BallotBox.objects.get_or_create(decision=decision)
    box = BallotBox.objects.select_for_update().get(decision=decision)
    if box.closed_on is not None:
        return box
    vote = decisions.phase(decision, "vote")
    by_ballot = decision.terms.secret  # what a room decides by hands is counted the same evening
    stopped = decisions.decisions(MACHINE).filter(pk=decision.pk, stage=Stage.STOPPED).first()
    if decision.stage == Stage.DRAFT or vote is None or (by_ballot and not stopped and decisions.today() <= vote.until):
        raise Refused(_("The vote is still open. Nobody sees what is in the box before it is over."))
    ready = [act(decision) for act in _first]
    if not all(ready) and not waiting and not stopped:
        raise Refused(_("Some ballot papers have not been read by two people yet."))
    _overwrite()
    write_anew(decision)
    _mix(decision)
    tell_helped(by=MACHINE, decision=decision)
    if stopped is not None:
        tell_stopped(by=MACHINE, decision=stopped)
    box.closed_on = decisions.today()
    box.save(update_fields=["closed_on"])
    after_commit(sweep)
    return box


def _overwrite() -> None:
    """From here on what is taken out of SQLite's file is overwritten, not only let go."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def _mix(decision: Decision) -> None:
    ballots = sorted(Ballot.objects.filter(decision=decision), key=lambda one: one.key)
    marks = sorted(BallotMark.objects.filter(ballot__decision=decision), key=lambda one: one.key)
    BallotMark.objects.filter(ballot__decision=decision).delete()
    Ballot.objects.filter(decision=decision).delete()
    Ballot.objects.bulk_create(ballots, batch_size=500)
    BallotMark.objects.bulk_create(marks, batch_size=500)


def sweep() -> None:
    """Leave no old rows behind in the files of the database: what was taken out is overwritten."""
    with connection.cursor() as cursor, contextlib.suppress(DatabaseError):
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in MIXED)
            cursor.execute(f"VACUUM {names}")


def due(on: date) -> list[Decision]:
    """Decisions by ballot whose vote was over before this day, or was stopped, and whose box is not closed."""
    over = Q(stage=Stage.OPEN, phases__kind="vote", phases__until__lt=on)
    has_ballots = BallotBox.objects.values("decision")  # what is stopped before anybody chose has no box
    found = decisions.decisions(MACHINE).filter(terms__secret=True)
    found = found.filter(over | Q(stage=Stage.STOPPED, pk__in=has_ballots)).distinct()
    closed = BallotBox.objects.exclude(closed_on=None).values("decision")
    return list(found.exclude(pk__in=closed).order_by("pk"))


def close_due(*, by: Actor) -> int:
    """Close every box whose time has come; one that waits for its paper is left for those who look after it, for a
    week. How many were closed."""
    closed = 0
    for decision in due(decisions.today()):
        vote = decisions.phase(decision, "vote")
        late = vote is not None and (decisions.today() - vote.until).days > WAIT
        with contextlib.suppress(Refused):
            close(by=by, decision=decision, waiting=late)
            closed += 1
    return closed
