"""The stewards' desk: what waits for a look, and what the other rooms hang there."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from alongside.ground.people.doors import Request, role
from alongside.ground.people.models import Role
from alongside.ground.records.actions import let_through, turn_back
from alongside.ground.records.forms import TurnBackForm
from alongside.ground.records.queries import held, words_of, words_of_each

steward = role(Role.PLACE_STEWARD)


@steward
@never_cache
@require_GET
def desk(request: Request) -> HttpResponse:
    waiting = list(held(request.actor)[:100])
    given = {"waiting": list(zip(waiting, words_of_each(waiting), strict=True))}
    return render(request, "ground/records/desk.html", given)


@steward
@require_POST
def let(request: Request, key: str) -> HttpResponse:
    record = get_object_or_404(held(request.actor), key=key)
    seen = request.POST.get("seen", "")[:9]
    rev = int(seen) if seen.isdecimal() else None
    let_through(by=request.actor, record=record, seen=rev, key=request.POST.get("key", ""))
    return redirect("desk:home")


@steward
@never_cache
def back(request: Request, key: str) -> HttpResponse:
    record = get_object_or_404(held(request.actor), key=key)
    form = TurnBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        turn_back(by=request.actor, record=record, reason=form.cleaned_data["reason"])
        return redirect("desk:home")
    given = {"form": form, "record": record, "words": words_of(record)}
    return render(request, "ground/records/turn_back.html", given)
