"""`alongside map export` and `alongside map import`: a community leaves with its whole map, and settles elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.core.exceptions import ValidationError

from alongside.exchange.maps import actions, packing
from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.knowing.maps.queries import community_map
from alongside.site.commands import Command, Done, Wrong

MACHINE = Actor.system("maps.import")
BY_NAME = {".zip": "zip", ".geojson": "geojson", ".json": "geojson", ".csv": "csv", ".xlsx": "xlsx", ".ics": "ics"}
SHOWN = 20


def export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", help="the key of the map, or the address of its page")
    parser.add_argument("to", type=Path, help="a folder for all formats, or a file whose ending says which")


def export(options: argparse.Namespace) -> Done:
    key = next((part for part in options.key.split("/") if part.count("-") == 4), options.key)
    try:
        map = community_map(Actor.anyone(), key)
    except (ValueError, ValidationError) as error:
        raise Wrong(f"{options.key} is not the key of a map.") from error
    if map is None:
        raise Wrong(f"There is no map {options.key}.")
    kind = BY_NAME.get(options.to.suffix)
    if options.to.suffix and kind is None:
        raise Wrong(f"A map is not written as {options.to.suffix}. Use one of: {', '.join(BY_NAME)}, or a folder.")
    written = []
    for each in [kind] if kind else list(packing.FORMATS):
        path = options.to if kind else options.to / packing.FORMATS[each][0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(packing.pack(map, each))
        written.append(str(path))
    data = {"map": str(map.record.key), "title": map.title, "files": written}
    return Done(data, [f"{map.title}: {len(written)} written", *(f"  {path}" for path in written)])


def import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="map.zip, map.geojson or map.xlsx from another place")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    parser.add_argument(
        "--people",
        default="hold",
        choices=actions.PERSONAL,
        help="what single people offer: hold it until a steward has looked (the default), take it as ours, "
        "or keep it as it is, where all of them have agreed to the move",
    )


def bring(options: argparse.Namespace) -> Done:
    if not options.file.is_file():
        raise Wrong(f"There is no file {options.file}.")
    data = options.file.read_bytes()
    try:
        report = (
            actions.look(None, data, options.file.name)
            if options.dry_run
            else actions.bring_whole(by=MACHINE, data=data, name=options.file.name, personal=options.people)
        )
    except Fault as fault:
        raise Wrong(fault.message) from fault
    said = report.as_dict()
    counts = ", ".join(f"{said[name]:,} {name}" for name in actions.COUNTED)
    first = ["Nothing was changed. This is what would happen:"] if options.dry_run else []
    faults = [f"  {one.where}, {one.field}: “{one.value}”. {one.reason}" for one in report.faults[:SHOWN]]
    more = len(report.faults) - SHOWN
    last = [f"  … and {more:,} more. `--json` names them all."] if more > 0 else []
    return Done(said, [*first, counts, *faults, *last], well=not report.rejected)


COMMANDS = {
    "map export": Command(
        export,
        export_arguments,
        ("alongside map export 3f2b8c1e-… out/", "alongside map export 3f2b8c1e-… map.zip"),
    ),
    "map import": Command(
        bring,
        import_arguments,
        ("alongside map import map.zip --dry-run", "alongside map import map.zip --people keep"),
    ),
}
