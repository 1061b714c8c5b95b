"""Workshops, their cards for whoever types them in, and what a guest is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from rapidfuzz import fuzz, process

from alongside.ground.consent.queries import Sight, open_grants
from alongside.ground.history.actor import Actor
from alongside.ground.notices.queries import connected, digits
from alongside.ground.pages.queries import party_page
from alongside.ground.people.models import Party, Sort
from alongside.ground.records.models import State
from alongside.ground.records.queries import visible_to
from alongside.knowing.assets.models import Asset
from alongside.knowing.duplicates.queries import like_words
from alongside.knowing.workshops import policy
from alongside.knowing.workshops.guessing import CAN, after
from alongside.knowing.workshops.models import Card, CardState, GroupAsk, Guest, Step, Whose, Workshop
from alongside.knowing.workshops.register import kept_by_name, kept_groups, names_to_choose, plain_name

LIKE = 80  # of 100, from which two names may be the same
SALT = "alongside.workshop-card"  # a link signed for this opens nothing else
MAY_DISPUTE = timedelta(days=14)  # for which an answer can be said not to have been one's own
LIFE = timedelta(days=90)  # of a card that nobody answered for, of its link and of the right to type
CARDS = "cards"  # the part of a workshop that a grant opens


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


def may_mend(viewer: Actor, card: Card) -> bool:
    return policy.may_mend(by=viewer, card=card)


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


def names(sight: Sight) -> list[str]:
    """For whoever types, to choose from: who in the room is named, and the groups here that somebody looks after."""
    return [*sorted({guest.name for guest in guests(sight)}), *names_to_choose()] if sight.shows(CARDS) else []


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


# What those who look after a group are asked


def asked_first(card: Card) -> list[Party]:
    """The groups whose keepers are asked before a card that bears their name may show."""
    return kept_groups(card.about) if card.whose in (Whose.GROUP, Whose.PLACE) else []


def near_groups(viewer: Actor, card: Card, most: int = 3) -> list[Party]:
    """Those that a card may mean by nearly the same name, to be chosen by whoever types; none where one has it. A
    household is nobody's to find."""
    plain, kept = plain_name(card.about), kept_by_name()
    if card.whose not in (Whose.GROUP, Whose.PLACE) or not plain or plain in kept:
        return []
    like = process.extract(plain, list(kept), scorer=fuzz.token_sort_ratio, score_cutoff=LIKE, limit=most)
    found = [group for name, _score, _at in like for group in kept[name] if group.sort != Sort.HOUSEHOLD]
    return [group for group in found if party_page(viewer, str(group.key)) is not None]


def of_groups(workshop: Workshop) -> list[Card]:
    """Cards that wait and bear the name of a group or a place."""
    rows = Card.objects.filter(workshop=workshop, state=CardState.TYPED, whose__in=(Whose.GROUP, Whose.PLACE))
    return list(rows.exclude(about="").prefetch_related("asks").order_by("pk"))


def groups_of(sight: Sight, workshop: Workshop) -> list[tuple[str, int, bool]]:
    """For whoever types: the groups that are asked first, with how many cards, and whether they were asked of all."""
    if not sight.shows(CARDS):
        return []
    kept = kept_by_name()
    lines: dict[str, list[bool]] = {}
    for card in of_groups(workshop):
        if plain_name(card.about) in kept:
            lines.setdefault(card.about, []).append(bool(card.asks.all()))
    return [(name, len(asked), all(asked)) for name, asked in sorted(lines.items())]


def asked_at(group: Party) -> str:
    """Where those who look after a group answer."""
    return f"/p/{group.key}/workshop-cards/"


def may_answer_group(viewer: Actor, group: Party) -> bool:
    return policy.may_answer_group(by=viewer, group=group)


def asked_of(viewer: Actor, group: Party) -> list[Card]:
    """The cards that wait for the word of those who look after a group, for them alone; the oldest question first."""
    if not policy.may_answer_group(by=viewer, group=group):
        return []
    asks = GroupAsk.objects.filter(group=group, no_at=None, card__state=CardState.TYPED, card__workshop__wiped_at=None)
    return [ask.card for ask in asks.select_related("card__workshop__record__owner").order_by("asked_at", "pk")]


# What a guest is asked, by a link that is signed


@dataclass(frozen=True)
class Asking:
    """A guest and the cards that wait for their word, for whoever has the link and nobody else."""

    guest: Guest
    cards: Sequence[Card]

    @property
    def waits(self) -> bool:
        return self.guest.answered_at is None and bool(self.cards)

    @property
    def letter(self) -> bool:
        return way_of(self.guest) == "letter"

    @property
    def said_yes(self) -> bool:
        return self.guest.cards.exclude(became=None).exists()

    @property
    def looked_at(self) -> bool:
        """Whether a steward reads the answer first."""
        return self.guest.cards.filter(became__state=State.HELD).exists()

    @property
    def may_dispute(self) -> bool:
        return may_dispute(self.guest)

    @property
    def until(self) -> datetime | None:
        """The last day on which it can be said that somebody else answered."""
        return self.guest.answered_at + MAY_DISPUTE if self.guest.answered_at else None


def sum_of(cards: Iterable[Card]) -> str:
    """Says which cards, and with which words, stood on a page; another for any others."""
    said = "|".join(f"{card.key}{card.words}" for card in cards)
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def may_dispute(guest: Guest) -> bool:
    """Whether it can still be said that somebody else answered."""
    return guest.answered_at is not None and not guest.disputed_at and guest.answered_at > timezone.now() - MAY_DISPUTE


def letters(sight: Sight, viewer: Actor) -> list[tuple[Guest, list[Card], str]]:
    """For whoever holds the workshop: those who were asked and are reached by neither e-mail nor text, with their
    cards and the link that answers for them. Whoever only types never has that link."""
    asked = [one for one in guests(sight) if one.asked_at and way_of(one) == "letter"]
    led = [one for one in asked if may_lead(viewer, one.workshop)]
    return [(one, waiting(one), settings.PUBLIC_URL + link_of(one)) for one in led]


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
