"""What a holder changes in one tap on the page of what they share: a break, and room for newcomers."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.ground.history.acting import Fault
from alongside.ground.people.doors import Request, resident
from alongside.knowing.assets import actions
from alongside.knowing.assets.views import own

WEEKS = {"1": 1, "2": 2, "4": 4, "12": 12}


@resident
@require_POST
def pause(request: Request, key: UUID) -> HttpResponse:
    """Take a break, for some weeks or until I say; or come back."""
    viewer = request.actor
    asset, on = own(viewer, key), request.POST.get("on") == "1"
    weeks = WEEKS.get(request.POST.get("weeks", ""))
    back_on = timezone.localdate() + timedelta(weeks=weeks) if weeks else None
    actions.pause_offer(by=viewer, asset=asset, on=on, back_on=back_on, key=request.POST.get("key", ""))
    resting, back = _("You are taking a break. Nobody will ask you for this."), _("You are back. Others may ask again.")
    messages.success(request, resting if on else back)
    return redirect("assets:asset", key=key)


@resident
@require_POST
def room(request: Request, key: UUID) -> HttpResponse:
    """Say for how many newcomers there is room, and perhaps until when."""
    viewer = request.actor
    asset, said = own(viewer, key), request.POST.get("room", "").strip()[:9]
    try:
        until = _day(request.POST.get("until", ""))
        room_for = None if said in ("", "any") else _number(said)
        actions.say_room(by=viewer, asset=asset, room_for=room_for, until=until, key=request.POST.get("key", ""))
    except Fault as fault:
        messages.error(request, fault.message)
    else:
        messages.success(request, _("Thank you. That is what others see now."))
    return redirect("assets:asset", key=key)


def _number(said: str) -> int:
    if not said.isascii() or not said.isdigit():
        raise Fault("room_for", _("Enter a number, like 2"))
    return int(said)


def _day(said: str) -> date | None:
    """A day as a form sends it; nothing said is no day."""
    if not said.strip():
        return None
    try:
        day = parse_date(said.strip())
    except ValueError:
        day = None
    if day is None:
        raise Fault("until", _("Enter a day, like 2026-12-01"))
    return day
