"""What is on offer is looked at by the background worker, a while at a time."""

from __future__ import annotations

from django_tasks import task

from alongside.ground.history.actor import Actor
from alongside.knowing.lexicon.looking import classify_waiting

MOST = 1_000  # then another turn, so that letters and notices do not wait behind a whole directory


@task()
def classify() -> None:
    """Look at what waits, and come again while there is more."""
    if classify_waiting(by=Actor.system("lexicon"), most=MOST) == MOST:
        classify.enqueue()
