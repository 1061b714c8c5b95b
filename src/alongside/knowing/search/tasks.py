"""What search does in the background."""

from __future__ import annotations

from django_tasks import task

from alongside.ground.history.actor import Actor
from alongside.knowing.search import actions

SECONDS = 10.0  # of making vectors, so that letters need not wait long


@task()
def catch_up() -> int:
    """Bring the vector file up to date, a little at a time; where more is left, it comes again after what waits."""
    learnt = actions.catch_up(by=Actor.system("search"), seconds=SECONDS)
    if learnt.more and learnt.known:
        catch_up.enqueue()
    return learnt.known
