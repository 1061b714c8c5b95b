"""`visible_to`: the only place in the house that decides in SQL who may see a record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from alongside.ground.history.acting import asked_before
from alongside.ground.history.actor import Actor
from alongside.ground.people import queries as people
from alongside.ground.people.models import Party
from alongside.ground.records.contents import export as export
from alongside.ground.records.contents import words_of as words_of
from alongside.ground.records.contents import words_of_each as words_of_each
from alongside.ground.records.lists import Condition, Ids
from alongside.ground.records.models import SHOWN as SHOWN
from alongside.ground.records.models import Audience, Holding, Record, State

NAMELESS = frozenset({"barrier", "idea", "point", "wish"})  # what many read of these stands without a name
UNNAMED = frozenset({"wish"})  # of these, those that are never shown with a name; a barrier may be (knowing/barriers)
Keeps = Callable[[Party], QuerySet[Any, Any]]
NO_KIND = ""  # no record has it: an empty list would leave no SQL to put into another query
FOR_ONE = frozenset({"plan"})  # shared with somebody, these are for them and not for whoever helps them
FOUND, COUNTED = "found", "counted"  # purposes that the ground itself asks about (frameworks/purposes.toml)


def visible_to(viewer: Actor) -> QuerySet[Record]:
    """Every record this viewer may see, checked afresh at each use so that a withdrawal counts at once: what is kept
    for the rest of a request is the question, never an answer.

    Everyone's records for all; besides, one's own, those of groups one keeps, those shared with one's
    communities and circles, and those granted by name. Blocked pairs see nothing of each other, but what stands
    without a name is the same for all: what vanished for one alone would tell them whose it is. Stewards
    see what members see: what waits for them stands on their desk alone (`held`).
    """
    if viewer.is_system:
        return Record.objects.exclude(state=State.ERASED)
    me = viewer.party
    if me is None:
        return Record.objects.filter(_public())
    asked = asked_before.get()
    if asked is None or viewer.is_helping or viewer.program is not None:
        return _reached(viewer, me)
    if me.pk not in asked:
        asked[me.pk] = _reached(viewer, me)
    return cast("QuerySet[Record]", asked[me.pk]).all()


def _reached(viewer: Actor, me: Party) -> QuerySet[Record]:
    if viewer.is_helping or viewer.program is not None:
        return _unblocked(Record.objects.filter(_public() | _reach(viewer)), me)
    written = SEEN if viewer.proved else SEEN_UNPROVED
    return Record.objects.filter(written.of(me, timezone.now()))


def _seen(viewer: Actor, now: datetime) -> QuerySet[Record]:
    """What somebody sees for themselves; nothing of it depends on more than who they are and when it is."""
    return _unblocked(Record.objects.filter(_public(now) | _theirs(viewer, now)), viewer.me, now)


def reached_by(viewer: Actor) -> QuerySet[Record]:
    """What this viewer would see if nobody had blocked anybody: for rules whose answer must tell nothing of a block."""
    return Record.objects.filter(_public() if viewer.party is None else _public() | _reach(viewer))


def findable(viewer: Actor) -> QuerySet[Record]:
    """What may stand in a list or on a map for this viewer: what they may see, but of others' things only those
    whose holder lets them be found."""
    seen = visible_to(viewer)
    if viewer.is_system or viewer.party is None:
        return seen if viewer.is_system else seen.filter(_found())
    return seen.filter(_found() | _own(viewer))


def named_to(viewer: Actor) -> QuerySet[Record]:
    """What this viewer may find and know whose it is: not what many read without a name, nor what its owner wants in
    no list. A page that opened for that would tell whose it is."""
    return findable(viewer).exclude(kind__in=NAMELESS, audience__in=(Audience.EVERYONE, Audience.COMMUNITY))


def private_set(viewer: Actor) -> QuerySet[Record]:
    """What this viewer may find beyond what everyone may: the small second set of every search."""
    if viewer.party is None:
        return Record.objects.none()
    beyond = Record.objects.filter(_reach(viewer)).exclude(_public() & _found())
    return _unblocked(beyond.filter(_found() | _own(viewer)), viewer.party)


def everyones() -> QuerySet[Record]:
    """What anyone may see and find."""
    return Record.objects.filter(_public() & _found())


def for_some() -> QuerySet[Record]:
    """What may be found by the members of a community or by somebody's circle, whoever they are, and by nobody else."""
    return Record.objects.filter(
        _in_time(), _found(), audience__in=(Audience.COMMUNITY, Audience.CIRCLE), state__in=SHOWN
    )


def over_for_all(viewer: Actor) -> QuerySet[Record]:
    """What everyone could see until it ended, without what lies between this viewer and somebody blocked."""
    over = Record.objects.filter(_in_time(), audience=Audience.EVERYONE, state=State.ENDED)
    return _unblocked(over, viewer.party) if viewer.party else over


def open_to_all(viewer: Actor) -> QuerySet[Record]:
    """What everyone may see, without what lies between this viewer and somebody blocked; one plain condition, so
    that a database has little to think about."""
    seen = Record.objects.filter(_public())
    return seen if viewer.party is None else _unblocked(seen, viewer.party)


def shown_like(record: Record, *, held: bool = False) -> QuerySet[Record]:
    """What is shown to the same people as this record, not what was turned back to its owner; with `held`, what would
    be once a steward has looked."""
    return Record.objects.filter(audience=record.audience, state__in=(State.HELD,) if held else SHOWN)


def lapsed() -> QuerySet[Record]:
    """What was found by everyone until its last day, and is not any more though no worker has come by yet:
    tables that triggers keep leave these out when they answer."""
    ended = _said(FOUND).filter(withdrawn_at=None, until__lte=timezone.now())
    return Record.objects.filter(Q(audience_until__lte=timezone.now()) | Q(pk__in=ended.values("record")))


def shut_out(viewer: Actor) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For a search, in one statement: owners of whom this viewer sees nothing, and records that lapsed."""
    over = lapsed().values_list("pk", Value(0))
    if viewer.party is None:
        return (), tuple(sorted(pk for pk, _none in over))
    rows = list(people.blocks_of(viewer.party).values_list("blocker", "blocked").union(over, all=True))
    me = viewer.party.pk
    owners = {one if two == me else two for one, two in rows if two}
    return tuple(sorted(owners)), tuple(sorted(pk for pk, two in rows if not two))


def may_be(purpose: str, unsaid: Q) -> Q:
    """As a condition: the owner has said yes to this purpose and it has not ended; `unsaid` decides where
    they have said nothing."""
    said = _said(purpose).filter(record=OuterRef("pk"))
    is_open = Q(until=None) | Q(until__gt=timezone.now())
    return Q(Exists(said.filter(is_open, withdrawn_at=None))) | (unsaid & ~Q(Exists(said)))


def _said(purpose: str) -> QuerySet[Any]:
    consents = Record._meta.get_field("consents").related_model
    return consents._default_manager.filter(purpose=purpose)


def _found() -> Q:
    return may_be(FOUND, Q(pk__isnull=False))


def _in_time(now: datetime | None = None) -> Q:
    return Q(audience_until=None) | Q(audience_until__gt=now or timezone.now())


def _public(now: datetime | None = None) -> Q:
    return Q(audience=Audience.EVERYONE, state__in=SHOWN) & _in_time(now)


def _unblocked(records: QuerySet[Record], me: Party, now: datetime | None = None) -> QuerySet[Record]:
    now = now or timezone.now()
    apart = Q(owner__in=BLOCKED.of(me, now)) | Q(owner__in=BLOCKERS.of(me, now))
    return records.filter(~apart | _unnamed(me, now))


def _unnamed(me: Party, now: datetime) -> Q:
    """What many read without a name, whether or not its owner and they have to do with one another."""
    ours = Q(audience=Audience.COMMUNITY, community__in=GROUPS.of(me, now), state__in=SHOWN) & _in_time(now)
    return Q(kind__in=UNNAMED) & (_public(now) | ours)


def _reach(viewer: Actor) -> Q:
    """What is the viewer's own to see. Somebody helping sees the kinds of record that their basis reaches; a program
    sees of its holder's own things the kinds that it was let in for, and nothing that others shared with them."""
    assert viewer.party is not None
    parts = people.parts_seen(viewer)
    if viewer.program is not None:
        return Q(owner=viewer.party, kind__in=[*parts, NO_KIND]) & ~Q(state=State.ERASED)
    reach = _theirs(viewer, timezone.now())
    if viewer.is_helping:
        reach &= Q(owner=viewer.party) | ~Q(kind__in=FOR_ONE)
    return reach if "all" in parts else reach & Q(kind__in=[*parts, NO_KIND])


def _theirs(viewer: Actor, now: datetime) -> Q:
    me, shown = viewer.me, Q(state__in=SHOWN)
    community = Q(audience=Audience.COMMUNITY, community__in=GROUPS.of(me, now)) & shown & _in_time(now)
    circle = Q(audience=Audience.CIRCLE, owner__in=CIRCLES.of(me, now)) & shown & _in_time(now)
    granted = Q(pk__in=(GRANTED if viewer.proved else GRANTED_UNPROVED).of(me, now)) & shown
    return _own(viewer, now) | community | circle | granted


def _own(viewer: Actor, now: datetime | None = None) -> Q:
    kept = KEPT if viewer.proved else KEPT_UNPROVED
    return (Q(owner=viewer.me) | Q(owner__in=kept.of(viewer.me, now or timezone.now()))) & ~Q(state=State.ERASED)


def _circles(me: Party, _now: datetime) -> QuerySet[Any, Any]:
    return me.circles.filter(until=None).values("owner")


def _granted(me: Party, now: datetime, keeps: Keeps = people.keeps) -> QuerySet[Any, Any]:
    grants = me.granted.model._default_manager.filter(Q(grantee=me) | Q(grantee__in=keeps(me)))
    return grants.filter(revoked_at=None, since__lte=now, until__gt=now).values("record")


GROUPS, KEPT = Ids(lambda me, _now: people.belongs_to(me)), Ids(lambda me, _now: people.keeps(me))
KEPT_UNPROVED = Ids(lambda me, _now: people.keeps_unproved(me))
GRANTED_UNPROVED = Ids(lambda me, now: _granted(me, now, people.keeps_unproved))
BLOCKED, BLOCKERS = Ids(lambda me, _now: people.blocked_by(me)), Ids(lambda me, _now: people.blockers_of(me))
CIRCLES, GRANTED = Ids(_circles), Ids(_granted)
SEEN = Condition(lambda me, now: _seen(Actor(person=me, proved=True), now))
SEEN_UNPROVED = Condition(lambda me, now: _seen(Actor(person=me, proved=False), now))


def counted() -> QuerySet[Record]:
    """Records whose owners chose to be counted; the only ones that may enter a figure about people."""
    over = _said(COUNTED).filter(withdrawn_at=None, until__lte=timezone.now())
    return Record.objects.filter(countable=True, state__in=SHOWN).exclude(pk__in=over.values("record"))


def held(steward: Actor) -> QuerySet[Record]:
    """What waits for a steward's look, oldest first. Only the desk asks, which opens after a second factor."""
    if not (steward.is_system or people.acts_as_steward(steward)):
        return Record.objects.none()
    waiting = Record.objects.filter(state=State.HELD).exclude(audience=Audience.ME)
    waiting = _unblocked(waiting, steward.person) if steward.person else waiting
    return waiting.select_related("owner", "community").order_by("made")


def holding_of(party: Party) -> int | None:
    """For how many days this community holds what its members change, or None where it does not."""
    return Holding.objects.filter(community=party).values_list("days", flat=True).first()
