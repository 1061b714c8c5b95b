"""What every test stands on: no network, warnings as errors, a database put back, a browser where one is wanted."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

pytest_plugins = ["tests.database", "tests.standing", "tests.browser", "tests.cast"]

# Playwright's plain interface runs an event loop, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PROVING = os.environ.get("ALONGSIDE_PROVE") == "1"
LOOPBACK = ("127.", "::1", "localhost", "0:0:0:0:0:0:0:1")

SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
# The same forty every day, and six hundred others each time that somebody wants proof.
hypothesis_settings.register_profile(
    "everyday", max_examples=40, deadline=None, suppress_health_check=SLOW_IS_FINE, derandomize=True
)
hypothesis_settings.register_profile("full", max_examples=600, deadline=None, suppress_health_check=SLOW_IS_FINE)
hypothesis_settings.load_profile("full" if PROVING else "everyday")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Journeys run when asked for."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
    asked = bool(config.getoption("markexpr")) or any("journeys" in word for word in config.args)
    leave = [item for item in items if item.get_closest_marker("journey") and not asked]
    if leave:
        config.hook.pytest_deselected(items=leave)
        items[:] = [item for item in items if item not in set(leave)]


def pytest_collection_finish() -> None:
    """Thousands of tests and all that they import stay to the end: nobody looks through them again for litter."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)  # a page makes thousands of short-lived things, and few that hold each other


def _is_near(address: Any) -> bool:
    return not isinstance(address, tuple) or str(address[0]).startswith(LOOPBACK)


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What one test's pages kept in memory, and the language of its last page, are not there for the next."""
    from django.core.cache import cache
    from django.utils import translation

    cache.clear()
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def tokens_spell_nothing() -> Any:
    """A form's token is drawn from three letters, so that no word that a page must not say is met in it by chance."""
    from django.middleware import csrf

    kept, csrf.CSRF_ALLOWED_CHARS = csrf.CSRF_ALLOWED_CHARS, "QXZ"
    yield
    csrf.CSRF_ALLOWED_CHARS = kept


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Any:
    """Nothing that a test does may leave this machine."""
    kept = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}

    def near_only(name: str) -> Callable[..., Any]:
        def call(self: socket.socket, address: Any) -> Any:
            if self.family != socket.AF_UNIX and not _is_near(address):
                self.close()
                raise AssertionError(f"A test tried to reach {address}; tests stay on this machine.")
            return kept[name](self, address)

        return call

    for name in kept:
        setattr(socket.socket, name, near_only(name))
    yield
    for name, original in kept.items():
        setattr(socket.socket, name, original)


@pytest.fixture
def rounds() -> Callable[[int], int]:
    """How many rounds of a long proof to do now: all under `make prove`, a tenth otherwise."""

    def rounds(full: int) -> int:
        return full if PROVING else max(1, full // 10)

    return rounds
