"""Brings areas and their official figures in from files: `alongside places load`.

Every feature read is accounted for as created, updated, unchanged or rejected, and every fault is named.
Loading the same files again changes nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from alongside.exchange.areas.figures import Figures, read_figures
from alongside.exchange.areas.reading import Fault, Reading, UnreadableFile, read_areas
from alongside.exchange.areas.shares import Share, shares
from alongside.ground.history.acting import Fault as BadInput
from alongside.ground.history.actor import Actor
from alongside.ground.places.actions import keep_areas, keep_figures, keep_shares
from alongside.ground.places.models import Area, AreaKind


@dataclass(slots=True)
class Loaded:
    """What came of a load: counts of features, of figures, of shares, and every fault."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    figures: dict[str, int] = field(default_factory=dict)
    shares: int = 0
    faults: list[Fault] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def load_file(
    path: str | Path,
    *,
    kind: str,
    edition: str,
    code_field: str,
    name_field: str,
    figures: str | Path | None = None,
    period: str = "",
    source: str = "",
    by: Actor | None = None,
) -> dict[str, Any]:
    """Load a GeoJSON file, and figures from a CSV file where one is given, as a plain dict of what came of it.

    For the command line; the machine acts unless `by` says who does. Raises ground's Fault, which names the
    field, where a file cannot be read at all or the kind is not one.
    """
    return load_areas(
        by=by or Actor.system("places load"),
        text=_text("file", path),
        kind=kind,
        edition=edition,
        code_field=code_field,
        name_field=name_field,
        figures=_text("figures", figures) if figures else "",
        period=period,
        source=source,
    ).as_dict()


def load_areas(
    *,
    by: Actor,
    text: str,
    kind: str,
    edition: str,
    code_field: str,
    name_field: str,
    figures: str = "",
    period: str = "",
    source: str = "",
) -> Loaded:
    """Bring in a GeoJSON text and a CSV text of figures, all of it or, where a file cannot be read, nothing.

    Both are read before anything is written. Each write is one action of the ground's places and can be
    done again: a load cut short is finished by running it once more. Raises as `load_file`.
    """
    if kind not in AreaKind.values:
        raise BadInput("kind", f"'{kind}' is not a kind of area. Use one of: {', '.join(AreaKind.values)}.")
    reading = _read(text, code_field, name_field)
    table = _read_figures(figures, {row.code for row in reading.rows}, code_field) if figures else Figures()
    rows = [asdict(row) for row in reading.rows]
    ids = keep_areas(by=by, kind=kind, edition=edition, rows=rows)
    done = Loaded(read=reading.read, rejected=reading.rejected, faults=reading.faults + table.faults)
    done.created, done.updated, done.unchanged = (len(ids[name]) for name in ("created", "updated", "unchanged"))
    done.shares = _keep_shares(by, kind, edition, {*ids["created"], *ids["updated"]})
    if figures:
        codes = dict(Area.objects.filter(kind=kind, edition=edition).values_list("code", "pk"))
        values = {codes[code]: row for code, row in table.values.items()}
        done.figures = keep_figures(by=by, values=values, period=period, source=source)
        done.figures["elsewhere"] = table.elsewhere
    return done


def _keep_shares(by: Actor, kind: str, edition: str, touched: set[int]) -> int:
    """Work out again what lies in what, for areas that are new or have moved, against every other kind."""
    if not touched:
        return 0
    order = list(AreaKind.values)
    ours = _boundaries(kind, edition, touched)
    found: list[Share] = []
    for other, other_edition in Area.objects.exclude(kind=kind).values_list("kind", "edition").distinct():
        theirs = _boundaries(other, other_edition)
        finer = order.index(kind) < order.index(other)
        found += shares(ours, theirs) if finer else shares(theirs, ours)
    return keep_shares(by=by, touched=touched, shares=found)


def _boundaries(kind: str, edition: str, only: set[int] | None = None) -> dict[int, str]:
    rows = Area.objects.filter(kind=kind, edition=edition).exclude(boundary="").order_by("pk")
    return {pk: edge for pk, edge in rows.values_list("pk", "boundary") if only is None or pk in only}


def _read(text: str, code_field: str, name_field: str) -> Reading:
    try:
        return read_areas(text, code_field, name_field)
    except UnreadableFile as error:
        raise BadInput("file", str(error)) from error


def _read_figures(text: str, codes: set[str], code_field: str) -> Figures:
    try:
        return read_figures(text, codes, code_field)
    except UnreadableFile as error:
        raise BadInput("figures", str(error)) from error


def _text(name: str, path: str | Path) -> str:
    """The words of a file, in UTF-8 with or without a mark at its start."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(name, f"{path} could not be read: {error}") from error
