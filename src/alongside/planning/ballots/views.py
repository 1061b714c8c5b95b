"""Pages of a ballot: choose, check, cast, receipt; and to look up, after the count, whether a receipt was counted.

Nothing that somebody picks is in an address, a session or a message: it travels in the form, and the receipt is the
answer to the form.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.explaining import explain
from alongside.ground.history.explaining import kept as written
from alongside.ground.people.doors import Request, public
from alongside.planning.ballots import actions, queries, receipts, showing
from alongside.planning.ballots.forms import BallotForm, ReceiptForm
from alongside.planning.ballots.keeping import keep, let_go
from alongside.planning.ballots.options import barred_for, in_their_order
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas import queries as ideas
from alongside.planning.rolls.queries import Standing, answers_for_it, standings

WAIT = gettext_lazy("You have tried a lot in a short time. Wait a little and try again, or ring us")


def _found(request: Request, key: UUID) -> Decision:
    decision = decisions.decision(request.actor, key)
    if decision is None or decision.stage == "draft" or not decision.terms.secret:
        raise Http404
    return decision


def _standing(mine: list[Standing], asked: str) -> Standing | None:
    """As whom somebody chooses: the one they named, or the only one there is."""
    named = next((one for one in mine if str(one.party.key) == asked), None)
    return named or (mine[0] if len(mine) == 1 else None)


def _form(request: Request, decision: Decision, standing: Standing, data: Any = None) -> BallotForm:
    options = ideas.options(request.actor, decision)
    mixed = in_their_order(options, decision, standing.party)
    barred = barred_for(decision, standing.party, {option.n: option.pk for option in options})
    return BallotForm(decision.terms, standing, mixed, barred, data, helping=request.actor.is_helping)


def _shown(request: Request, decision: Decision, standing: Standing, form: BallotForm) -> dict[str, Any]:
    return {
        "decision": decision,
        "record": decision.record,
        "standing": standing,
        "form": form,
        "lines": list(form.lines(ideas.objections_left(decision))),
        "asks": showing.asks(form),
        "vote": decisions.phase(decision, "vote"),
        "small": answers_for_it(standing),
        "other": standing.party != request.actor.party,
    }


@public
@never_cache
@sensitive_post_parameters()
def choose(request: Request, key: UUID) -> HttpResponse:
    """The ballot, and with a POST the page to check it; who has no place is shown the ways to one."""
    decision = _found(request, key)
    if not decisions.is_open_for(decision, "vote") or queries.closed_on(decision):
        vote = decisions.phase(decision, "vote")
        return render(
            request, "planning/ballots/shut.html", {"decision": decision, "vote": vote, "today": decisions.today()}
        )
    mine = standings(request.actor, decision)
    if not mine:
        return redirect("rolls:place", key)
    standing = _standing(mine, request.GET.get("for", "") or request.POST.get("for", ""))
    if standing is None:
        return render(request, "planning/ballots/whom.html", {"decision": decision, "mine": mine})
    form = _form(request, decision, standing, request.POST or None)
    if (
        request.method == "POST"
        and request.POST.get("do") == "check"
        and form.is_valid()
        and _may_try(request, decision, standing, form)
    ):
        receipt = form.cleaned_data.get("receipt") or receipts.fresh(decision)
        return _check(request, decision, standing, form, receipt)
    return render(request, "planning/ballots/choose.html", _shown(request, decision, standing, form))


def _may_try(request: Request, decision: Decision, standing: Standing, form: BallotForm) -> bool:
    """Whether the receipt is one, for whoever would change their choice; each person has few tries."""
    if "receipt" not in form.fields:
        return True
    if not ratelimit.consume(request, action="receipt", key=str(request.actor.me.pk)):
        form.add_error("receipt", str(WAIT))
    elif form.is_valid() and not queries.can_be_changed(decision, standing.group, form.cleaned_data["receipt"]):
        form.add_error("receipt", _("No choice in your group has this receipt. Look at each word again."))
    return not form.errors


def _check(request: Request, decision: Decision, standing: Standing, form: BallotForm, receipt: str) -> HttpResponse:
    marks = form.cleaned_data["marks"]
    context = _shown(request, decision, standing, form) | {
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
    """Put the ballot into the box and show its receipt. The same press again shows the same receipt."""
    decision = _found(request, key)
    standing = _standing(standings(request.actor, decision), request.POST.get("for", ""))
    if standing is None:
        return redirect("ballots:choose", key)
    form = _form(request, decision, standing, request.POST)
    done = None
    if form.is_valid() and _may_try(request, decision, standing, form):
        try:
            done = _cast(request, decision, standing, form)
        except actions.Taken:
            return _check(request, decision, standing, form, receipts.fresh(decision))
        except (Fault, Refused) as problem:
            explain(form, problem)
    if done is None:
        return render(request, "planning/ballots/choose.html", _shown(request, decision, standing, form))
    return _receipt(request, decision, done)


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


def _receipt(request: Request, decision: Decision, done: actions.Done) -> HttpResponse:
    keeps = request.POST.get("keep") == "yes" and not request.actor.is_helping
    context = {"decision": decision, "done": done, "steps": showing.next_steps(decision), "keeps": keeps}
    response = render(request, "planning/ballots/receipt.html", context)
    if keeps:
        keep(request, response, decision, done.marks)
    else:
        let_go(request, response, decision)
    return response


@public
@never_cache
@sensitive_post_parameters()
def look_up(request: Request, key: UUID) -> HttpResponse:
    """Whether a receipt was counted: yes or no, and never what it says."""
    decision = _found(request, key)
    over = decision.stage != "stopped"  # of a vote that was stopped nothing is counted
    context: dict[str, Any] = {"decision": decision, "closed": over and queries.closed_on(decision)}
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and context["closed"] and form.is_valid():
        if ratelimit.consume(request, action="receipt_look_up"):
            receipt = form.cleaned_data["receipt"]
            context["found"] = written(form, lambda: queries.receipt_counted(decision, receipt))
            context["asked"] = not form.errors
        else:
            form.add_error("receipt", str(WAIT))
    return render(request, "planning/ballots/look_up.html", context | {"form": form})
