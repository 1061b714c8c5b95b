"""A page begun on a device, without signing in: opened, forgotten, claimed, and joined to the one somebody has."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Exists, OuterRef, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.limits.actions import still_today
from alongside.ground.people.language import page_language
from alongside.ground.people.models import (
    Block,
    Device,
    Kind,
    Login,
    Membership,
    Party,
    PartyState,
    PersonFacts,
    Sort,
)
from alongside.ground.people.queries import hash_token

UNCLAIMED_FOR = timedelta(days=90)
ASIDE = "set aside "  # hashed with the token of a page that is set aside, so that the token opens nothing by itself
TRIES_A_DAY = 5
# Rows that stay with the party that was there at the time, or belong to one party alone.
STAY_ON_MERGE = frozenset({"Device", "Login", "PersonFacts", "Event", "Look", "Membership", "Block", "Request"})


_before_joining: list[Callable[[Party, Party], None]] = []


def before_joining(act: Callable[[Party, Party], None]) -> None:
    """A kit says at start-up what it does with its own rows, first the page that ends and then the one that goes on,
    where simply pointing them at the other page would lose something. Called inside the action that joins two."""
    if act not in _before_joining:
        _before_joining.append(act)


@action("people.begin")
def begin(*, by: Actor) -> tuple[Party, str]:
    """Open a provisional page held by a device. Returns the party and the token for its cookie.

    Only a hash of the token is kept. Unclaimed pages end after 90 days.
    """
    party = Party.objects.create(kind=Kind.PERSON, sort=Sort.PERSON, state=PartyState.PROVISIONAL, lang=page_language())
    token = secrets.token_urlsafe(32)
    Device.objects.create(token_hash=hash_token(token), party=party, expires=timezone.now() + UNCLAIMED_FOR)
    return party, token


@action("people.forget_device", may=None)
def forget_device(*, by: Actor, token: str) -> None:
    """This device no longer opens the page. Without sign-in the page ends when its time is up."""
    Device.objects.filter(token_hash=hash_token(token)).delete()


@action("people.set_aside", may=None)
def set_aside(*, by: Actor, token: str) -> str:
    """Somebody else signed in on the device that holds this page: nothing opens it there by itself any more, nor does a
    copy of its cookie. Returns another token, with which and with words of theirs whoever began it opens it again
    (`open_again`); nothing for a token that holds no page."""
    fresh = secrets.token_urlsafe(32)
    held = Device.objects.filter(token_hash=hash_token(token))
    return fresh if held.update(token_hash=hash_token(ASIDE + fresh)) else ""


@action("people.open_again", may=None)
def open_again(*, by: Actor, tokens: list[str], knows: Callable[[Party], bool]) -> tuple[str, str]:
    """Open one of the pages that were set aside on this device, for whoever knows what stands on it. Returns the token
    of the cookie that opens it, and that with which it was set aside; nothing where none is known.

    Each try is counted before anything is compared: five a day for a page, whatever is tried. It lasts no longer than
    it would have: 90 days from when it was begun.
    """
    hashes = {hash_token(ASIDE + token): token for token in tokens}
    held = Device.objects.select_related("party").select_for_update(of=("self",)).order_by("pk")
    here = held.filter(token_hash__in=hashes, expires__gt=timezone.now(), party__state=PartyState.PROVISIONAL)
    for device in here:
        if still_today(caller=f"open again {device.pk}", most=TRIES_A_DAY) and knows(device.party):
            fresh = secrets.token_urlsafe(32)
            Device.objects.filter(pk=device.pk).update(token_hash=hash_token(fresh))
            return fresh, hashes[device.token_hash]
    return "", ""


@action("people.claim", may=None)
def claim(*, by: Actor, provisional: Party, into: Party | None = None) -> Party:
    """Make an unclaimed page somebody's own, or merge it into the page they already have.

    Everything the page held goes over in the same transaction. Raises Fault if it was claimed before.
    """
    taken = Device.objects.filter(party=provisional).delete()[0]
    if not taken or not Party.objects.filter(pk=provisional.pk, state=PartyState.PROVISIONAL).exists():
        raise Fault("page", _("This page already belongs to somebody"))
    if into is None or into.pk == provisional.pk:
        Party.objects.filter(pk=provisional.pk).update(state=PartyState.LIVE)
        PersonFacts.objects.get_or_create(party=provisional)
        provisional.refresh_from_db()
        return provisional
    _merge(provisional, into)
    return into


def _merge(old: Party, new: Party) -> None:
    """Let one page go on as another."""
    for act in _before_joining:
        act(old, new)
    _move_all(old, new)
    if not new.name and old.name:
        Party.objects.filter(pk=new.pk).update(name=old.name)
        new.refresh_from_db()
    Party.objects.filter(pk=old.pk).update(state=PartyState.MERGED, merged_into=new, name="", about="")


def _move_all(old: Party, new: Party) -> None:
    """Point every row that names the old party at the new one, but history, which says who it was then."""
    if not PersonFacts.objects.filter(party=new).exists():
        PersonFacts.objects.filter(party=old).update(party=new)
    PersonFacts.objects.filter(party=old).delete()
    already = Membership.objects.filter(member=new, until=None).values("of")
    Membership.objects.filter(member=old, of__in=list(already.values_list("of", flat=True)), until=None).delete()
    Membership.objects.filter(member=old).update(member=new)
    Block.objects.filter(blocker=old, blocked=new).delete()
    Block.objects.filter(blocker=old).exclude(blocked__in=new.blocks.values("blocked")).update(blocker=new)
    for relation in Party._meta.get_fields(include_hidden=True):  # also those without a reverse name
        if not (relation.auto_created and relation.is_relation):
            continue
        model: Any = relation.related_model
        name = relation.field.name  # type: ignore[union-attr]
        if model.__name__ not in STAY_ON_MERGE and name != "merged_into":
            _drop_twice(model, name, old, new)
            model._default_manager.filter(**{name: old}).update(**{name: new})


@action("people.open_login", may=None)
def open_login(*, by: Actor, email: str) -> Login:
    """The login of somebody who has just proved that this address is theirs; made if there is none."""
    closed = make_password(None)
    return Login.objects.get_or_create(email=email.strip().lower(), defaults={"password": closed})[0]


@action("people.settle", may=None)
def settle(*, by: Actor, login: Login, provisional: Party | None = None) -> Party:
    """Give somebody who has signed in their page: the one on this device, if they say that it is theirs, becomes
    theirs or joins the one they have. One that is still empty goes on as the one on the device."""
    held = Login.objects.select_for_update().get(pk=login.pk)
    page = held.party
    if provisional is not None:
        try:
            page = _joined(by, provisional, page)
        except Fault:
            provisional = None  # somebody else signed in on this device a moment before
    if page is None:
        page = Party.objects.create(kind=Kind.PERSON, sort=Sort.PERSON, lang=page_language())
        PersonFacts.objects.create(party=page)
    if held.party_id != page.pk:
        Login.objects.filter(pk=held.pk).update(party=page)
    return page


def _joined(by: Actor, provisional: Party, page: Party | None) -> Party:
    if page is None or page.name or page.records.exists():
        return claim(by=by, provisional=provisional, into=page)
    kept = claim(by=by, provisional=provisional)
    _merge(page, kept)
    return kept


def unclaimed_over() -> Q:
    """Which parties have waited too long to be claimed."""
    return Q(state=PartyState.PROVISIONAL, since__lt=timezone.now() - UNCLAIMED_FOR)


def _drop_twice(model: Any, name: str, old: Party, new: Party) -> None:
    """Leave out what both have said and one person says once, such as *it stops me too*: nobody is kept out by it."""
    for once in model._meta.constraints:
        if isinstance(once, UniqueConstraint) and name in once.fields:
            beside = {field: OuterRef(field) for field in once.fields if field != name}
            holds = once.condition or Q()
            said = model._default_manager.filter(holds, **{name: new}, **beside)
            model._default_manager.filter(holds, Exists(said), **{name: old}).delete()
