"""Runs every claim in a process of its own and writes docs/reference/measured.md. `python -m bench NAME…` runs some."""

from __future__ import annotations

import ast
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "reference" / "measured.md"
HEAD = """# Measured

Written by `make bench`: each figure beside its peer or limit, measured in the same run.
Python {python}, {cores} cores.
"""


def names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def measure(name: str) -> tuple[bool, list[str]]:
    """Whether the claims of one file hold, and what it printed, while it prints it."""
    lines = []
    command = [sys.executable, "-m", f"bench.{name}"]
    with subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    return running.returncode == 0, lines


def about(name: str) -> str:
    """The first line of what the file says of itself."""
    words = ast.get_docstring(ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))) or name
    return words.splitlines()[0]


def main(wanted: list[str]) -> int:
    parts = [HEAD.format(cores=os.cpu_count(), python=platform.python_version())]
    every = True
    for name in wanted or names():
        print(f"--- {name}", flush=True)
        holds, lines = measure(name)
        every &= holds
        kept = "Every claim holds." if holds else "**Not every claim holds.**"
        parts.append(f"## {name}\n\n{about(name)} {kept}\n\n" + "\n".join(f"- {line}" for line in lines if line) + "\n")
    if not wanted:
        PAGE.write_text("\n".join(parts), encoding="utf-8")
    return 0 if every else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
