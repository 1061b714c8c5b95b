"""The decision that an address names: the pages of every kit find it in the same way."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from alongside.ground.history.actor import Actor
from alongside.planning.decisions import queries
from alongside.planning.decisions.models import Decision, Stage


def found(viewer: Actor, key: UUID, *, shown: bool = False) -> Decision:
    """The decision of an address, or not found for whoever may not see it; `shown` for a page that only shows it."""
    decision = queries.to_show(viewer, key) if shown else queries.decision(viewer, key)
    if decision is None:
        raise Http404
    return decision


def by_ballot(viewer: Actor, key: UUID) -> Decision:
    """The same of one that is declared and made by ballots, not in one room; not found for every other."""
    decision = found(viewer, key)
    if decision.stage == Stage.DRAFT or not decision.terms.secret:
        raise Http404
    return decision


def run(viewer: Actor, key: UUID) -> Decision:
    """The same for those who look after it, and not found for everybody else."""
    decision = found(viewer, key)
    if not queries.may_run(viewer, decision):
        raise Http404
    return decision
