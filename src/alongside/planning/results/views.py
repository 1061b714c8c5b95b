"""Pages of what came of a decision: how it was worked out, and the button that has it counted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.people.doors import Request, careful, public
from alongside.planning.ballots.queries import kept
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.addresses import found
from alongside.planning.decisions.models import Decision, Stage
from alongside.planning.ideas.queries import provenance
from alongside.planning.results import actions, queries, showing


def _declared(request: Request, key: UUID) -> Decision:
    """The decision of an address, or not found for whoever may not see it and while it is a draft."""
    decision = found(request.actor, key)
    if decision.stage == Stage.DRAFT:
        raise Http404
    return decision


@public
@never_cache
@require_safe
def one(request: Request, key: UUID) -> HttpResponse:
    """What came of a decision and why, round by round; who held the say and who paid; how to check it."""
    decision = _declared(request, key)
    result = queries.result(request.actor, decision)
    if result is None:
        return redirect("decisions:one", key)
    page = showing.shown(decision, result)
    context: dict[str, Any] = {
        "decision": decision,
        "record": decision.record,
        "result": result,
        "page": page,
        "mine": showing.paid_for(page, kept(request, decision)),
        "told": provenance(decision),
        "may_talk": result.state != Stage.DECIDED and decisions.may_run(request.actor, decision),
    }
    return render(request, "planning/results/one.html", context)


@careful
@require_POST
def count(request: Request, key: UUID) -> HttpResponse:
    """Close the box and count, now that the days of the vote are over."""
    decision = _declared(request, key)
    try:
        actions.close_and_count(by=request.actor, decision=decision, key=request.POST.get("key", ""))
    except Refused as refused:
        messages.warning(request, refused.sentence)
    except Fault as fault:
        messages.warning(request, fault.message)
    else:
        messages.success(request, _("It is counted."))
    return redirect("results:one", key)
