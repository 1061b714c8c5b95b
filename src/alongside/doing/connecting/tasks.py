"""What introductions do at night."""

from __future__ import annotations

from django_tasks import task

from alongside.doing.connecting.actions import tend
from alongside.ground.history.actor import Actor


@task()
def nightly() -> dict[str, int]:
    """Let what nobody answered lapse, ask how it went, tell wishes' owners what fits."""
    return tend(by=Actor.system("nightly"))
