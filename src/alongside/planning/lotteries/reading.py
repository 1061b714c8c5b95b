"""Reads questions, groups and their numbers of places from a sheet or a plain form, and says every fault by its row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

COLUMNS = ("question", "group", "least", "most")
MOST_QUESTIONS, MOST_GROUPS, LONGEST, LARGEST = 10, 20, 120, 1_000
OTHER_NAMES = {"feature": "question", "category": "question", "value": "group", "answer": "group"} | {
    "min": "least",
    "minimum": "least",
    "max": "most",
    "maximum": "most",
}


@dataclass(frozen=True)
class GroupGiven:
    """Those who give one answer, and the least and most places for them."""

    words: str
    least: int
    most: int


@dataclass(frozen=True)
class QuestionGiven:
    words: str
    groups: tuple[GroupGiven, ...]


@dataclass(frozen=True)
class RowFault:
    """What is wrong, and how to mend it. `row` counts as the sheet does, or is nothing for the whole."""

    row: int | None
    words: str


@dataclass(frozen=True)
class Read:
    """What was understood, and every fault. It may be kept only where there is none."""

    questions: tuple[QuestionGiven, ...]
    faults: tuple[RowFault, ...] = field(default=())


def read_sheet(text: str, size: int) -> Read:
    """A table as CSV with the columns question, group, least, most; with commas, semicolons or tabs between."""
    lines = text.replace("\x00", "").strip("\ufeff\n\r ").splitlines()
    if not lines:
        return Read((), (RowFault(None, _("There is nothing in it. Put in one line for each group.")),))
    mark = max(",;\t", key=lines[0].count)
    try:
        table = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=mark))
    except csv.Error:  # a cell of a hundred thousand letters: most likely a quotation mark that nothing closes
        return Read((), (RowFault(None, _("We cannot read this file. Save it as CSV and try again.")),))
    head = [_column(cell) for cell in table[0]]
    missing = [name for name in COLUMNS if name not in head]
    if missing:
        said = _("The first line must name the columns: question, group, least, most. Missing: %(missing)s.")
        return Read((), (RowFault(1, said % {"missing": ", ".join(missing)}),))
    rows = [(n, dict(zip(head, cells, strict=False))) for n, cells in enumerate(table[1:], start=2)]
    return read_rows(rows, size)


def _column(cell: str) -> str:
    name = cell.strip().casefold()
    return OTHER_NAMES.get(name, name)


def read_rows(rows: Sequence[tuple[int, Mapping[str, str]]], size: int) -> Read:
    """Rows with their numbers. Empty ones are passed over; an empty question is that of the row above."""
    found: dict[str, list[GroupGiven]] = {}
    faults: list[RowFault] = []
    above = ""
    for number, row in rows:
        cells = {name: " ".join((row.get(name) or "").replace("\x00", "").split()) for name in COLUMNS}
        if not any(cells.values()):
            continue
        above = cells["question"] or above
        group = _group(number, {**cells, "question": above}, faults)
        if group is None:
            continue
        groups = found.setdefault(above, [])
        if any(one.words.casefold() == group.words.casefold() for one in groups):
            said = _("“%(group)s” stands twice. Take one out.")
            faults.append(RowFault(number, said % {"group": group.words[:40]}))
        else:
            groups.append(group)
    questions = tuple(QuestionGiven(words, tuple(groups)) for words, groups in found.items())
    return Read(questions, (*faults, *([] if faults else _whole(questions, size))))


def _group(number: int, cells: Mapping[str, str], faults: list[RowFault]) -> GroupGiven | None:
    """One row understood, or nothing and its faults."""
    before = len(faults)
    for name, missing in (("question", _("Write the question.")), ("group", _("Write the group."))):
        if not cells[name]:
            faults.append(RowFault(number, missing))
        elif len(cells[name]) > LONGEST:
            faults.append(RowFault(number, _("Use %(most)d letters or fewer.") % {"most": LONGEST}))
    least, most = _number(cells["least"]), _number(cells["most"])
    if least is None or most is None:
        faults.append(RowFault(number, _("Give the least and the most places as numbers, like 4 and 6.")))
    elif least > most:
        faults.append(RowFault(number, _("The least is more than the most. Change one of them.")))
    if len(faults) > before or least is None or most is None:
        return None
    return GroupGiven(cells["group"], least, most)


def _number(text: str) -> int | None:
    plain = text.isascii() and text.isdigit() and len(text) <= 4
    return int(text) if plain and int(text) <= LARGEST else None


def _whole(questions: Sequence[QuestionGiven], size: int) -> list[RowFault]:
    """What is wrong with all of it together: too many, too few, or places that do not add up."""
    faults = []
    if not questions:
        faults.append(_("Put in at least one question with two groups."))
    if len(questions) > MOST_QUESTIONS:
        faults.append(_("Ask %(most)d questions or fewer.") % {"most": MOST_QUESTIONS})
    for one in questions:
        least, most = sum(g.least for g in one.groups), sum(g.most for g in one.groups)
        names = {"question": one.words[:60], "least": least, "most": most, "size": size}
        if len(one.groups) < 2:
            faults.append(_("“%(question)s” needs at least two groups.") % names)
        elif len(one.groups) > MOST_GROUPS:
            faults.append(_("“%(question)s” has too many groups. Put some together.") % names)
        elif least > size:
            faults.append(
                _("“%(question)s”: the groups want %(least)d places at the least, and the panel has %(size)d.") % names
            )
        elif most < size:
            faults.append(
                _("“%(question)s”: the groups fill %(most)d places at the most, and the panel has %(size)d.") % names
            )
    return [RowFault(None, words) for words in faults]
