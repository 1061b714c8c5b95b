"""Pages of a ballot: choose, check, cast, receipt; and to look up, after the count, whether a receipt was counted.

Nothing that somebody picks is in an address, a session or a message: it travels in the form, and from page to page
locked in the browser (`waiting`). Each page is asked for by its own address, so that Back sends nothing twice.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.explaining import explain
from alongside.ground.history.explaining import kept as written
from alongside.ground.limits.asking import may_try
from alongside.ground.people.doors import Request, public
from alongside.planning.ballots import actions, asking, queries, receipts, showing
from alongside.planning.ballots.forms import BallotForm, ReceiptForm
from alongside.planning.ballots.keeping import keep, let_go
from alongside.planning.ballots.waiting import Waiting, carry, waiting
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision
from alongside.planning.rolls.queries import Standing, standings


@public
@never_cache
@sensitive_post_parameters()
def choose(request: Request, key: UUID) -> HttpResponse:
    """The ballot; who has no place is shown the ways to one, and who has taken part that their choice is in."""
    decision = asking.found(request, key)
    if not decisions.is_open_for(decision, "vote") or queries.closed_on(decision):
        vote = decisions.phase(decision, "vote")
        return render(
            request, "planning/ballots/shut.html", {"decision": decision, "vote": vote, "today": decisions.today()}
        )
    mine = standings(request.actor, decision)
    if not mine:
        return redirect("rolls:place", key)
    carried = waiting(request, decision) if request.GET.get("edit") else None
    asked = request.GET.get("for") or request.POST.get("for") or (carried.voter if carried else "")
    standing = asking.as_whom(mine, asked)
    if standing is None:
        return render(request, "planning/ballots/whom.html", {"decision": decision, "mine": mine})
    if request.method == "POST":
        return _go_on(request, decision, standing)
    if standing.took_part and not carried and not request.GET.get("change"):
        return asking.is_in(request, decision, standing)
    return _ballot(request, decision, standing, carried)


def _ballot(request: Request, decision: Decision, standing: Standing, carried: Waiting | None) -> HttpResponse:
    """The ballot to fill in: empty, or as it came back with what is wrong."""
    back = carried is not None and not carried.done and carried.voter == str(standing.party.key)
    form = asking.form_for(request, decision, standing, carried.sent if carried and back else None)
    if carried and back and carried.trouble:
        form.add_error("receipt", str(asking.TROUBLE[carried.trouble]))
    return render(request, "planning/ballots/choose.html", asking.shown(request, decision, standing, form))


def _go_on(request: Request, decision: Decision, standing: Standing) -> HttpResponse:
    """On to the page to check, or back to the ballot with what is wrong; a ballot too long to travel is shown here."""
    form = asking.form_for(request, decision, standing, request.POST)
    good = form.is_valid()
    trouble = asking.trouble_with(request, decision, standing, form) if good else ""
    receipt = form.cleaned_data.get("receipt") or receipts.fresh(decision) if good else ""
    on = Waiting(str(standing.party.key), receipt, asking.typed(form), trouble)
    here = good and not trouble
    to = reverse("ballots:check", args=[decision.record.key]) if here else f"{request.path}?edit=yes"
    response = redirect(to)
    if carry(request, response, decision, on):
        return response
    if here:
        return _checked(request, decision, standing, form, receipt)
    if trouble:
        form.add_error("receipt", str(asking.TROUBLE[trouble]))
    return render(request, "planning/ballots/choose.html", asking.shown(request, decision, standing, form))


def _of_mine(request: Request, decision: Decision) -> tuple[Waiting | None, Standing | None]:
    """What this browser carries, and as whom; nothing of somebody else who sat here before."""
    carried, mine = waiting(request, decision), standings(request.actor, decision)
    standing = asking.as_whom(mine, carried.voter if carried else "")
    theirs = carried and standing and carried.voter == str(standing.party.key)
    return (carried if theirs else None), standing


@public
@never_cache
@require_safe
def check(request: Request, key: UUID) -> HttpResponse:
    """The ballot to check before it is cast; and once it is, that it is in."""
    decision = asking.found(request, key)
    carried, standing = _of_mine(request, decision)
    if standing is None or not decisions.is_open_for(decision, "vote"):
        return redirect("ballots:choose", key)
    if carried and not carried.done:
        form = asking.form_for(request, decision, standing, carried.sent)
        if form.is_valid():
            return _checked(request, decision, standing, form, carried.receipt)
        return redirect(f"{reverse('ballots:choose', args=[key])}?edit=yes")
    if standing.took_part:
        return asking.is_in(request, decision, standing)
    return redirect(f"{reverse('ballots:choose', args=[key])}?again=yes")


def _checked(request: Request, decision: Decision, standing: Standing, form: BallotForm, receipt: str) -> HttpResponse:
    marks = form.cleaned_data["marks"]
    context = asking.shown(request, decision, standing, form) | {
        "chosen": showing.checked(form, marks),
        "counted": showing.in_words(form, marks),
        "sent": form.sent(),
        "receipt": receipt,
        "may_keep": not request.actor.is_helping,
    }
    return render(request, "planning/ballots/check.html", context)


@public
@never_cache
@require_POST
@sensitive_post_parameters()
def cast(request: Request, key: UUID) -> HttpResponse:
    """Put the ballot into the box, and go on to its receipt. The same press again leads to the same receipt."""
    decision = asking.found(request, key)
    standing = asking.as_whom(standings(request.actor, decision), request.POST.get("for", ""))
    if standing is None:
        return redirect("ballots:choose", key)
    form = asking.form_for(request, decision, standing, request.POST)
    if form.is_valid() and not (trouble := asking.trouble_with(request, decision, standing, form)):
        try:
            return _done(request, decision, standing, _cast(request, decision, standing, form))
        except actions.Taken:
            again = Waiting(str(standing.party.key), receipts.fresh(decision), asking.typed(form))
            response = redirect("ballots:check", key)
            carry(request, response, decision, again)
            return response
        except (Fault, Refused) as problem:
            explain(form, problem)
    elif form.is_valid():
        form.add_error("receipt", str(asking.TROUBLE[trouble]))
    return render(request, "planning/ballots/choose.html", asking.shown(request, decision, standing, form))


def _cast(request: Request, decision: Decision, standing: Standing, form: BallotForm) -> actions.Done:
    return actions.cast(
        by=request.actor,
        decision=decision,
        voter=standing.party,
        group=form.cleaned_data.get("group", ""),
        said=form.said,
        receipt=request.POST.get("receipt", ""),
        of_age=form.cleaned_data.get("of_age", False),
    )


def _done(request: Request, decision: Decision, standing: Standing, done: actions.Done) -> HttpResponse:
    """From here on the browser carries the receipt and nothing of the choice; that only where they ticked it."""
    keeps = request.POST.get("keep") == "yes" and not request.actor.is_helping
    response = redirect("ballots:receipt", decision.record.key)
    said = Waiting(str(standing.party.key), done.receipt, done=True, changed=done.changed, keeps=keeps)
    carry(request, response, decision, said)
    if keeps:
        keep(request, response, decision, done.marks)
    else:
        let_go(request, response, decision)
    return response


@public
@never_cache
@require_safe
def receipt(request: Request, key: UUID) -> HttpResponse:
    """The receipt of a ballot that was cast just now; later, that it is in."""
    decision = asking.found(request, key)
    carried, standing = _of_mine(request, decision)
    if carried and carried.done:
        context = {"decision": decision, "done": carried, "steps": showing.next_steps(decision)}
        return render(request, "planning/ballots/receipt.html", context)
    if standing is not None and standing.took_part and decisions.is_open_for(decision, "vote"):
        return asking.is_in(request, decision, standing)
    return redirect("ballots:choose", key)


@public
@require_safe
def how(request: Request) -> HttpResponse:
    """How somebody chooses: on a screen, by telephone, on paper; what is secret, and what they can check."""
    return render(request, "planning/ballots/how.html")


@public
@never_cache
@sensitive_post_parameters()
def look_up(request: Request, key: UUID) -> HttpResponse:
    """Whether a receipt was counted: yes or no, and never what it says."""
    decision = asking.found(request, key)
    over = decision.stage != "stopped"  # of a vote that was stopped nothing is counted
    context: dict[str, Any] = {"decision": decision, "closed": over and queries.closed_on(decision)}
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and context["closed"] and form.is_valid():
        if may_try(request, "receipt_look_up"):
            asked = form.cleaned_data["receipt"]
            context["found"] = written(form, lambda: queries.receipt_counted(decision, asked))
            context["asked"] = not form.errors
        else:
            form.add_error("receipt", str(asking.WAIT))
    return render(request, "planning/ballots/look_up.html", context | {"form": form})
