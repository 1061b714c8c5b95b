"""Pages of who is around me: the picture with its list, and one form for one person. No account or scripts needed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.ground.history.actor import Actor
from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, known, public, resident
from alongside.knowing.networks import actions, days, queries
from alongside.knowing.networks.forms import NearForm
from alongside.knowing.networks.models import Near, Network


def mine(viewer: Actor) -> Network | None:
    """The picture of whoever this page is for."""
    return queries.network_of(viewer, viewer.party) if viewer.party is not None else None


@public
@never_cache
@require_safe
def around(request: Request) -> HttpResponse:
    """Everybody round me, as a picture and as a list that say the same."""
    viewer = request.actor
    network = mine(viewer)
    sight = actions.read(by=viewer, network=network) if network else None
    shown = queries.picture(sight, network, request.GET.get("only", "")) if sight and network else None
    kept = days.kept(sight, network) if sight and network else []
    there = [one.near for one in shown.everybody] if shown else []
    asked = queries.written_elsewhere(viewer, viewer.party, there) if viewer.party else []
    week = queries.to_join(viewer, there, timezone.localdate())
    context = {"picture": shown, "asked": asked, "me": viewer.party, "week": week, "kept": kept}
    return render(request, "knowing/networks/around.html", context)


@public
@never_cache
def add(request: Request) -> HttpResponse:
    """One more, on a ring. Pressed on the picture's page for a name written before, it goes straight there."""
    form = NearForm([], request.POST or None, initial={"name": request.GET.get("name", "")[:80], "ring": 1})
    if request.method == "POST" and form.is_valid() and _tried(form, lambda: _put(request, form)):
        return redirect("networks:around")
    return render(request, "knowing/networks/one.html", {"form": form, "near": None})


def _put(request: Request, form: forms.Form) -> None:
    actor = known(request)
    given = {name: form.cleaned_data[name] for name in ("name", "ring", "kind", "words", "often", "helps")}
    actions.put(by=actor, owner=actor.me, key=request.POST.get("key", ""), **given)


@resident
@never_cache
def change(request: Request, key: UUID) -> HttpResponse:
    """Change one of them, or say whom they know."""
    viewer = request.actor
    near = _found(viewer, key)
    now: dict[str, Any] = {name: getattr(near, name) for name in ("name", "ring", "kind", "words", "often", "helps")}
    now["knows"] = [str(one) for one in queries.known_to(near)]
    form = NearForm(queries.others(near.network, near), request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data, knows=[UUID(one) for one in form.cleaned_data.get("knows", [])])
        key_ = request.POST.get("key", "")
        if _tried(form, lambda: actions.change(by=viewer, near=near, key=key_, **given)):
            return redirect("networks:around")
    return render(request, "knowing/networks/one.html", {"form": form, "near": near})


@resident
@require_POST
def take_out(request: Request, key: UUID) -> HttpResponse:
    """Out of the picture."""
    near = _found(request.actor, key)
    actions.take_out(by=request.actor, near=near, key=request.POST.get("key", ""))
    messages.success(request, _("%(name)s is out of your picture.") % {"name": near.name})
    return redirect("networks:around")


def _found(viewer: Actor, key: UUID) -> Near:
    network = mine(viewer)
    near = queries.one_of(network, key) if network is not None else None
    if network is None or near is None:
        raise Http404
    actions.read(by=viewer, network=network)
    return near


def _tried(form: forms.Form, write: Any) -> bool:
    kept(form, write, refused=True)
    return not form.errors
