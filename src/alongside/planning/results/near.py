"""How close a result was, in one sentence: read beside the number of ballots that somebody disputes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.methods.pence import pounds
from alongside.methods.say.model import SMALL
from alongside.planning.decisions.models import Decision, Rule
from alongside.planning.results.models import Result


def near(decision: Decision, result: Result) -> str:
    """What the idea that came nearest was short of: money, or picks; empty where every idea won or none did, and where
    the difference would tell a number below five. It bounds nothing: with fair shares one ballot more or less changes
    what others pay."""
    options = list(result.options.all())
    won = [one for one in options if one.place is not None]
    missed = [one for one in options if one.place is None]
    if not won or not missed:
        return ""
    if decision.terms.rule == Rule.BUDGET:
        short = [one for one in missed if one.short_pence]
        nearest = min(short, key=lambda one: one.short_pence or 0, default=None)
        if nearest is None:
            return ""
        words = _("“%(idea)s” came nearest: it was %(sum)s short.")
        return words % {"idea": nearest.option.idea.title, "sum": pounds(nearest.short_pence or 0)}
    last, first = min(one.picked for one in won), max(missed, key=lambda one: one.picked)
    if 0 < first.picked < SMALL or 0 < last < SMALL:
        return ""
    n = max(0, last - first.picked)
    words = ngettext(
        "“%(idea)s” came nearest: %(n)s ballot fewer picked it.",
        "“%(idea)s” came nearest: %(n)s ballots fewer picked it.",
        n,
    )
    return words % {"idea": first.option.idea.title, "n": n}
