"""The figures of the whole place as rows that a template can show, in everyday words and with no rules of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.knowing.outcomes.queries import domain_choices
from alongside.methods.complement import Source
from alongside.planning.complementary import figures
from alongside.planning.complementary.queries import Line, MoreLine
from alongside.planning.plans.because import one_more_said


@dataclass(frozen=True)
class Row:
    """One line of a table and of its picture: people who want something, for how many an idea is found, what both
    were the time before, and how long their bars are in hundredths of the longest."""

    words: str
    wishing: Line
    found: Line
    wide: float = 0.0
    filled: float = 0.0

    @property
    def is_shown(self) -> bool:
        return bool(self.wishing.shown_in or self.found.shown_in)


def domain_rows(lines: Sequence[Line]) -> list[Row]:
    """Every part of life with something to show; most people first."""
    found = [(words, (figures.WISHING, key), (figures.FINDING, key)) for key, words in domain_choices()]
    rows = _rows(lines, found)
    return sorted(rows, key=lambda row: -(row.wishing.value or 0))


def band_rows(lines: Sequence[Line]) -> list[Row]:
    """How served people are, those for whom nobody does anything first."""
    words = {
        5: _("Nobody yet"),
        4: _("One person or group"),
        3: _("Two"),
        2: _("Three"),
        1: _("Four or more"),
    }
    pairs = [
        (words[n], (figures.BY_AREA, figures.band(n)), (figures.FOUND_BY_AREA, figures.band(n))) for n in figures.BANDS
    ]
    return _rows(lines, pairs)


def missing_rows(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """What is missing, most people first."""
    words = {
        "holder": _("Anyone who offers it"),
        "time": _("More time from those who can do it"),
        "share": _("Two or more to share it"),
        "more_people": _("More people, so that a group can start"),
        "next_week": _("A week: those who can were asked already"),
        "other_hour": _("Another time of day"),
        "day": _("Another day"),
        "reach": _("A way to get there"),
        "access": _("Something they need there, like a level way in"),
        "paid": _("Someone paid and trained"),
    }
    known = _by(lines)
    rows = [(words[code], known.get((figures.MISSING, code))) for code in words]
    shown = [(said, line) for said, line in rows if line is not None and line.value is not None]
    return sorted(shown, key=lambda row: -(row[1].value or 0))


def holder_rows(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """Who could bring what is found, unpaid and paid."""
    known = _by(lines)
    words = {figures.UNPAID: _("People and groups, unpaid"), figures.PAID: _("Shops, organisations and services")}
    return [(said, known.get((figures.BRINGING, key), Line("", key, None))) for key, said in words.items()]


def hours_rows(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """Hours a week in all ideas, by who could bring them, in the book's order; nothing where none may be shown."""
    words = {
        Source.OWN: _("What people have themselves"),
        Source.COMMUNITY: _("People and groups"),
        Source.BUSINESS: _("Shops and cafés"),
        Source.UNIVERSAL: _("Services for everyone"),
        Source.SPECIALIST: _("Special services"),
    }
    known = _by(lines)
    rows = [(said, known.get((figures.HOURS, figures.source_key(source)))) for source, said in words.items()]
    found = [(said, line or Line(figures.HOURS, "", None)) for said, line in rows]
    return found if any(line.value is not None for _said, line in found) else []


def more_rows(lines: Sequence[MoreLine]) -> list[tuple[str, MoreLine]]:
    """What some more would do, as sentences."""
    return [(one_more_said(one.domain, one.place, None, one.offers, str(one.people)), one) for one in lines]


def promised_said(promised: int, limit: int) -> str:
    """How much of a week somebody has promised, "You have promised 5 of your 6 hours"."""
    if promised % 60 == 0 and limit % 60 == 0:
        hours = limit // 60
        return ngettext(
            "You have promised %(promised)d of your %(n)d hour a week.",
            "You have promised %(promised)d of your %(n)d hours a week.",
            hours,
        ) % {"promised": promised // 60, "n": hours}
    return _("You have promised %(promised)d of your %(n)d minutes a week.") % {"promised": promised, "n": limit}


def _rows(lines: Sequence[Line], pairs: Sequence[tuple[str, tuple[str, str], tuple[str, str]]]) -> list[Row]:
    known = _by(lines)
    found = [
        Row(words, known.get(wishing, Line(*wishing, None)), known.get(idea, Line(*idea, None)))
        for words, wishing, idea in pairs
    ]
    found = [row for row in found if row.is_shown]
    longest = max((row.wishing.value or 0 for row in found), default=0) or 1
    return [
        Row(row.words, row.wishing, row.found, _share(row.wishing, longest), _share(row.found, longest))
        for row in found
    ]


def _share(line: Line, longest: int) -> float:
    return round(100 * min(line.value or 0, longest) / longest, 2)


def _by(lines: Sequence[Line]) -> dict[tuple[str, str], Line]:
    return {(line.measure, line.category): line for line in lines}
