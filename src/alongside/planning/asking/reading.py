"""What people can choose from, read from a few typed lines; with a sum to share out, each line ends with its price."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault
from alongside.methods.pence import pence_of
from alongside.planning.ideas.actions import Row

MOST, LONGEST = 30, 120
PRICED = re.compile(r"(?P<title>.*?\S)\s*,\s*(?P<price>£?\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d\d)?)\s*", re.DOTALL)


def rows_of(text: str, *, budget_pence: int | None = None) -> list[Row]:
    """One row a line, empty lines left out; where money is shared out, with the price behind the last comma, in pence.

    Raises Fault, with its line, for a line that is too long, says what another says, has no price, or costs more than
    there is; and for more than 30 of them.
    """
    found: list[Row] = []
    for n, line in enumerate(text.splitlines(), 1):
        words = " ".join(line.split())
        if words:
            row = _row(n, words, budget_pence)
            if row.title.casefold() in {one.title.casefold() for one in found}:
                raise Fault("options", _("Line %(n)s says the same as one before it. Take one of them out.") % {"n": n})
            found.append(row)
    if len(found) > MOST:
        raise Fault("options", _("Write 30 lines or fewer"))
    return found


def _row(n: int, words: str, budget_pence: int | None) -> Row:
    cost, title = None, words
    if budget_pence is not None:
        priced = PRICED.fullmatch(words)
        if priced is None:
            said = _("Line %(n)s: write its price behind a comma, like “A day at the sea, 240”")
            raise Fault("options", said % {"n": n})
        title, cost = priced["title"], pence_of(priced["price"])
        if cost > budget_pence:
            raise Fault("options", _("Line %(n)s costs more than there is to share out") % {"n": n})
    if len(title) > LONGEST:
        raise Fault("options", _("Line %(n)s is longer than 120 letters") % {"n": n})
    return Row(title, cost)
