"""What this kit does at night."""

from __future__ import annotations

from django_tasks import task

from alongside.ground.history.actor import Actor
from alongside.knowing.maps.actions import remind


@task()
def nightly() -> int:
    """Tell stewards whose charter is due for another look."""
    return remind(by=Actor.system("nightly"))
