"""An evening in a hall on one page: what was asked, who was there, what each idea got; and the result on one sheet."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, careful, public
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision
from alongside.planning.halls import actions, queries
from alongside.planning.halls.forms import HallForm
from alongside.planning.halls.reading import ROWS, read


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evening(request: Request) -> HttpResponse:
    """Type in what a room decided; nothing that was typed is lost where something has to be mended."""
    owners = queries.owners(request.actor)
    if not owners:
        return render(request, "planning/halls/nobody.html")
    form = HallForm(request.POST or None, owners=[(str(one.key), one.name) for one in owners])
    if request.method == "POST" and form.is_valid():
        decision = kept(form, lambda: _keep(request, form), refused=True)
        if decision is not None:
            messages.success(request, _("It is written down. You can print this page now."))
            return redirect("halls:page", decision.record.key)
    return render(request, "planning/halls/evening.html", {"form": form})


def _keep(request: Request, form: HallForm) -> Decision:
    said = form.cleaned_data
    owner = next(one for one in queries.owners(request.actor) if str(one.key) == said["owner"])
    asked = actions.Evening(said["question"], said["can_change"], said["answers_for"], said["winners"])
    key = request.POST.get("key", "")
    return actions.hold(by=request.actor, owner=owner, evening=asked, counted=read(said), key=key)


@public
@require_safe
def sheet(request: Request) -> HttpResponse:
    """A sheet for the wall, to print before: room for the question, for ideas and for dots or hands."""
    return render(request, "planning/halls/sheet.html", {"rows": range(1, ROWS + 1)})


@public
@never_cache
@require_safe
def page(request: Request, key: UUID) -> HttpResponse:
    """What a room decided, on one page to print and put up."""
    decision = decisions.decision(request.actor, key)
    if decision is None or decision.terms.secret:
        raise Http404
    return render(request, "planning/halls/page.html", queries.told(request.actor, decision))
