"""A long file is looked at and brought in by the background worker, while a page shows how far it is."""

from __future__ import annotations

import logging

from django_tasks import task

from alongside.exchange.services import actions, queries
from alongside.exchange.services.models import LoadRun
from alongside.ground.history.actor import Actor, Source

log = logging.getLogger(__name__)


@task()
def look_at(key: str) -> None:
    """Read the file and say what would happen; write nothing of it."""
    run, by = _run(key)
    try:
        report = actions.load(by=by, source=run.name, data=bytes(run.document), dry_run=True)
        actions.note_look(by=by, run=run, report=report)
    except Exception:
        log.exception("Looking at the list %s broke off", run.name)
        actions.give_up(by=by, run=run)


@task()
def bring_in(key: str) -> None:
    """Bring the file in."""
    run, by = _run(key)
    try:
        actions.load(by=by, source=run.name, data=bytes(run.document), origin=run.source, run=run)
    except Exception:
        log.exception("Bringing in the list %s broke off", run.name)
        actions.give_up(by=by, run=run)


def _run(key: str) -> tuple[LoadRun, Actor]:
    run = queries.run(Actor.system("services.load"), key)
    assert run is not None
    by = Actor(person=run.by, source=Source.FEED) if run.by else Actor.system("services.load")
    return run, by
