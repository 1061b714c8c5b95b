"""A kit's rows are read by its own queries and written by its own actions; others know its models by name only."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.house.code import HOUSE, ROOMS, calls, modules, short, tree
from tools.floors import kind_of

WRITES = {
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
# Whole folders that write rows of every kit, and why.
IN_BULK = {"src/alongside/site/demo/": "fills the invented town: thousands of rows at once, proved afterwards"}
# Module, the model of another kit whose rows it touches, and why. The list may only shrink.
MAY_TOUCH: dict[tuple[str, str], str] = {}


def kit_of(path: Path) -> str:
    """`knowing/assets` for a module of that kit; the module's own folder for one that belongs to no kit."""
    parts = path.relative_to(HOUSE).parts
    return "/".join(parts[:2]) if len(parts) > 2 else parts[0]


def kit_named(module: str) -> str:
    """The kit that a dotted module belongs to."""
    words = module.split(".")
    return "/".join(words[1:3]) if len(words) > 3 else "/".join(words[1:2])


def borrowed(path: Path) -> dict[str, str]:
    """Names in this module that are models of another kit, with that kit."""
    found = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("alongside."):
            if node.module.rsplit(".", 1)[-1].rsplit("_", 1)[-1] != "models":
                continue
            kit = kit_named(node.module)
            if kit != kit_of(path):
                found.update({name.asname or name.name: kit for name in node.names})
    return found


def root_of(node: ast.expr) -> tuple[str, set[str]]:
    """The name that a chain of calls begins with, and the attributes on the way."""
    attributes = set()
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            attributes.add(node.attr)
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return (node.id if isinstance(node, ast.Name) else ""), attributes


def writes(path: Path) -> Iterator[tuple[str, int]]:
    """Each place where a row of a borrowed model is made, changed or deleted."""
    names = borrowed(path)
    for call in calls(path):
        if isinstance(call.func, ast.Name) and call.func.id in names and any(word.arg for word in call.keywords):
            yield call.func.id, call.lineno
        elif isinstance(call.func, ast.Attribute) and call.func.attr in WRITES:
            name, attributes = root_of(call.func)
            if name in names and attributes & MANAGERS:
                yield name, call.lineno


def reads(path: Path) -> Iterator[tuple[str, int]]:
    """Each place where rows of a borrowed model are asked for."""
    names = borrowed(path)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and getattr(node.value, "id", "") in names:
            yield ast.unparse(node.value), node.lineno


def found(kind: Callable[[Path], Iterator[tuple[str, int]]], *, spine: bool) -> list[str]:
    return [
        f"{short(path)}:{line} {name} of {borrowed(path)[name]}"
        for path in modules()
        if not short(path).startswith(tuple(IN_BULK))
        for name, line in kind(path)
        if (short(path), name) not in MAY_TOUCH and (spine or not borrowed(path)[name].startswith("ground/"))
    ]


def test_a_file_split_off_by_its_subject_is_held_as_its_kind() -> None:
    """Else a form that moved out of `forms.py` could import views, or a table other kits' rows."""
    assert [kind_of(part) for part in ("forms", "talk_forms", "work_models", "affected_views", "ways", "")] == [
        *("forms", "forms", "models", "views", "ways", "")
    ]


def test_rows_of_another_kit_are_not_written() -> None:
    """Else nobody notes who did it, and a rule of that kit holds only where somebody remembered it."""
    wrong = found(writes, spine=True)
    assert not wrong, "ask an action of that kit:\n" + "\n".join(wrong)


def test_rows_of_another_room_s_kit_are_read_by_its_queries() -> None:
    """The ground may be read by all who stand on it; a kit of a room knows itself who may see what."""
    wrong = found(reads, spine=False)
    assert not wrong, "ask a query of that kit:\n" + "\n".join(wrong)


def test_every_model_is_gathered_by_its_room() -> None:
    """Django looks in `<room>/models.py`; a model of a kit that is not named there has no table."""
    missing = []
    for room in ROOMS:
        gathered = (
            (HOUSE / room / "models.py").read_text(encoding="utf-8") if (HOUSE / room / "models.py").exists() else ""
        )
        for path in (HOUSE / room).glob("*/*models.py"):
            for node in tree(path).body:
                is_model = isinstance(node, ast.ClassDef) and any("Model" in ast.unparse(base) for base in node.bases)
                if is_model and node.name not in gathered:
                    missing.append(f"{short(path)}::{node.name}")
    assert not missing
