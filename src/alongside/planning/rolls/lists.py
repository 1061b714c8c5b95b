"""Read a list of people: typed in, a name a line, or as a sheet that somebody kept elsewhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Sized

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault
from alongside.ground.history.typed import one_line
from alongside.ground.people.models import Party, PartyState
from alongside.ground.people.queries import KEY
from alongside.planning.rolls.actions import MOST_NAMES, Named

MOST_BYTES = 1_000_000
LONGEST = 120
NAMES, PAGES = ("name", "names", "enw", "enwau"), ("page", "address", "tudalen")


def typed(text: str) -> list[Named]:
    """A name on each line; after a comma the address of their page, where they have one. Raises Fault for a line that
    is too long, with its number, and for an address that is nobody's."""
    rows = [line.strip() for line in text.splitlines()]
    _demand_few([row for row in rows if row], "names")
    found = []
    for n, row in enumerate(rows, 1):
        if row:
            name, _comma, page = row.partition(",")
            found.append(_one(n, name, page, "names"))
    return found


def from_sheet(data: bytes) -> list[Named]:
    """The people of a CSV file with a column "name", and perhaps one "page". Raises Fault, with the line, for what
    cannot be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("windows-1252", errors="replace")
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=_delimiter(text)))
    except csv.Error:
        raise Fault("file", _("We cannot read this file. Save it as CSV and try again.")) from None
    heads = [head.strip().casefold() for head in rows[0]] if rows else []
    at = next((n for n, head in enumerate(heads) if head in NAMES), None)
    if at is None:
        raise Fault("file", _("There is no column “name” in the first line of this file"))
    page = next((n for n, head in enumerate(heads) if head in PAGES), None)
    _demand_few([row for row in rows[1:] if len(row) > at and row[at].strip()], "file")
    found = []
    for n, row in enumerate(rows[1:], 2):
        if len(row) > at and row[at].strip():
            found.append(_one(n, row[at], row[page] if page is not None and page < len(row) else "", "file"))
    return found


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _one(n: int, name: str, page: str, field: str) -> Named:
    name = one_line(name)
    if len(name) > LONGEST:
        raise Fault(field, _("Line %(n)s is longer than 120 letters") % {"n": n})
    if not page.strip():
        return Named(name)
    key = KEY.search(page)
    party = Party.objects.filter(key=key[0], state=PartyState.LIVE).first() if key else None
    if party is None:
        raise Fault(field, _("Line %(n)s: nobody here has the page %(page)s") % {"n": n, "page": page.strip()[:80]})
    return Named(name or party.name, party)


def _demand_few(rows: Sized, field: str) -> None:
    """Before the first of them is looked up."""
    if not 1 <= len(rows) <= MOST_NAMES:
        raise Fault(field, _("Write from 1 to 5,000 names, each on its own line"))
