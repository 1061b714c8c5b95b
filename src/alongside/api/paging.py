"""Lists by key: each page says where the next begins. What is added or taken meanwhile moves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query

T = TypeVar("T")
MOST = 100

Most = Annotated[int, Query(50, ge=1, le=MOST, description="How many at a time.")]


def next_link(request: HttpRequest, after: object) -> str:
    """The whole address of the next page: this one, from another place."""
    query = request.GET.copy()
    query["after"] = str(after)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def page(
    request: HttpRequest,
    rows: QuerySet[Any],
    most: int,
    say: Callable[[Iterable[Any]], list[T]],
    key: Callable[[Any], object],
) -> dict[str, Any]:
    """One page of rows that come in the order of their keys and begin after the one asked for."""
    found = list(rows[: most + 1])
    shown = found[:most]
    following = next_link(request, key(shown[-1])) if len(found) > most else None
    return {"items": say(shown), "next": following}
