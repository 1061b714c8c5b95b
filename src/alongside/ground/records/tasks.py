"""What the ground does at night."""

from __future__ import annotations

from django_tasks import task

from alongside.ground.history.actor import Actor
from alongside.ground.records.actions import close_audiences, end_unclaimed


@task()
def nightly() -> int:
    """End pages that nobody claimed in 90 days, and close audiences that are over. `alongside nightly` and the
    worker call it."""
    by = Actor.system("nightly")
    return end_unclaimed(by=by) + close_audiences(by=by)
