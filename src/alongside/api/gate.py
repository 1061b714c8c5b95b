"""The one way in: who is asking, how often they may, how much they may send, and what caches may keep."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from alongside.api.problems import Problem, problem_of
from alongside.ground.history.actor import Actor
from alongside.ground.limits.actions import ask
from alongside.ground.limits.asking import address_of
from alongside.ground.people.doors import Request
from alongside.ground.tokens.actions import note_use
from alongside.ground.tokens.queries import START, actor_of_token

View = Callable[..., HttpResponse]
MOST_BYTES = 64 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SHORTEST, LONGEST = 20, 200


def gate(view: View) -> View:
    """Every operation stands behind this. It takes no cookie, so no other site can use a reader's sign-in."""

    @csrf_exempt
    @functools.wraps(view)
    def wrapped(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            enter(request)
            response = options() if request.method == "OPTIONS" else _asked(view, request, *args, **kwargs)
        except Exception as error:
            response = problem_of(error).response()
        return leave(request, response)

    wrapped.door = "token"  # type: ignore[attr-defined]
    return wrapped


def _asked(view: View, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
    """HEAD is GET without a body, which the server leaves out."""
    head, request.method = request.method == "HEAD", "GET" if request.method == "HEAD" else request.method
    response = view(request, *args, **kwargs)
    request.method = "HEAD" if head else request.method
    if response.status_code == 405 and not response.content.startswith(b"{"):
        raise Problem("no-such-method", Allow=response.get("Allow", "GET"))
    return response


def enter(request: Request) -> None:
    """Find out who asks and whether they may just now."""
    request.actor = Actor.anyone()
    shown = request.headers.get("Authorization", "")
    actor = actor_of(shown) if shown else None
    if actor is None or actor.program is None:
        count(f"address {address_of(request)}", "address")
    else:
        count(f"token {actor.program.token}", "token")
        if request.method not in SAFE:
            count(f"writes {actor.program.token}", "writes")
    if shown and actor is None:
        raise Problem("token-over", WWW_Authenticate='Bearer error="invalid_token"')
    check_body(request)
    if actor is not None and actor.program is not None:
        request.actor = actor
        if actor.program.last_used != timezone.localdate():
            note_use(by=actor)


def actor_of(header: str) -> Actor | None:
    scheme, _space, secret = header.partition(" ")
    secret = secret.strip()
    looks_right = scheme.lower() == "bearer" and secret.startswith(START) and SHORTEST < len(secret) < LONGEST
    return actor_of_token(secret) if looks_right and secret.isascii() else None


def count(caller: str, limit: str) -> None:
    wait = ask(caller=caller, most=settings.API_A_MINUTE[limit])
    if wait:
        raise Problem("too-many", f"Wait {wait} seconds.", Retry_After=wait)


def check_body(request: Request) -> None:
    """What is sent is JSON, and not much of it."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise Problem("too-large")
    if request.method not in SAFE and int(length) and (request.content_type or "").lower() != "application/json":
        raise Problem("not-json")


def options() -> HttpResponse:
    """Other sites' scripts may read what is public, and may send no token."""
    return HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS, POST, PATCH, DELETE"})


def leave(request: Request, response: HttpResponse) -> HttpResponse:
    """What a cache may keep, and who else may read it."""
    with_token = "Authorization" in request.headers
    if request.method in ("GET", "HEAD") and response.status_code == 200:
        response = _unchanged(request, response)
    response["Cache-Control"] = "private, no-store" if with_token or response.status_code >= 400 else "public, no-cache"
    patch_vary_headers(response, ["Authorization", "Accept-Language"])
    if not with_token and request.method in SAFE:
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = "GET, HEAD"
            response["Access-Control-Allow-Headers"] = "Accept-Language, If-None-Match"
    return response


def _unchanged(request: Request, response: HttpResponse) -> HttpResponse:
    """Mark what is sent, and send nothing to those who have it already."""
    if not response.has_header("ETag"):
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    if "If-None-Match" not in request.headers:
        return response
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
