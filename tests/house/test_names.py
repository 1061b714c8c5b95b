"""Things are where their name says, and every module says what it is for."""

import ast

from tests.house.code import HOUSE, ROOMS, modules, short, tree

VAGUE = {"utils", "util", "helpers", "helper", "common", "core", "misc", "base", "shared", "lib", "manager", "stuff"}
KIT_FILES = {"models", "actions", "queries", "policy", "forms", "views", "urls", "tasks"}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        short(path)
        for path in modules("src/alongside", "tests", "tools", "bench")
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree(path))
    ]
    assert not silent


def test_no_place_is_named_for_nothing_in_particular() -> None:
    vague = [short(path) for path in modules() if {path.stem, path.parent.name} & VAGUE]
    assert not vague


def test_every_action_and_method_says_what_it_promises() -> None:
    """A docstring on each public function of the methods; on each action unless one line shows it all."""
    silent = []
    for path in modules("src/alongside/methods"):
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{short(path)}::{node.name}")
    assert not silent


def test_the_rooms_of_the_house_are_these_and_no_others() -> None:
    """house.md names them; a new one is a decision, not an accident."""
    found = {path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists()}
    assert found == {*ROOMS, "methods", "frameworks", "api", "site"}
