"""Parties come, join, leave and go; devices hold an unclaimed page; supporters get and lose a basis."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.people import policy
from alongside.ground.people.models import (
    Basis,
    BasisScope,
    Block,
    Device,
    Group,
    Kind,
    Membership,
    Party,
    PartyState,
    PersonFacts,
    Role,
    Sort,
)
from alongside.ground.people.queries import hash_token
from alongside.ground.places.models import Area

UNCLAIMED_FOR = timedelta(days=90)
GROUPS = {Sort.SPECIALIST: Group.SUPPLIERS, Sort.BUSINESS: Group.SUPPLIERS, Sort.VENTURE: Group.SUPPLIERS}


@action("people.begin")
def begin(*, by: Actor) -> tuple[Party, str]:
    """Open a provisional page held by a device. Returns the party and the token for its cookie.

    Only a hash of the token is kept. Unclaimed pages end after 90 days.
    """
    party = Party.objects.create(kind=Kind.PERSON, sort=Sort.PERSON, state=PartyState.PROVISIONAL)
    token = secrets.token_urlsafe(32)
    Device.objects.create(token_hash=hash_token(token), party=party, expires=timezone.now() + UNCLAIMED_FOR)
    return party, token


@action("people.welcome")
def welcome(
    *,
    by: Actor,
    name: str,
    kind: str = Kind.PERSON,
    sort: str = Sort.PERSON,
    about: str = "",
    group: str = "",
    lang: str = "en",
    website: str = "",
    area: Area | None = None,
) -> Party:
    """Open a party of any kind. A person who opens a community or organisation looks after it.

    Raises Fault when the name is missing or longer than 200 letters.
    """
    name = " ".join(name.split())
    if not name:
        raise Fault("name", _("Enter a name"))
    if len(name) > 200:
        raise Fault("name", _("Use 200 letters or fewer"))
    party = Party.objects.create(
        kind=kind,
        sort=sort,
        name=name,
        about=about,
        group=group or GROUPS.get(Sort(sort), Group.PEOPLE),
        lang=lang,
        website=website,
        area=area,
    )
    if kind == Kind.PERSON:
        PersonFacts.objects.create(party=party)
    elif by.party is not None:
        Membership.objects.create(member=by.party, of=party, role=Role.KEEPER)
    return party


@action("people.join", may=policy.may_bring_in)
def join(*, by: Actor, member: Party, of: Party, role: str = Role.MEMBER, shown: bool = False) -> Membership:
    """A party joins a community or organisation. Joining twice changes nothing."""
    found = Membership.objects.filter(member=member, of=of, role=role, until=None).first()
    return found or Membership.objects.create(member=member, of=of, role=role, shown=shown)


@action("people.leave", may=policy.may_end_membership)
def leave(*, by: Actor, membership: Membership) -> Membership:
    """Leave. What was done together stays; what only members see closes at once."""
    Membership.objects.filter(pk=membership.pk, until=None).update(until=timezone.now())
    return membership


@action("people.block", may=policy.may_block)
def block(*, by: Actor, other: Party) -> Block:
    """Want nothing from another party: neither sees nor may ask the other. They are not told."""
    assert by.party is not None
    return Block.objects.get_or_create(blocker=by.party, blocked=other)[0]


@action("people.unblock", may=policy.may_block)
def unblock(*, by: Actor, other: Party) -> None:
    Block.objects.filter(blocker=by.party, blocked=other).delete()


@action("people.pause", may=policy.may_change)
def pause(*, by: Actor, party: Party, on: bool) -> Party:
    """Take a break: nobody asks anything of a party that is paused, and it is in no list."""
    state = PartyState.PAUSED if on else PartyState.LIVE
    Party.objects.filter(pk=party.pk, state__in=(PartyState.LIVE, PartyState.PAUSED)).update(state=state)
    party.refresh_from_db()
    return party


@action("people.rename", may=policy.may_change)
def rename(*, by: Actor, party: Party, name: str, about: str | None = None) -> Party:
    party.name = " ".join(name.split())[:200]
    if about is not None:
        party.about = about
    party.save(update_fields=["name", "about"])
    return party


@action("people.note_facts", may=policy.may_change)
def note_facts(*, by: Actor, party: Party, **facts: object) -> PersonFacts:
    """Keep how to reach a person and what they need: phone, address, contact_by, access_needs, large_print."""
    row, _made = PersonFacts.objects.get_or_create(party=party)
    for name, value in facts.items():
        if name not in PersonFacts.privacy:
            raise Fault(name, _("There is no such fact"))
        setattr(row, name, value)
    row.save()
    return row


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


@action("people.forget_device", may=None)
def forget_device(*, by: Actor, token: str) -> None:
    """This device no longer opens the page. Without sign-in the page ends when its time is up."""
    Device.objects.filter(token_hash=hash_token(token)).delete()


@action("people.claim", may=None)
def claim(*, by: Actor, provisional: Party, into: Party | None = None) -> Party:
    """Make an unclaimed page somebody's own, or merge it into the page they already have."""
    Device.objects.filter(party=provisional).delete()
    if into is None or into.pk == provisional.pk:
        Party.objects.filter(pk=provisional.pk).update(state=PartyState.LIVE)
        PersonFacts.objects.get_or_create(party=provisional)
        provisional.refresh_from_db()
        return provisional
    provisional.records.update(owner=into)
    Party.objects.filter(pk=provisional.pk).update(state=PartyState.MERGED, merged_into=into, name="")
    return into


def unclaimed_over() -> Q:
    """Which parties have waited too long to be claimed."""
    return Q(state=PartyState.PROVISIONAL, since__lt=timezone.now() - UNCLAIMED_FOR)
