"""An import contract for kits, so that each new kit is held to the house's rules on the day it is made.

Inside a kit imports go down only. From outside, a kit is entered by its `actions` and `queries`. Its `models` may be
imported for their names (types and choices); that nobody reads or writes rows through them is for
tests/house/test_kits.py. A file split off by its subject (`talk_forms`, `work_models`) is held as what its name ends
with. Whatever else may be imported stands in `open_modules`, with its reason, in pyproject.toml.
"""

from __future__ import annotations

from typing import Any

import grimp
from importlinter import Contract, ContractCheck, fields, output
from importlinter.application import contract_utils

HOUSE = "alongside"
# Higher may import lower. `policy` and `queries` stand level: a policy asks, and a query may be narrowed by one.
RANK = {
    "urls": 7,
    "panels": 6,
    "views": 6,
    "forms": 5,
    "tasks": 4,
    "actions": 4,
    "queries": 3,
    "policy": 3,
    "models": 1,
}
DOORS = {"actions", "queries", "models"}
NOT_KITS = {"migrations", "management", "templatetags", "templates", "static"}
# What a room's own gathering modules may take from its kits, beside their doors.
GATHERS = {
    "models": {"models"},
    "apps": {"installed", "panels", "tasks", "models"},
    "installed": {"installed"},
    "panels": {"panels"},
    "urls": {"urls"},
}


class KitsContract(Contract):
    """Layers within every kit, and the doors between kits."""

    type_name = "kits"

    rooms = fields.SetField(subfield=fields.StringField())
    open_modules = fields.SetField(subfield=fields.StringField(), required=False)
    ignore_imports = fields.SetField(subfield=fields.ImportExpressionField(), required=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        ignored: Any = self.ignore_imports
        contract_utils.remove_ignored_imports_and_report(
            graph=graph, ignore_imports=ignored, unmatched_alerting=contract_utils.AlertLevel.ERROR
        )
        kits = self.kits(graph)
        wrong = []
        for importer in sorted(graph.modules):
            if not importer.startswith(f"{HOUSE}."):
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                reason = self.refuse(importer, imported, kits)
                if reason:
                    details = graph.get_import_details(importer=importer, imported=imported)
                    line = details[0]["line_number"] if details else 0
                    wrong.append(f"{importer}:{line} imports {imported}: {reason}")
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def kits(self, graph: grimp.ImportGraph) -> frozenset[str]:
        found = set()
        rooms: Any = self.rooms
        for room in rooms:
            for child in graph.find_children(f"{HOUSE}.{room}"):
                is_package = bool(graph.find_children(child))
                if is_package and child.rsplit(".", 1)[1] not in NOT_KITS:
                    found.add(child)
        return frozenset(found)

    def refuse(self, importer: str, imported: str, kits: frozenset[str]) -> str:
        """Why this import may not be, or nothing."""
        here, there = kit_of(importer, kits), kit_of(imported, kits)
        if not there:
            return ""
        part = kind_of(part_of(imported, there))
        if here == there:
            own = kind_of(part_of(importer, here))
            above = RANK.get(part, 0) > RANK.get(own, 9)
            return f"{own} may not import {part}" if above else ""
        opened: Any = self.open_modules or set()
        if part in DOORS or part == "" or imported in opened:
            return ""
        if not here and part in gathered_by(importer, imported):
            return ""
        return "another kit is entered by its actions and queries; open_modules in pyproject.toml has the exceptions"

    def render_broken_contract(self, check: ContractCheck) -> None:
        for words in check.metadata["wrong"]:
            output.print_error(words)
            output.new_line()


def kit_of(module: str, kits: frozenset[str]) -> str:
    return next((kit for kit in kits if module == kit or module.startswith(f"{kit}.")), "")


def part_of(module: str, kit: str) -> str:
    """`alongside.knowing.assets.views.look` is the `views` of its kit."""
    return module.removeprefix(kit).lstrip(".").split(".")[0]


def kind_of(part: str) -> str:
    """`talk_forms` is held as `forms` are; a part whose name ends with none of the familiar ones is its own kind."""
    last = part.rsplit("_", 1)[-1]
    return last if last in RANK else part


def gathered_by(importer: str, imported: str) -> set[str]:
    """What this module, which belongs to no kit, gathers from the kits of its room, or of every room."""
    words = importer.split(".")
    if words[1] == "site":
        return {"urls", "panels"}
    if len(words) == 3 and words[1] == imported.split(".")[1]:
        return GATHERS.get(words[2], set())
    return set()
