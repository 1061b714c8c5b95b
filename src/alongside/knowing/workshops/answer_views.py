"""A guest answers by their link; or says it to somebody who writes it down.

Opening the link changes nothing: mail programs open links by themselves. Only the button does.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alongside.ground.history.actor import Actor
from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, careful, known, public
from alongside.knowing.workshops import actions, forms, queries
from alongside.knowing.workshops.models import Guest
from alongside.knowing.workshops.views import found

both = require_http_methods(["GET", "HEAD", "POST"])


@public
@never_cache
@both
def answer(request: Request, token: str) -> HttpResponse:
    """My cards from a workshop: which may be shown, and to whom."""
    asking = queries.asked_by(token)
    if asking is None:
        return render(request, "knowing/workshops/over.html", status=404)
    form = forms.AnswerForm(asking.cards, request.POST or None)
    if request.method == "POST" and _answered(request, asking.guest, form):
        return redirect("workshops:answer", token)
    waits = asking.guest.answered_at is None
    context = {"asking": asking, "form": form, "waits": waits, "workshop": asking.guest.workshop}
    return render(request, "knowing/workshops/answer.html", context)


def _answered(request: Request, guest: Guest, form: Any) -> bool:
    do, once = request.POST.get("do", ""), request.POST.get("key", "")
    if do == "wrong":
        actions.not_me(by=actions.LINK, guest=guest)
        return True
    if do == "no":
        actions.answer(by=actions.LINK, guest=guest, yes=[], key=once)
        return True
    if form.is_valid():
        by = _who(request, guest) if form.cleaned_data["yes"] else actions.LINK
        kept(form, lambda: actions.answer(by=by, guest=guest, key=once, **form.cleaned_data), refused=True)
    return not form.errors


def _who(request: Request, guest: Guest) -> Actor:
    """Whoever is signed in here; else by the address that the link went to, or a new page on this device."""
    if request.user.is_authenticated and not request.actor.is_helping:
        return request.actor
    return actions.LINK if "@" in guest.reach else known(request)


@careful
@never_cache
@both
@sensitive_post_parameters("word")
def say(request: Request, key: UUID, guest: UUID) -> HttpResponse:
    """What a guest says on the spot, by telephone or on paper, written down for them."""
    workshop, sight = found(request, key)
    one = queries.guest(sight, guest)
    if one is None:
        raise Http404
    form = forms.SayForm(queries.waiting(one), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        by = request.actor.by_way_of(given.pop("source"))
        once = request.POST.get("key", "")
        opened = kept(form, lambda: actions.say_for(by=by, guest=one, key=once, **given), refused=True)
        if opened is not None:
            return redirect("helping:card", key=opened.basis.key)
        if not form.errors:
            messages.success(request, _("They said no. Their cards are wiped."))
            return redirect("workshops:people", key)
    return render(request, "knowing/workshops/say.html", {"workshop": workshop, "guest": one, "form": form})
