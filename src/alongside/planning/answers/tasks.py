"""What answers do at night."""

from __future__ import annotations

from django_tasks import task

from alongside.ground.history.actor import Actor
from alongside.planning.answers.actions import tend


@task()
def nightly() -> dict[str, int]:
    """Say which answers are due soon and which are late. `alongside nightly` does the same."""
    return tend(by=Actor.system("nightly"))
