"""For whom somebody may keep an evening, and what a room decided, as its one page says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.planning.ballots import queries as ballots
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, Rule
from alongside.planning.ideas.models import Idea
from alongside.planning.results.models import Result, ResultOption
from alongside.planning.results.queries import result, ties_told

PERCENT = 10_000  # parts of a million
Sums = dict[int, list[tuple[str, int]]]


@dataclass(frozen=True)
class OnTheWall:
    """One idea on the page: whether it goes ahead, what it costs, and what it got, in words."""

    idea: Idea
    cost_pence: int
    won: bool
    got: str


def owners(viewer: Actor) -> list[Party]:
    """The groups and bodies for which somebody may keep what a room decided; not their own life."""
    return [party for party in decisions.may_ask_for(viewer) if not party.is_person]


def told(viewer: Actor, decision: Decision) -> dict[str, Any]:
    """Everything on the page of a room: who was there, what each idea got, what goes ahead and what does not yet."""
    found = result(viewer, decision)
    present, sums = ballots.present(decision), ballots.tallies(decision)
    dots = next((one.dots_each for one in present if one.dots_each), None)
    rows = _rows(decision, found, dots, sums) if found else []
    return {
        "decision": decision,
        "record": decision.record,
        "dots": dots,
        "slips": not sums,
        "groups": [(one.group.name, one.people, one.group.weight_ppm // PERCENT) for one in present],
        "money": decision.terms.budget_pence,
        "result": found,
        "rows": rows,
        "ties": ties_told(found) if found else [],
        "left": (decision.terms.budget_pence or 0) - (found.spent_pence if found else 0),
        "won": sum(row.won for row in rows),
    }


def _rows(decision: Decision, found: Result, dots: int | None, sums: Sums) -> list[OnTheWall]:
    """Those that go ahead first, in their order; then the others by what they got."""
    options = sorted(
        found.options.all(), key=lambda one: (one.place is None, one.place or 0, -one.picked, one.option.n)
    )
    return [
        OnTheWall(row.idea, row.cost_pence, one.place is not None, _got(decision, one, dots, sums.get(row.pk)))
        for one, row in ((one, one.option) for one in options)
    ]


def _got(decision: Decision, one: ResultOption, dots: int | None, sums: list[tuple[str, int]] | None) -> str:
    """In words: so many dots, hands, slips, or reasons against it; group by group where two chose."""
    if not sums:
        return ngettext("%(n)s slip picked it.", "%(n)s slips picked it.", one.picked) % {"n": one.picked}
    told = [_counted(decision.terms.rule, dots, value) for _name, value in sums]
    if len(sums) == 1:
        return told[0]
    return " ".join(f"{name}: {words}" for (name, _value), words in zip(sums, told, strict=True))


def _counted(rule: str, dots: int | None, value: int) -> str:
    if rule == Rule.CONSENT:
        if not value:
            return _("Nobody had a reason against it left.")
        return ngettext("%(n)s had a reason against it.", "%(n)s had reasons against it.", value) % {"n": value}
    if dots:
        return ngettext("%(n)s dot.", "%(n)s dots.", value) % {"n": value}
    return ngettext("%(n)s hand.", "%(n)s hands.", value) % {"n": value}
