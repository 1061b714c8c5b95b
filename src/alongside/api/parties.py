"""What anyone may know of those who hold something."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Path, Query, Router

from alongside.api import saying
from alongside.api.calls import call, here
from alongside.api.paging import Most, page
from alongside.api.shapes import parties as shapes
from alongside.ground.consent.queries import going_out
from alongside.ground.history.actor import Actor
from alongside.ground.pages.queries import belonging, groups_in_open_lists, party_page
from alongside.ground.people.doors import Request
from alongside.ground.people.models import Kind, Party

router = Router(tags=["Who is here"])
After = Annotated[UUID | None, Query(None, description="Where the page begins: see `next`.")]


@call(router, "get", "/parties", shapes.Parties)
def parties(request: Request, kind: Kind | None = None, after: After = None, most: Most = 50) -> Any:
    """Groups and organisations with something in the open lists, by id. No list of people goes out."""
    rows = groups_in_open_lists(going_out(request.actor)).order_by("key")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(key__gt=after) if after else rows
    return page(request, rows, most, lambda found: [_party(row) for row in found], lambda row: row.key)


@call(router, "get", "/parties/{uuid:id}", shapes.Party)
def party(request: Request, id: Annotated[UUID, Path(description="The id of the party.")]) -> Any:
    """One party, as anyone may know it"""
    row = here(party_page(Actor.anyone(), str(id)))
    if request.actor.party is not None:
        here(party_page(request.actor, str(id)))
    return _party(row)


def _party(row: Party) -> dict[str, Any]:
    """A person by first name and initial and no more."""
    said = saying.holder(row) | {"about": "", "lang": row.lang, "website": "", "area": None, "members": None}
    if row.is_person:
        return said
    said |= {"about": row.about, "website": row.website, "area": saying.area(row.area)}
    return said | {"members": belonging(Actor.anyone(), row).count}
