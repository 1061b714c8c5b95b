"""Pages of what I can do, know and lend: eight pages of ticks, the list that comes of it, and a sheet to print."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, known, public
from alongside.knowing.gifts import actions, queries
from alongside.knowing.gifts.forms import Ticks


@public
@never_cache
@require_safe
def mine(request: Request) -> HttpResponse:
    """Everything I have ticked, ready to print and to share one by one; or where to begin."""
    pages, rest = queries.had(request.actor, request.actor.party)
    rows = [(one.part.words, one.part.key, one.things) for one in pages]
    next_key = next((one.part.key for one in pages if not one.things), None)
    context = {"pages": rows, "rest": rest, "any": any(one.things for one in pages) or rest, "next_key": next_key}
    return render(request, "knowing/gifts/mine.html", {**context, "first": pages[0].part.key, "here": "mine"})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: Request, key: str) -> HttpResponse:
    """One page of ticks. Each is kept at once, so anyone can stop here and go on another day."""
    pages, _rest = queries.had(request.actor, request.actor.party)
    keys = [one.part.key for one in pages]
    if key not in keys:
        raise Http404
    step = keys.index(key)
    form = Ticks(pages[step], request.POST or None)
    if request.method == "POST" and form.is_valid() and _noted(request, form, key):
        onward = step + 1 < len(keys) and "stop" not in request.POST
        return redirect("gifts:part", keys[step + 1]) if onward else redirect("gifts:mine")
    context = {"form": form, "had": pages[step], "step": step + 1, "steps": len(keys), "here": "mine"}
    return render(request, "knowing/gifts/part.html", {**context, "before": keys[step - 1] if step else ""})


def _noted(request: Request, form: Ticks, key: str) -> bool:
    by, once, given = known(request), request.POST.get("key", ""), form.cleaned_data
    kept(form, lambda: actions.note(by=by, owner=by.me, part=key, key=once, **given), refused=True)
    return not form.errors


@public
@require_safe
def sheet(request: Request) -> HttpResponse:
    """The same questions on paper, to fill in at a kitchen table."""
    return render(request, "knowing/gifts/sheet.html", {"parts": queries.parts(), "here": "mine"})
