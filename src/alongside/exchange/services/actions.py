"""Brings feeds of services in, switches them off and on: every record accounted for, every fault named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.exchange.fetching.queries import Unreachable as Unreachable
from alongside.exchange.services import crawling, files, loading, pointing, policy, reading
from alongside.exchange.services.comparing import Difference, batches, compare, missing, organisations
from alongside.exchange.services.files import Unreadable as Unreadable
from alongside.exchange.services.models import Feed, ForeignId, ForeignKind, LoadFault, LoadRun, RunState, Timer
from alongside.exchange.services.near import place_by_postcode as place_by_postcode
from alongside.exchange.services.pointing import hold, note_failure, note_fetched
from alongside.exchange.services.pointing import pass_contacts_on as pass_contacts_on
from alongside.exchange.services.pointing import point as point
from alongside.exchange.services.pointing import say_it_is_in as say_it_is_in
from alongside.exchange.services.pointing import say_it_waits as say_it_waits
from alongside.exchange.services.pointing import send_in as send_in
from alongside.exchange.services.records import OrganisationRecord, Reading, ServiceRecord
from alongside.exchange.services.reporting import LoadReport, add, add_beside, done, look, report_of
from alongside.ground.history import acting
from alongside.ground.history.acting import action, demand
from alongside.ground.history.actor import Actor, Source
from alongside.ground.people import actions as people
from alongside.ground.people.models import Sort
from alongside.ground.records.actions import wide_statements

Progress = Callable[[str], object]
FAULTS_KEPT = 10_000
GONE_AT_ONCE = 500
BROKEN_AFTER = timedelta(days=1)
FILES_KEPT = timedelta(days=7)
REJECTS_KEPT = timedelta(days=90)


def load(
    *,
    by: Actor,
    source: str,
    data: bytes,
    dry_run: bool = False,
    progress: Progress | None = None,
    origin: str = "",
    run: LoadRun | None = None,
) -> LoadReport:
    """Bring a feed in under the name `source`, in steps of some hundreds of services.

    Each step is one transaction, so a load that breaks off leaves whole services behind and the next one
    finishes it. A second load of the same bytes changes nothing. What the feed no longer names is marked
    gone, but never by a file that is only a part of the feed, or that could not be read. A dry run writes
    nothing at all. Raises Refused for anybody but a steward and the machine.
    """
    demand(policy.may_load, by=by)
    by = by.by_way_of(Source.FEED)
    tell: Progress = progress or (lambda _words: None)
    tell(_("Reading the file"))
    found = reading.read(data)
    if dry_run:
        return look(source, found)
    run = run or open_run(by=by, source=source, origin=origin)
    feed = open_feed(by=by, run=run, read=found.read)
    report = report_of(source, found)
    named = organisations(found)
    for batch in batches(found):
        part = load_batch(by=by, feed=feed, run=run, services=batch, named=named)
        add(report, part)
        tell(_("%(done)d of %(all)d services") % {"done": done(report), "all": found.read})
    if found.beside:
        new, changed = keep_beside(by=by, feed=feed, found=found)
        add_beside(report, found, new, changed)
    gone = missing(feed, found)
    for start in range(0, len(gone), GONE_AT_ONCE):
        report.gone += mark_gone(by=by, feed=feed, links=gone[start : start + GONE_AT_ONCE])
    close_run(by=by, feed=feed, run=run, report=report)
    return report


def load_file(where: str, source: str = "", dry_run: bool = False, progress: Progress | None = None) -> dict[str, Any]:
    """For the command line: load a file, `-` or a near address; the counts and every fault. Raises Unreadable."""
    data = files.fetch(where)
    by = Actor.system("services.load")
    name = source or files.name_of(where)
    return load(by=by, source=name, data=data, dry_run=dry_run, progress=progress, origin=where).as_dict()


def refresh(*, by: Actor, feed: Feed, near: bool = False) -> LoadReport | None:
    """Fetch a feed from its address and bring it in; None where it is as before, cannot be had, or waits for a yes.

    What is here stays when a try fails. A feed that has come back empty, or without more than a third of its
    services, is not applied: it waits for a steward, who is told why. So does the first load of any feed.
    """
    demand(policy.may_load, by=by)
    by, timer = by.by_way_of(Source.FEED), Timer.objects.get(feed=feed)
    try:
        found = crawling.gather(timer.address, etag=timer.etag, modified=timer.modified, near=near)
    except Unreachable as problem:
        note_failure(by=by, feed=feed, sentence=problem.sentence)
        return None
    if found.same:
        note_fetched(by=by, feed=feed, etag=found.etag, modified=found.modified)
        return None
    would = load(by=by, source=feed.name, data=found.data, dry_run=True)
    here = ForeignId.objects.filter(feed=feed, kind=ForeignKind.SERVICE, gone=None).count()
    if not would.read and would.faults and not here:
        note_failure(by=by, feed=feed, sentence=pointing.UNREADABLE)
        return None
    why = pointing.FIRST if feed.loaded is None else pointing.why_held(here=here, read=would.read, gone=would.gone)
    if why:
        _hold(by, feed, timer, found.data, would, why)
        return None
    report = load(by=by, source=feed.name, data=found.data, origin=timer.address)
    note_fetched(by=by, feed=feed, etag=found.etag, modified=found.modified)
    return report


def _hold(by: Actor, feed: Feed, timer: Timer, data: bytes, would: LoadReport, why: str) -> None:
    run = pointing.waiting_run(feed)
    if run is None or bytes(run.document) != data:
        run = open_run(by=by, source=feed.name, origin=timer.address, data=data, state=RunState.CHECKING)
        run = note_look(by=by, run=run, report=would)
    hold(by=by, feed=feed, run=run, why=why)


def gather(address: str) -> bytes:
    """All that lives at an address, as one file. Raises Unreachable."""
    return crawling.gather(address).data


def refresh_due(*, by: Actor) -> int:
    """Fetch every feed whose time has come; one that breaks does not keep the others. How many were tried."""
    due = Feed.objects.filter(on=True, timer__next_at__lte=timezone.now()).order_by("timer__next_at")
    for feed in due:
        refresh(by=by, feed=feed)
    return len(due)


@action("services.open_run", may=policy.may_load)
def open_run(*, by: Actor, source: str, origin: str = "", data: bytes = b"", state: str = RunState.LOADING) -> LoadRun:
    """Begin to account for a load, or for a look at a file, which is kept until it is brought in."""
    name = " ".join(source.split())[:120]
    if not name:
        raise acting.Fault("name", _("Enter a name for the list"))
    return LoadRun.objects.create(name=name, source=origin[:300], by=by.party, state=state, document=data)


@action("services.open_feed", may=policy.may_load)
def open_feed(*, by: Actor, run: LoadRun, read: int) -> Feed:
    """The feed of this name; the first load makes it, with a party for what names no organisation."""
    feed = Feed.objects.filter(name=run.name).first()
    if feed is None:
        newcomer = people.Newcomer(name=run.name, sort=Sort.PUBLIC)
        [party] = people.welcome_many(by=by, newcomers=[newcomer])
        feed = Feed.objects.create(name=run.name, source=run.source, party=party)
    run.feed, run.state, run.read, run.done = feed, RunState.LOADING, read, 0
    run.save(update_fields=["feed", "state", "read", "done"])
    return feed


@action("services.load", may=policy.may_load)
def load_batch(
    *,
    by: Actor,
    feed: Feed,
    run: LoadRun,
    services: Sequence[ServiceRecord],
    named: Mapping[str, OrganisationRecord],
) -> Difference:
    """One step of a load. Two loads of one feed take turns."""
    with wide_statements():
        feed = Feed.objects.select_for_update(of=("self",)).select_related("party").get(pk=feed.pk)
        difference = compare(feed, services)
        loading.write(by=by, feed=feed, difference=difference, named=named)
    LoadRun.objects.filter(pk=run.pk).update(done=F("done") + len(services))
    return difference


@action("services.keep_beside", may=policy.may_load)
def keep_beside(*, by: Actor, feed: Feed, found: Reading) -> tuple[int, int]:
    """Keep what the feed holds beside its services, such as lists of terms; (how many are new, how many changed)."""
    with wide_statements():
        return loading.keep_beside(feed=feed, beside=found.beside, whole=found.whole)


@action("services.mark_gone", may=policy.may_load)
def mark_gone(*, by: Actor, feed: Feed, links: Sequence[ForeignId]) -> int:
    """Mark services that the feed no longer names; nobody is shown them, and what hangs on them stays."""
    with wide_statements():
        return loading.end_missing(by=by, feed=feed, links=links)


@action("services.close_run", may=policy.may_load)
def close_run(*, by: Actor, feed: Feed, run: LoadRun, report: LoadReport) -> LoadRun:
    """The last step: the feed's date, the counts, the faults, and the rejects to mend."""
    Feed.objects.filter(pk=feed.pk).update(loaded=timezone.now(), source=run.source)
    if run.source.startswith("http"):
        pointing.came_in(feed)
    return _keep(run, report, RunState.DONE)


@action("services.note_look", may=policy.may_load)
def note_look(*, by: Actor, run: LoadRun, report: LoadReport, data: bytes = b"") -> LoadRun:
    """Keep what a first look found; the file stays until it is brought in or another look replaces it. `data` is
    the file where it was fetched for the look."""
    if data:
        run.document = data
    LoadRun.objects.filter(name=run.name, state=RunState.CHECKED).exclude(pk=run.pk).update(document=b"")
    return _keep(run, report, RunState.CHECKED)


@action("services.bring_in", may=policy.may_load)
def bring_in(*, by: Actor, run: LoadRun) -> LoadRun:
    """Say yes to what a first look found. Pressing twice brings it in once."""
    waits = LoadRun.objects.filter(pk=run.pk, state=RunState.CHECKED).exclude(document=b"")
    if waits.update(state=RunState.LOADING, done=0):
        run.refresh_from_db()
    return run


@action("services.give_up", may=None)
def give_up(*, by: Actor, run: LoadRun, why: str = "") -> LoadRun:
    """Note that a load broke off, and why where that is known. What it wrote stays; loading it again finishes it."""
    if why:
        LoadFault.objects.create(run=run, position=0, record="file", field="file", reason=why[:200], rejected=True)
    LoadRun.objects.filter(pk=run.pk).update(state=RunState.BROKEN, ended=timezone.now(), document=b"")
    run.refresh_from_db()
    return run


@action("services.forget_files", may=policy.may_load)
def forget_files(*, by: Actor) -> int:
    """Once a day: files that nobody said yes to, old rejects and old faults go, and loads that stand still
    count as broken off. Returns how many runs were tidied."""
    now = timezone.now()
    going = LoadRun.objects.filter(state__in=(RunState.CHECKING, RunState.LOADING), at__lt=now - BROKEN_AFTER)
    tidied = going.update(state=RunState.BROKEN, ended=now, document=b"")
    tidied += LoadRun.objects.filter(at__lt=now - FILES_KEPT).exclude(document=b"").update(document=b"")
    old = LoadRun.objects.filter(at__lt=now - REJECTS_KEPT)
    LoadFault.objects.filter(run__in=old).delete()
    return tidied + old.exclude(rejects="").update(rejects="")


@action("services.switch", may=policy.may_load)
def switch(*, by: Actor, feed: Feed, on: bool) -> Feed:
    """Switch a feed off or on, like a layer: off, nobody finds what it brought; on, all is as it was."""
    if Feed.objects.filter(pk=feed.pk).exclude(on=on).update(on=on):
        with wide_statements():
            loading.turn(by=by, feed=feed, on=on)
    feed.refresh_from_db()
    return feed


def _keep(run: LoadRun, report: LoadReport, state: str) -> LoadRun:
    for name, count in report.counts().items():
        setattr(run, name, count)
    run.state, run.ended, run.faulty, run.rejects = state, timezone.now(), len(report.faults), report.rejects
    run.done, run.whole = run.read, report.whole
    if state == RunState.DONE:
        run.document = b""
    run.save()
    LoadFault.objects.filter(run=run).delete()
    with wide_statements():
        LoadFault.objects.bulk_create(
            LoadFault(run=run, **(fault.as_row() | {"value": fault.value[:100]}))
            for fault in report.faults[:FAULTS_KEPT]
        )
    return run
