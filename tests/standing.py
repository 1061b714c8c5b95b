"""What many tests begin with is made once, and stands until a test comes that wants something else.

It lies in a transaction around those of the tests, so each test begins with all of it and what a test does to it is
gone afterwards: Django's `setUpTestData`, for fixtures, and over as many files as begin with the same.

A file whose tests all begin with the same says so: `BEGINS_WITH = at("a vote", voting)` (tests/cast.py). Its tests in
which things are really committed begin with nothing, like those of every other file.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from copy import deepcopy
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

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
    item.session.stash[NOW] = item
    if stands is None or not uses_database(item):
        return
    begins = begins_with(item)
    if begins:
        stands(*begins)
    elif commits(item) or "standing" not in item.fixturenames:
        stands.clear()


def begins_with(item: pytest.Item) -> Any:
    """What the file of this test begins with, if the test does; `nobody_yet` is for those that count all there is."""
    return (
        None
        if commits(item) or "nobody_yet" in getattr(item, "fixturenames", ())
        else getattr(getattr(item, "module", None), "BEGINS_WITH", None)
    )


def commits(item: pytest.Item) -> bool:
    """Whether what this test does is really committed, so that nothing may stand around it. Django's own classes close
    the connection after their last test."""
    mark = item.get_closest_marker("django_db")
    own = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    asked = {"transactional_db", "live_server"} & set(item.fixturenames)
    return bool(own or asked or (mark and mark.kwargs.get("transaction")))


@pytest.fixture(scope="session")
def standing(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Standing]:
    """Ask for this before `db`, also in the order of a fixture's arguments; a test without it finds nothing there."""
    stands = request.session.stash[STANDING] = Standing(django_db_blocker)
    yield stands
    stands.clear()


@pytest.fixture(scope="module", autouse=True)
def what_the_file_begins_with(request: pytest.FixtureRequest) -> None:
    """Made before its first test opens a transaction of its own."""
    begins = begins_with(request.session.stash[NOW])
    if begins:
        request.getfixturevalue("standing")(*begins)


STANDING, NOW = pytest.StashKey[Standing](), pytest.StashKey[pytest.Item]()
