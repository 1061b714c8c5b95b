"""Keep what a search knows in step with what everyone may see."""

from __future__ import annotations

from alongside.knowing.search import due, tasks
from alongside.knowing.search.learning import Learnt as Learnt
from alongside.knowing.search.learning import catch_up as catch_up


def have_it_learnt(*, since: int) -> int:
    """Ask the worker to learn what came, changed or went, where there is a change later than the one of this
    number; in any case where that is below nothing. The number of the latest change."""
    latest = due.latest()
    if latest > since:
        tasks.catch_up.enqueue()
    return max(latest, since, 0)
