"""A long file is looked at and brought in by the background worker, while a page shows how far it is."""

from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks import task

from alongside.exchange.fetching.queries import Unreachable
from alongside.exchange.services import actions, pointing, policy, queries
from alongside.exchange.services.models import LoadRun
from alongside.ground.history.actor import Actor, Source

log = logging.getLogger(__name__)


@task()
def look_at(key: str) -> None:
    """Read the file, or fetch it first, and say what would happen; write nothing of it."""
    run, by = _run(key)
    try:
        data = bytes(run.document)
        if not data and run.source.startswith(("http://", "https://")):
            data = actions.gather(run.source)
        report = actions.load(by=by, source=run.name, data=data, dry_run=True)
        actions.note_look(by=by, run=run, report=report, data=data)
        if by.is_system:
            actions.say_it_waits(by=by, run=run)
    except Unreachable as problem:
        actions.give_up(by=by, run=run, why=problem.sentence)
    except Exception:
        log.exception("Looking at the list %s broke off", run.name)
        actions.give_up(by=by, run=run)


@task()
def bring_in(key: str) -> None:
    """Bring the file in, and set the clock of a list that is fetched."""
    run, by = _run(key)
    try:
        actions.load(by=by, source=run.name, data=bytes(run.document), origin=run.source, run=run)
        if by.is_system:
            actions.say_it_is_in(by=by, run=run)
    except Exception:
        log.exception("Bringing in the list %s broke off", run.name)
        actions.give_up(by=by, run=run)
    fetch_again(run.name)


@task()
def refresh(name: str) -> None:
    """Fetch a list whose time has come, and set the next time; tell the stewards if it cannot be had."""
    by = Actor.system("services.refresh")
    feed = queries.feed_named(by, name)
    if feed is None or not feed.on or not queries.is_due(feed):
        return
    try:
        actions.refresh(by=by, feed=feed)
    except Exception:
        log.exception("Fetching the list %s broke off", name)
        pointing.note_failure(by=by, feed=feed, sentence=pointing.BROKE_OFF)
    fetch_again(name)


@task()
def fetch_now(name: str) -> None:
    """Fetch a list because a steward asks, whatever the clock says."""
    by = Actor.system("services.refresh")
    feed = queries.feed_named(by, name)
    if feed is not None:
        actions.refresh(by=by, feed=feed)


def fetch_again(name: str) -> None:
    """Have the worker fetch this list at its next time."""
    at = queries.next_time(name)
    if at is not None and refresh.get_backend().supports_defer:  # what runs at once keeps no clock; the night does
        refresh.using(run_after=max(at, timezone.now())).enqueue(name)


def _run(key: str) -> tuple[LoadRun, Actor]:
    """The run, and in whose name it goes on: the steward's who began it, or else the machine's."""
    run = queries.run(Actor.system("services.load"), key)
    assert run is not None
    if run.by is not None and policy.may_load(by=Actor(person=run.by)):
        return run, Actor(person=run.by, source=Source.FEED)
    return run, Actor.system("services.load")
