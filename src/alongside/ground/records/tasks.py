"""What the ground does at night."""

from __future__ import annotations

from django_tasks import task

from alongside.ground.history.actor import Actor
from alongside.ground.records.actions import end_unclaimed


@task()
def nightly() -> int:
    """End pages that nobody claimed in 90 days. `alongside nightly` and the worker call it."""
    return end_unclaimed(by=Actor.system("nightly"))
