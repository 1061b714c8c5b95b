"""What the worker does for a panel by lot."""

from __future__ import annotations

import logging

from django_tasks import task

from alongside.ground.history.actor import Actor
from alongside.planning.lotteries import working

log = logging.getLogger(__name__)


@task()
def work_out(key: str) -> None:
    """Find the fairest panels, and keep them."""
    by = Actor.system("lotteries")
    try:
        working.work_out(by=by, key=key)
    except Exception:
        log.exception("Working out the panels of %s broke off", key)
        working.break_off(by=by, work=key)
