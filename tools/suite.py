"""Runs the parts of `make test` one after another, each against its time budget, and counts them all at the end.

    python -m tools.suite static sqlite postgresql browser [-- words for pytest]

Under CI nothing may be missing: without a browser or PostgreSQL the part fails instead of being left out.
"""

import contextlib
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools import machine
from tools.cluster import Cluster, end_on_signals

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
BUDGET = {"static": 60, "sqlite": 150, "postgresql": 150, "browser": 180}
NOTHING_RAN = 5
WORKERS = ("-n", str(min(os.cpu_count() or 1, 8)), "--dist", "worksteal")
KEPT = ROOT / ".pytest_cache/d/alongside/cluster"
TEMPLATES = ROOT / ".pytest_cache/d/alongside"
JOURNEYS = "tests/journeys"
ELSEWHERE = ("-m", "not journey", "--ignore", JOURNEYS)  # each process reads what it is to run, and no more
WIDEST, MOST_NOTES = 140, 30
CHECKS = (
    ("style", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("floors", [str(BIN / "lint-imports"), "--no-logo"]),
    ("types", [str(BIN / "mypy")]),
)


@dataclass
class Tally:
    """How one part went."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    notes: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        over = "  over its budget" if self.seconds > BUDGET[self.name] else ""
        time_taken = f"{self.seconds:.0f} s of {BUDGET[self.name]} s ({self.cpu:.0f} s of CPU)"
        counts = f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")
        return f"{self.name:<11} {time_taken:>31}   {counts}{over}"


def static(_words: list[str]) -> Tally:
    tally = Tally("static")
    for name, command in CHECKS:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            tally.passed += 1
            continue
        tally.failed += 1
        tally.notes.append(name)
        print(f"--- {name}\n{done.stdout}{done.stderr}", flush=True)
    return tally


@contextlib.contextmanager
def getting_ready() -> Iterator[None]:
    """In a clean copy: while one core checks types, another compiles every test and migrates a database. Each worker
    would compile them all, and all would wait for the one that migrates."""
    if any(TEMPLATES.glob("template-*.sqlite3")):
        yield
        return
    # Whatever is wrong here is told by the part that comes to it.
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "--setup-only", "-k", "test_upgrading"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ):
        yield


def sqlite(words: list[str]) -> Tally:
    return run_pytest("sqlite", [*ELSEWHERE, *words], DATABASE_URL="")


def postgresql(words: list[str]) -> Tally:
    with Cluster(kept=KEPT) as cluster:
        chosen = [*ELSEWHERE, "--only-database", *words]
        return run_pytest("postgresql", chosen, DATABASE_URL=cluster.url)


def browser(words: list[str]) -> Tally:
    path = machine.need_browser()
    named = any((ROOT / word.split("::")[0]).exists() for word in words)
    chosen = ["-m", "journey", *words, *([] if named else [JOURNEYS])]
    return run_pytest("browser", chosen, DATABASE_URL="", BROWSER_PATH=path)


def run_pytest(name: str, words: list[str], **environment: str) -> Tally:
    """Run pytest, show what it prints as it prints it, and read its closing line."""
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "--durations=5", "--durations-min=2", *WORKERS, *words]
    tally = Tally(name)
    last = ""
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True
    ) as running:
        for line in running.stdout or ():
            print(line, end="", flush=True)
            last = line if re.search(r"\b(passed|failed|error|deselected|no tests)", line) else last
            if line.startswith(("FAILED tests", "ERROR tests")):
                tally.notes.append(line.split(" - ")[0].strip()[:WIDEST])
    tally.passed, tally.skipped = count("passed", last), count("skipped", last)
    tally.failed = count("failed", last) + count("errors?", last)
    if running.returncode not in (0, NOTHING_RAN) and not tally.failed:
        tally.failed = 1
        tally.notes.append(f"pytest stopped with status {running.returncode}")
    return tally


def cpu_of_children() -> float:
    """What this run itself used, whatever else the machine is doing."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def count(word: str, line: str) -> int:
    found = re.search(rf"(\d+) {word}\b", line)
    return int(found.group(1)) if found else 0


PARTS: dict[str, Callable[[list[str]], Tally]] = {
    "static": static,
    "sqlite": sqlite,
    "postgresql": postgresql,
    "browser": browser,
}


def part(name: str, words: list[str], *, alone: bool = True) -> Tally:
    print(f"\n=== {name}", flush=True)
    began, cpu = time.monotonic(), cpu_of_children()
    try:
        with contextlib.nullcontext() if alone or name != "static" else getting_ready():
            tally = PARTS[name](words)
    except machine.Missing as missing:
        print(missing, flush=True)
        tally = Tally(name, failed=1) if machine.in_ci() else Tally(name, skipped=1)
        tally.notes.append(str(missing).splitlines()[0])
    tally.seconds, tally.cpu = time.monotonic() - began, cpu_of_children() - cpu
    return tally


def main(arguments: list[str]) -> int:
    end_on_signals()
    # Each of some fifty processes would compile all it imports anew, at 8 s of CPU for a worker of pytest.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    names, words = arguments, []
    if "--" in arguments:
        at = arguments.index("--")
        names, words = arguments[:at], arguments[at + 1 :]
    names = names or list(PARTS)
    tallies = [part(name, words, alone=names == ["static"]) for name in names]
    print("\n=== summary")
    for tally in tallies:
        print(tally.line)
        for note in tally.notes[:MOST_NOTES]:
            print(f"    {note}")
        if len(tally.notes) > MOST_NOTES:
            print(f"    and {len(tally.notes) - MOST_NOTES} more")
    passed, failed, skipped = (
        sum(getattr(tally, kind) for tally in tallies) for kind in ("passed", "failed", "skipped")
    )
    print(f"\nalongside: {passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
