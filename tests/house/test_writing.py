"""Writing happens in actions, in one transaction each, and who may see what is decided in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.code import calls, modules, named, short, text_of, tree

WRITES = {
    "save",
    "create",
    "delete",
    "update",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
# Names that hold a plain dictionary or a session, whose `update` writes no row.
DICTIONARIES = {"context", "counts", "session", "attrs", "kwargs", "initial", "data", "digest", "found", "response"}

# The decorator is the one that opens a transaction. Others stand here with their reason.
MAY_OPEN_A_TRANSACTION: dict[str, str] = {
    "src/alongside/ground/history/acting.py": "the action decorator itself",
}
MAY_ASK_FOR_AUDIENCE: dict[str, str] = {
    "src/alongside/ground/records/queries.py": "visible_to",
    "src/alongside/ground/records/models.py": "the constraint that a community audience names its community",
    "src/alongside/ground/records/actions.py": "sets an audience; does not decide by one",
    "src/alongside/ground/consent": "what was shared by name",
    "src/alongside/planning/plans/views.py": "which of one's own things are on offer to others",
    "src/alongside/site/commands/invariants.py": "proves that nothing is shown which must wait",
    "src/alongside/planning/plans/actions.py": "which of their own things were noted in the plan alone",
}


def writes(path: Path) -> Iterator[str]:
    for call in calls(path):
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
            continue
        receiver = call.func.value
        last = getattr(receiver, "id", None) or getattr(receiver, "attr", None)
        if last not in DICTIONARIES:
            yield f"{short(path)}:{call.lineno} .{call.func.attr}("


@pytest.mark.parametrize("kind", ["views", "forms", "queries", "policy", "panels", "urls"])
def test_only_actions_write(kind: str) -> None:
    found = [words for path in named(kind) for words in writes(path)]
    assert not found, "ask an action to do it"


def test_transactions_open_in_the_decorator_only() -> None:
    """Every atomic block takes SQLite's one write lock; a forgotten one makes a page wait for a feed."""
    found = [
        f"{short(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute | ast.Name)
        and (getattr(node, "attr", "") == "atomic" or getattr(node, "id", "") == "atomic")
        and short(path) not in MAY_OPEN_A_TRANSACTION
    ]
    assert not found


def test_visible_to_is_the_only_visibility_sql() -> None:
    """A second place that decides who may see would one day decide otherwise."""
    found = []
    for path in modules():
        if any(short(path).startswith(allowed) for allowed in MAY_ASK_FOR_AUDIENCE):
            continue
        for call in calls(path):
            verb = getattr(call.func, "attr", getattr(call.func, "id", ""))
            asked = [word.arg for word in call.keywords if word.arg and "audience" in word.arg.split("__")]
            if asked and verb in {"filter", "exclude", "get", "Q", "When", "get_object_or_404"}:
                found.append(f"{short(path)}:{call.lineno} {asked}")
    assert not found, "filter record__in=visible_to(viewer)"


def test_nothing_writes_its_own_visibility_in_sql() -> None:
    found = [
        short(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if "SELECT" in node.value and "audience" in node.value and not path.name.startswith("installed")
    ]
    assert not found


def test_no_signals_for_business() -> None:
    """What happens after something must stand in the action that does it, where a reader finds it."""
    allowed = {"pre_migrate", "post_migrate", "connection_created"}
    found = []
    for path in modules():
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.ImportFrom)
                and node.module
                and node.module.startswith("django.")
                and (node.module.endswith(".signals") or node.module == "django.dispatch")
            ):
                found += [f"{short(path)} {name.name}" for name in node.names if name.name not in allowed]
    assert not found


def test_no_generic_relation() -> None:
    words = ("GenericForeignKey", "GenericRelation", "contenttypes.fields")
    found = [short(path) for path in modules() if any(word in text_of(path) for word in words)]
    assert not found, "the Record spine serves"


def test_actions_take_only_named_arguments() -> None:
    found = []
    for path in named("actions"):
        for node in tree(path).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            is_action = any(getattr(getattr(dec, "func", None), "id", "") == "action" for dec in node.decorator_list)
            if is_action and (node.args.args or not any(a.arg == "by" for a in node.args.kwonlyargs)):
                found.append(f"{short(path)}::{node.name}")
    assert not found, "an action is keyword-only and takes `by: Actor`"


def test_every_action_asks_a_policy_or_says_why_not() -> None:
    found = set()
    for path in modules():
        for call in calls(path):
            if getattr(call.func, "id", "") == "action" and call.args:
                may = next((word.value for word in call.keywords if word.arg == "may"), None)
                if may is None or (isinstance(may, ast.Constant) and may.value is None):
                    found.add(str(getattr(call.args[0], "value", "")))
    assert found == set(MAY_ASK_NOTHING), "name who may, in the kit's policy"


def test_every_write_is_inside_an_action() -> None:
    """A public function that writes and is no action says in its docstring that it is called inside one, also in a file
    that was split off from `actions.py`."""
    found = []
    for path in modules():
        if short(path).startswith(WRITE_BY_THEMSELVES):
            continue
        for node in tree(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            decorated = any("action" in ast.dump(dec) for dec in node.decorator_list)
            inner = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
            writing = [c for c in inner if isinstance(c.func, ast.Attribute) and c.func.attr in WRITES - {"update"}]
            if writing and not decorated and "inside" not in (ast.get_docstring(node) or ""):
                found.append(f"{short(path)}::{node.name}")
    assert not found


# What writes by itself: the invented town, in bulk; counts of tries, which stay where what was tried is undone.
WRITE_BY_THEMSELVES = ("src/alongside/site/demo/", "src/alongside/ground/limits/counting.py", "src/alongside/methods/")
# Actions without a policy of their own, and what stands in its place.
MAY_ASK_NOTHING = {
    "consent.take_back": "refuses inside whoever the record is not of",
    "consent.look": "finds the basis, the place or the grant on which somebody looks, or refuses",
    "consent.look_at_many": "as for one",
    "consent.let_in": "refuses inside whoever does not speak for the one who comes in",
    "consent.let_go": "refuses inside whoever is neither of the two",
    "notices.tell": "what another action says; that one has asked",
    "helping.confirm": "what another action says; that one has asked",
    "helping.object_to": "the objection that it notes asks who may",
    "people.begin": "anybody begins a page on their device",
    "people.forget_device": "whoever holds the device's token",
    "people.set_aside": "whoever holds the device's token",
    "people.open_again": "whoever holds the device's token, and knows what was written",
    "people.claim": "whoever signed in on the device that holds the page",
    "people.open_login": "whoever has proved that the address is theirs",
    "people.settle": "whoever has just signed in",
    "people.try_card": "whoever has the number of a card tries its word, and not often",
    "tokens.note_use": "a program that came with its token",
    "services.give_up": "the worker's own word on its own run",
    "places.open": "refuses inside all but the machine",
    "start.open": "opens the place, which refuses all but the machine",
    "demo.make_links": "refuses inside all but the machine, and all but the invented place",
    "demo.use_link": "whoever holds the link, once, in the invented place",
    "demo.fill": "refuses inside all but the machine, and a place with anybody in it",
}
# What leaves no event, and why: a secret ballot would be tied to a person by the second at which they cast it.
MAY_BE_SILENT = {
    "ballots.cast": "somebody's secret ballot",
    "rolls.use_code": "the place from which somebody votes a moment later",
}


def test_only_secret_ballots_are_silent() -> None:
    found = {
        str(call.args[0].value)  # type: ignore[attr-defined]
        for path in modules()
        for call in calls(path)
        if getattr(call.func, "id", "") == "action" and any(word.arg == "silent" for word in call.keywords)
    }
    assert found == set(MAY_BE_SILENT), "every other action leaves its event (docs/decisions/0018)"
