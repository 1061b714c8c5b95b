"""Search by what matters: the same answers as the look-around page, with why each is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.utils.translation import get_language
from ninja import Query, Router

from alongside.api import saying
from alongside.api.calls import call
from alongside.api.shapes import found as shapes
from alongside.ground.people.doors import Request
from alongside.ground.people.models import Kind
from alongside.ground.postcodes.queries import thanks
from alongside.knowing.assets.models import Access, Cost
from alongside.knowing.assets.queries import WHOLE
from alongside.knowing.assets.wording import why_said
from alongside.knowing.search.forms import read
from alongside.knowing.search.queries import Found as Page
from alongside.knowing.search.queries import Result, look_around

router = Router(tags=["What is here"])

Part = Literal["morning", "afternoon", "evening"]
Words = Annotated[str, Query("", max_length=200, description="What somebody says matters, in any words.")]
Near = Annotated[str, Query("", max_length=200, description="The name of an area, or a postcode, as on the page.")]


@call(router, "get", "/search", shapes.Answers)
def search(
    request: Request,
    words: Words = "",
    near: Near = "",
    matters: Annotated[list[str], Query([], max_length=20, description="Keys of parts of life.")] = [],  # noqa: B006
    way: Annotated[list[str], Query([], max_length=5, description="Keys of the five ways to feel well.")] = [],  # noqa: B006
    day: Annotated[list[int], Query([], max_length=7, description="Weekdays, 0 for Monday.")] = [],  # noqa: B006
    part: Annotated[list[Part], Query([], max_length=3, description="Parts of the day.")] = [],  # noqa: B006
    km: Annotated[float | None, Query(None, gt=0, le=500, description="The farthest from there.")] = None,
    cost: Annotated[list[Cost], Query([], max_length=4)] = [],  # noqa: B006
    access: Annotated[list[Access], Query([], max_length=10)] = [],  # noqa: B006
    about: Annotated[
        list[str],
        Query([], max_length=6, description="Keys, from an answer's `about`, of what the words are about; or `none`."),
    ] = [],  # noqa: B006
    by: Annotated[list[Kind], Query([], max_length=3, description="Kinds of holder.")] = [],  # noqa: B006
    after: Annotated[str, Query("", max_length=80, description="Where the page begins: see `next`.")] = "",
) -> Any:
    """Find what people, groups and organisations offer, by what matters

    The same question as on the page *Look around* has the same answers, in the same order, but for what its holder
    does not let go out to others. What is the token holder's own to see stands in it too.
    """
    given = {"words": words, "near": near, "matters": matters, "way": way, "day": day, "part": part, "cost": cost}
    given |= {"access": access, "by": by, "about": about, "of": words}
    asked = read(_query(given, after))
    lang = (get_language() or "en").split("-")[0]
    far = {"km": km if asked.point else None}
    by_postcode = asked.postcode is not None and asked.postcode.point is not None
    chosen: dict[str, Any] = {**asked.filters, **far, "lang": lang, "out": True}
    found = look_around(request.actor, asked.words, asked.point, page=asked.page, **chosen)
    prefetch_related_objects([result.asset for result in (*found.results, *found.almost)], *WHOLE)
    return {
        "items": [_found(result, asked.spot, request) for result in found.results],
        "total": found.total,
        "by_holder": found.counts,
        "order": found.order,
        "near": saying.area(asked.place),
        "postcode": asked.spot if by_postcode else None,
        "thanks": thanks() if by_postcode else [],
        "fits": bool(found.results),
        "almost": [_found(result, asked.spot, request) for result in found.almost],
        "urgent": found.urgent,
        "about": _about(found),
        "spelled": list(found.spelled),
        "next": _next(request, found.next),
    }


def _about(found: Page) -> list[dict[str, Any]]:
    """What to ask back; nothing where somebody speaks of harm, fear or despair."""
    return [{"key": key, "label": label, "chosen": key in found.about.chosen} for key, label in found.about.choices]


def _query(given: Mapping[str, Any], after: str) -> QueryDict:
    """The question as the page's address would ask it."""
    query = QueryDict(mutable=True)
    for name, value in given.items():
        many = value if isinstance(value, list) else [value]
        query.setlist(name, [str(getattr(one, "value", one)) for one in many])
    query["page"] = after
    return query


def _found(result: Result, near: str, request: Request) -> dict[str, Any]:
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
