"""Runs the site on this machine: brings the database and static files up to date, then a web server and a worker."""

from __future__ import annotations

import hashlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections

from alongside.knowing.search.actions import have_it_learnt
from alongside.planning.complementary.actions import have_it_mended

STAMP = ".collected"
NIGHT = 3  # o'clock
NEWS = 2.0  # seconds between two looks at what has changed
MENDING = 30.0  # seconds between two looks at what has happened to wishes for which something was found
GRACE = 10.0  # seconds a child has to finish what it is doing


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def collect(say: Callable[[str], None]) -> bool:
    """Gather and compress the static files if any changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    now = _state_of_static()
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return False
    say("Gathering styles, scripts and fonts …")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now, encoding="ascii")
    return True


def _state_of_static() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            size, when = storage.size(path), storage.get_modified_time(path).timestamp()
            digest.update(f"{path} {size} {when}\n".encode())
    return digest.hexdigest()


def web(port: int) -> list[str]:
    """The web server: threads, because most of the time goes to the database."""
    gunicorn = [sys.executable, "-m", "gunicorn", "alongside.site.wsgi:application"]
    return [
        *gunicorn,
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--no-control-socket"),
    ]


def worker() -> list[str]:
    """What is done in the background: letters, notices, feeds, the nightly round."""
    return [sys.executable, "-m", "django", "db_worker", "--queue-name", "*", "--no-reload"]


def is_only_here() -> bool:
    """Whether the site's address is this machine's own, so that nobody else can come in."""
    return urlsplit(settings.PUBLIC_URL).hostname in {"localhost", "127.0.0.1", "::1"}


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def serve(port: int, ready: Callable[[], None]) -> bool:
    """Run both until somebody stops us or one of them ends; then stop the other. True when it was asked for.

    Calls `ready` once the site answers.
    """
    asked = waiting = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    # A group of their own, so that Ctrl-C reaches us alone and we stop them in order.
    children = [subprocess.Popen(command, start_new_session=True) for command in (web(port), worker())]
    try:
        night, news = datetime.now().date(), News()
        while not asked and all(child.poll() is None for child in children):
            night = _nightly(night)
            news.look()
            if not waiting and not is_free(port):
                waiting = True
                ready()
            time.sleep(0.2)
    finally:
        _stop(children)
        for number, handler in before.items():
            signal.signal(number, handler)
    return asked


class News:
    """Looks every two seconds whether anything on offer came, changed or went, and has the worker learn it; at the
    start in any case, so that what pages do not wait for is made ready. Less often, whether anything has happened to
    what was found with everybody's wishes in mind, and has the worker mend it."""

    def __init__(self) -> None:
        self.latest, self.looked = -1, 0.0
        self.event, self.mended = -1, 0.0

    def look(self) -> None:
        if time.monotonic() - self.looked < NEWS:
            return
        self.looked = time.monotonic()
        try:
            close_old_connections()
            self.latest = have_it_learnt(since=self.latest)
            if self.looked - self.mended >= MENDING:
                self.mended = self.looked
                self.event = have_it_mended(since=self.event)
        except DatabaseError:  # somebody writes just now, or the database is away for a moment
            close_old_connections()


def _nightly(last: date) -> date:
    """Once a night, after three, do what has to be done once a day."""
    now = datetime.now()
    if now.date() > last and now.hour >= NIGHT:
        subprocess.run([sys.executable, "-m", "alongside.cli", "nightly"], stdout=subprocess.DEVNULL, check=False)
        return now.date()
    return last


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
