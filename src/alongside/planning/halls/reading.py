"""What somebody typed about an evening in a hall, read into plain values, or refused with what to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault
from alongside.methods.pence import pence_of, pounds

ROWS = 12  # ideas that one page has room for
MOST_PEOPLE = 1_000  # in a hall; more than that is a vote with a roll
MOST_DOTS = 9
NUMBERS = re.compile(r"[\s,;.]+")


class How(StrEnum):
    """How a room chooses."""

    HANDS = "hands"
    DOTS = "dots"
    CONSENT = "consent"
    SLIPS = "slips"


@dataclass(frozen=True)
class Wall:
    """One idea as it stood on the wall, and what the two groups gave it: hands, dots, or reasons against it."""

    title: str
    cost_pence: int | None
    people: int = 0
    organisations: int = 0


@dataclass(frozen=True)
class Counted:
    """An evening: how it was chosen, who was there, what was on the wall, and the slips as sets of numbers."""

    how: How
    people: int
    organisations: int
    ideas: tuple[Wall, ...]
    dots_each: int | None = None
    budget_pence: int | None = None
    slips: tuple[frozenset[int], ...] = ()
    organisation_slips: tuple[frozenset[int], ...] = ()


def read(typed: Mapping[str, Any]) -> Counted:
    """An evening from the page's fields. Raises Fault with the field it is about."""
    how = How(typed["how"])
    people, organisations = typed["people"], typed["organisations"] or 0
    budget = _money(typed, "budget")
    rows = dict(_rows(typed, how, budget))
    if not rows:
        raise Fault("title_1", _("Write at least one idea"))
    ideas = tuple(rows.values())
    if how is How.SLIPS:
        numbers = {n: place for place, n in enumerate(rows, start=1)}
        slips = tuple(_slips(typed, "slips", people, numbers))
        theirs = tuple(_slips(typed, "organisation_slips", organisations, numbers))
        return Counted(how, people, organisations, ideas, None, budget, slips, theirs)
    dots = typed["dots_each"] if how is How.DOTS else None
    if how is How.DOTS and not dots:
        raise Fault("dots_each", _("Write how many dots each person had"))
    if how is How.DOTS and not budget and not typed.get("winners"):
        raise Fault("winners", _("Write how many ideas can win, or how much money there is"))
    _check(rows, how, people, organisations, dots or 1)
    return Counted(how, people, organisations, ideas, dots, budget)


def _rows(typed: Mapping[str, Any], how: How, budget: int | None) -> Iterator[tuple[int, Wall]]:
    """The rows that say anything, in their order, each with its number on the page and on the wall."""
    for n in range(1, ROWS + 1):
        title = " ".join(str(typed.get(f"title_{n}") or "").split())
        cost, people = _money(typed, f"cost_{n}"), typed.get(f"people_{n}") or 0
        organisations = typed.get(f"organisations_{n}") or 0
        if not title:
            if cost or people or organisations:
                raise Fault(f"title_{n}", _("Give the idea in row %(n)s a name, or empty the row") % {"n": n})
            continue
        if budget is not None and cost is None:
            raise Fault(f"cost_{n}", _("Write what this costs: %(title)s") % {"title": title})
        if budget is not None and cost is not None and cost > budget:
            said = {"title": title, "sum": pounds(budget)}
            raise Fault(f"cost_{n}", _("This costs more than the %(sum)s there is: %(title)s") % said)
        by_slip = how is How.SLIPS
        yield n, Wall(title, cost, 0 if by_slip else people, 0 if by_slip else organisations)


def _money(typed: Mapping[str, Any], field: str) -> int | None:
    text = str(typed.get(field) or "").strip()
    if not text:
        return None
    try:
        return pence_of(text)
    except ValueError:
        raise Fault(field, _("Write a sum in pounds, like 4800 or £4,800")) from None


def _check(rows: Mapping[int, Wall], how: How, people: int, organisations: int, dots: int) -> None:
    """No more hands than people, no more dots than were handed out."""
    for n, idea in rows.items():
        for field, given, there in (
            ("people", idea.people, people),
            ("organisations", idea.organisations, organisations),
        ):
            if how is not How.DOTS and given > there:
                said = {"given": given, "there": there, "title": idea.title}
                raise Fault(f"{field}_{n}", _("%(given)s is more than the %(there)s who were there: %(title)s") % said)
    if how is How.DOTS:
        for field, total, most in (
            ("people", sum(idea.people for idea in rows.values()), people * dots),
            ("organisations", sum(idea.organisations for idea in rows.values()), organisations * dots),
        ):
            if total > most:
                said = {"total": total, "most": most}
                raise Fault(
                    f"{field}_{min(rows)}", _("You typed %(total)s dots, but only %(most)s were handed out") % said
                )


def _slips(typed: Mapping[str, Any], field: str, there: int, numbers: Mapping[int, int]) -> Iterator[frozenset[int]]:
    """A slip a line: the numbers of the ideas it picks, as the places that these have among all. "0" or "-" is a slip
    that picks none. `numbers` are the places by the numbers on the wall, where a row may have been left empty."""
    lines = [line.strip() for line in str(typed.get(field) or "").splitlines() if line.strip()]
    if len(lines) > there:
        said = {"lines": len(lines), "there": there}
        raise Fault(field, _("There are %(lines)s slips, but only %(there)s who chose") % said)
    for n, line in enumerate(lines, start=1):
        parts = [part for part in NUMBERS.split(line) if part]
        if parts in (["0"], ["-"]):
            yield frozenset()
            continue
        for part in parts:
            if not (part.isascii() and part.isdecimal()) or len(part) > 3 or int(part) not in numbers:
                words = _("Line %(line)s: “%(part)s” is no idea. Use numbers from 1 to %(most)s.")
                raise Fault(field, words % {"line": n, "part": part[:12], "most": max(numbers)})
        yield frozenset(numbers[int(part)] for part in parts)
