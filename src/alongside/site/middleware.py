"""Gives every request its actor: who is looking, for whom, and by which channel."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from alongside.ground.people.doors import actor_of


def actor_middleware(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Look the actor up only when a page asks, so that static and open pages cost nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        response = answer(request)
        token = getattr(request, "device_token", None)
        if token:
            response.set_cookie(
                "alongside_device",
                token,
                max_age=60 * 60 * 24 * 90,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
        return response

    return middleware
