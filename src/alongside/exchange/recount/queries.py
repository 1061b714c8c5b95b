"""What may be taken away of a count, by whoever may see the decision."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.exchange.recount.writing import ballot_file, plain_sheet
from alongside.ground.history.actor import Actor
from alongside.methods.say.money import MoneyOutcome
from alongside.planning.ballots.queries import few, how_many, sizes_of_ours
from alongside.planning.decisions.models import Decision
from alongside.planning.results.queries import published, result


@dataclass(frozen=True)
class Taken:
    """A file to be taken away."""

    name: str
    kind: str
    data: bytes


def choices(viewer: Actor, decision: Decision) -> Taken | None:
    """The choices of a decision that was counted; None where there are none, or where they stay closed because so few
    of a group took part that they would tell what somebody chose."""
    found = published(viewer, decision)
    if found is None or found.closed or found.counting.outcome.shares is None:
        return None
    counting, short = found.counting, str(decision.record.key)[:8]
    titles = {str(option.n): option.idea.title for option in counting.options}
    if isinstance(counting.outcome, MoneyOutcome):
        return Taken(f"decision-{short}.pb", "text/plain", ballot_file(counting, _about(decision), titles))
    return Taken(f"decision-{short}.csv", "text/csv", plain_sheet(counting, titles))


def _about(decision: Decision) -> dict[str, str]:
    counted = decision.stage_on.isoformat() if decision.stage_on else ""
    return {
        "description": " ".join(decision.question.split()),
        "country": "United Kingdom",
        "currency": "GBP",
        "instance": str(decision.record.key),
        "date_end": counted,
    }


def may_take(viewer: Actor, decision: Decision) -> bool | None:
    """Whether the choices are there to be taken: None where nothing was counted, False where they stay closed. From
    what is stored, without counting anew."""
    stored = result(viewer, decision)
    if stored is None or not any(row.held for row in stored.groups.all()):
        return None
    if not how_many(decision):
        return False  # a room that counted hands or dots kept sums; its slips are ballots like any other
    return not few(sizes_of_ours(decision))
