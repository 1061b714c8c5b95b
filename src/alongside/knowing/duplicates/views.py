"""Likely duplicates side by side: the same, not the same, or ask the holders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from alongside.ground.history.acting import Fault
from alongside.ground.people.doors import Request, careful, role
from alongside.ground.people.models import Role
from alongside.ground.people.queries import acts_as_steward
from alongside.knowing.assets import wording as assets
from alongside.knowing.duplicates import actions, policy, queries
from alongside.knowing.duplicates.models import LikelyPair
from alongside.knowing.duplicates.wording import for_and_against


@role(Role.PLACE_STEWARD)
@never_cache
@require_GET
def lists(request: Request) -> HttpResponse:
    """All that waits for a steward's look."""
    waiting = queries.waiting(request.actor)
    likeliest = list(waiting[:20])
    both = queries.sides_each(request.actor, likeliest)
    shown = [(pair, two, *for_and_against(pair.reasons)) for pair, two in zip(likeliest, both, strict=True)]
    context = {"pairs": shown, "more": max(0, waiting.count() - len(shown)), "here": "desk"}
    return render(request, "knowing/duplicates/list.html", context)


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: Request, key: UUID) -> HttpResponse:
    by = request.actor
    found = queries.pair(by, key)
    if found is None:
        raise Http404
    form = forms.Form(request.POST or None)
    if request.method == "POST" and _done(request, found, form):
        return redirect("duplicates:lists" if acts_as_steward(by) else "notices:mine")
    speaks, against = for_and_against(found.reasons)
    merged = queries.merging(by, found)
    context = {
        "pair": found,
        "form": form,
        "sides": [_side(by, found, asset) for asset in queries.sides(by, found)],
        "for": speaks,
        "against": against,
        "merged": merged,
        "may_undo": merged is not None and policy.may_undo(by=by, merging=merged),
        "may_ask": policy.may_ask(by=by) and found.state == "waiting",
    }
    return render(request, "knowing/duplicates/pair.html", context)


def _side(by: Any, found: LikelyPair, asset: Any) -> dict[str, Any]:
    owner = asset.record.owner
    return {
        "asset": asset,
        "owner": owner,
        "keep": f"keep-{asset.record.key}",
        "name": assets.shown_name(owner),
        "holder": assets.holder_said(owner),
        "rows": assets.glance(asset),
        "may_stay": policy.may_merge(by=by, pair=found, stays=asset.record),
    }


def _done(request: Request, found: LikelyPair, form: forms.Form) -> bool:
    """Do what the pressed button says; a fault stands on the page."""
    by, asked, once = request.actor, request.POST.get("do", ""), request.POST.get("key", "")
    record = next((one for one in (found.one, found.other) if asked == f"keep-{one.key}"), None)
    merged = queries.merging(by, found)
    try:
        if record is not None:
            actions.merge(by=by, pair=found, stays=record, key=once)
        elif asked == "different":
            actions.say_different(by=by, pair=found, key=once)
        elif asked == "ask":
            actions.ask_holders(by=by, pair=found, key=once)
        elif asked == "undo" and merged is not None:
            actions.undo(by=by, merging=merged, key=once)
        else:
            raise Fault("do", _("Choose one of these"))
    except Fault as fault:
        form.is_valid()
        form.add_error(None, fault.message)
        return False
    messages.success(request, _("Thank you. That is kept."))
    return True
