"""What holds for every stored decision, counted or not: nothing unfair stands there, nothing declared has changed."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.methods import say
from alongside.planning.decisions.models import Basis, Decision, Stage
from alongside.planning.decisions.terms import as_declared, say_setup, sha
from alongside.planning.decisions.ways import faults_of


def unfair() -> Iterator[str]:
    """A sentence for every fault in a stored decision, with its key and with nobody's words."""
    rows = Decision.objects.select_related("record__owner", "terms").prefetch_related("groups", "ways").order_by("pk")
    for decision in rows:
        for fault in _faults(decision):
            yield f"decision {decision.record.key}: {fault}"


def _faults(decision: Decision) -> Iterator[str]:
    if not hasattr(decision, "terms"):
        yield "it has no terms"
        return
    for fault in say.faults(say_setup(decision)):
        yield f"its set-up is not fair ({fault.code})"
    if (decision.terms.basis == Basis.OWN_LIFE) != decision.record.owner.is_person:
        yield "it is about one person's own life and is not that person's, or the other way round"
    if (decision.stage == Stage.DRAFT) != (decision.declared_at is None):
        yield "it is open and was never declared, or the other way round"
    if any(faults_of(row.way for row in decision.ways.all())):
        yield "its ways in would count one person twice"
    if decision.declared_at is not None:
        yield from _changed(decision)


def _changed(decision: Decision) -> Iterator[str]:
    if sha(as_declared(decision)) != decision.terms_sha:
        yield "it does not stand as it was declared"
    if sha(decision.lot_seed) != decision.terms.lot_sha:
        yield "its lot is not the one that was locked away"
    if decision.serves is not None and decision.serves.record.level == decision.record.level:
        yield "it serves one that is no higher"
