"""Why somebody may act for another person, with what, and how that ends."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.people import policy
from alongside.ground.people.models import (
    Basis,
    BasisScope,
    Party,
)


@action("people.support", may=policy.may_support)
def support(
    *,
    by: Actor,
    person: Party,
    supporter: Party,
    kind: str,
    parts: list[tuple[str, str]],
    until: datetime | None = None,
    evidence_seen_by: str = "",
) -> Basis:
    """Record why somebody may act for a person, with which parts they may see or write."""
    basis = Basis.objects.create(
        person=person,
        supporter=supporter,
        kind=kind,
        until=until,
        decided_by=by.party,
        evidence_seen_by=evidence_seen_by,
    )
    BasisScope.objects.bulk_create(BasisScope(basis=basis, part=part, act=act) for part, act in parts)
    return basis


@action("people.stop_support", may=policy.may_stop_support)
def stop_support(*, by: Actor, basis: Basis) -> Basis:
    """Stop the help at once; the person and the supporter may both do so."""
    Basis.objects.filter(pk=basis.pk, ended_at=None).update(ended_at=timezone.now())
    return basis


@action("people.note_objection", may=policy.may_stop_support)
def note_objection(*, by: Actor, basis: Basis) -> Basis:
    """The person does not want this help. It ends at once, whatever it rests on; a steward looks into it."""
    Basis.objects.filter(pk=basis.pk, objected_at=None).update(objected_at=timezone.now())
    basis.refresh_from_db()
    return basis


@action("people.note_capacity", may=policy.may_note_capacity)
def note_capacity(*, by: Actor, basis: Basis, lost: bool, evidence_seen_by: str = "") -> Basis:
    """Note that the person cannot make these decisions now, and who saw the evidence; or that they can again.

    Capacity is presumed: without this note a health attorney, or a best interests decision, reaches nothing.
    """
    if lost and not evidence_seen_by.strip():
        raise Fault("evidence_seen_by", _("Say who saw the assessment"))
    basis.capacity_lost_at = timezone.now() if lost else None
    basis.evidence_seen_by = evidence_seen_by.strip()[:200]
    basis.save(update_fields=["capacity_lost_at", "evidence_seen_by"])
    return basis
