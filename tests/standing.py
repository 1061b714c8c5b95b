"""What many tests begin with is made once, and stands until a test comes that wants something else.

It lies in a transaction around those of the tests, so each test begins with all of it and what a test does to it is
gone afterwards: Django's `setUpTestData`, for fixtures, and over as many files as begin with the same.

A file whose tests all begin with the same cast says so: `BEGINS_WITH = ("a vote", CastAtAVote)`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from copy import deepcopy
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction

from tests.database import uses_database

T = TypeVar("T")


class Standing:
    """`standing("larkmere", make)` gives a copy of what `make` gave, in a database as it left it."""

    def __init__(self, blocker: Any) -> None:
        self.blocker = blocker
        self.name: Hashable = None
        self.made: Any = None
        self.around: Any = None

    def __call__(self, name: Hashable, make: Callable[[], T]) -> T:
        if name != self.name:
            self.clear()
            with self.blocker.unblock():
                self._build(name, make)
        copy: T = deepcopy(self.made)
        return copy

    def _build(self, name: Hashable, make: Callable[[], T]) -> None:
        assert not connection.in_atomic_block, f"Ask for {name} before the test opens a transaction of its own."
        self.around = transaction.atomic()
        self.around.__enter__()
        try:
            self.made = make()
        except BaseException:
            self.clear()
            raise
        self.name = name

    def clear(self) -> None:
        """Take away what stands."""
        if self.around is not None:
            with self.blocker.unblock():
                transaction.set_rollback(True)
                self.around.__exit__(None, None, None)
        self.name = self.made = self.around = None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that does not ask for what stands begins with nothing."""
    stands = item.session.stash.get(STANDING, None)
    asks = "standing" in item.fixturenames or hasattr(getattr(item, "module", None), "BEGINS_WITH")
    if stands is not None and not asks and uses_database(item):
        stands.clear()


@pytest.fixture(scope="session")
def standing(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Standing]:
    """Ask for this before `db`, also in the order of a fixture's arguments; a test without it finds nothing there."""
    stands = request.session.stash[STANDING] = Standing(django_db_blocker)
    yield stands
    stands.clear()


@pytest.fixture(scope="module", autouse=True)
def what_the_file_begins_with(request: pytest.FixtureRequest) -> None:
    """Made before its first test opens a transaction of its own."""
    begins = getattr(request.module, "BEGINS_WITH", None)
    if begins:
        request.getfixturevalue("standing")(*begins)


STANDING = pytest.StashKey[Standing]()
