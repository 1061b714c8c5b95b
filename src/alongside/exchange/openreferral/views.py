"""The feed and its interface: open to all, read only, as HSDS 3.0 and Open Referral UK 3.0 lay it down."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_http_methods

from alongside.exchange.openreferral import asking, describing, gone, holders, queries
from alongside.exchange.openreferral.asking import Asked, NotUnderstood
from alongside.ground.history.actor import Actor
from alongside.ground.people.doors import Request, public

View = Callable[..., HttpResponseBase]
ANYONE = Actor.anyone()  # whoever asks gets the same: the feed is for everyone


def feed(view: View) -> Any:
    """What every address of the feed does alike: checks what is asked, and says no in words."""

    @public
    @require_http_methods(["GET", "HEAD", "OPTIONS"])
    @functools.wraps(view)
    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _open(HttpResponse(status=204))
        try:
            asked = asking.read(request.GET.dict())
            return _open(view(request, asked, *args, **kwargs))
        except NotUnderstood as fault:
            words = {"error": f"{fault.parameter}: {fault.reason}", "parameter": fault.parameter}
            return _open(JsonResponse(words, status=400))

    return answer


@feed
def about(request: Request, _asked: Asked) -> HttpResponseBase:
    return _json(request, describing.about(request.build_absolute_uri("openapi.json")))


@feed
def openapi(request: Request, _asked: Asked) -> HttpResponseBase:
    return _json(request, describing.openapi(request.build_absolute_uri(".").rstrip("/")))


@feed
def services(request: Request, asked: Asked) -> HttpResponseBase:
    return _many(request, asked, queries.each_service, queries.services)


@feed
def service(request: Request, _asked: Asked, public_id: str) -> HttpResponseBase:
    return _one(request, queries.service(ANYONE, public_id))


@feed
def places(request: Request, asked: Asked) -> HttpResponseBase:
    return _many(request, asked, queries.each_place, queries.places)


@feed
def place(request: Request, _asked: Asked, public_id: str) -> HttpResponseBase:
    return _one(request, queries.place(ANYONE, public_id))


@feed
def organisations(request: Request, asked: Asked) -> HttpResponseBase:
    return _many(request, asked, holders.each_organisation, holders.organisations)


@feed
def organisation(request: Request, asked: Asked, public_id: str) -> HttpResponseBase:
    return _one(request, holders.organisation(ANYONE, public_id, asked))


@feed
def taxonomies(request: Request, asked: Asked) -> HttpResponseBase:
    return _listed(request, asked, holders.taxonomies(ANYONE, asked))


@feed
def taxonomy(request: Request, _asked: Asked, public_id: str) -> HttpResponseBase:
    return _one(request, holders.one_of(holders.taxonomies(ANYONE, Asked()), public_id))


@feed
def taxonomy_terms(request: Request, asked: Asked) -> HttpResponseBase:
    return _listed(request, asked, holders.taxonomy_terms(ANYONE, asked))


@feed
def taxonomy_term(request: Request, _asked: Asked, public_id: str) -> HttpResponseBase:
    return _one(request, holders.one_of(holders.taxonomy_terms(ANYONE, Asked()), public_id))


@feed
def gone_since(request: Request, asked: Asked) -> HttpResponseBase:
    """Ids that were in the feed and are no longer: a list of our own, for the standard has none."""
    return _json(request, gone.page(ANYONE, asked).as_dict())


def _many(request: Request, asked: Asked, each: Callable[..., Any], page: Callable[..., Any]) -> HttpResponseBase:
    """All that was asked for, one to a line, or a page of it."""
    return _lines(each(ANYONE, asked)) if asked.ndjson else _json(request, page(ANYONE, asked).as_dict())


def _listed(request: Request, asked: Asked, found: list[dict[str, Any]]) -> HttpResponseBase:
    """The same of a list that is short enough to be had whole."""
    return _lines(found) if asked.ndjson else _json(request, holders.paged(found, asked).as_dict())


def _one(request: Request, found: dict[str, Any] | None) -> HttpResponseBase:
    if found is None:
        return JsonResponse({"error": "Nothing in this feed has that id."}, status=404)
    return _json(request, found)


def _json(request: Request, found: Any) -> HttpResponseBase:
    """The answer with a mark of its own, so that whoever has it already is told so in a few bytes."""
    response = JsonResponse(found)
    response["ETag"] = etag = quote_etag(describing.digest(response.content))
    changed = queries.changed_last(ANYONE)
    stamp = int(changed.timestamp()) if changed else None
    if stamp is not None:
        response["Last-Modified"] = http_date(stamp)
    # A thing that left changes no date of what stays, so the mark alone decides.
    if request.headers.get("If-None-Match"):
        return get_conditional_response(request, etag=etag, response=response) or response
    return response


def _lines(found: Iterable[dict[str, Any]]) -> HttpResponseBase:
    def lines() -> Iterator[bytes]:
        for one in found:
            yield json.dumps(one).encode() + b"\n"

    return StreamingHttpResponse(lines(), content_type="application/x-ndjson")


def _open(response: HttpResponseBase) -> HttpResponseBase:
    """Any page anywhere may read it; there is nothing here that a sign-in would add."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    response.setdefault("Cache-Control", "public, no-cache")
    return response
