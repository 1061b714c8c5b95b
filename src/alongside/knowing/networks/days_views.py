"""Pages of two days side by side: keep how it is today, look at a kept day beside a later one, let a day go."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.ground.history.acting import Fault
from alongside.ground.people.doors import Request, resident
from alongside.knowing.networks import actions, days
from alongside.knowing.networks.models import Network
from alongside.knowing.networks.views import mine


@resident
@require_POST
def keep(request: Request) -> HttpResponse:
    """Keep how it is today."""
    try:
        actions.keep(by=request.actor, network=_network(request), key=request.POST.get("key", ""))
        messages.success(request, _("Kept, as it is today. You can look at it beside a later day."))
    except Fault as fault:
        messages.error(request, fault.message)
    return redirect("networks:around")


@resident
@never_cache
@require_safe
def then(request: Request, day: str) -> HttpResponse:
    """A kept day beside now, or beside another that was kept."""
    network = _network(request)
    sight = actions.read(by=request.actor, network=network)
    other = _day(request.GET["and"]) if request.GET.get("and") else None
    first, later = sorted((_day(day), other)) if other else (_day(day), None)
    two = days.side_by_side(sight, network, first, later)
    if two is None:
        raise Http404
    others = [one for one in days.kept(sight, network) if one.day not in {first, later}]
    context = {"two": two, "first": first, "later": later, "day": _day(day), "others": others}
    return render(request, "knowing/networks/then.html", context)


@resident
@require_POST
def let_go(request: Request, day: str) -> HttpResponse:
    """A kept day, and everybody in it, is kept no longer."""
    actions.let_go(by=request.actor, network=_network(request), day=_day(day), key=request.POST.get("key", ""))
    messages.success(request, _("That day is not kept any more."))
    return redirect("networks:around")


def _network(request: Request) -> Network:
    network = mine(request.actor)
    if network is None:
        raise Http404
    return network


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Http404 from None
