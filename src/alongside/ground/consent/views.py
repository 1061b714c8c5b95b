"""A steward sees more of one thing for a reason that its holder reads; and everybody sees who looked at theirs."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from alongside.ground.consent.actions import look_with_reason
from alongside.ground.consent.forms import ReasonForm
from alongside.ground.consent.queries import looks_told, open_to_reason, opened
from alongside.ground.history.acting import Fault
from alongside.ground.people.doors import Request, resident, role
from alongside.ground.people.models import Role


@role(Role.PLACE_STEWARD)
@never_cache
def with_reason(request: Request, key: UUID) -> HttpResponse:
    """Ask for a reason; then show it on this one answer, which no address brings back."""
    record = open_to_reason(request.actor, key)
    if record is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason, once = form.cleaned_data["reason"], request.POST.get("key", "")
            sight = look_with_reason(by=request.actor, record=record, reason=reason, key=once)
            if sight is not None:
                return render(request, "ground/consent/opened.html", {"opened": opened(sight), "record": record})
            form.add_error("reason", _("It was shown once for this. Give a reason again."))
        except Fault as fault:
            form.add_error(fault.field, fault.message)
    return render(request, "ground/consent/reason.html", {"form": form, "record": record})


@resident
@never_cache
@require_GET
def who_looked(request: Request) -> HttpResponse:
    return render(request, "ground/consent/who_looked.html", {"looks": looks_told(request.actor)})
