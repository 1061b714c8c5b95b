"""`alongside places load` and `alongside services load`: bring files in, with an account of every record."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from alongside.exchange.areas.actions import load_file as load_areas
from alongside.exchange.services import actions as feeds
from alongside.ground.history.acting import Fault
from alongside.ground.places.models import AreaKind
from alongside.site.commands import Command, Done, Progress, Wrong

SHOWN = 20  # faults told in words; --json has them all


def places_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a GeoJSON file of areas, in degrees")
    parser.add_argument("--kind", required=True, choices=AreaKind.values, help="what kind of area it holds")
    parser.add_argument("--edition", required=True, help="the year or edition of the boundaries, such as 2011")
    parser.add_argument("--code", required=True, help="the field that holds the code")
    parser.add_argument("--name", required=True, help="the field that holds the name")
    parser.add_argument("--figures", type=Path, help="a CSV file of figures (deprivation, population), joined by code")
    parser.add_argument("--period", default="", help="the year the figures are about")
    parser.add_argument("--source", default="", help="who published the figures")


def places(options: argparse.Namespace) -> Done:
    for path in filter(None, (options.file, options.figures)):
        if not path.is_file():
            raise Wrong(f"There is no file {path}.")
    progress = Progress(0)
    progress(f"Reading {options.file}")
    try:
        done = load_areas(
            options.file,
            kind=options.kind,
            edition=options.edition,
            code_field=options.code,
            name_field=options.name,
            figures=options.figures,
            period=options.period,
            source=options.source,
        )
    except Fault as fault:
        raise Wrong(fault.message) from fault
    lines = [_counts(done, ("read", "created", "updated", "unchanged", "rejected"))]
    if done["figures"]:
        lines.append("Figures: " + _counts(done["figures"], tuple(done["figures"])))
    return Done(done, lines + _faults(done["faults"]), well=not done["rejected"])


def services_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="a file, a folder of pages or tables, an address, or - for standard input")
    parser.add_argument("--source", default="", help="what to call this feed (the name of the file)")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")


def services(options: argparse.Namespace) -> Done:
    try:
        done = feeds.load_file(options.file, source=options.source, dry_run=options.dry_run, progress=Progress())
    except feeds.Unreadable as problem:
        raise Wrong(str(problem)) from problem
    except Fault as fault:
        raise Wrong(fault.message) from fault
    lines = [_counts(done, ("read", "created", "updated", "unchanged", "rejected", "gone"))]
    if options.dry_run:
        lines.insert(0, "Nothing was changed. This is what would happen:")
    return Done(done, lines + _faults(done["faults"]), well=not done["rejected"])


def _counts(done: dict[str, Any], names: tuple[str, ...]) -> str:
    return ", ".join(f"{done[name]:,} {name}" for name in names)


def _faults(faults: list[dict[str, Any]]) -> list[str]:
    lines = [f"  {one['record']}, {one['field']}: “{one['value']}”. {one['reason']}" for one in faults[:SHOWN]]
    more = len(faults) - SHOWN
    return [*lines, f"  … and {more:,} more. `--json` names them all."] if more > 0 else lines


COMMANDS = {
    "places load": Command(
        places,
        places_arguments,
        (
            "alongside places load wards.geojson --kind ward --edition 2013 --code wd13cd --name wd13nm",
            "alongside places load lsoa.geojson --kind lsoa --edition 2011 --code lsoa11cd --name lsoa11nm \\",
            "    --figures imd.csv --period 2019 --source 'English indices of deprivation 2019'",
        ),
    ),
    "services load": Command(
        services,
        services_arguments,
        (
            "alongside services load services.json --dry-run",
            "alongside services load services.json --source 'Council directory'",
        ),
    ),
}
