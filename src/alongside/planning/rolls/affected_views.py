"""Pages of people directly affected: say that you are one, and confirm it of somebody else, before the vote opens."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.explaining import explain
from alongside.ground.people.doors import Request, careful
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.addresses import run
from alongside.planning.decisions.models import Decision
from alongside.planning.rolls import actions, queries
from alongside.planning.rolls.forms import KnownForm


@careful
@never_cache
def affected(request: Request, key: UUID) -> HttpResponse:
    """Say that you are directly affected, or take it back; and whoever is one of them confirms it of others."""
    decision = decisions.decision(request.actor, key)
    if decision is None or not queries.is_before(decision) or not queries.affected_groups(decision, request.actor.me):
        raise Http404
    confirms = request.POST.get("do") == "confirm"
    form = KnownForm(request.POST if confirms else None)
    if request.method == "POST" and (form.is_valid() or not confirms) and _written(request, decision, form):
        return redirect("rolls:affected", key)
    return render(request, "planning/rolls/affected.html", _shown(request, decision, form))


def _written(request: Request, decision: Decision, form: KnownForm) -> bool:
    given: dict[str, Any] = {"by": request.actor, "decision": decision, "key": request.POST.get("key", "")}
    try:
        if form.is_bound:
            actions.confirm(name=form.cleaned_data["name"], **given)
            messages.success(request, _("It is confirmed. Your name stands beside it on the roll."))
        else:
            group = decision.groups.filter(key=request.POST.get("group", "")).first()
            actions.say_affected(group=group if request.POST.get("do") == "say" else None, **given)
    except (Fault, Refused) as problem:
        if not form.is_bound:
            messages.warning(request, getattr(problem, "message", "") or str(problem))
            return True
        explain(form, problem)
    return not form.errors


def _shown(request: Request, decision: Decision, form: KnownForm) -> dict[str, Any]:
    mine = next((one for one in queries.standings(request.actor, decision) if one.party == request.actor.party), None)
    seat = mine.seat if mine is not None else None
    said = seat is not None and seat.says is not None
    confirmed = seat is not None and (seat.confirmed_by_id is not None or seat.group.affected)
    return {
        "decision": decision,
        "vote": decisions.phase(decision, "vote"),
        "groups": queries.affected_groups(decision, request.actor.me),
        "says": seat.says if seat is not None else None,
        "put": queries.how_put(mine) if mine is not None and confirmed else "",
        "may_unsay": said,
        "confirming": queries.confirms_for(request.actor, decision),
        "form": form,
    }


@careful
@never_cache
@require_POST
def confirm(request: Request, key: UUID) -> HttpResponse:
    """Whoever keeps the roll confirms it of somebody who waits."""
    decision = run(request.actor, key)
    waits = {str(seat.pk): seat for seat in queries.waiting(request.actor, decision)}
    seat = waits.get(request.POST.get("seat", ""))
    try:
        if seat is not None:
            actions.confirm(by=request.actor, decision=decision, seat=seat, key=request.POST.get("key", ""))
            messages.success(request, _("It is confirmed. Your name stands beside it on the roll."))
    except (Fault, Refused) as problem:
        messages.warning(request, getattr(problem, "message", "") or str(problem))
    return redirect("rolls:roll", key)
