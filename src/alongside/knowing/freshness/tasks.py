"""What freshness does at night."""

from __future__ import annotations

from django_tasks import task

from alongside.ground.history.actor import Actor
from alongside.knowing.freshness.actions import tend


@task()
def nightly() -> dict[str, int]:
    """End breaks, hide the old, ask about what will soon be. `alongside nightly` does the same."""
    return tend(by=Actor.system("nightly"))
