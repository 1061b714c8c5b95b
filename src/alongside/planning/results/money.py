"""The sentences of a result that shared out a sum: how it went, why an idea was paid for, and what it was short of."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from alongside.methods.pence import pounds
from alongside.methods.say.model import LEAST_OF_US, SMALL
from alongside.planning.decisions.models import Completion, Marking, Method, Terms
from alongside.planning.results.merging import exact, picked
from alongside.planning.results.models import Result, ResultOption

PENCE, LARGE = 100, 10_000  # a sum of so many pence is told in whole pounds


def how(terms: Terms, result: Result) -> list[str]:
    """How the sum was shared out, step by step."""
    weighed = [_("Each group keeps its own share of the say, however many of it came.")]
    weighed = weighed if len(result.groups.all()) > 1 else []
    if terms.method == Method.GREEDY:
        return [
            _(
                "The idea with the most of the say behind it was paid for first. Then the next one for which there was"
                " still enough money, and so on."
            ),
            *weighed,
        ]
    said = [
        _(
            "The money was shared out among all who took part. Those who picked an idea pay for it together, each from"
            " their own share."
        )
        + " "
        + _FIRST[_worth(terms)]()
        + " "
        + _("Then we look again."),
        *weighed,
    ]
    if terms.completion == Completion.ADD1 and exact(result.grown):
        said.append(
            _(
                "There was money over. So we made all shares bigger, all alike, as long as the ideas cost %(sum)s or"
                " less."
            )
            % {"sum": pounds(terms.budget_pence or 0)}
        )
    if result.us_grown:
        said.append(
            _(
                "In the first count people and communities paid for less than %(floor)s%% of what was bought. Their"
                " many small shares lay on different ideas. So we made their shares bigger, and nobody else’s, and"
                " counted again."
            )
            % {"floor": LEAST_OF_US[terms.basis]}
        )
    if terms.completion == Completion.GREEDY and any(option.by_votes for option in result.options.all()):
        said.append(_("With the money that was left, ideas with the most votes that still fit went next."))
    return said


def _worth(terms: Terms) -> str:
    """What a pick is worth in fair shares: points, one, or what the idea costs."""
    return "points" if terms.marking != Marking.APPROVAL else terms.utility


_FIRST = {
    "cost": lambda: _("The idea whose cost the most people can share goes first."),
    "cardinality": lambda: _("The idea that costs each of them least goes first."),
    "points": lambda: _("The idea that costs them least for how much they want it goes first."),
}


def _left(terms: Terms, result: Result) -> int:
    """What is left of the money, in pence."""
    return max(0, (terms.budget_pence or 0) - result.spent_pence)


def won(option: ResultOption, terms: Terms, leads: bool) -> str:
    """Why there was money for it. `leads`: more picked it than any other."""
    if option.by_votes or terms.method == Method.GREEDY:
        return picked(option.picked) + " " + _("It had the most of the say behind it of those that still fit.")
    if option.picked < SMALL:
        return picked(option.picked) + " " + _("Their shares were enough to pay for it.")
    each = pounds(exact(option.each_paid))
    first = picked(option.picked)
    if leads:
        first = _("%(many)s picked it, more than any other idea.") % {"many": f"{option.picked:,}"}
    if option.all_alike:
        words = _("Each put in %(each)s from their share.")
    elif terms.marking == Marking.APPROVAL:
        words = _("Some had little left, so they put in what they had. Nobody put in more than %(each)s.")
    else:
        words = _("Those who wanted it more put in more, up to %(each)s.")
    said = f"{first} {words % {'each': each}}"
    return said + " " + _("So it went first.") if leads else said


def lost(option: ResultOption, terms: Terms) -> str:
    """Why there was no money for it, with how many picked it, and what they had where they are five or more."""
    had = option.picked >= SMALL and option.left_pence is not None
    if option.why_not == "nobody" or not option.picked:
        return picked(0)
    if short := short_of(option, terms):
        return f"{picked(option.picked)} {short}"
    if not had:
        return picked(option.picked) + " " + _("It was %(short)s short.") % {"short": pounds(option.short_pence or 0)}
    return _("The %(many)s who picked it had %(left)s left between them. It was %(short)s short.") % {
        "many": f"{option.picked:,}",
        "left": roughly(option.left_pence or 0),
        "short": roughly(option.short_pence or 0),
    }


def short_of(option: ResultOption, terms: Terms) -> str:
    """That there was not enough money for it, whatever those who picked it held; else empty."""
    if option.why_not == "dearer":
        return _("It costs more than all the money there is.")
    rest = _left(terms, option.result)
    if rest < option.option.cost_pence:
        words = _("It costs more than the %(rest)s that was left.") if rest else _("None of the money was left.")
        return words % {"rest": pounds(rest)}
    room = terms.method == Method.GREEDY or option.why_not == "room"
    return _("Too little of the money was left for it.") if room else ""


def parted(us: Fraction, cost: Fraction) -> tuple[str, str]:
    """What people and communities gave for something and what organisations did: whole pounds that add up to its cost,
    unless one of them gave less than that."""
    if not cost % PENCE and min(us, cost - us) >= PENCE:
        us = Fraction(round(us / PENCE) * PENCE)
    return pounds(us), pounds(cost - us)


def roughly(pence: Fraction | int) -> str:
    """A sum that nobody pays by itself: whole pounds where it is large."""
    return pounds(round(Fraction(pence) / PENCE) * PENCE if pence >= LARGE else pence)
