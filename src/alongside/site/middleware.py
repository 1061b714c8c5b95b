"""Gives every request its actor: who is looking, for whom, and by which channel."""

import functools
import hashlib
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject, empty

from alongside.ground.history.acting import asked_before, came_with
from alongside.ground.history.actor import Actor
from alongside.ground.people.doors import Request, actor_of

# Python knows encodings that make half letters, which no database keeps, and some that are not of letters at all.
LETTERS = {"utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252"}


def actor_middleware(answer: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Look the actor up only when a page asks, so that static and open pages cost nothing."""

    def middleware(request: Request) -> HttpResponse:
        if (request.encoding or "utf-8").lower() not in LETTERS:
            raise BadRequest("Forms come in UTF-8.")
        request.actor = cast(Actor, SimpleLazyObject(lambda: actor_of(request)))
        outside, before = came_with.set(functools.partial(_contents, request)), asked_before.set({})
        try:
            response = answer(request)
        finally:
            came_with.reset(outside)
            asked_before.reset(before)
        if _is_somebodys(request) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        token = getattr(request, "device_token", None)
        if token:
            response.set_cookie(
                "alongside_device",
                token,
                max_age=60 * 60 * 24 * 90,
                httponly=True,
                samesite="Lax",
                secure=settings.SECURE_COOKIES or request.is_secure(),
            )
        return response

    return middleware


def _contents(request: Request, key: str) -> str:
    """A sum of what the form with this key says; nothing where the key came in another way."""
    if request.method != "POST" or request.POST.get("key") != key:
        return ""
    said = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    files = [(name, one.name, one.size) for name, many in request.FILES.lists() for one in many]
    return hashlib.sha256(repr((sorted(said), sorted(files))).encode("utf-8", "surrogatepass")).hexdigest()


def _is_somebodys(request: Request) -> bool:
    """Whether this page was made for somebody we know: no cache between keeps it, nor does a shared computer."""
    actor = request.actor
    looked = actor._wrapped is not empty if isinstance(actor, SimpleLazyObject) else True
    return looked and actor.party is not None
