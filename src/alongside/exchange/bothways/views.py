"""A page on which two ways to share out money stand beside each other, counted on the file of an earlier vote."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.exchange.bothways.counting import both_ways
from alongside.exchange.bothways.forms import FileForm
from alongside.exchange.pabulib import Unreadable
from alongside.ground.limits.asking import may_try
from alongside.ground.people.doors import Request, careful

MOST_FAULTS = 10
WAIT = _("You have tried a lot in a short time. Wait a little and try again, or ring us")


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request) -> HttpResponse:
    """Nothing of the file is kept: it is counted and forgotten."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    found, faults = None, []
    if request.method == "POST" and form.is_valid() and _may_try(request, form):
        try:
            found = both_ways(form.cleaned_data["file"].read())
        except Unreadable as error:
            faults = list(error.faults)[:MOST_FAULTS]
    return render(request, "exchange/bothways/page.html", {"form": form, "found": found, "faults": faults})


def _may_try(request: Request, form: FileForm) -> bool:
    """Each file is some seconds of work."""
    if may_try(request, "count_file", str(request.actor.me.pk)):
        return True
    form.add_error("file", str(WAIT))
    return False
