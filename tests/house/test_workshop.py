"""The tools that tests stand on do what they promise: the database is put back, and nothing leaves this machine."""

import os
import socket
import subprocess
import sys

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.utils import DatabaseError

from alongside.ground.history.installed import declared, missing
from alongside.ground.history.models import Event
from alongside.ground.people.models import Party


def write_something() -> None:
    Event.objects.create(source="screen", verb="was here")
    Party.objects.create(kind="person", sort="person", name="Ada")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_that_commits_leaves_nothing_for_the_next(turn: str) -> None:
    """Event refuses deletion, so a flush would fail; the second turn finds the first one's rows gone."""
    assert not Event.objects.exists()
    write_something()
    assert Party.objects.count() == 1
    assert ContentType.objects.filter(model="party").exists(), "what migrations made is still there"


@pytest.mark.django_db
def test_triggers_and_search_tables_are_in_the_database() -> None:
    """Django's rebuild of a SQLite table drops triggers without a word: see ground/history/installed.py."""
    assert declared()
    assert missing(connection) == []


@pytest.mark.django_db
def test_history_can_only_grow() -> None:
    write_something()
    for change in (lambda: Event.objects.update(verb="never was"), lambda: Event.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert Event.objects.get().verb == "was here"


def test_a_test_cannot_reach_another_machine() -> None:
    with pytest.raises(AssertionError, match="stay on this machine"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_set_up_needs_nothing_that_only_tests_need() -> None:
    """`make run` on a fresh machine learns the sayings under these settings, and axe is not there."""
    code = "import sys; sys.modules['axe_playwright_python'] = None; from django.conf import settings; settings.DEBUG"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "alongside.site.settings_test"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
