"""Thousands vote, press twice and change their minds while the worker is killed half-way: each counts once, none is
lost, and each ballot says what its voter said last."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from alongside.ground.people.models import Kind, Party, Sort
from alongside.planning.ballots import receipts
from alongside.planning.decisions.models import Decision
from tests.cast import Cast
from tests.faults.ballot_writer import presses
from tests.faults.test_killed import elsewhere as elsewhere
from tests.house.code import ROOT
from tests.planning.ballots.box import voting

VOTERS = 5_000


def writing(environment: dict[str, str], *given: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.ballot_writer", *map(str, given)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def thousands(live_cast: Cast, rounds: Callable[[int], int]) -> tuple[int, range]:
    """A decision in its days of voting, and the numbers of everybody who votes in it."""
    decision = voting(live_cast)
    live = [Party(kind=Kind.PERSON, sort=Sort.PERSON, name=f"Voter {n}") for n in range(rounds(VOTERS))]
    made = sorted(party.pk for party in Party.objects.bulk_create(live))
    assert made[-1] - made[0] == len(made) - 1
    return decision.pk, range(made[0], made[-1] + 1)


@pytest.mark.django_db(transaction=True)
def test_everybody_counts_once_though_the_worker_is_killed(
    thousands: tuple[int, range], elsewhere: dict[str, str]
) -> None:
    decision, people = thousands
    secret = Path(elsewhere["ALONGSIDE_HOME"]) / "secrets" / "token-pepper"
    secret.parent.mkdir()
    secret.write_text(settings.TOKEN_PEPPER, encoding="ascii")
    half = len(people) // 2
    with writing(elsewhere, decision, people.start, people.stop, 0, "stop") as killed:
        assert killed.stdout is not None
        safe = [int(line) for _n, line in zip(range(half), killed.stdout, strict=False)]
        killed.send_signal(signal.SIGKILL)
        safe += [int(line) for line in killed.stdout if line.endswith("\n")]
    assert len(safe) >= half, "it ended by itself"
    # Whoever saw no receipt presses again, and so do some who had seen theirs.
    with writing(elsewhere, decision, people.start, people.stop, max(0, len(safe) - 20), "count") as again:
        assert again.stdout is not None
        found = json.loads([line for line in again.stdout if line.startswith("{")][-1])
    last = {person: (receipt, idea) for person, receipt, idea in presses(list(people), seed=decision)}
    row = Decision.objects.select_related("record").get(pk=decision)
    expected = {receipts.key_of(row, receipt): [idea] for receipt, idea in last.values()}
    assert sorted(found["took_part"]) == list(people)
    assert set(safe) <= set(found["took_part"])
    assert len(found["ballots"]) == len(people)
    assert found["wrong"] == []
    assert found["ballots"] == expected
    connections.close_all()
