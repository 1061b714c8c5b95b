"""Open, share, end and erase records; each kit's own action calls these inside its transaction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action, after_commit
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import message, tell
from alongside.ground.people.actions import blank, pause, unclaimed_over
from alongside.ground.people.language import page_language
from alongside.ground.people.models import GONE, Kind, Party, PartyState
from alongside.ground.places.models import Area
from alongside.ground.records import policy
from alongside.ground.records.bulk import PublicPlace as PublicPlace
from alongside.ground.records.bulk import count_many as count_many
from alongside.ground.records.bulk import hand_over_many as hand_over_many
from alongside.ground.records.bulk import move_many as move_many
from alongside.ground.records.bulk import open_again as open_again
from alongside.ground.records.bulk import open_many as open_many
from alongside.ground.records.bulk import put_many as put_many
from alongside.ground.records.bulk import revise_many as revise_many
from alongside.ground.records.bulk import show_with as show_with
from alongside.ground.records.bulk import wide_statements as wide_statements
from alongside.ground.records.contents import kit_models
from alongside.ground.records.holding import holding_over as holding_over
from alongside.ground.records.holding import looked_over as looked_over
from alongside.ground.records.holding import set_holding as set_holding
from alongside.ground.records.models import Audience, Level, Record, State
from alongside.ground.records.placing import put as put
from alongside.ground.records.placing import shown_point as shown_point
from alongside.ground.records.queries import holding_of as holding_of
from alongside.ground.records.whole import clear

SHARED = ("audience", "audience_until", "community", "countable", "state")


def open_record(
    *,
    by: Actor,
    kind: str,
    owner: Party,
    audience: str = Audience.ME,
    community: Party | None = None,
    countable: bool = False,
    level: str = Level.INDIVIDUAL,
    area: Area | None = None,
    lang: str = "",
) -> Record:
    """The spine row for a new thing. Called inside an action, which writes the event.

    What somebody without an account would show to others waits until a steward has looked. Raises Fault
    for a community audience without a community.
    """
    if audience == Audience.COMMUNITY and community is None:
        raise Fault("audience", _("Say which community may see this"))
    held = _without_account(by, owner) and audience != Audience.ME
    return Record.objects.create(
        kind=kind,
        owner=owner,
        audience=audience,
        community=community if audience == Audience.COMMUNITY else None,
        countable=countable,
        level=level,
        area=area or owner.area,
        lang=lang or _written_in(by, owner),
        state=State.HELD if held else State.LIVE,
    )


def _written_in(by: Actor, owner: Party) -> str:
    """The language of new words: that of the page they were written on. A machine or a program has no page."""
    return owner.lang if by.is_system or by.program is not None else page_language()


def lock(record: Record) -> Record:
    """Read afresh who may see a record and how it stands, and hold it until the action is done: it may have been taken
    back, on another screen, since it was read. Called inside an action."""
    now = Record.objects.select_for_update(no_key=True)
    record.refresh_from_db(fields=[*SHARED, "rev"], from_queryset=now)
    return record


@action("records.share", may=policy.may_change)
def set_audience(
    *,
    by: Actor,
    record: Record,
    audience: str,
    community: Party | None = None,
    countable: bool | None = None,
    until: datetime | None = None,
) -> Record:
    """Choose who may see a record, and whether it counts in figures. Withdrawing takes effect at once.

    From `until` on only the owner sees it again, without anybody doing anything. Raises Fault for a
    community audience without a community, and for an end that has passed.
    """
    lock(record)
    if audience == Audience.COMMUNITY and community is None:
        raise Fault("audience", _("Say which community may see this"))
    if until is not None and until <= timezone.now() and until != record.audience_until:
        raise Fault("until", _("Choose a day that is still to come"))
    record.audience_until = until if audience != Audience.ME else None
    record.audience = audience
    record.community = community if audience == Audience.COMMUNITY else None
    if countable is not None:
        record.countable = countable
    shown = record.state in (State.LIVE, State.STALE, State.RESTING)
    if _without_account(by, record.owner) and audience != Audience.ME and shown:
        record.state = State.HELD
    record.rev += 1
    record.save(update_fields=[*SHARED, "rev", "changed"])
    return record


def _without_account(by: Actor, owner: Party) -> bool:
    """Whether what is written waits for a look: it belongs to, or comes from, somebody nobody knows yet."""
    return PartyState.PROVISIONAL in (owner.state, by.person.state if by.person else None)


def freshen(*, record: Record) -> Record:
    """What had not been confirmed for a while, or was hidden for that, is here again. Called inside an action."""
    Record.objects.filter(pk=record.pk, state__in=(State.STALE, State.HIDDEN)).update(state=State.LIVE)
    record.refresh_from_db(fields=["state"])
    return record


@action("records.let_through", may=policy.may_steward)
def let_through(*, by: Actor, record: Record, seen: int | None = None) -> Record:
    """A steward has looked: what waited is shown to those it was meant for, and its owner hears so, with where it is
    (`where_read` of its kit row). So does whoever is to answer it, where the row names somebody (`asked`).

    `seen` is the `rev` that the steward read; what was changed since then waits for another look.
    """
    waiting = Record.objects.filter(pk=record.pk, state=State.HELD)
    if seen is not None:
        waiting = waiting.filter(rev=seen)
    if waiting.update(state=State.LIVE):
        title = message("Your words are shown now")
        words = message("A steward has looked at what you wrote. It is shown now.")
        row: Any = next(_rows_of(record, "where_read"), None)
        link = row.where_read if row is not None else ""
        tell(by=Actor.system("let_through"), to=record.owner, title=title, body=words, record=record, link=link)
        asked = row.asked() if row is not None and hasattr(row, "asked") else None
        if asked is not None and asked[0].state not in GONE:
            to, title, said = asked
            lang = record.lang
            tell(by=Actor.system("let_through"), to=to, title=title, body=said, record=record, link=link, lang=lang)
    record.refresh_from_db()
    return record


def _rows_of(record: Record, says: str) -> Iterator[Any]:
    """The kit row of a record, if its model says this of itself."""
    for model in kit_models():
        if hasattr(model, says):
            yield from model._default_manager.filter(pk=record.pk)


@action("records.turn_back", may=policy.may_steward)
def turn_back(*, by: Actor, record: Record, reason: str) -> Record:
    """A steward does not show what waited: it goes back to its owner alone, with the reason told to them."""
    if not reason.strip():
        raise Fault("reason", _("Write a reason. The person will read it."))
    waiting = Record.objects.filter(pk=record.pk, state=State.HELD)
    if waiting.update(state=State.LIVE, audience=Audience.ME, community=None):
        title = message("Your words are not shown to others")
        tell(by=Actor.system("turn_back"), to=record.owner, title=title, body=reason.strip(), record=record)
    record.refresh_from_db()
    return record


@action("records.end", may=policy.may_change)
def end(*, by: Actor, record: Record) -> Record:
    """It is over: no list or search shows it; its owner still sees it."""
    Record.objects.filter(pk=record.pk).exclude(state=State.ERASED).update(state=State.ENDED)
    record.refresh_from_db()
    return record


@action("records.erase", may=policy.may_change)
def erase(*, by: Actor, record: Record) -> Record:
    """Blank a record for good: every kit row and version goes; the empty spine row keeps history whole.

    What others go on deciding about stays, without its owner in it, where its kit row says who keeps it (`left_to`).
    """
    if _left_behind(record):
        record.refresh_from_db()
        return record
    clear(record)
    record.versions.all().delete()
    Record.objects.filter(pk=record.pk).update(
        state=State.ERASED, audience=Audience.ME, community=None, countable=False, area=None
    )
    record.refresh_from_db()
    return record


def _left_behind(record: Record) -> bool:
    """Hand over what outlives its owner to whoever its kit row names, and take out what was the owner's alone."""
    for row in _rows_of(record, "left_to"):
        keeper: Party | None = row.left_to()
        if keeper is None or keeper.pk == record.owner_id or keeper.state == PartyState.ERASED:
            continue
        type(row)._default_manager.filter(pk=record.pk).update(**row.without_owner)
        record.versions.all().delete()
        Record.objects.filter(pk=record.pk).update(owner=keeper, area=keeper.area, countable=False)
        return True
    return False


@action("records.pause_page", may=policy.may_pause)
def pause_page(*, by: Actor, party: Party, on: bool) -> Party:
    """Take a break: nobody is asked anything and what was shown to others rests, until the page is opened again."""
    pause(by=by, party=party, on=on)
    if party.kind != Kind.ORGANISATION:  # what an organisation's feed brought follows the feed
        shown = Record.objects.filter(owner=party).exclude(audience=Audience.ME)
        old, new = (State.LIVE, State.RESTING) if on else (State.RESTING, State.LIVE)
        shown.filter(state=old).update(state=new)
    party.refresh_from_db()
    return party


@action("records.leave_for_good", may=policy.may_leave)
def leave_for_good(*, by: Actor, party: Party) -> Party:
    """Erase a person's page: every record, every fact, every way in. What a community decided stays, without them.

    The empty row of the party keeps history whole. Raises Fault for a group, which has more than one person.
    """
    if not party.is_person:
        raise Fault("party", _("A group ends its things one by one"))
    for record in Record.objects.filter(owner=party).exclude(state=State.ERASED).order_by("pk"):
        record.refresh_from_db(fields=["state"])  # it may have gone with an earlier one that it hung on
        if record.state != State.ERASED:
            erase(by=by, record=record)
    after_commit(note_erasure, str(party.key))
    return blank(by=by, party=party)


def note_erasure(key: str) -> None:
    """Write outside the database who has gone, so that an old backup does not bring them back."""
    with Path(settings.ERASURES).open("a", encoding="ascii") as file:
        file.write(f"{key}\n")


@action("records.erase_again", may=policy.may_run_nightly)
def erase_again(*, by: Actor) -> int:
    """After a backup was restored: erase once more whoever had gone by then. How many there were."""
    path = Path(settings.ERASURES)
    gone = set(path.read_text(encoding="ascii").split()) if path.exists() else set()
    back = list(Party.objects.filter(key__in=gone).exclude(state=PartyState.ERASED))
    for party in back:
        leave_for_good(by=by, party=party)
    return len(back)


@action("records.close_audiences", may=policy.may_run_nightly)
def close_audiences(*, by: Actor) -> int:
    """Once a day: what was to be seen until a day that has passed is its owner's alone, also in what is kept
    besides the records. No page has shown it since that moment. How many there were."""
    over = Record.objects.filter(audience_until__lte=timezone.now()).exclude(state=State.ERASED)
    return over.update(audience=Audience.ME, community=None, audience_until=None)


@action("records.end_unclaimed", may=policy.may_run_nightly)
def end_unclaimed(*, by: Actor) -> int:
    """End the pages that nobody claimed in 90 days. How many there were."""
    waiting = list(Party.objects.filter(unclaimed_over()))
    for party in waiting:
        leave_for_good(by=by, party=party)
    return len(waiting)
