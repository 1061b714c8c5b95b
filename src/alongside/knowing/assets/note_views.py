"""The page that opens without a signal; what it needs for that; and what it sends when there is one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.explaining import explain
from alongside.ground.people.device import keeps
from alongside.ground.people.doors import Request, public, signed_in
from alongside.knowing.assets import noting
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.note_forms import Note

COOKIE, PATH = "alongside_notes", "/no-signal/"
DAYS = 30
keeps(COOKIE, PATH, signed_in=True)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request) -> HttpResponse:
    """Write one thing down. With scripts it is kept on the device first; without them this is a form like others."""
    form = Note(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _noted(request, form)
        if made is not None:
            messages.success(request, _("It is kept. Only you can see it."))
            return redirect("assets:check", key=made.record.key)
    return render(request, "knowing/assets/no_signal.html", {"form": form, "here": "mine"})


def _noted(request: Request, form: Note) -> Asset | None:
    by, once, anyway = request.actor, request.POST.get("key", ""), request.POST.get("anyway") == "1"
    given, place = form.given(), form.place()
    try:
        return noting.note(by=by, holder=by.me, place=place, anyway=anyway, key=once, **given)
    except Fault as problem:
        explain(form, problem)
        form.there = problem.asset if isinstance(problem, noting.AlreadyThere) else None
        return None


@public
@require_safe
def kept_page(request: Request) -> HttpResponse:
    """The same page as a device keeps it: the same for everybody, with nobody's name, token or place on it."""
    return HttpResponse(render_to_string("knowing/assets/no_signal_kept.html", {"form": Note()}))


@public
@require_safe
def worker(request: Request) -> HttpResponse:
    """The script that keeps the page, and what it looks like, on the device; it has no say beyond this folder."""
    text = render_to_string("knowing/assets/no_signal_worker.js")
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@signed_in
@never_cache
@require_safe
def whose(request: Request) -> HttpResponse:
    """Whose notes this device may open from now on, and the safety token for sending them."""
    if request.actor.is_helping:
        return _no(_helping(request.actor))
    number, key = noting.lock_of(request.actor.me)
    response = JsonResponse({"whose": number, "token": get_token(request)})
    secure = settings.SECURE_COOKIES or request.is_secure()
    response.set_cookie(COOKIE, f"{number}.{key}", DAYS * 86_400, path=PATH, samesite="Lax", secure=secure)
    return response


@signed_in
@require_POST
def send(request: Request) -> HttpResponse:
    """Take each note or say what is in its way; the answers come in the order of the notes."""
    by, began = request.actor, timezone.now()
    if by.is_helping:
        return _no(_helping(by))
    try:
        number, notes = noting.read(request.body)
    except RequestDataTooBig:
        return _no(_("That is too much in one go. Send fewer things at a time."), 413)
    except ValueError:
        return _no(_("What came could not be read. It still waits on this phone."), 400)
    if not constant_time_compare(number.encode("utf-8", "replace"), noting.lock_of(by.me)[0].encode()):
        return _no(_("Somebody else is signed in here now. What you wrote waits until you sign in again."))
    return JsonResponse({"answers": [_answer(by, one, began) for one in notes]})


def _answer(by: Actor, one: dict[str, Any], began: datetime) -> dict[str, Any]:
    """What became of one note: taken, here already, or what to mend."""
    key, form = noting.key_of(one), Note(one)
    answer: dict[str, Any] = {"key": one.get("key", ""), "answer": "cannot"}
    if not key:
        return {**answer, "words": _("It has no number of its own. Keep it as a new one.")}
    if not form.is_valid():
        return {**answer, **_faults(form)}
    given, place = form.given(), form.place()
    try:
        made = noting.note(by=by, holder=by.me, place=place, anyway=one["anyway"], key=key, **given)
    except noting.AlreadyThere as there:
        return {**answer, "because": "there", "words": there.message, "url": _page_of(there.asset)}
    except (Fault, Refused) as problem:
        explain(form, problem)
        return {**answer, **_faults(form)}
    stood = noting.was_there(made, began)
    if stood and noting.says_other(made, given, place):
        words = _("It was taken before, with other words. Change it on its own page, or keep this as a new one.")
        return {**answer, "because": "other", "words": words, "url": _page_of(made)}
    return {"key": one["key"], "answer": "here_already" if stood else "taken", "url": _page_of(made)}


def _faults(form: Note) -> dict[str, Any]:
    """What to mend, at which question; and the places to choose from, where there are several of that name."""
    said = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
    return {"faults": said, "words": " ".join(said.values()), "choices": form.choices()}


def _page_of(asset: Asset) -> str:
    return reverse("assets:asset", args=[asset.record.key])


def _no(words: str, status: int = 409) -> JsonResponse:
    return JsonResponse({"words": words}, status=status)


def _helping(by: Actor) -> str:
    given = {"name": by.me.shown_name}
    return _("You are helping %(name)s just now. Stop the help first. What you wrote waits on this phone.") % given
