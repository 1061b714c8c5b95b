"""Search by what matters: the same answers as the look-around page, with why each is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.db.models import prefetch_related_objects
from django.http import QueryDict
from ninja import Query, Router

from alongside.api import saying, shapes
from alongside.api.calls import call
from alongside.ground.people.doors import Request
from alongside.ground.people.models import Kind
from alongside.knowing.assets.models import Access, Cost
from alongside.knowing.assets.queries import WHOLE
from alongside.knowing.assets.wording import why_said
from alongside.knowing.search.forms import read
from alongside.knowing.search.queries import Result, look_around

router = Router(tags=["What is here"])

Words = Annotated[str, Query("", max_length=200, description="What somebody says matters, in any words.")]
Near = Annotated[str, Query("", max_length=200, description="The name of an area, as on the page.")]


@call(router, "get", "/search", shapes.Answers)
def search(
    request: Request,
    words: Words = "",
    near: Near = "",
    matters: Annotated[list[str], Query([], max_length=20, description="Keys of parts of life.")] = [],  # noqa: B006
    day: Annotated[list[int], Query([], max_length=7, description="Weekdays, 0 for Monday.")] = [],  # noqa: B006
    cost: Annotated[list[Cost], Query([], max_length=4)] = [],  # noqa: B006
    access: Annotated[list[Access], Query([], max_length=10)] = [],  # noqa: B006
    by: Annotated[list[Kind], Query([], max_length=3, description="Kinds of holder.")] = [],  # noqa: B006
    after: Annotated[str, Query("", max_length=80, description="Where the page begins: see `next`.")] = "",
) -> Any:
    """Find what people, groups and organisations offer, by what matters

    The same question as on the page *Look around* has the same answers, in the same order.
    """
    given = {"words": words, "near": near, "matters": matters, "day": day, "cost": cost, "access": access, "by": by}
    asked = read(_query(given, after))
    found = look_around(request.actor, asked.words, asked.point, page=asked.page, **asked.filters)  # type: ignore[arg-type]
    prefetch_related_objects([result.asset for result in found.results], *WHOLE)
    return {
        "items": [_found(result, asked.place, request) for result in found.results],
        "total": found.total,
        "by_holder": found.counts,
        "order": found.order,
        "near": saying.area(asked.place),
        "fits": getattr(found, "fits", not found.loose),
        "next": _next(request, found.next),
    }


def _query(given: Mapping[str, Any], after: str) -> QueryDict:
    """The question as the page's address would ask it."""
    query = QueryDict(mutable=True)
    for name, value in given.items():
        many = value if isinstance(value, list) else [value]
        query.setlist(name, [str(getattr(one, "value", one)) for one in many])
    query["page"] = after
    return query


def _found(result: Result, place: Any, request: Request) -> dict[str, Any]:
    near = place.name if place else ""
    return {
        "number": result.number,
        "km": None if result.km is None else round(result.km, 2),
        "why": [{"code": one.code, "value": one.value} for one in result.why],
        "why_said": why_said(result.why, near, result.km),
        "asset": saying.asset(result.asset, request),
    }


def _next(request: Request, cursor: str) -> str | None:
    if not cursor:
        return None
    query = request.GET.copy()
    query["after"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
