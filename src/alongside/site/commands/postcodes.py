"""`alongside places postcodes`: bring in where postcodes are, from what others publish or from a place's own file."""

from __future__ import annotations

import argparse
import math
from datetime import date
from pathlib import Path

from alongside.exchange.postcodes.actions import Around, Loaded, around_place, around_point, load_file
from alongside.exchange.services.actions import place_by_postcode
from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.site.commands import Command, Done, Progress, Wrong

SHOWN = 20  # faults told in words; --json has more
KM, MOST_KM = 10.0, 1_500.0
LICENCE = "they have a licence of their own, which --northern-ireland-licence says that you have"
FILES = """Three kinds of file are read, as CSV or in the ZIP they come in:
  the ONS Postcode Directory or the National Statistics Postcode Lookup,
  OS Code-Point Open (places in metres are right to about 5 metres),
  your own, with the columns postcode, lat and lng.

Kept are the postcodes within --km of the place: of the place's own edge, else of the largest areas that are
loaded, else of what is offered here. Postcodes that are no longer used are left out. Load the next edition in the
same way: it takes the place of the one before."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description}\n\n{FILES}"
    parser.add_argument("file", type=Path, help="a CSV file of postcodes, or a ZIP of such files")
    parser.add_argument("--km", type=float, default=KM, help=f"keep what is within so many kilometres ({KM:g})")
    parser.add_argument("--around", default="", metavar="LAT,LNG", help="of this point in place of the place's edge")
    parser.add_argument("--all", action="store_true", help="keep every postcode, however far")
    parser.add_argument("--dated", type=date.fromisoformat, help="the day the file speaks of, where its name has none")
    parser.add_argument(
        "--northern-ireland-licence",
        action="store_true",
        help="keep postcodes of Northern Ireland (BT) too: say it only with a licence of Land & Property Services",
    )
    parser.add_argument("--source", default="", help="what to call your own file, with the thanks that it asks for")


def run(options: argparse.Namespace) -> Done:
    if not options.file.is_file():
        raise Wrong(f"There is no file {options.file}.")
    progress = Progress()
    around = _around(options)
    try:
        done = load_file(
            options.file,
            by=Actor.system("places postcodes"),
            around=around,
            dated=options.dated,
            name=options.source,
            northern_ireland=options.northern_ireland_licence,
            tell=progress,
        )
    except Fault as fault:
        raise Wrong(fault.message) from fault
    placed = place_by_postcode(by=Actor.system("places postcodes")) if done.kept else 0
    lines = [
        *_lines(done, options.km),
        *([f"{placed:,} services are on the map now, by their postcode."] if placed else []),
    ]
    return Done(done.as_dict() | {"placed": placed}, lines, well=not done.rejected and done.kept > 0)


def _around(options: argparse.Namespace) -> Around | None:
    if not 0 <= options.km <= MOST_KM:
        raise Wrong(f"Write a number of kilometres up to {MOST_KM:g}: --km {KM:g}")
    if options.all:
        return None
    if options.around:
        return around_point(*_point(options.around), options.km)
    found = around_place(options.km)
    if found is None:
        raise Wrong(
            "Nothing says yet where this place is. Load its areas first (alongside places load), or say it: "
            "--around 51.45,-2.59. To keep every postcode, say --all."
        )
    return found


def _point(words: str) -> tuple[float, float]:
    try:
        lat, lng = map(float, words.split(","))
    except ValueError:
        lat = lng = math.nan
    if not (abs(lat) <= 90 and abs(lng) <= 180):
        raise Wrong("Write the point as latitude and longitude: --around=51.45,-2.59")
    return lat, lng


def _lines(done: Loaded, km: float) -> list[str]:
    """What came of it, for people."""
    where = f"within {km:g} km of {done.around}" if done.around else "everywhere"
    lines = [
        f"{done.read:,} read, {done.created:,} created, {done.updated:,} updated, {done.unchanged:,} unchanged, "
        f"{done.rejected:,} rejected",
        f"Kept: {where}. Dated {done.dated}.",
    ]
    for number, words in (
        (done.elsewhere, "lie further away"),
        (done.ended, "are no longer used"),
        (done.placeless, "have no place in this file"),
        (done.newer, "stand here already from a later file"),
        (done.dropped, "were here before and went"),
        (done.unlicensed, f"of Northern Ireland are left out: {LICENCE}"),
    ):
        lines += [f"{number:,} {words}."] if number else []
    if not done.kept and done.elsewhere:
        lines.append("No postcode is near enough. Say --km with a larger number, or --around LAT,LNG.")
    for one in done.faults[:SHOWN]:
        lines.append(f"  {', '.join(filter(None, (one.record, one.field)))}: “{one.value}”. {one.reason}")
    more = done.rejected - SHOWN
    return [*lines, f"  … and {more:,} more."] if more > 0 else lines


COMMANDS = {
    "places postcodes": Command(
        run,
        arguments,
        (
            "alongside places postcodes ONSPD_NOV_2026.zip",
            "alongside places postcodes codepo_gb.zip --km 15",
            "alongside places postcodes ours.csv --around=51.45,-2.59 --km 5 --source 'Our own list'",
        ),
    )
}
