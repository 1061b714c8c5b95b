"""What was acknowledged is there after the process is killed; what was not is there whole or not at all."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, connections

from alongside.ground.history.models import Event
from alongside.ground.people.models import Party, PersonFacts
from tests.house.code import ROOT


@pytest.fixture
def elsewhere(transactional_db: None, tmp_path: Path) -> dict[str, str]:
    """The environment by which another process writes in a database like this one."""
    environment = {**os.environ, "ALONGSIDE_HOME": str(tmp_path), "ALONGSIDE_MAIL": "memory", "PYTHONPATH": str(ROOT)}
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        environment["DATABASE_URL"] = ""
        connection.ensure_connection()
        with sqlite3.connect(tmp_path / "alongside.sqlite3") as copy:
            connection.connection.backup(copy)
        copy.close()
    else:
        environment["DATABASE_URL"] = f"postgresql://{known['USER']}@/{known['NAME']}?host={quote(known['HOST'])}"
    return environment


def write_and_be_killed(environment: dict[str, str], after: int) -> list[int]:
    """Numbers that were acknowledged before the kill, and those that came in the pipe meanwhile."""
    command = [sys.executable, "-m", "tests.faults.writer"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [int(line) for _, line in zip(range(after), writer.stdout, strict=False)]
        writer.send_signal(signal.SIGKILL)
        said += [int(line) for line in writer.stdout if line.endswith("\n")]
    assert len(said) >= after, "the writer ended by itself"
    return said


def what_is_there(environment: dict[str, str]) -> tuple[set[int], int, int]:
    """The people, and how many events and facts were written with them."""
    if environment["DATABASE_URL"]:
        return set(Party.objects.values_list("pk", flat=True)), Event.objects.count(), PersonFacts.objects.count()
    with sqlite3.connect(Path(environment["ALONGSIDE_HOME"]) / "alongside.sqlite3") as found:
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        people = {pk for (pk,) in found.execute("SELECT id FROM ground_party")}
        events, facts = (
            found.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("ground_event", "ground_personfacts")
        )
    found.close()
    return people, events, facts


@pytest.mark.django_db(transaction=True)
def test_nothing_acknowledged_is_lost_when_killed(elsewhere: dict[str, str], rounds: Callable[[int], int]) -> None:
    chance = random.Random(20261122)
    acknowledged: set[int] = set()
    for _ in range(rounds(20)):
        acknowledged |= set(write_and_be_killed(elsewhere, after=chance.randint(5, 60)))
        people, events, facts = what_is_there(elsewhere)
        assert acknowledged <= people
        assert len(people) == events == facts, "a person without their event, or an event without its person"
    connections.close_all()
