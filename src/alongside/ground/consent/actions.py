"""Share parts of a record for a while, take it back, and look: no look written, nothing seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.consent import policy, queries
from alongside.ground.consent.models import CirclePlace, Consent, Grant, GrantPart, Look
from alongside.ground.consent.queries import Sight
from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import one_line
from alongside.ground.notices.actions import message, tell
from alongside.ground.people.models import Party
from alongside.ground.people.queries import basis_allows, kept_by, may_speak_for
from alongside.ground.records.actions import count_many
from alongside.ground.records.models import Record
from alongside.ground.records.queries import COUNTED, FOR_ONE

SHORTEST_REASON, LONGEST_REASON = 10, 200


@action("consent.share", may=policy.may_share)
def share(*, by: Actor, record: Record, grantee: Party, parts: Sequence[str], purpose: str, until: datetime) -> Grant:
    """Let a named party see these parts until a date. Raises Fault for a past date or no parts."""
    if until <= timezone.now():
        raise Fault("until", _("Choose a day that is still to come"))
    if not parts:
        raise Fault("parts", _("Choose at least one part to share"))
    grant = Grant.objects.create(record=record, grantee=grantee, purpose=purpose, until=until)
    GrantPart.objects.bulk_create(GrantPart(grant=grant, part=part) for part in sorted(set(parts)))
    return grant


@action("consent.take_back")
def take_back(*, by: Actor, grant: Grant) -> Grant:
    """Close a grant at once: the next request finds nothing."""
    if not may_speak_for(by, grant.record.owner, "sharing"):
        raise Refused(str(policy.may_share.sentence))
    Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=timezone.now())
    return grant


@action("consent.settle", may=policy.may_settle)
def settle(*, by: Actor, record: Record, purposes: Mapping[str, datetime | None]) -> Record:
    """Say what a record may be used for: yes to each purpose named, until its day where there is one, and no to
    every other purpose in the list. A no counts at the next request. What is as it was is not written again.

    Raises Fault for a purpose that is not in the list, and for a day that has passed.
    """
    known = [one["key"] for one in queries.purposes()]
    for purpose, until in purposes.items():
        if purpose not in known:
            raise Fault("purposes", _("Choose from these"))
        if until is not None and until <= timezone.now():
            raise Fault(f"until_{purpose}", _("Choose a day that is still to come"))
    for word in queries.words_on(record):
        key = word.purpose["key"]
        if key in purposes and not (word.yes and word.until == purposes[key]):
            _give(record, key, purposes[key])
        elif key not in purposes and word.yes:
            _refuse(record, key)
    count_many(by=by, records=[record.pk], on=COUNTED in purposes)
    record.refresh_from_db(fields=["countable"])
    return record


def _give(record: Record, purpose: str, until: datetime | None) -> None:
    now = timezone.now()
    Consent.objects.filter(record=record, purpose=purpose, withdrawn_at=None).update(withdrawn_at=now)
    Consent.objects.create(record=record, purpose=purpose, since=now, until=until)


def _refuse(record: Record, purpose: str) -> None:
    now = timezone.now()
    if not Consent.objects.filter(record=record, purpose=purpose, withdrawn_at=None).update(withdrawn_at=now):
        Consent.objects.create(record=record, purpose=purpose, since=now, withdrawn_at=now)


@action("consent.close", may=policy.may_close)
def close(*, by: Actor) -> int:
    """Once a day: a yes whose last day has passed is closed. Nothing has rested on it since. How many there were."""
    over = Consent.objects.filter(withdrawn_at=None, until__lte=timezone.now())
    counted = over.filter(purpose=COUNTED).values_list("record", flat=True)
    count_many(by=by, records=list(counted), on=False)
    return over.update(withdrawn_at=timezone.now())


@action("consent.look")
def look(*, by: Actor, record: Record, parts: Sequence[str], purpose: str) -> Sight:
    """Open parts of a record to a reader, and write that they looked.

    The owner reads freely; a program that they let in reads what its token names, and is written down. Somebody
    else needs a basis that reaches the part, a place as keeper of the
    owning group, or an open grant; else Refused. One Look is written for each part.
    """
    own = by.person is not None and by.person.pk == record.owner_id and not by.is_helping
    if own and by.program is None:
        return Sight(record, frozenset(parts), by)
    rows = [_allowed(by, record, part, purpose) for part in sorted(set(parts))]
    Look.objects.bulk_create(rows)
    return Sight(record, frozenset(parts), by)


@action("consent.look_with_reason", may=policy.may_look_with_reason)
def look_with_reason(*, by: Actor, record: Record, reason: str) -> Sight:
    """Let a steward see the exact place and the holder of one record, once, for a reason that its holder reads.

    The look is written and the holder is told before anything is shown. Nothing stays open: a second look needs
    a second reason. Raises Fault for a reason of fewer than 10 letters or more than 200.
    """
    reason = one_line(reason)
    if len(reason) < SHORTEST_REASON:
        raise Fault("reason", _("Say why you need to see it, in a few words"))
    if len(reason) > LONGEST_REASON:
        raise Fault("reason", _("Use %(most)d letters or fewer") % {"most": LONGEST_REASON})
    parts = sorted(queries.BY_REASON)
    Look.objects.bulk_create(Look(record=record, reader=by.person, part=part, purpose=reason) for part in parts)
    assert by.person is not None
    said = message(
        "%(name)s, a steward of this place, looked at where it is and how to reach you. They said why: %(reason)s",
        name=by.person.name,
        reason=reason,
    )
    title = message("A steward looked at something you share")
    tell(by=Actor.system("look_with_reason"), to=record.owner, title=title, body=said, record=record)
    return Sight(record, queries.BY_REASON, by)


@action("consent.look_at_many")
def look_at_many(*, by: Actor, records: Sequence[Record], purpose: str) -> list[Sight]:
    """Look at several records whole, such as a list of somebody's things: one Look for each that is somebody
    else's, or that a program reads. Refused for all where it would be for one."""
    rows = [_allowed(by, record, record.kind, purpose) for record in records]
    Look.objects.bulk_create(rows)
    return [Sight(record, frozenset([record.kind]), by) for record in records]


def _allowed(by: Actor, record: Record, part: str, purpose: str) -> Look:
    row = Look(record=record, reader=by.person, part=part, purpose=purpose)
    if by.is_system:
        return row
    if by.program is not None:
        if by.party is None or by.party.pk != record.owner_id or record.kind not in by.program.sees:
            raise Refused(_("This program was not let in for that."))
        row.token_id = by.program.token
        return row
    if by.basis is not None and by.on_behalf_of is not None and by.on_behalf_of.pk == record.owner_id:
        if basis_allows(by.basis, part, "see"):
            row.on_behalf, row.basis = by.on_behalf_of, by.basis
            return row
    elif by.party is not None and not (by.is_helping and record.kind in FOR_ONE):
        if may_speak_for(by, record.owner):
            return row
        now = timezone.now()
        row.grant = record.grants.filter(
            Q(parts__part=part) | Q(parts__part="all"),
            Q(grantee=by.party) | Q(grantee__in=kept_by(by)),
            revoked_at=None,
            since__lte=now,
            until__gt=now,
        ).first()
        if row.grant is not None:
            return row
    raise Refused(_("This has not been shared with you."))


@action("consent.let_in")
def let_in(*, by: Actor, owner: Party, member: Party) -> CirclePlace:
    """Someone accepted a place in a person's circle."""
    if not (may_speak_for(by, member) or by.is_system):
        raise Refused(_("Only they can say yes to a place in a circle."))
    return CirclePlace.objects.get_or_create(owner=owner, member=member, until=None)[0]


@action("consent.let_go")
def let_go(*, by: Actor, owner: Party, member: Party) -> None:
    """A place in a circle ends; both may end it."""
    if not (may_speak_for(by, member) or may_speak_for(by, owner)):
        raise Refused(_("Only the two of you can end this."))
    CirclePlace.objects.filter(owner=owner, member=member, until=None).update(until=timezone.now())
