"""The address from which the choices of a decision are taken away."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.exchange.recount import queries
from alongside.ground.people.doors import Request, public
from alongside.planning.decisions.queries import decision


@public
@never_cache
@require_safe
def choices(request: Request, key: UUID) -> HttpResponse:
    """The choices without names, to be counted again."""
    found = decision(request.actor, key)
    taken = queries.choices(request.actor, found) if found is not None else None
    if taken is None:
        raise Http404
    answer = HttpResponse(taken.data, content_type=f"{taken.kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{taken.name}"'
    return answer
