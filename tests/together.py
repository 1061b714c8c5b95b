"""Several who do something at the same moment, each in a thread and on a connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connections

PATIENCE = 60  # seconds until a test says that somebody waits for ever


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What came of each, in the order they were given: what it returned, or what it raised."""
    found: list[Any] = [TimeoutError("it never came back")] * len(acts)
    start = threading.Barrier(len(acts))

    def run(n: int, act: Callable[[], Any]) -> None:
        try:
            start.wait(PATIENCE)
            found[n] = act()
        except BaseException as error:
            found[n] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one, daemon=True) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return found


def at_once(work: Callable[[int], Any], many: int = 8) -> list[BaseException]:
    """What so many raised who did the same together, each with their own number."""
    return [one for one in together(*(partial(work, n) for n in range(many))) if isinstance(one, BaseException)]
