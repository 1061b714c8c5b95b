"""What the worker does for everybody together."""

from __future__ import annotations

from django_tasks import task

from alongside.ground.history.actor import Actor
from alongside.planning.complementary import looking


@task()
def mend() -> int:
    """Look again for the wishes that something has happened to. `alongside nightly` looks through everything."""
    return looking.mend(by=Actor.system("complementary"))
