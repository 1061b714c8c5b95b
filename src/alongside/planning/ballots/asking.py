"""What the pages of a ballot have in common: the decision, as whom somebody chooses, and the ballot as their form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from alongside.ground.limits.asking import may_try
from alongside.ground.people.doors import Request
from alongside.planning.ballots import queries, showing
from alongside.planning.ballots.forms import BallotForm
from alongside.planning.ballots.options import barred_for, in_their_order
from alongside.planning.ballots.waiting import waiting
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.addresses import by_ballot
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas import queries as ideas
from alongside.planning.rolls.queries import Standing, answers_for_it, how_put, my_help

WAIT = gettext_lazy("You have tried a lot in a short time. Wait a little and try again, or ring us")
UNKNOWN = gettext_lazy("No choice in your group has this receipt. Look at each word again.")
TROUBLE = {"wait": WAIT, "unknown": UNKNOWN}


def found(request: Request, key: UUID) -> Decision:
    """The decision of an address, if it is made by ballots and this viewer sees it."""
    return by_ballot(request.actor, key)


def as_whom(mine: list[Standing], asked: str) -> Standing | None:
    """As whom somebody chooses: the one they named, or the only one there is."""
    named = next((one for one in mine if str(one.party.key) == asked), None)
    return named or (mine[0] if len(mine) == 1 else None)


def form_for(request: Request, decision: Decision, standing: Standing, data: Any = None) -> BallotForm:
    """The ballot of this voter, in their order and without what they may not choose."""
    options = ideas.options(request.actor, decision)
    mixed = in_their_order(options, decision, standing.party)
    barred = barred_for(decision, standing.party, {option.n: option.pk for option in options})
    return BallotForm(decision.terms, standing, mixed, barred, data, helping=request.actor.is_helping)


def shown(request: Request, decision: Decision, standing: Standing, form: BallotForm) -> dict[str, Any]:
    """What the ballot and the page to check it both show."""
    return {
        "decision": decision,
        "record": decision.record,
        "standing": standing,
        "form": form,
        "lines": list(form.lines(ideas.objections_left(decision))),
        "asks": showing.asks(form),
        "vote": decisions.phase(decision, "vote"),
        "small": answers_for_it(standing),
        "how_put": how_put(standing),
        "other": standing.party != request.actor.party,
    }


def trouble_with(request: Request, decision: Decision, standing: Standing, form: BallotForm) -> str:
    """What is wrong with the receipt of whoever would change their choice; each person has few tries."""
    if "receipt" not in form.fields:
        return ""
    if not may_try(request, "receipt", str(request.actor.me.pk)):
        return "wait"
    if form.is_valid() and not queries.can_be_changed(decision, standing.group, form.cleaned_data["receipt"]):
        return "unknown"
    return ""


def is_in(request: Request, decision: Decision, standing: Standing) -> HttpResponse:
    """The plain page for whoever has taken part: it shows nothing of what they chose."""
    carried = waiting(request, decision)
    context = {
        "decision": decision,
        "standing": standing,
        "other": standing.party != request.actor.party,
        "vote": decisions.phase(decision, "vote"),
        "roll": None if standing.party != request.actor.party else my_help(request.actor, decision),
        "has_receipt": carried is not None and carried.done and carried.voter == str(standing.party.key),
    }
    return render(request, "planning/ballots/in.html", context)


def typed(form: BallotForm) -> dict[str, str]:
    """What was typed into a ballot, to travel on to the next page; nothing of it is kept on the way."""
    options = {f"option_{n}": value for n, value in form.said.items()}
    others = {name: str(form.data[name])[:200] for name in form.fields if name in form.data}
    return others | options
