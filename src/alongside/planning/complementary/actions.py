"""Have the whole place looked through, and mended as things change."""

from __future__ import annotations

from alongside.planning.complementary import tasks
from alongside.planning.complementary.looking import last_event
from alongside.planning.complementary.looking import look_through as look_through
from alongside.planning.complementary.looking import mend as mend
from alongside.planning.complementary.queries import last_run, touched


def have_it_mended(*, since: int) -> int:
    """Ask the worker to mend where something has happened after the event of this number, if a run stands. The number
    of the latest event."""
    run, latest = last_run(), last_event()
    if run is not None and latest > max(since, run.upto) and touched(run, 1, after=since).wishes:
        tasks.mend.enqueue()
    return latest
