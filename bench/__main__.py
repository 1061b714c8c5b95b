"""Runs every claim in a process of its own and writes docs/reference/measured.md. `python -m bench NAME…` runs some."""

from __future__ import annotations

import importlib
import json
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from bench.claim import Claim

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "reference" / "measured.md"
NOT_CLAIMS = {"__init__", "__main__", "claim"}
HEAD = """# Measured

Written by `make bench`: each claim beside its peer or limit, measured in the same run (CPU time, best of several).

Python {python}, {cores} cores.

| claim | measured | target | beside | |
|---|---|---|---|---|
"""


def names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_CLAIMS)


def measure(name: str) -> list[Claim]:
    """One file's claims, measured by itself so that no cache or import of another helps it."""
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--only", name], cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"bench/{name}.py failed")
    return [Claim(**one) for one in json.loads(done.stdout.strip().splitlines()[-1])]


def only(name: str) -> int:
    claims = importlib.import_module(f"bench.{name}").measure()
    print(json.dumps([asdict(claim) for claim in claims]))
    home = os.environ.get("ALONGSIDE_HOME", "")
    if "alongside-bench-" in home:
        shutil.rmtree(home, ignore_errors=True)
    return 0


def main(words: list[str]) -> int:
    if words[:1] == ["--only"]:
        return only(words[1])
    claims = []
    for name in words or names():
        print(f"{name} …", flush=True)
        found = measure(name)
        claims += found
        for claim in found:
            print(claim.row, flush=True)
    if not words and claims:
        head = HEAD.format(python=platform.python_version(), cores=os.cpu_count())
        PAGE.write_text(head + "\n".join(claim.row for claim in claims) + "\n", encoding="utf-8")
    return 0 if all(claim.holds for claim in claims) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
