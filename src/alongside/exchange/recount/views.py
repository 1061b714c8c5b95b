"""The address from which the choices of a decision are taken away."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from alongside.exchange.recount import queries
from alongside.ground.people.doors import Request, public
from alongside.planning.decisions.queries import decision


@public
@cache_control(private=True, no_cache=True)
@require_safe
def choices(request: Request, key: UUID) -> HttpResponse:
    """The choices without names, to be counted again. Whoever has them already is told so (ETag)."""
    found = decision(request.actor, key)
    taken = queries.choices(request.actor, found) if found is not None else None
    if taken is None:
        raise Http404
    mark = f'"{taken.mark}"'
    answer = get_conditional_response(request, etag=mark)
    if answer is None:
        answer = HttpResponse(taken.data(), content_type=f"{taken.kind}; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{taken.name}"'
    answer["ETag"] = mark
    return answer
