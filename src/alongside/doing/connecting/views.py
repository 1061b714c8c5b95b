"""My introductions, one of them, what may meet a wish, and bringing two together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.doing.connecting import actions, matching, policy, queries, saying
from alongside.doing.connecting.answering import answered, kept
from alongside.doing.connecting.forms import WentForm, YesForm
from alongside.doing.connecting.models import Part
from alongside.ground.history.actor import Actor
from alongside.ground.people.doors import Request, helper, resident
from alongside.knowing.assets.queries import asset as find_asset
from alongside.knowing.outcomes.models import Wish
from alongside.knowing.outcomes.queries import wish as find_wish

both = require_http_methods(["GET", "HEAD", "POST"])


@resident
@never_cache
@require_safe
def mine(request: Request) -> HttpResponse:
    """What waits for me, what goes on, and for somebody who introduces: what they brought together."""
    viewer = request.actor
    introduced = queries.introduced_by(viewer)
    sights = actions.read_as_introducer(by=viewer, introductions=introduced)
    context = {
        "told": queries.told_each(viewer, list(queries.sides(viewer)[:60])),
        "introduced": queries.followed(viewer, introduced, sights),
        "introduces": policy.may_introduce_others(viewer),
        "here": "mine",
    }
    return render(request, "doing/connecting/mine.html", context)


@resident
@never_cache
@both
def one(request: Request, key: UUID) -> HttpResponse:
    """One introduction from my side: yes, not this time, and later how it went."""
    viewer = request.actor
    side = queries.side(viewer, key)
    if side is None:
        raise Http404
    told = queries.told(viewer, side)
    say = request.POST.get("say", "")
    yes = YesForm(request.POST if say == "yes" else None, places=saying.labelled(side))
    how = WentForm(request.POST if say == "how" else None, wisher=told.is_wisher)
    if request.method == "POST" and answered(request, side, say, yes, how):
        return redirect("connecting:one", key=key)
    sight = actions.read_other(by=viewer, side=side)
    context = {"told": told, "side": side, "form": yes, "how": how, "here": "mine"}
    context |= {"bound": next((form for form in (yes, how) if form.is_bound), None)}
    context |= {"contact": queries.contact(sight) if sight else None}
    return render(request, "doing/connecting/one.html", context)


def _wish(viewer: Actor, key: UUID) -> Wish:
    """The wish where it is the viewer's own, or where they may introduce others to what may meet it."""
    wish = find_wish(viewer, key)
    if wish is None or not (policy.owns_wish(viewer, wish) or policy.may_introduce_others(viewer)):
        raise Http404
    return wish


@resident
@never_cache
@require_safe
def for_wish(request: Request, key: UUID) -> HttpResponse:
    """What may meet a wish, best first, with why."""
    viewer = request.actor
    wish = _wish(viewer, key)
    context = {"wish": wish, "fits": matching.rows(viewer, wish), "own": policy.owns_wish(viewer, wish), "here": "mine"}
    return render(request, "doing/connecting/for_wish.html", context)


@resident
@never_cache
@require_safe
def for_asset(request: Request, key: UUID) -> HttpResponse:
    """Wishes that others let me see and that something of mine may meet."""
    viewer = request.actor
    asset = find_asset(viewer, key)
    if asset is None or not policy.owns_asset(viewer, asset):
        raise Http404
    context = {"asset": asset, "wishes": matching.wishes_for(viewer, asset), "here": "mine"}
    return render(request, "doing/connecting/for_asset.html", context)


@helper
@never_cache
@require_safe
def waiting_wishes(request: Request) -> HttpResponse:
    """Wishes that people let others see, for somebody who introduces; without names."""
    viewer = Actor(person=request.actor.person)
    context = {"wishes": matching.wishes_of_others(viewer)[:60], "here": "mine"}
    return render(request, "doing/connecting/wishes.html", context)


@resident
@never_cache
@both
def propose(request: Request, wish: UUID, asset: UUID) -> HttpResponse:
    """Ask to be introduced, say that I may have what somebody wishes for, or bring two others together."""
    viewer = request.actor
    wished, thing = find_wish(viewer, wish), find_asset(viewer, asset)
    part = policy.part_of(viewer, wished, thing) if wished and thing else ""
    if wished is None or thing is None or not part:
        raise Http404
    places = saying.places(False, not thing.record.owner.is_person)
    form = YesForm(request.POST or None, places=places) if part in Part.values else None
    if request.method == "POST" and (form is None or form.is_valid()):
        given: dict[str, Any] = form.cleaned_data if form else {}
        key = request.POST.get("key", "")
        side = kept(request, form, lambda: actions.propose(by=viewer, wish=wished, asset=thing, key=key, **given))
        if side is not None:
            messages.success(request, _("They are asked. You hear when they have answered."))
            return redirect("connecting:one", key=side.record.key) if form else redirect("connecting:mine")
    context = {"wish": wished, "asset": thing, "part": part, "form": form, "here": "mine"}
    return render(request, "doing/connecting/propose.html", context)
