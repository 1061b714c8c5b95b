"""Addresses of the API. Each operation stands behind the gate; an address that is none says so as a problem."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path, re_path

from alongside.api import pages
from alongside.api.app import api
from alongside.api.gate import gate
from alongside.ground.people.doors import Request

app_name = "api"


@gate
def nothing(request: Request) -> HttpResponse:
    """Whatever else is asked for below /api/v1/."""
    raise Http404


def _behind_the_gate() -> list[URLPattern]:
    patterns = api.urls[0]
    return [
        path(str(one.pattern), gate(one.callback), name=one.name)
        for one in patterns
        if isinstance(one, URLPattern) and one.callback is not None and one.name != "api-root"
    ]


urlpatterns = [
    path("api/", pages.reference, name="reference"),
    path("api/v1/openapi.json", pages.document, name="document"),
    *(path(f"api/v1/{one.pattern}", one.callback, name=one.name) for one in _behind_the_gate()),
    re_path(r"^api/v1/", nothing, name="nothing"),
]
