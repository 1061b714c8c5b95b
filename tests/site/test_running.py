"""Running the site here: static files gathered when they changed, two children that live and end together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alongside.ground.people.models import Party
from alongside.site import running

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
ENDS = [sys.executable, "-c", "pass"]
LISTENS = "import socket, time; s = socket.create_server(('127.0.0.1', {port})); time.sleep(60)"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Other children than the real ones, so that a test can say what they do."""

    def use(web: list[str], worker: list[str]) -> None:
        monkeypatch.setattr(running.News, "look", lambda _news: None)
        monkeypatch.setattr(running, "web", lambda _port: web)
        monkeypatch.setattr(running, "worker", lambda: worker)

    return use


def test_when_one_child_ends_the_other_is_stopped(children: Any, port: int) -> None:
    children(SLEEPS, ENDS)
    began = time.monotonic()
    assert running.serve(port, lambda: None) is False
    assert time.monotonic() - began < 20


def test_stopping_is_asked_for_and_well(children: Any, port: int) -> None:
    children([sys.executable, "-c", LISTENS.format(port=port)], SLEEPS)
    told: list[bool] = []

    def ready() -> None:
        told.append(running.is_free(port))
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()

    assert running.serve(port, ready) is True
    assert told == [False], "told once, when the site answers"
    assert running.is_free(port)


def test_a_taken_port_is_said_at_once(alongside: Any, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        said = alongside("run", "--port", port, "--json")
    assert said.status == 1
    assert str(port) in said.data["error"]


def test_at_a_public_address_no_town_is_made(db: None, alongside: Any, settings: Any, port: int) -> None:
    settings.PUBLIC_URL = "https://place.example.org"
    said = alongside("run", "--port", port, "--json")
    assert said.status == 1
    assert "alongside start" in said.data["error"]
    assert not Party.objects.exists()


def test_static_files_are_gathered_once(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STATIC_ROOT = tmp_path
    states = iter(["one", "one", "two"])
    monkeypatch.setattr(running, "_state_of_static", lambda: next(states))
    said: list[str] = []
    assert [running.collect(said.append) for _ in range(3)] == [True, False, True]
    assert len(said) == 2


def test_the_nightly_round_is_done_once_after_three(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Any] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_options: done.append(command))
    today = datetime.now().date()
    yesterday = today - timedelta(days=1)
    monkeypatch.setattr(running, "NIGHT", 0)
    assert running._nightly(yesterday) == today
    assert running._nightly(today) == today
    assert len(done) == 1
    monkeypatch.setattr(running, "NIGHT", 24)
    assert running._nightly(yesterday) == yesterday


def test_from_nothing_to_a_front_page(tmp_path: Path, port: int) -> None:
    """The whole of `alongside run`: a new folder, a town, the site, Ctrl-C."""
    home = {"ALONGSIDE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "alongside.site.settings"}
    without = {"DATABASE_URL", "ALONGSIDE_MAIL"}
    environment = {name: value for name, value in os.environ.items() if name not in without} | home
    command = [sys.executable, "-m", "alongside.cli", "run", "--port", str(port), "--people", "60"]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    try:
        text = _until(process, "Press Ctrl-C")
        assert text.count(f"http://localhost:{port}/demo/") >= 12
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=20) as answer:
            assert "Larkmere" in answer.read().decode()
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        if process.stdout is not None:
            process.stdout.close()


def _until(process: subprocess.Popen[str], words: str) -> str:
    text = ""
    assert process.stdout is not None
    for line in process.stdout:
        text += line
        if words in line:
            return text
    raise AssertionError(f"It ended before it said “{words}”:\n{text}")


def test_what_is_new_is_learnt_within_two_seconds_and_a_busy_database_does_no_harm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    clock = iter([10.0, 10.0, 11.0, 12.5, 12.5, 15.0, 15.0])
    monkeypatch.setattr(running.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(running, "close_old_connections", lambda: None)

    def learnt(since: int) -> int:
        asked.append(since)
        if len(asked) == 2:
            raise running.DatabaseError("database is locked")
        return 7

    monkeypatch.setattr(running, "have_it_learnt", learnt)
    news = running.News()
    for _ in range(4):
        news.look()
    assert asked == [-1, 7, 7], "at the start in any case"
