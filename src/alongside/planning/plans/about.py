"""The page of everything that a thing wanted may be about, and the tap that says so, from there or beside the ideas."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from alongside.ground.history.acting import Fault
from alongside.ground.people.doors import Request, resident
from alongside.planning.plans import actions, queries
from alongside.planning.plans.making import mine
from alongside.planning.plans.tapping import chosen_for, everything, tapped


@resident
@never_cache
def about(request: Request, key: UUID) -> HttpResponse:
    """Everything that a wish may be about, by part of life, for whoever would rather choose than be guessed at."""
    actor, plan, sight = mine(request)
    outcome = next((one for one in queries.wanted(sight, plan) if one.record.key == key), None)
    if outcome is None:
        raise Http404
    said = chosen_for(plan, outcome)
    if request.method == "POST":
        chosen = tapped(said, request.POST.get("add", ""), request.POST.get("drop", ""))
        try:
            actions.say_about(by=actor, plan=plan, outcome=outcome, about=chosen, key=request.POST.get("key", ""))
        except Fault as fault:
            messages.error(request, fault.message)
        return redirect(f"{reverse('plans:ideas', args=[key])}#about")
    return render(request, "planning/plans/about.html", {"outcome": outcome, "parts": everything(said)})
