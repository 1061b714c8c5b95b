"""What the worker does once a vote is over."""

from __future__ import annotations

import logging

from django_tasks import task

from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.planning.decisions.queries import decision
from alongside.planning.results.actions import close_and_count

log = logging.getLogger(__name__)


@task()
def close_and_count_one(key: str) -> None:
    """Close the box of one decision and count it."""
    by = Actor.system("results")
    found = decision(by, key)
    if found is None:
        return
    try:
        close_and_count(by=by, decision=found)
    except Refused as refused:
        log.info("Decision %s was not counted: %s", key, refused.sentence)
