"""My messages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from alongside.ground.notices.actions import see
from alongside.ground.notices.queries import messages
from alongside.ground.people.doors import Request, resident


@resident
@never_cache
@require_GET
def mine(request: Request) -> HttpResponse:
    return render(request, "ground/notices/mine.html", {"notices": messages(request.actor)[:100]})


@resident
@require_POST
def mark_seen(request: Request, key: str) -> HttpResponse:
    see(by=request.actor, notice=get_object_or_404(messages(request.actor), key=key))
    return redirect("notices:mine")
