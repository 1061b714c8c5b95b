"""`alongside services validate` and `alongside services export`: judge anybody's feed, and give out ours."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from alongside.exchange.openreferral import queries as openreferral
from alongside.exchange.validating import queries as validating
from alongside.ground.history.actor import Actor
from alongside.site.commands import Command, Done, Progress, Wrong

SHOWN = 20  # findings told in words; --json has them all


def validate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="a file, a folder of pages, a web address, or - for standard input")
    parser.add_argument("--profile", default="", choices=("", *validating.PROFILES), help="by which standard")
    parser.add_argument("--strict", action="store_true", help="take blanks and second uses of an id for errors")


def validate(options: argparse.Namespace) -> Done:
    verdict = _verdict(options)
    counts = {name: verdict.counts[name] for name in ("errors", "warnings", "interface")}
    words = "Valid" if verdict.valid else "Not valid"
    lines = [
        f"{words} as {verdict.profile}. {verdict.records:,} records, {counts['errors']:,} errors, "
        f"{counts['interface']:,} faults of the interface, {counts['warnings']:,} warnings."
    ]
    for name, found in (("Error", verdict.errors), ("Interface", verdict.interface), ("Warning", verdict.warnings)):
        lines += _told(name, found, counts)
    return Done(verdict.as_dict(), lines, well=verdict.valid)


def _verdict(options: argparse.Namespace) -> validating.Verdict:
    where, given = options.file, {"profile": options.profile, "strict": options.strict}
    try:
        if where.startswith(("http://", "https://")):
            return validating.validate_at(where, near=True, **given)
        if where == "-":
            return validating.validate(sys.stdin.buffer.read(), **given)
        path = Path(where)
        if path.is_dir():
            return validating.validate_all([one.read_bytes() for one in sorted(path.rglob("*.json"))], **given)
        return validating.validate(path.read_bytes(), **given)
    except validating.Unreachable as problem:
        raise Wrong(f"{where}: {problem.sentence}") from problem
    except OSError as problem:
        raise Wrong(f"{where} cannot be read: {problem.strerror or problem}") from problem


def _told(name: str, found: list[Any], counts: dict[str, int]) -> list[str]:
    lines = [f"  {name}: {one.record}, {one.field}: “{one.value}”. {one.reason} {one.mend}" for one in found[:SHOWN]]
    more = len(found) - SHOWN
    return [*lines, f"  … and {more:,} more. `--json` names them all."] if more > 0 else lines


def export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="an empty or new folder for the pages")
    parser.add_argument("--per-page", type=int, default=500, help="how many services on a page (500)")
    parser.add_argument("--public", action="store_true", help="only what the public feed says, without contacts")


def export(options: argparse.Namespace) -> Done:
    """Pages of whole services. For whoever runs the place they hold all that feeds said; with --public, no names."""
    folder: Path = options.folder
    if options.per_page < 1:
        raise Wrong("Write a whole number of services from 1.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Wrong(f"{folder} is not an empty folder. Name another one, so that nothing old stands among the new.")
    viewer = Actor.anyone() if options.public else Actor.system("services.export")
    progress, services, pages = Progress(), 0, 0
    folder.mkdir(parents=True, exist_ok=True)
    for page in openreferral.whole_pages(viewer, options.per_page):
        pages += 1
        services += len(page.contents)
        text = json.dumps(page.as_dict(), ensure_ascii=True, indent=1)
        (folder / f"services-{pages:04d}.json").write_text(text + "\n", encoding="utf-8")
        progress(f"{services:,} services")
    data = {"services": services, "pages": pages, "folder": str(folder)}
    return Done(data, [f"{services:,} services on {pages:,} pages in {folder}."])


COMMANDS = {
    "services validate": Command(
        validate,
        validate_arguments,
        (
            "alongside services validate services.json",
            "alongside services validate http://localhost:8000/open-referral/",
        ),
    ),
    "services export": Command(
        export, export_arguments, ("alongside services export pages/", "alongside services export pages/ --public")
    ),
}
