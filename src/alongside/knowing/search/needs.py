"""What works for somebody, kept on their own device: a cookie that this page alone reads, and nobody keeps.

No table, no log and no address holds it. A search is told by one tick to use it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from alongside.ground.people.device import keeps
from alongside.knowing.assets.models import Access

COOKIE = "works_for_me"
PATH = "/look-around/"
KEPT = 60 * 60 * 24 * 365  # seconds
keeps(COOKIE, PATH)


def kept(request: HttpRequest) -> tuple[str, ...]:
    """What the device says works for this person; what is no access feature is left out."""
    said = request.COOKIES.get(COOKIE, "")[:400].split(".")
    return tuple(value for value in Access.values if value in said)


def keep(response: HttpResponse, chosen: Iterable[str]) -> None:
    """Have the device keep these in place of what it kept; none takes the cookie away."""
    values = set(chosen)
    said = ".".join(value for value in Access.values if value in values)
    if not said:
        response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
        return
    secure = bool(settings.SECURE_COOKIES)
    response.set_cookie(COOKIE, said, max_age=KEPT, path=PATH, httponly=True, samesite="Lax", secure=secure)
