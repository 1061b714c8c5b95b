"""Count a vote that is over, once, and keep what came of it."""

from __future__ import annotations

import logging
import secrets
from dataclasses import asdict

from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.planning.ballots import actions as ballots
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions import queries as asked
from alongside.planning.decisions.models import Decision, Stage
from alongside.planning.results import policy
from alongside.planning.results.counting import COUNTER, count_of
from alongside.planning.results.models import Result, ResultGroup, ResultOption, ResultPaid, ResultTie
from alongside.planning.results.rows import Rows, rows_of

log = logging.getLogger(__name__)


@action("results.count", may=policy.may_count, returns=Result)
def count(*, by: Actor, decision: Decision) -> Result:
    """Count a decision whose box is closed, and say how it came out. Counting again changes nothing.

    Of two that count at once one does. Raises Refused before the box is closed, and Fault for a decision that was
    stopped.
    """
    stands = Result.objects.filter(decision=decision).first()
    if stands is not None:
        return stands
    salt = secrets.token_hex(32)
    rows = rows_of(count_of(decision), salt)
    try:
        over = decisions.conclude(by=COUNTER, decision=decision, stage=rows.head.state)
    except Fault:  # stopped, or somebody else counted meanwhile
        stands = Result.objects.filter(decision=decision).first()
        if stands is None:
            raise
        return stands
    return _keep(over, rows, salt)


def close_and_count(*, by: Actor, decision: Decision, key: str = "") -> Result:
    """Close the box of a vote that is over, and count. Raises Refused before its time, or where paper still waits."""
    ballots.close(by=by, decision=decision)
    return count(by=by, decision=decision, key=key)


def count_due(*, by: Actor) -> int:
    """Close every box whose time has come, and count every decision whose box is closed. How many were counted. What
    cannot be counted is left as it is, and the others are counted all the same."""
    ballots.close_due(by=by)
    counted = 0
    for decision in asked.decisions(by).filter(stage=Stage.OPEN).order_by("pk"):
        try:
            count(by=by, decision=decision)
        except Refused:
            continue  # its box is not closed yet
        except Exception:
            log.exception("Decision %s could not be counted", decision.pk)
        else:
            counted += 1
    return counted


def _keep(decision: Decision, rows: Rows, salt: str) -> Result:
    """Everything that came of a count, written once."""
    result = Result.objects.create(decision=decision, counted_on=asked.today(), salt=salt, **asdict(rows.head))
    options = {str(option.n): option for option in decision.options.all()}
    groups = {group.key: group for group in decision.groups.all()}
    fates = {
        key: ResultOption(result=result, option=options[key], **asdict(fate)) for key, fate in rows.options.items()
    }
    ResultOption.objects.bulk_create(fates.values())
    ResultGroup.objects.bulk_create(
        ResultGroup(result=result, group=groups[key], **asdict(row)) for key, row in rows.groups.items()
    )
    ResultPaid.objects.bulk_create(
        ResultPaid(fate=fates[option], group=groups[key], **asdict(row)) for (option, key), row in rows.paid.items()
    )
    ResultTie.objects.bulk_create(
        ResultTie(result=result, n=n, among=tie.among, chosen=options[tie.chosen], broken_by=tie.broken_by)
        for n, tie in enumerate(rows.ties, 1)
    )
    return result
