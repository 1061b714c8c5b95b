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

from alongside.ground.helping.actions import WAYS
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
    """My cards from a workshop: which may be shown, and to whom; and for a while, that it was not I who answered."""
    asking = queries.asked_by(token)
    if asking is None:
        return render(request, "knowing/workshops/over.html", status=404)
    guest, mine = asking.guest, _signed_in_as(request, asking.guest)
    form = forms.AnswerForm(asking.cards, request.POST or None, mine=mine)
    if request.method == "POST" and _answered(request, guest, form):
        return redirect("workshops:answer", token)
    context = {"asking": asking, "form": form, "workshop": guest.workshop, "sum": queries.sum_of(asking.cards)}
    return render(request, "knowing/workshops/answer.html", context)


def _answered(request: Request, guest: Guest, form: Any) -> bool:
    do, once, seen = (request.POST.get(name, "") for name in ("do", "key", "seen"))
    if do in ("wrong", "dispute"):
        act = actions.not_me if do == "wrong" else actions.dispute
        act(by=actions.LINK, guest=guest, key=once)
        return True
    given: dict[str, Any] = {"yes": []}
    by: Actor | None = actions.LINK
    if form.is_valid() and do != "no":
        given = dict(form.cleaned_data)
        by = _who(request, guest, given.pop("whose", ""))
    elif do == "no":
        form.errors.clear()  # nothing has to be ticked to say no
    if by is None:
        form.add_error("whose", _("Sign out first. Then open your link again."))
    if not form.errors and by is not None:
        who = by
        kept(form, lambda: actions.answer(by=who, guest=guest, seen=seen, key=once, **given), refused=True)
    return not form.errors


def _signed_in_as(request: Request, guest: Guest) -> str:
    """Who is signed in on this screen, where the link does not prove that the cards are theirs."""
    if not request.user.is_authenticated or request.actor.is_helping:
        return ""
    email = request.user.email or ""
    return "" if email.casefold() == guest.reach.casefold() != "" else request.actor.me.name


def _who(request: Request, guest: Guest, whose: str) -> Actor | None:
    """Whoever is signed in here and says that the cards are theirs; else by the address that the link went to, or a
    new page on this device. Nobody while another is signed in here."""
    if request.user.is_authenticated and not request.actor.is_helping and whose != "other":
        return request.actor
    if "@" in guest.reach:
        return actions.LINK
    return None if whose == "other" else known(request)


@careful
@never_cache
@both
@sensitive_post_parameters("word")
def say(request: Request, key: UUID, guest: UUID) -> HttpResponse:
    """What a guest says on the spot, by telephone or on paper, written down for them."""
    workshop, sight = found(request, key)
    one = queries.guest(sight, guest)
    if one is None or not queries.may_lead(request.actor, workshop):
        raise Http404
    cards = queries.waiting(one)
    form = forms.SayForm(cards, request.POST or None)
    if request.POST.get("do") == "forget":
        return _forget(request, one)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        by = request.actor.by_way_of(given.pop("source"))
        once, seen = request.POST.get("key", ""), request.POST.get("seen")
        opened = kept(form, lambda: actions.say_for(by=by, guest=one, seen=seen, key=once, **given), refused=True)
        if opened is not None:
            return redirect("helping:card", key=opened.basis.key)
        if not form.errors:
            messages.success(request, _("They said no. Their cards are wiped."))
            return redirect("workshops:people", key)
    context = {"workshop": workshop, "guest": one, "form": form, "sum": queries.sum_of(cards)}
    return render(request, "knowing/workshops/say.html", context)


def _forget(request: Request, guest: Guest) -> HttpResponse:
    actions.forget_guest(by=_spoke(request), guest=guest, key=request.POST.get("key", ""))
    messages.success(request, _("They are taken out. Nothing of theirs is left here."))
    return redirect("workshops:people", guest.workshop.record.key)


def _spoke(request: Request) -> Actor:
    """Whoever writes it down, with the way in which they spoke, where they said so."""
    source = request.POST.get("source", "")
    return request.actor.by_way_of(source) if source in WAYS else request.actor
