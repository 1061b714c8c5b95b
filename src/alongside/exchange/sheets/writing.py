"""Writes things and a map as CSV, as a spreadsheet, and as an empty template with guidance to fill in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from alongside.exchange.carrying.document import Chart, Thing
from alongside.exchange.carrying.plain import plain
from alongside.exchange.sheets.cells import ARROW, escaped, safe
from alongside.exchange.sheets.columns import COLUMNS, GUIDE, row_of
from alongside.knowing.assets.models import Access, AssetKind, Cost
from alongside.knowing.outcomes.queries import domain_choices

THINGS, MAP, HELP = "Things", "Map", "How to fill this in"
CELL = 8_000  # letters of one cell; a spreadsheet takes 32,767 units, of which one letter may need four when escaped
NUMBERS = frozenset({"lat", "lng", "least_age", "most_age", "per_week"})


def write_csv(things: Iterable[Thing]) -> bytes:
    """UTF-8 with its mark, so that spreadsheets open it with the right letters; line ends inside cells are kept."""
    rows = [row_of(thing) for thing in things]
    used = [name for name in COLUMNS if name in GUIDE or any(name in row for row in rows)]
    return _csv([used, *([row.get(name, "") for name in used] for row in rows)])


def write_map_csv(chart: Chart) -> bytes:
    """The map itself: one line for each thing it says."""
    return _csv([["field", "value"], *map_rows(chart)])


def map_rows(chart: Chart) -> list[list[str]]:
    """What a map says, as names and texts; edge, layers and community as JSON."""
    said = plain(chart)
    texts = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for name, value in said.items()
    }
    return [[name, text] for name, text in texts.items()]


def write_xlsx(things: Iterable[Thing], chart: Chart | None = None) -> bytes:
    """A spreadsheet with a sheet of things, and one of the map where there is one."""
    book = Workbook()
    rows = [row_of(thing) for thing in things]
    _sheet(_first(book), _wide(rows))
    if chart is not None:
        sheet = book.create_sheet(MAP)
        for line in [["field", "value"], *map_rows(chart)]:
            parts = _parts(line[1])
            sheet.append([line[0], *(escaped(safe(part)) for part in parts)])
    return _saved(book)


def template_xlsx() -> bytes:
    """An empty sheet with its headings, a row that says what to write, and a sheet with the choices."""
    book = Workbook()
    sheet = _first(book)
    guide = guidance()
    _sheet(sheet, [list(GUIDE), [f"{ARROW}{words}" for words in guide.values()]])
    for number in range(1, len(GUIDE) + 1):
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = 28
        sheet.cell(2, number).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A3"
    more = book.create_sheet(HELP)
    for line in ([name, words] for name, words in guide.items()):
        more.append(line)
    return _saved(book)


def template_csv() -> bytes:
    return _csv([list(GUIDE), [f"{ARROW}{words}" for words in guidance().values()]], guard=False)


def guidance() -> dict[str, str]:
    """What to write in each column, in the reader's language."""
    choices = {
        "kinds": ", ".join(AssetKind.values),
        "costs": ", ".join(Cost.values),
        "access": ", ".join(Access.values),
        "domains": ", ".join(key for key, _label in domain_choices()),
    }
    return {name: _(words) % choices if "%(" in words else _(words) for name, words in GUIDE.items()}


def _csv(rows: Iterable[Sequence[str]], guard: bool = True) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(cell) if guard else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _first(book: Workbook) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = THINGS
    return sheet


def _wide(rows: Sequence[dict[str, str]]) -> list[list[Any]]:
    """Headings and rows; a text too long for one cell goes on in the next column, "words (2)"."""
    used = [name for name in COLUMNS if name in GUIDE or any(name in row for row in rows)]
    longest = {name: max((len(_parts(row.get(name, ""))) for row in rows), default=1) for name in used}
    heads = [name if part == 1 else f"{name} ({part})" for name in used for part in range(1, longest[name] + 1)]
    return [
        heads,
        *([cell for name in used for cell in _cells(name, row.get(name, ""), longest[name])] for row in rows),
    ]


def _cells(name: str, text: str, many: int) -> list[Any]:
    if name in NUMBERS and text and f"{float(text):.15g}" == text.removesuffix(".0"):
        return [float(text) if name in ("lat", "lng") else int(text)]  # a number with more figures stands as text
    parts = [escaped(safe(part)) for part in _parts(text)]
    return [*parts, *[""] * (many - len(parts))]


def _parts(text: str) -> list[str]:
    return [text[start : start + CELL] for start in range(0, len(text), CELL)] or [""]


def _sheet(sheet: Worksheet, rows: Iterable[Sequence[Any]]) -> None:
    for row in rows:
        sheet.append([value if value != "" else None for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
