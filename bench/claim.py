"""What a bench file says about its claim, and how it measures: CPU time, best of several, never a clock on a wall.

A bench file has `def measure() -> list[Claim]`. It makes what it needs in a scratch home of its own.
"""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Claim:
    """`measured` must be at most `limit`, or at least where `at_least`; `beside` names what it is measured against."""

    what: str
    measured: float
    limit: float
    unit: str
    beside: str
    at_least: bool = False

    @property
    def holds(self) -> bool:
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    @property
    def row(self) -> str:
        sign = "≥" if self.at_least else "≤"
        kept = "holds" if self.holds else "**does not hold**"
        measured, limit = f"{self.measured:.4g} {self.unit}", f"{sign} {self.limit:g} {self.unit}"
        return f"| {self.what} | {measured} | {limit} | {self.beside} | {kept} |"


def cpu_seconds(work: Callable[[], object], *, rounds: int = 5) -> float:
    """The least CPU time that one call took: noise only ever adds."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def scratch_house() -> Path:
    """Set Django up in a temporary home with a migrated database; `DATABASE_URL` still chooses PostgreSQL."""
    home = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    os.environ["ALONGSIDE_HOME"] = str(home)
    os.environ["ALONGSIDE_MAIL"] = "memory"
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    return home
