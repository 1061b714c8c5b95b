"""A private PostgreSQL cluster: made in a temporary folder, reached by a socket in it only, gone afterwards.

`python -m tools.cluster COMMAND…` runs a command with DATABASE_URL set; without a command it prints the address and
waits for Ctrl-C.
"""

import argparse
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tools import machine

PREFIX = "alongside-pg-"
ROLE = "alongside"
# Tests take all back that they write: what is counted in between would say that tables are empty, and plans would go
# through them once for every row. To compile a question, or to weigh every order of its tables, costs more than to ask
# it of the few rows that a test makes.
AT_ONCE = ("autovacuum=off", "jit=off", "join_collapse_limit=1", "from_collapse_limit=1")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", *AT_ONCE)
SMALL = ("listen_addresses=", "max_connections=60", "shared_buffers=64MB", "log_min_messages=warning")


class Cluster:
    """`with Cluster() as cluster:` — then `cluster.url`. Never runs as root; `durable` writes as production does.

    What it holds when it ends well is kept in `kept`, for the next: tests copy databases that take long to migrate.
    """

    def __init__(self, *, durable: bool = False, programs: Path | None = None, kept: Path | None = None) -> None:
        self.programs = programs or machine.need_postgresql()
        self.options = SMALL if durable else SMALL + FAST
        self.folder, self.kept = Path(), kept
        self.server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}@/{ROLE}?host={self.folder}"

    def __enter__(self) -> Self:
        sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir="/tmp"))
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop(keep=kind is None)

    def _start(self) -> None:
        data = self.folder / "data"
        if os.geteuid() == 0:
            account = pwd.getpwnam(_account())
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        again = self._take_kept(data)
        if not again:
            making = ["--auth=trust", f"--username={ROLE}", "--encoding=UTF8", "--locale=C", "--no-sync"]
            self._run("initdb", "-D", str(data), *making)
        settings = [part for option in self.options for part in ("-c", option)]
        command = [str(self.programs / "postgres"), "-D", str(data), "-k", str(self.folder), *settings]
        with (self.folder / "log").open("wb") as log:
            self.server = subprocess.Popen(
                [*_as_account(stay=True), *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                start_new_session=True,
            )
        self._wait(data / "postmaster.pid")
        if not again:
            self._run("createdb", "-h", str(self.folder), "-U", ROLE, ROLE)

    def _take_kept(self, data: Path) -> bool:
        """Whether there was something of this version. It is taken, not copied: what ends badly leaves nothing."""
        version = self.kept / "PG_VERSION" if self.kept else None
        if version is None or not version.is_file():
            return False
        if f" {version.read_text().strip()}." not in self._run("postgres", "--version"):
            return False
        subprocess.run(["mv", str(self.kept), str(data)], check=True)  # keeps its owner, also on another disk
        return True

    def _keep(self, kept: Path) -> None:
        """Without all pieces of its log but the last: nothing is needed of them, and they outweigh all else."""
        data = self.folder / "data"
        said = self._run("pg_controldata", "-D", str(data)).splitlines()
        needed = next(line.split()[-1] for line in said if line.startswith("Latest checkpoint's REDO WAL file"))
        for piece in (data / "pg_wal").iterdir():
            if piece.is_file() and piece.name != needed:
                piece.unlink()
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(kept, ignore_errors=True)
        subprocess.run(["mv", str(data), str(kept)], check=True)

    def _wait(self, note: Path, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                lines = note.read_text(encoding="utf-8").splitlines()
                if len(lines) >= 8 and lines[7].strip() == "ready":
                    return
            if self.server is None or self.server.poll() is not None:
                break
            time.sleep(0.05)
        raise machine.Missing("PostgreSQL did not start:\n" + (self.folder / "log").read_text(errors="replace"))

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [*_as_account(), str(self.programs / program), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
        )
        if done.returncode:
            raise machine.Missing(f"PostgreSQL's {program} failed:\n{done.stderr}")
        return done.stdout

    def _stop(self, *, keep: bool = False) -> None:
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # fast shutdown: open transactions are rolled back
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.server.send_signal(signal.SIGQUIT)
                self.server.wait(10)
            if keep and self.kept and self.server.returncode == 0:
                self._keep(self.kept)
        shutil.rmtree(self.folder, ignore_errors=True)


def _account() -> str:
    """PostgreSQL refuses to run as root: the account that it brings, else the one for nobody."""
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise machine.Missing("PostgreSQL may not run as root, and there is no `postgres` account to run it as.")


def _as_account(*, stay: bool = False) -> list[str]:
    """Words before a command that make it run as that account, and end when this process does."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        return [setpriv, "--pdeathsig", "INT"] if setpriv and stay else []
    if not setpriv:
        return ["runuser", "-u", _account(), "--"]
    group = str(pwd.getpwnam(_account()).pw_gid)
    who = [setpriv, "--reuid", _account(), "--regid", group, "--init-groups"]
    return [*who, "--pdeathsig", "INT"] if stay else who


def sweep() -> None:
    """Remove folders whose maker is gone (killed before it could tidy up)."""
    for folder in Path("/tmp").glob(f"{PREFIX}*-*"):
        maker = folder.name.removeprefix(PREFIX).split("-")[0]
        if maker.isdigit() and not Path(f"/proc/{maker}").exists() and Path("/proc").exists():
            shutil.rmtree(folder, ignore_errors=True)


def end_on_signals() -> None:
    """Let a polite end from outside run the same tidying as Ctrl-C."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--durable", action="store_true", help="write to disk as production does")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    end_on_signals()
    with Cluster(durable=given.durable) as cluster, contextlib.suppress(KeyboardInterrupt):
        if given.command:
            return subprocess.run(
                given.command, env={**os.environ, "DATABASE_URL": cluster.url}, check=False
            ).returncode
        print(cluster.url, flush=True)
        signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main())
