"""Workshops, their cards for whoever types them in, and what a guest is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from alongside.ground.consent.queries import Sight, open_grants
from alongside.ground.history.actor import Actor
from alongside.ground.notices.queries import connected, digits
from alongside.ground.people.models import Party
from alongside.ground.records.queries import visible_to
from alongside.knowing.assets.models import Asset
from alongside.knowing.duplicates.queries import like_words
from alongside.knowing.workshops import policy
from alongside.knowing.workshops.guessing import CAN, after
from alongside.knowing.workshops.models import Card, CardState, Guest, Step, Whose, Workshop

SALT = "alongside.workshop-card"  # a link signed for this opens nothing else
LIFE = timedelta(days=90)  # of a card that nobody answered for, of its link and of the right to type
CARDS = "cards"  # the part of a workshop that a grant opens
ANSWERED = (CardState.SHARED, CardState.KEPT, CardState.WIPED)


def workshops(viewer: Actor, community: Party | None = None) -> QuerySet[Workshop]:
    """Those whose cards this viewer may type or read, newest first."""
    found = Workshop.objects.filter(record__in=visible_to(viewer), wiped_at=None).select_related("record__owner")
    return (found if community is None else found.filter(record__owner=community)).order_by("-day", "-pk")


def workshop(viewer: Actor, key: UUID | str) -> Workshop | None:
    found = workshops(viewer).filter(record__key=key).first()
    return found if found is not None and policy.may_read(by=viewer, workshop=found) else None


def may_hold(viewer: Actor, community: Party) -> bool:
    return policy.may_hold(by=viewer, community=community)


def may_lead(viewer: Actor, workshop: Workshop) -> bool:
    return policy.may_lead(by=viewer, workshop=workshop)


def typists(workshop: Workshop) -> list[Party]:
    """Those who were let in to type, by name."""
    grants = open_grants(workshop.record).select_related("grantee")
    return sorted({grant.grantee for grant in grants}, key=lambda one: (one.name, one.pk))


def cards(sight: Sight) -> list[Card]:
    """Every card of a workshop, the newest first, for whoever looked."""
    if not sight.shows(CARDS):
        return []
    rows = Card.objects.filter(workshop=sight.record.pk).select_related("guest", "typed_by")
    return list(rows.order_by("-typed_at", "-pk"))


def card(sight: Sight, key: UUID | str) -> Card | None:
    if not sight.shows(CARDS):
        return None
    rows = Card.objects.filter(workshop=sight.record.pk).select_related("guest", "workshop__record__owner", "typed_by")
    return rows.filter(key=key).first()


def guests(sight: Sight) -> list[Guest]:
    """Who in the room is named and has not answered yet, with how many cards; by name."""
    if not sight.shows(CARDS):
        return []
    rows = Guest.objects.filter(workshop=sight.record.pk, answered_at=None).exclude(name="")
    counted = rows.annotate(waiting=Count("cards", filter=Q(cards__state=CardState.TYPED)))
    return list(counted.select_related("workshop__record__owner").order_by("name", "pk"))


def guest(sight: Sight, key: UUID | str) -> Guest | None:
    return next((one for one in guests(sight) if str(one.key) == str(key)), None)


def next_code(sight: Sight, typist: Party) -> str:
    """The code that is likely to lie next on the pile of whoever types: each goes on from their own last card."""
    last = Card.objects.filter(workshop=sight.record.pk, typed_by=typist).order_by("-typed_at", "-pk").first()
    return after(last.code) if last is not None else f"{CAN}1"


def likely_here(sight: Sight, card: Card) -> list[Asset]:
    """What is on the map already that a card may speak of: to be looked at, never merged."""
    if card.wish or card.state != CardState.TYPED or not card.words:
        return []
    return like_words(sight.reader, card.words, card.about if card.whose == Whose.GROUP else "")


def is_key(text: str) -> bool:
    """Whether this could name a row at all."""
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def steps(viewer: Actor, workshop: Workshop) -> list[Step]:
    if not policy.may_read(by=viewer, workshop=workshop):
        return []
    return list(Step.objects.filter(workshop=workshop).order_by("pk"))


# What a guest is asked, by a link that is signed


@dataclass(frozen=True)
class Asking:
    """A guest and the cards that wait for their word, for whoever has the link and nobody else."""

    guest: Guest
    cards: Sequence[Card]


def token_of(guest: Guest) -> str:
    return signing.TimestampSigner(salt=SALT).sign(guest.key.hex)


def link_of(guest: Guest) -> str:
    return f"/workshop-cards/{token_of(guest)}/"


def asked_by(token: str) -> Asking | None:
    """Whom a link asks; None for one that was not signed here, is too old, or was wiped."""
    try:
        key = UUID(signing.TimestampSigner(salt=SALT).unsign(token, max_age=LIFE))
    except (signing.BadSignature, ValueError):
        return None
    found = Guest.objects.filter(key=key).select_related("workshop__record__owner").first()
    if found is None or found.workshop.wiped_at is not None or found.asked_at is None:
        return None
    return Asking(found, waiting(found))


def asked_with(code: str, number: str) -> Asking | None:
    """Whom a text answers for: the code that was sent, from the number it was sent to."""
    found = Guest.objects.filter(code=code, answered_at=None, workshop__wiped_at=None).first() if code else None
    if found is None or not digits(number) or digits(number) != digits(found.reach) or "@" in found.reach:
        return None
    return Asking(found, waiting(found))


def waiting(guest: Guest) -> list[Card]:
    return list(guest.cards.filter(state=CardState.TYPED).order_by("pk"))


def way_of(guest: Guest) -> str:
    """How a guest is asked: by e-mail, by text where one can be sent, else by a letter that somebody hands over."""
    if "@" in guest.reach:
        return "email"
    return "text" if len(digits(guest.reach)) >= 9 and connected() else "letter"


def to_wipe() -> list[Workshop]:
    """Workshops whose cards nobody answered for in time."""
    over = timezone.localdate() - LIFE
    return list(Workshop.objects.filter(wiped_at=None, day__lt=over).select_related("record"))
