"""What search does in the background."""

from __future__ import annotations

from django_tasks import task

from alongside.ground.history.actor import Actor
from alongside.knowing.lexicon.actions import classify_waiting
from alongside.knowing.lexicon.queries import any_waiting, get_ready
from alongside.knowing.search import learning

SECONDS = 10.0  # of making vectors, so that letters need not wait long
AT_MOST = 500  # things looked at for what they may help with


@task()
def catch_up() -> int:
    """Make ready what pages do not wait for, bring the vector file up to date and see what new things may help with,
    a little at a time; where more is left, it comes again after what waits."""
    get_ready()
    learnt = learning.catch_up(by=Actor.system("search"), seconds=SECONDS)
    seen = classify_waiting(by=Actor.system("lexicon"), most=AT_MOST) if any_waiting() else 0
    if (learnt.more and learnt.known) or seen == AT_MOST:
        catch_up.enqueue()
    return learnt.known
