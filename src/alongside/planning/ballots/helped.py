"""Pages about choices that a helper wrote down: to say "this was not me", and all of them for who keeps the roll."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from alongside.ground.people.doors import Request, careful, public
from alongside.planning.ballots.asking import found
from alongside.planning.ballots.queries import closed_on
from alongside.planning.decisions import queries as decisions
from alongside.planning.rolls import actions, queries


@public
@never_cache
def mine(request: Request, key: UUID) -> HttpResponse:
    """Who wrote my choice down, and the way to say that I never asked for it."""
    decision = found(request, key)
    roll = queries.my_help(request.actor, decision)
    if roll is None:
        raise Http404
    if request.method == "POST":
        actions.not_me(by=request.actor, decision=decision, voter=request.actor.me, key=request.POST.get("key", ""))
        return redirect("ballots:not_me", key)
    return render(request, "planning/ballots/not_me.html", {"decision": decision, "roll": roll})


@careful
@never_cache
def everybody(request: Request, key: UUID) -> HttpResponse:
    """Every choice that a helper wrote down, with a letter for each; and what somebody said by telephone or letter."""
    decision = found(request, key)
    if not decisions.may_run(request.actor, decision):
        raise Http404
    rows = queries.helped(request.actor, decision)
    if request.method == "POST":
        theirs = {str(row.seat.party.key): row.seat.party for row in rows if row.seat.party is not None}
        voter = theirs.get(request.POST.get("person", ""))
        if voter is None:
            raise Http404
        actions.not_me(by=request.actor, decision=decision, voter=voter, key=request.POST.get("key", ""))
        messages.success(request, _("It is noted. The count stays as it is."))
        return redirect("ballots:helped", key)
    context = {"decision": decision, "rows": rows, "closed": closed_on(decision)}
    return render(request, "planning/ballots/helped.html", context | {"disputed": queries.disputed(decision)})
