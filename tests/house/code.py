"""Reads the house's own source for the tests about it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = ROOT / "src" / "alongside"
ROOMS = ("ground", "instruments", "knowing", "planning", "doing", "reviewing", "exchange")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def modules(*tops: str) -> tuple[Path, ...]:
    """Every Python file under these folders of the repository, but for migrations."""
    found = (path for top in tops or ("src/alongside",) for path in sorted((ROOT / top).rglob("*.py")))
    return tuple(path for path in found if "migrations" not in path.parts and "node_modules" not in path.parts)


def named(*names: str) -> list[Path]:
    """Modules of kits called this, whatever subject stands before it (`views.py`, `affected_views.py`), or that lie in
    a package called this (`views/look.py`)."""
    return [path for path in modules() if path.stem.rsplit("_", 1)[-1] in names or path.parent.name in names]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def templates() -> list[Path]:
    return sorted(HOUSE.rglob("templates/**/*.html"))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that the repository holds."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return tuple(path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file())


@cache
def text_of(path: Path) -> str:
    """What a file says, or nothing where it is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
