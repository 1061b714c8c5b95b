"""Pages on which somebody lets a program in, sees which they have let in, and shuts one out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.people.doors import Request, careful, resident
from alongside.ground.tokens import actions, queries
from alongside.ground.tokens.forms import LetInForm
from alongside.ground.tokens.showing import row


@resident
@never_cache
@require_GET
def mine(request: Request) -> HttpResponse:
    """Every program that was let in, what it may do, and when it last came."""
    rows = [row(token) for token in queries.let_in(request.actor)]
    return render(request, "ground/tokens/mine.html", {"rows": rows})


@careful
@never_cache
@sensitive_variables("made")
def new(request: Request) -> HttpResponse:
    """Let a program in. What opens the door is shown on this one page, this once."""
    holders = queries.holders(request.actor)
    if not holders:
        raise Refused(_("Only you yourself can let a program in. Sign in first."))
    form = LetInForm(holders, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            key = request.POST.get("key", "")
            made = actions.let_in(by=request.actor, key=key, **form.chosen())
            token, secret = made or (None, "")
            return render(request, "ground/tokens/made.html", {"token": token, "secret": secret})
        except Fault as fault:
            form.add_error(fault.field, fault.message)
    return render(request, "ground/tokens/new.html", {"form": form})


@resident
@require_POST
def shut_out(request: Request, key: str) -> HttpResponse:
    """From its next request on it sees and does nothing."""
    token = next((one for one in queries.let_in(request.actor) if str(one.key) == str(key)), None)
    if token is None:
        raise Http404
    actions.shut_out(by=request.actor, token=token)
    messages.success(request, _("%(name)s is shut out.") % {"name": token.name})
    return redirect("tokens:mine")
