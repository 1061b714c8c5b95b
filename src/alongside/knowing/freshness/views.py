"""One page with one button behind a signed link; a code typed in for somebody; and the door for texts that come in.

Opening the link changes nothing: mail programs open links by themselves. Only the button does.
"""

from __future__ import annotations

import hmac

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.queries import digits
from alongside.ground.people.doors import Request, helper, public
from alongside.knowing.freshness import actions, queries
from alongside.knowing.freshness.forms import CodeForm

both = require_http_methods(["GET", "HEAD", "POST"])


@public
@never_cache
@both
def answer(request: Request, token: str) -> HttpResponse:
    """One big button. What else the holder has, and who they are, is not to be read from here."""
    asked = queries.asked_by(token)
    if asked is None:
        return render(request, "knowing/freshness/over.html", status=404)
    if request.method == "POST":
        actions.answer(by=actions.LINK, asked=asked, key=request.POST.get("key", ""))
        return redirect("freshness:answer", token=token)
    return render(request, "knowing/freshness/answer.html", {"asked": asked, "open": queries.is_open(asked)})


@helper
@never_cache
@both
def code(request: Request) -> HttpResponse:
    """A helper or steward types the code of a letter, or a text that came in."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asset = actions.try_code(by=Actor(person=request.actor.person), words=form.cleaned_data["words"])
        except Fault as fault:
            form.add_error("words", fault.message)
        except Refused as refused:
            form.add_error("words", refused.sentence)
        else:
            if asset is not None:
                messages.success(request, _("Thank you. It says today that it is still so."))
                return redirect("freshness:code")
            form.add_error("words", _("No question waits with that code. Look at it again."))
    return render(request, "knowing/freshness/code.html", {"form": form, "here": "mine"})


@csrf_exempt
@public
@require_POST
def texts(request: Request) -> HttpResponse:
    """A gateway brings in a text: `from` and `text`, with the token it was given. Without a token there is no door."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.TEXT_TOKEN:
        raise Http404
    if not hmac.compare_digest(given.encode(), settings.TEXT_TOKEN.encode()):
        return JsonResponse({"taken": False}, status=403)
    number, words = request.POST.get("from", "")[:40], request.POST.get("text", "")[:1000]
    taken = None
    if digits(number):
        try:
            taken = actions.try_code(by=Actor.system("a text"), words=words, number=number)
        except (Fault, Refused):
            taken = None
    return JsonResponse({"taken": taken is not None})
