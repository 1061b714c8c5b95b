"""What somebody has shared, with whom, for what and until when, and who has looked.

`allowed` and `going_out` are the one place that says what a record may be used for (frameworks/purposes.toml).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside import frameworks
from alongside.ground.consent import policy
from alongside.ground.consent.models import Consent, Grant, Look
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party, PersonFacts, Sort
from alongside.ground.people.queries import parts_seen
from alongside.ground.records.models import Record, SpotExact
from alongside.ground.records.queries import COUNTED, counted, may_be, open_to_all, words_of, words_of_each

OPEN_LISTS = "open_lists"
BY_REASON = frozenset({"place", "holder"})  # what a steward may ask to see of one record


@dataclass(frozen=True)
class Sight:
    """Proof that a look was written: queries on personal parts take one and open only these parts."""

    record: Record
    parts: frozenset[str]
    reader: Actor

    def shows(self, part: str) -> bool:
        return "all" in self.parts or part in self.parts


@dataclass(frozen=True)
class Opened:
    """What a steward sees of one record after giving a reason: whose it is, how to reach them, and where it is."""

    owner: Party
    facts: PersonFacts | None
    exact: SpotExact | None
    words: list[tuple[str, str]]


def opened(sight: Sight) -> Opened:
    """The exact place and the holder of a record, for whoever has proof that a look was written."""
    place, holder = sight.shows("place"), sight.shows("holder")
    facts = PersonFacts.objects.filter(party=sight.record.owner).first() if holder else None
    exact = SpotExact.objects.filter(pk=sight.record.pk).first() if place else None
    return Opened(sight.record.owner, facts, exact, words_of(sight.record))


def open_to_reason(steward: Actor, key: UUID | str) -> Record | None:
    """The record with this address, where a steward could give a reason to see more of it."""
    record = Record.objects.select_related("owner", "community").filter(key=key).first()
    return record if record is not None and policy.may_look_with_reason(by=steward, record=record) else None


def for_steward(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    """On the page of a thing, for a steward: the way to see more of it."""
    record: Record = subject.record
    return {"key": record.key} if policy.may_look_with_reason(by=viewer, record=record) else None


def open_grants(record: Record) -> QuerySet[Grant]:
    """Who may see this now, newest first."""
    now = timezone.now()
    return (
        record.grants.filter(revoked_at=None, until__gt=now)
        .select_related("grantee")
        .prefetch_related("parts")
        .order_by("-since")
    )


def looks_at(record: Record) -> QuerySet[Look]:
    """Who looked, newest first; for the owner's page."""
    return record.looks.select_related("reader", "on_behalf", "token").order_by("-at")


def grants_of(viewer: Actor) -> QuerySet[Grant]:
    """What this viewer lets others see now, newest first: all of their own things at once."""
    found = Grant.objects.filter(record__owner=viewer.party, revoked_at=None, until__gt=timezone.now())
    found = found if _settles_sharing(viewer) else found.none()
    return found.select_related("record", "grantee").prefetch_related("parts").order_by("-since", "-pk")


def looks_of(viewer: Actor) -> QuerySet[Look]:
    """Who looked at anything of this viewer's, newest first."""
    found = Look.objects.filter(record__owner=viewer.party) if _settles_sharing(viewer) else Look.objects.none()
    return found.select_related("record", "reader", "token").order_by("-at", "-pk")


@dataclass(frozen=True)
class Told:
    """One look as its owner reads it: who, when, why, and at what, by the first words of it."""

    look: Look
    thing: str


def looks_told(viewer: Actor, most: int = 100) -> list[Told]:
    """Who looked at what of this viewer's, newest first; the parts of one look stand as one line."""
    found: dict[tuple[object, ...], Look] = {}
    for look in looks_of(viewer)[: most * 3]:
        once = (look.record_id, look.reader_id, look.token_id, look.purpose, look.at.replace(second=0, microsecond=0))
        found.setdefault(once, look)
    looks = list(found.values())[:most]
    said = words_of_each([look.record for look in looks])
    return [Told(look, words[0][1][:80] if words else "") for look, words in zip(looks, said, strict=True)]


def _settles_sharing(viewer: Actor) -> bool:
    return viewer.party is not None and not {"all", "sharing"}.isdisjoint(parts_seen(viewer))


@dataclass(frozen=True)
class Word:
    """What holds for one purpose of a record: its data, yes or no, until when, and whether its holder said so."""

    purpose: dict[str, Any]
    yes: bool
    until: datetime | None
    said: bool


def purposes() -> list[dict[str, Any]]:
    """What a record may be used for, each with key, label and hint, in the order in which a holder is asked."""
    listed: list[dict[str, Any]] = frameworks.load("purposes")["purpose"]
    return listed


def allowed(purpose: str) -> QuerySet[Record]:
    """Every record whose owner lets it be used for this purpose today; who may see it is another question.

    Meet it with `visible_to(viewer)`. Asked afresh on each call, so that a no, or a last day, counts at once.
    Raises KeyError for a purpose that is not in the list.
    """
    one = {each["key"]: each for each in purposes()}[purpose]
    if purpose == COUNTED:
        return counted()
    return Record.objects.filter(may_be(purpose, _unsaid(one)))


def going_out(viewer: Actor) -> QuerySet[Record]:
    """What may leave this place for others to copy, in a feed, an export, a calendar or a program's answer:
    what everyone may see, whose owner lets it go out in open lists. A viewer is never given more than that,
    and what lies between them and somebody they blocked is left out."""
    word = {each["key"]: each for each in purposes()}[OPEN_LISTS]
    return open_to_all(viewer).filter(may_be(OPEN_LISTS, _unsaid(word)))


def words_on(record: Record) -> list[Word]:
    """What holds for each purpose of one record now, for its holder's own page."""
    now = timezone.now()
    said: dict[str, Consent] = {}
    for row in Consent.objects.filter(record=record).order_by("withdrawn_at", "pk"):
        if row.withdrawn_at is None or row.purpose not in said:
            said[row.purpose] = row
    return [_word(record, one, said.get(one["key"]), now) for one in purposes()]


def _word(record: Record, purpose: dict[str, Any], row: Consent | None, now: datetime) -> Word:
    counts = purpose["key"] == COUNTED
    if row is None or (counts and row.withdrawn_at is not None):
        holds = record.countable if counts else bool(purpose[standing_of(record.owner)])
        return Word(purpose, holds, None, said=row is not None)
    if row.withdrawn_at is not None:
        return Word(purpose, False, None, said=True)
    yes = (row.until is None or row.until > now) and (record.countable or not counts)
    return Word(purpose, yes, row.until if yes else None, said=True)


def standing_of(owner: Party) -> str:
    """Which column of the purposes holds for this owner: person, household, community or organisation."""
    return "household" if owner.sort == Sort.HOUSEHOLD else str(owner.kind)


def _unsaid(purpose: dict[str, Any]) -> Q:
    """The owners for whom this purpose holds though they have said nothing."""
    kinds = [kind for kind in Kind.values if purpose[kind]]
    holds = Q(owner__kind__in=kinds) & ~Q(owner__sort=Sort.HOUSEHOLD)
    return holds | Q(owner__sort=Sort.HOUSEHOLD) if purpose["household"] else holds
