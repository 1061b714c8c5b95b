"""Who belongs where and who may act for whom, as queries other kits build on."""

from __future__ import annotations

import hashlib
import hmac
import re
import uuid
from collections.abc import Collection
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import (
    HELPER_ROLES,
    KEEPING_ROLES,
    STAFF_ROLES,
    Basis,
    BasisKind,
    BasisScope,
    Block,
    Device,
    Kind,
    Membership,
    Party,
    PartyState,
    Role,
)
from alongside.ground.people.secrets import unopened as unopened

KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
HERE = (PartyState.LIVE, PartyState.PAUSED)
NOBODY = -1  # stands where a party's number will


def person_at(address: str) -> Party | None:
    """The person whose page has this address. Addresses cannot be guessed, so this finds nobody by name."""
    found = KEY.search(address)
    here = Party.objects.filter(kind=Kind.PERSON, state__in=HERE)
    return here.filter(key=uuid.UUID(found[0])).first() if found else None


def numbered(pk: int) -> Party:
    """A party of which nothing but its number is known, to write a query about."""
    return Party(pk=pk)


def open_memberships() -> QuerySet[Membership]:
    return Membership.objects.filter(until=None)


def belongs_to(party: Party) -> QuerySet[Membership, Any]:
    """Ids of the communities and organisations a party belongs to now."""
    return open_memberships().filter(member=party).values("of")


def keeps(party: Party) -> QuerySet[Membership, Any]:
    """Ids of the parties for which this one may speak."""
    return open_memberships().filter(member=party, role__in=KEEPING_ROLES).values("of")


def keeps_unproved(party: Party) -> QuerySet[Membership, Any]:
    """The same before their second factor: not that of a steward of the place."""
    return open_memberships().filter(member=party, role__in=KEEPING_ROLES - STAFF_ROLES).values("of")


def kept_by(actor: Actor) -> QuerySet[Membership, Any]:
    """Ids of the parties for which whoever acts may speak now."""
    return (keeps if actor.proved else keeps_unproved)(actor.me)


def blocks_of(party: Party) -> QuerySet[Block]:
    """What this party has closed to others, and others to it."""
    return Block.objects.filter(Q(blocker=party) | Q(blocked=party))


def blocked_between(party: Party) -> list[int]:
    """Parties that this one has blocked, or that have blocked it."""
    pairs = blocks_of(party).values_list("blocker", "blocked")
    return sorted({one if two == party.pk else two for one, two in pairs})


def blocked_by(party: Party) -> QuerySet[Block, Any]:
    """Ids of those whom this party has blocked, as part of a larger query."""
    return Block.objects.filter(blocker=party).values("blocked")


def blockers_of(party: Party) -> QuerySet[Block, Any]:
    """Ids of those who have blocked this party, as part of a larger query."""
    return Block.objects.filter(blocked=party).values("blocker")


def has_role(party: Party | None, *roles: str) -> bool:
    """Every page asks this, so Django writes the question once; who it is about is filled in at each use."""
    if party is None or not roles:
        return False
    sql, given = _in_a_role(roles)
    with connection.cursor() as cursor:
        cursor.execute(sql, [party.pk if one == NOBODY else one for one in given])
        return cursor.fetchone() is not None


@cache
def _in_a_role(roles: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    asked = open_memberships().filter(member=numbered(NOBODY), role__in=roles).query.exists()
    sql, given = asked.sql_with_params()
    return sql, given


def is_staff(party: Party | None) -> bool:
    """Staff roles see more and need a second factor; a connector or keeper is not staff."""
    return has_role(party, *STAFF_ROLES)


def stewards() -> QuerySet[Party]:
    """The stewards of the place, in the order in which they came."""
    places = open_memberships().filter(role=Role.PLACE_STEWARD).values("member")
    return Party.objects.filter(pk__in=places, state=PartyState.LIVE).order_by("pk")


def is_steward(party: Party | None) -> bool:
    """Stewards of the place look at what waits to be shown."""
    return has_role(party, Role.PLACE_STEWARD)


def acts_in(by: Actor, *roles: str) -> bool:
    """Whether somebody has one of these roles and acts in it: for themselves, not by a program, and staff only once
    they have used their second factor. Helping a steward with their page makes nobody one."""
    if by.person is None or by.is_helping or by.program is not None:
        return False
    return has_role(by.person, *roles) and (by.proved or not is_staff(by.person))


def acts_as_steward(by: Actor) -> bool:
    """A steward of the place, acting as one."""
    return acts_in(by, Role.PLACE_STEWARD)


def with_proof(by: Actor, roles: Collection[str]) -> frozenset[str]:
    """Of these roles, those in which somebody may act now: staff roles only after the second factor."""
    return frozenset(roles) if by.proved else frozenset(roles) - STAFF_ROLES


def may_speak_for(actor: Actor, party: Party, part: str = "page") -> bool:
    """Whether this actor may write as the party: it is them, they keep that group, or they help them
    on a basis that reaches this part."""
    if actor.is_system:
        return True
    me = actor.party
    if me is None:
        return False
    if actor.program is not None:
        return me.pk == party.pk and part in actor.program.writes
    if actor.is_helping:
        # Helping a person with their page is not helping to run a group they look after.
        basis = actor.basis
        return basis is not None and me.pk == party.pk == basis.person_id and basis_allows(basis, part, "write")
    return me.pk == party.pk or kept_by(actor).filter(of=party).exists()


def may_take_away(viewer: Actor, owner: Party) -> bool:
    """Whether somebody may have everything that is kept about a party."""
    if viewer.is_system:
        return True
    me = viewer.party
    if me is None or "all" not in parts_seen(viewer):
        return False
    return me.pk == owner.pk or (not viewer.is_helping and kept_by(viewer).filter(of=owner).exists())


def hash_token(token: str) -> str:
    """Keyed, so that a copied database opens no device."""
    return hmac.new(settings.TOKEN_PEPPER.encode(), token.encode(), hashlib.sha256).hexdigest()


def party_of_device(token: str) -> Party | None:
    device = (
        Device.objects.select_related("party").filter(token_hash=hash_token(token), expires__gt=timezone.now()).first()
    )
    return device.party if device and device.party.state == PartyState.PROVISIONAL else None


def open_bases() -> QuerySet[Basis]:
    """Every basis that holds now: begun, not ended, not past, not objected to. One that needs the person to
    have lost capacity for the decision (health attorney, best interests) holds only while that is recorded; one that
    is a part of the supporter's work, only while they do such work."""
    now = timezone.now()
    while_lost = Q(kind__in=(BasisKind.HEALTH_ATTORNEY, BasisKind.BEST_INTERESTS))
    at_work = Exists(open_memberships().filter(member=OuterRef("supporter"), role__in=HELPER_ROLES))
    return (
        Basis.objects.select_related("person", "supporter")
        .filter(Q(role="") | at_work)
        .filter(Q(until=None) | Q(until__gt=now), since__lte=now, ended_at=None, objected_at=None)
        .exclude(while_lost & Q(capacity_lost_at=None))
        .filter(person__state__in=HERE)
    )


def open_basis(supporter: Party, key: str) -> Basis | None:
    """The basis with this key, if it still holds for this supporter."""
    return open_bases().filter(key=key, supporter=supporter).first()


def basis_allows(basis: Basis, part: str, act: str) -> bool:
    """Whether the basis holds now and reaches this part. A scope named "all" reaches every part."""
    scopes = BasisScope.objects.filter(basis=basis, part__in=(part, "all"), act=act)
    return scopes.exists() and open_bases().filter(pk=basis.pk).exists()


def parts_seen(actor: Actor) -> frozenset[str]:
    """Which parts of a page somebody may see: all of their own; of a person they help, what the basis reaches;
    by a program, what it was let in for."""
    if actor.program is not None:
        return actor.program.sees
    if not actor.is_helping:
        return frozenset({"all"})
    if actor.basis is None or not open_bases().filter(pk=actor.basis.pk, person=actor.on_behalf_of).exists():
        return frozenset()
    return frozenset(actor.basis.scopes.filter(act="see").values_list("part", flat=True))


def helps(supporter: Party) -> QuerySet[Basis]:
    """The people somebody helps now, by name."""
    return open_bases().filter(supporter=supporter).order_by("person__name")


def helped_by(person: Party) -> QuerySet[Basis]:
    """Who helps a person and why they may, newest first; those that ended stand in history."""
    over = Q(until__isnull=False, until__lte=timezone.now())
    rows = Basis.objects.filter(person=person, ended_at=None).exclude(over)
    return rows.select_related("supporter").order_by("-since")


def helpers_of(person: Party) -> QuerySet[Basis, Any]:
    """Ids of those who help a person now."""
    return open_bases().filter(person=person).values("supporter")


def left_without() -> QuerySet[Basis]:
    """The last help that was a part of somebody's work, or by which somebody kept their page, of each person who has
    none now and did not end it themselves; the longest without help first."""
    kept = ~Q(role="") | Q(kind=BasisKind.NAMED_HELPER)  # their card went with it
    newest = Basis.objects.filter(kept, person=OuterRef("person")).order_by("-since", "-pk").values("pk")[:1]
    last = Basis.objects.filter(pk=newest, objected_at=None).exclude(ended_at=None).exclude(ended_by=F("person"))
    helped = open_bases().filter(scopes__part__in=("all", "messages"), scopes__act="see").values("person")
    alone = last.filter(person__state__in=HERE).exclude(person__in=helped)
    return alone.select_related("person__area", "supporter").order_by("ended_at", "pk")
