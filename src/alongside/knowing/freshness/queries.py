"""What waits for a holder's word, what is old, and which question a link or a code belongs to."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

from django.core import signing
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.notices.queries import digits
from alongside.ground.people.models import Membership, Party, PartyState
from alongside.ground.people.queries import hash_token
from alongside.ground.records.models import SHOWN, Audience, State
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import assets
from alongside.knowing.contributions.queries import can_be_reached
from alongside.knowing.freshness.models import CodeTry, FreshAsk

SALT = "alongside.still-so"  # a link signed for this opens nothing else
LIFE = timedelta(days=90)  # of a link and of its code
ASK_AFTER = timedelta(days=335)
MARKED_FOR = timedelta(days=90)
HIDE_AFTER = timedelta(days=365) + MARKED_FOR
REST = timedelta(days=60)  # between two questions about the same thing
WEEK = timedelta(days=7)  # between two questions to the same holder
MOST_TRIES = 10
TRIES_COUNT_FOR = timedelta(hours=1)
CODE = re.compile(r"(?<!\d)(\d{3}) ?(\d{3})(?!\d)", re.ASCII)
NO = re.compile(r"^\s*(?:no|na|stop|nage)\b", re.IGNORECASE)


def token_of(ask: FreshAsk) -> str:
    """The signed end of the link: it names the question and nothing else."""
    return signing.TimestampSigner(salt=SALT).sign(ask.key.hex)


def asked_by(token: str) -> FreshAsk | None:
    """The question of a link, or None for one that was not signed here, is too old, or was for something gone."""
    try:
        key = UUID(signing.TimestampSigner(salt=SALT).unsign(token, max_age=LIFE))
    except (signing.BadSignature, ValueError):
        return None
    found = FreshAsk.objects.filter(key=key).select_related("asset__record__owner").first()
    return None if found is None or found.asset.record.state in (State.ENDED, State.ERASED) else found


def is_open(ask: FreshAsk) -> bool:
    return ask.used_at is None and ask.expires > timezone.now()


def code_in(words: str) -> str:
    """The six figures in what somebody typed or sent ("YES 482 137"); nothing where they say no."""
    found = CODE.search(words[:200])
    return f"{found[1]}{found[2]}" if found and not NO.match(words) else ""


def asked_with(code: str, number: str = "") -> FreshAsk | None:
    """The open question with this code. Where a number is given, it must be that of somebody who was asked."""
    asks = FreshAsk.objects.filter(code=code, used_at=None, expires__gt=timezone.now())
    ask = asks.select_related("asset__record__owner").first() if code else None
    if ask is None or not number:
        return ask
    told = [getattr(party, "facts", None) for party in who_is_told(ask.asset.record.owner)]
    return ask if digits(number) in {digits(facts.phone) for facts in told if facts and facts.phone} else None


def who_tries(by: Actor, number: str = "") -> str:
    """A keyed hash by which tries are counted: of the number a text came from, else of the person typing."""
    return hash_token(f"still-so|{digits(number)}" if number else f"still-so|{by.person.pk if by.person else 0}")


def too_many_tries(who: str) -> bool:
    since = timezone.now() - TRIES_COUNT_FOR
    return CodeTry.objects.filter(who=who, at__gte=since).count() >= MOST_TRIES


def who_is_told(holder: Party) -> list[Party]:
    """The person themselves; of a group or organisation, the people who look after it."""
    if holder.is_person:
        return [holder]
    keepers = Membership.objects.filter(of=holder, role="keeper", until=None).values("member")
    return list(Party.objects.filter(pk__in=keepers, state=PartyState.LIVE).select_related("facts").order_by("pk"))


def due(today: date, most: int = 500) -> list[Asset]:
    """What its holder is to be asked about now, the oldest word first, one thing of each holder: shown to others,
    11 months old, from no feed, not asked about for a while, of somebody who can answer and takes no break."""
    now = timezone.now()
    about = FreshAsk.objects.filter(asset=OuterRef("pk"), made__gt=now - REST)
    of_holder = FreshAsk.objects.filter(asset__record__owner=OuterRef("record__owner"), made__gt=now - WEEK)
    old = _kept_by_holders().filter(
        confirmed_on__lte=today - ASK_AFTER,
        record__state__in=SHOWN,
        record__owner__state=PartyState.LIVE,
    )
    waiting = old.exclude(Exists(about)).exclude(Exists(of_holder)).order_by("confirmed_on", "pk")
    chosen: dict[int, Asset] = {}
    for asset in waiting.iterator(chunk_size=500):
        owner = asset.record.owner
        if asset.record.audience != Audience.ME and owner.pk not in chosen and can_be_reached(owner):
            chosen[owner.pk] = asset
            if len(chosen) == most:
                break
    return list(chosen.values())


def to_hide(today: date) -> list[int]:
    """Ids of what has been marked for 90 days and more without a word from its holder."""
    marked = _kept_by_holders().filter(record__state=State.STALE, record__changed__lt=timezone.now() - MARKED_FOR)
    old = marked.filter(confirmed_on__lt=today - HIDE_AFTER)
    return [pk for pk, audience in old.values_list("pk", "record__audience") if audience != Audience.ME]


def _kept_by_holders() -> QuerySet[Asset]:
    """All but what a feed brings: that is as fresh as its feed."""
    return assets(Actor.system("freshness")).filter(from_list=False)


def waiting_for(viewer: Actor, party: Party, most: int = 20) -> list[Asset]:
    """What of a party's is marked or hidden because nobody said lately that it is still so; for its own page."""
    old = assets(viewer).filter(record__owner=party, record__state__in=(State.STALE, State.HIDDEN))
    return list(old.order_by("confirmed_on", "pk")[:most])
