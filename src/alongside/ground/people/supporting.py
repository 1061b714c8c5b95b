"""Why somebody may act for another person, with what, and how that ends."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.people import policy
from alongside.ground.people.cards import end_card
from alongside.ground.people.models import (
    Basis,
    BasisKind,
    BasisScope,
    Party,
)


def hold(*parties: Party) -> None:
    """Until the action is done that this is called inside, nothing else is agreed, taken back or shut between these."""
    keys = sorted(party.pk for party in parties)
    list(Party.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))


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
    role: str = "",
    decided_by: Party | None = None,
) -> Basis:
    """Record why somebody may act for a person, with which parts they may see or write. Whoever helps has agreed to it
    by now (`helping.actions`): this asks nobody.

    With `role` the help is a part of that work of the supporter's, and holds only as long as they do it.
    """
    basis = Basis.objects.create(
        person=person,
        supporter=supporter,
        kind=kind,
        until=until,
        decided_by=decided_by or by.party,
        role=role,
        evidence_seen_by=evidence_seen_by,
    )
    BasisScope.objects.bulk_create(BasisScope(basis=basis, part=part, act=act) for part, act in parts)
    return basis


@action("people.stop_support", may=policy.may_stop_support)
def stop_support(*, by: Actor, basis: Basis) -> Basis:
    """Stop the help at once; the person and the supporter may both do so. Where the helper kept the page, and so may
    know the word of the person's card, the card ends with it."""
    if Basis.objects.filter(pk=basis.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by.party):
        _end_what_they_know(basis)
    basis.refresh_from_db()
    return basis


def _end_what_they_know(basis: Basis) -> None:
    if basis.kind == BasisKind.NAMED_HELPER:
        end_card(basis.person)


@action("people.want_no_helper", may=policy.may_want_no_helper)
def want_no_helper(*, by: Actor, basis: Basis) -> Basis:
    """Somebody whose helper has gone says that they want no other: nobody gets in touch with them about it again."""
    Basis.objects.filter(person=basis.person_id).exclude(ended_at=None).update(ended_by=basis.person_id)
    basis.refresh_from_db()
    return basis


@action("people.note_objection", may=policy.may_stop_support)
def note_objection(*, by: Actor, basis: Basis) -> Basis:
    """The person does not want this help. It ends at once, whatever it rests on, and with it a card whose word the
    helper may know; a steward looks into it."""
    if Basis.objects.filter(pk=basis.pk, objected_at=None).update(objected_at=timezone.now()):
        _end_what_they_know(basis)
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
