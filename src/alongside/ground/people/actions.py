"""Parties come, join, leave and go; devices hold an unclaimed page; supporters get and lose a basis."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Exists, F, OuterRef, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.people import policy
from alongside.ground.people.bulk import Newcomer as Newcomer
from alongside.ground.people.bulk import rename_many as rename_many
from alongside.ground.people.bulk import welcome_many as welcome_many
from alongside.ground.people.models import (
    Basis,
    BasisScope,
    Block,
    Card,
    Device,
    Group,
    Kind,
    Login,
    Membership,
    Party,
    PartyState,
    PersonFacts,
    Role,
    Sort,
)
from alongside.ground.people.queries import hash_token

if TYPE_CHECKING:
    from alongside.ground.places.models import Area

UNCLAIMED_FOR = timedelta(days=90)
CARD_TRIES = 5
CARD_LOCKED_FOR = timedelta(minutes=15)
# Rows that stay with the party that was there at the time, or belong to one party alone.
STAY_ON_MERGE = frozenset({"Device", "Login", "PersonFacts", "Event", "Look", "Membership", "Block", "Request"})
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


@action("people.welcome", may=policy.may_open)
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
    chosen = {"shown": shown}
    return Membership.objects.get_or_create(member=member, of=of, role=role, until=None, defaults=chosen)[0]


@action("people.show_membership", may=policy.may_show)
def show_membership(*, by: Actor, membership: Membership, shown: bool) -> Membership:
    """The member alone says whether others see that they belong."""
    Membership.objects.filter(pk=membership.pk).update(shown=shown)
    membership.refresh_from_db()
    return membership


@action("people.leave", may=policy.may_end_membership)
def leave(*, by: Actor, membership: Membership) -> Membership:
    """Leave. What was done together stays; what only members see closes at once."""
    Membership.objects.filter(pk=membership.pk, until=None).update(until=timezone.now(), shown=False)
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


@action("people.live_in", may=policy.may_change)
def live_in(*, by: Actor, party: Party, area: Area) -> Party:
    """Say which area a party belongs to: where somebody lives, or the edge a community drew."""
    party.area = area
    party.save(update_fields=["area"])
    return party


@action("people.note_facts", may=policy.may_change)
def note_facts(*, by: Actor, party: Party, **facts: object) -> PersonFacts:
    """Keep how to reach a person and what they need: phone, address, contact_by, access_needs, large_print."""
    row, _made = PersonFacts.objects.get_or_create(party=party)
    row.party = party  # so that the party in hand knows the new facts too
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


@action("people.forget_device", may=None)
def forget_device(*, by: Actor, token: str) -> None:
    """This device no longer opens the page. Without sign-in the page ends when its time is up."""
    Device.objects.filter(token_hash=hash_token(token)).delete()


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


def _drop_twice(model: Any, name: str, old: Party, new: Party) -> None:
    """Leave out what both have said and one person says once, such as *it stops me too*: nobody is kept out by it."""
    for once in model._meta.constraints:
        if isinstance(once, UniqueConstraint) and name in once.fields:
            beside = {field: OuterRef(field) for field in once.fields if field != name}
            holds = once.condition or Q()
            said = model._default_manager.filter(holds, **{name: new}, **beside)
            model._default_manager.filter(holds, Exists(said), **{name: old}).delete()


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
        page = Party.objects.create(kind=Kind.PERSON, sort=Sort.PERSON)
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


@action("people.give_card", may=policy.may_give_card)
def give_card(*, by: Actor, party: Party, word: str) -> Card:
    """A printed card and a word chosen together: a way in without e-mail. A new card ends the old one.

    Only a slow hash of the word is kept. Raises Fault for a word under 5 letters, or part of their name.
    """
    word = plain_word(word)
    if len(word) < 5:
        raise Fault("word", _("Choose a word of 5 letters or more"))
    if word in party.name.casefold():
        raise Fault("word", _("Choose a word that is not part of their name"))
    if not (party.is_person and party.state in (PartyState.LIVE, PartyState.PAUSED)):
        raise Fault("party", _("A card is for a person who is here"))
    login = Login.objects.get_or_create(party=party, defaults={"password": make_password(None)})[0]
    while Card.objects.filter(number=(number := f"{secrets.randbelow(10**8):08d}")).exists():
        continue
    fresh = {"number": number, "word": make_password(word), "tries": 0, "locked_until": None, "made": timezone.now()}
    return Card.objects.update_or_create(login=login, defaults=fresh)[0]


@action("people.try_card", may=None)
def try_card(*, by: Actor, number: str, word: str) -> Login | None:
    """The login of a card, if number and word are right and it is not locked; else None, whatever was wrong.

    Each try is counted before the word is looked at, so tries at once win nothing. After 5 wrong ones the
    card rests for 15 minutes. An unknown number takes as long as a known one.
    """
    now = timezone.now()
    digits = "".join(letter for letter in number if letter.isdecimal())
    card = Card.objects.select_related("login__party").filter(number=digits, login__is_active=True).first()
    mine = Card.objects.filter(pk=card.pk) if card else Card.objects.none()
    mine.filter(locked_until__lte=now).update(tries=0, locked_until=None)
    counted = mine.filter(locked_until=None, tries__lt=CARD_TRIES).update(tries=F("tries") + 1)
    right = check_password(plain_word(word), card.word if card else _no_card())
    if card and counted and right:
        mine.update(tries=0)
        return card.login
    mine.filter(locked_until=None, tries__gte=CARD_TRIES).update(locked_until=now + CARD_LOCKED_FOR)
    return None


def plain_word(word: str) -> str:
    """The word as it is compared: capitals and spaces round it do not matter."""
    return " ".join(word.casefold().split())


@cache
def _no_card() -> str:
    return make_password(secrets.token_hex(8))


@action("people.blank", may=policy.may_blank)
def blank(*, by: Actor, party: Party) -> Party:
    """Empty a person's row for good, and end all that hangs on it: ways in, facts, memberships, help, messages.

    Called when everything they owned has been erased (`records.actions.leave_for_good`).
    """
    now = timezone.now()
    Login.objects.filter(party=party).delete()
    Device.objects.filter(party=party).delete()
    PersonFacts.objects.filter(party=party).delete()
    Block.objects.filter(Q(blocker=party) | Q(blocked=party)).delete()
    Membership.objects.filter(member=party, until=None).update(until=now, shown=False)
    Basis.objects.filter(Q(person=party) | Q(supporter=party), ended_at=None).update(ended_at=now)
    Basis.objects.filter(person=party).update(evidence_seen_by="")
    party.notices.all().delete()
    party.granted.filter(revoked_at=None).update(revoked_at=now)
    party.tokens.update(name="", ended_at=now)
    for places in (party.circle, party.circles):
        places.filter(until=None).update(until=now)
    Party.objects.filter(pk=party.pk).update(
        name="", about="", website="", area=None, state=PartyState.ERASED, lang="en"
    )
    party.refresh_from_db()
    return party


def unclaimed_over() -> Q:
    """Which parties have waited too long to be claimed."""
    return Q(state=PartyState.PROVISIONAL, since__lt=timezone.now() - UNCLAIMED_FOR)
