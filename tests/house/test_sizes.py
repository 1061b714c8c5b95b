"""Nothing grows past what one person can hold in mind (house.md, Sizes)."""

import ast

import pytest
from django.apps import apps

from tests.house.code import ROOMS, functions, length, modules, named, short, templates, tree

FILE, FUNCTION, VIEW, MODEL, FIELDS, TEMPLATE = 500, 60, 25, 150, 20, 150
EVERYWHERE = ("src/alongside", "tests", "tools", "bench")

# Path, or path::name, and why it may be larger. An exception that is no longer needed fails too.
EXCEPTIONS: dict[str, str] = {}


def sizes() -> dict[str, tuple[int, int]]:
    """Everything that has a size: how large it is and how large it may be."""
    found: dict[str, tuple[int, int]] = {}
    for path in modules(*EVERYWHERE):
        found[short(path)] = (len(path.read_text(encoding="utf-8").splitlines()), FILE)
        for node in functions(path):
            found[f"{short(path)}::{node.name}"] = (length(node), FUNCTION)
    for path in named("views"):
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and node.args.args and node.args.args[0].arg == "request":
                found[f"{short(path)}::{node.name}"] = (length(node), VIEW)
    for path in named("models"):
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef):
                found[f"{short(path)}::{node.name}"] = (length(node), MODEL)
    for path in templates():
        found[short(path)] = (len(path.read_text(encoding="utf-8").splitlines()), TEMPLATE)
    return found


def test_nothing_is_too_large() -> None:
    over = {
        name: f"{size} lines, at most {limit}"
        for name, (size, limit) in sizes().items()
        if size > limit and name not in EXCEPTIONS
    }
    assert not over, over


def test_every_exception_is_still_needed() -> None:
    found = sizes()
    idle = [name for name in EXCEPTIONS if name not in found or found[name][0] <= found[name][1]]
    assert not idle


@pytest.mark.parametrize("room", ROOMS)
def test_no_model_has_too_many_fields(room: str) -> None:
    over = {
        model.__name__: len(model._meta.local_fields)
        for model in apps.get_app_config(room).get_models()
        if len(model._meta.local_fields) > FIELDS
    }
    assert not over
