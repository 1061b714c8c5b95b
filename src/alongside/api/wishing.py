"""What is wished for: what is not found yet, for anyone to answer; and the wishes of whoever made the token."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ninja import Router

from alongside.api import saying
from alongside.api.calls import call, here, me, once, revision
from alongside.api.paging import Most, page
from alongside.api.parties import After
from alongside.api.shapes import wishes as shapes
from alongside.api.things import Id, IfMatch, Key, opened
from alongside.ground.consent.queries import going_out
from alongside.ground.history.actor import Actor
from alongside.ground.people.doors import Request
from alongside.ground.tokens.models import Scope
from alongside.knowing.outcomes import actions, queries
from alongside.knowing.outcomes.models import Wish

router = Router(tags=["What is wished for"])
MINE = ("My own",)


@call(router, "get", "/wishes", shapes.NotFoundYet)
def wishes(request: Request, after: After = None, most: Most = 50) -> Any:
    """What people wish for that is not found yet, as far as they let anyone read it. Not by whom."""
    rows = queries.wishes(Actor.anyone()).filter(record__in=going_out(request.actor))
    rows = rows.select_related("record__area").order_by("record__key")
    rows = rows.filter(record__key__gt=after) if after else rows
    return page(request, rows, most, lambda found: [saying.wished(row) for row in found], _key)


@call(router, "get", "/me/wishes", shapes.MyWishes, scope=Scope.PAGE, tags=MINE)
def my_wishes(request: Request, after: After = None, most: Most = 50) -> Any:
    """What I wish for and is not found yet, by id"""
    rows = queries.wishes(request.actor).filter(record__owner=me(request))
    rows = rows.select_related("record__area").order_by("record__key")
    rows = rows.filter(record__key__gt=after) if after else rows

    def say(found: Iterable[Wish]) -> list[dict[str, Any]]:
        opened(request, [row.record for row in found])
        return [saying.my_wish(row) for row in found]

    return page(request, rows, most, say, _key)


@call(router, "post", "/me/wishes", shapes.MyWish, scope=Scope.WISH, status=201, tags=MINE)
def wish(request: Request, given: shapes.WishIn, idempotency_key: Key = None) -> Any:
    """Wish for something. Nobody else sees it unless `audience` says so."""
    said = given.model_dump(exclude={"matters"})
    row = actions.wish(by=request.actor, owner=me(request), domain=given.matters, key=once(idempotency_key), **said)
    row = here(row)
    opened(request, [row.record])
    return saying.my_wish(row)


@call(router, "post", "/me/wishes/{uuid:id}/settle", shapes.MyWish, scope=Scope.WISH, tags=MINE, problems=("outdated",))
def settle_wish(request: Request, id: Id, given: shapes.SettleIn, if_match: IfMatch = None) -> Any:
    """Say that a wish came true, or is not wanted any more"""
    row = here(queries.wish(request.actor, id))
    here(row if row.record.owner_id == me(request).pk else None)
    actions.settle_wish(by=request.actor, wish=row, met=given.met, rev=revision(if_match))
    row.refresh_from_db()
    opened(request, [row.record])
    return saying.my_wish(row)


def _key(row: Wish) -> UUID:
    return row.record.key
