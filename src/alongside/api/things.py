"""What people, groups and organisations have to share: read by anyone, offered and kept up to date with a token."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Header, Path, Query, Router

from alongside.api import saying
from alongside.api.calls import call, here, me, once, revision
from alongside.api.paging import Most, page
from alongside.api.problems import Problem
from alongside.api.shapes import assets as shapes
from alongside.api.shapes.bases import Day
from alongside.ground.consent.actions import look_at_many
from alongside.ground.consent.queries import going_out
from alongside.ground.people.doors import Request
from alongside.ground.people.models import Kind
from alongside.ground.records.models import Audience, Record, State
from alongside.ground.tokens.models import Scope
from alongside.knowing.assets import actions, queries
from alongside.knowing.assets.models import Asset, AssetKind

router = Router(tags=["What is here"])
After = Annotated[UUID | None, Query(None, description="Where the page begins: see `next`.")]
IfMatch = Annotated[str | None, Header(None, alias="If-Match", max_length=80, description="The ETag that you read.")]
Key = Annotated[
    str | None,
    Header(
        None, alias="Idempotency-Key", max_length=200, description="Any text of yours: twice the same happens once."
    ),
]
Number = Annotated[int, Path(ge=1, le=1_000_000, description="The number of the version.")]
Id = Annotated[UUID, Path(description="The id of the thing.")]


def tagged(response: HttpResponse, row: Asset) -> None:
    response["ETag"] = f'"{row.record.rev}"'


def opened(request: Request, records: Iterable[Record]) -> None:
    """Write down that a program read what is not for everyone. Nothing is read where that cannot be written."""
    private = [record for record in records if record.audience != Audience.EVERYONE or record.state == State.HELD]
    if private and request.actor.program is not None:
        look_at_many(by=request.actor, records=private, purpose=request.actor.program.name)


@call(router, "get", "/assets", shapes.Assets)
def assets(
    request: Request,
    kind: AssetKind | None = None,
    by: Annotated[Kind | None, Query(None, description="Kind of holder.")] = None,
    matters: Annotated[str, Query("", max_length=24, description="Key of a part of life.")] = "",
    confirmed_since: Day | None = None,
    after: After = None,
    most: Most = 50,
) -> Any:
    """Everything that may go out in open lists, by id

    What its holder lets be seen but not copied is found by search, and stands in no list.
    """
    rows = queries.assets(request.actor).filter(record__in=going_out(request.actor)).order_by("record__key")
    chosen = {
        "kind": kind,
        "record__owner__kind": by,
        "domains__domain": matters.replace("\x00", ""),
        "confirmed_on__gte": confirmed_since,
        "record__key__gt": after,
    }
    rows = rows.filter(**{name: value for name, value in chosen.items() if value}).prefetch_related(*queries.WHOLE)
    return page(request, rows, most, lambda found: [saying.asset(row, request) for row in found], _key)


@call(router, "get", "/assets/{uuid:id}", shapes.Asset)
def asset(request: Request, response: HttpResponse, id: Id) -> Any:
    """One thing, as its page shows it"""
    row = here(queries.asset(request.actor, id))
    opened(request, [row.record])
    tagged(response, row)
    return saying.asset(row, request)


@call(router, "get", "/me/assets", shapes.MyAssets, scope=Scope.PAGE, tags=("My own",))
def my_assets(request: Request, after: After = None, most: Most = 50) -> Any:
    """What I have to share, seen by others or not, by id"""
    rows = queries.assets(request.actor).filter(record__owner=me(request)).order_by("record__key")
    rows = (rows.filter(record__key__gt=after) if after else rows).prefetch_related(*queries.WHOLE)

    def say(found: Iterable[Asset]) -> list[dict[str, Any]]:
        opened(request, [row.record for row in found])
        return [saying.my_asset(row, request) for row in found]

    return page(request, rows, most, say, _key)


@call(router, "post", "/assets", shapes.MyAsset, scope=Scope.OFFER, status=201)
def offer(request: Request, response: HttpResponse, given: shapes.OfferIn, idempotency_key: Key = None) -> Any:
    """Offer something for the holder of the token

    Only the holder sees it unless `audience` says otherwise.
    """
    said = given.model_dump(exclude={"matters", "when", "where"})
    said["lang"] = said["lang"] or ""
    row = actions.offer(by=request.actor, holder=me(request), key=once(idempotency_key), **said, **_as_ours(given))
    return _standing(request, response, row)


@call(router, "patch", "/assets/{uuid:id}", shapes.MyAsset, scope=Scope.OFFER, problems=("outdated", "no-revision"))
def change(
    request: Request,
    response: HttpResponse,
    id: Id,
    given: shapes.ChangeIn,
    if_match: IfMatch = None,
    idempotency_key: Key = None,
) -> Any:
    """Change some of what is said about a thing

    Needs If-Match with the ETag that you read, so that of two who change it at once one is told. What is given
    counts as confirmed today; what is left out, or null, stays.
    """
    rev = revision(if_match)
    if rev is None:
        raise Problem("no-revision")
    row = _own(request, id)
    said = given.model_dump(exclude={"matters", "when", "where", "unit"}, exclude_none=True)
    if given.per_week is not None and given.unit is not None:
        said["unit"] = given.unit
    actions.change(by=request.actor, asset=row, rev=rev, key=once(idempotency_key), **said, **_as_ours(given))
    return _standing(request, response, row)


@call(router, "post", "/assets/{uuid:id}/confirm", shapes.MyAsset, scope=Scope.OFFER, problems=("outdated",))
def confirm(request: Request, response: HttpResponse, id: Id, if_match: IfMatch = None) -> Any:
    """Say that a thing is still so today"""
    row = _own(request, id)
    actions.confirm(by=request.actor, asset=row, rev=revision(if_match))
    return _standing(request, response, row)


@call(router, "post", "/assets/{uuid:id}/pause", shapes.MyAsset, scope=Scope.OFFER, problems=("outdated",))
def pause(request: Request, response: HttpResponse, id: Id, given: shapes.PauseIn, if_match: IfMatch = None) -> Any:
    """Let nobody ask for a thing for a while, or let them ask again"""
    row, rev = _own(request, id), revision(if_match)
    actions.pause_offer(by=request.actor, asset=row, on=given.paused, back_on=given.back_on, rev=rev)
    return _standing(request, response, row)


@call(router, "post", "/assets/{uuid:id}/room", shapes.MyAsset, scope=Scope.OFFER, problems=("outdated",))
def room(request: Request, response: HttpResponse, id: Id, given: shapes.RoomIn, if_match: IfMatch = None) -> Any:
    """Say for how many newcomers there is room"""
    row, rev = _own(request, id), revision(if_match)
    actions.say_room(by=request.actor, asset=row, room_for=given.room_for, until=given.until, rev=rev)
    return _standing(request, response, row)


@call(router, "post", "/assets/{uuid:id}/withdraw", shapes.MyAsset, scope=Scope.OFFER, problems=("outdated",))
def withdraw(request: Request, response: HttpResponse, id: Id, if_match: IfMatch = None) -> Any:
    """Take a thing back: from the next request on nobody else finds it"""
    row = _own(request, id)
    actions.withdraw(by=request.actor, asset=row, rev=revision(if_match))
    return _standing(request, response, row)


@call(router, "get", "/assets/{uuid:id}/versions", shapes.Versions, scope=Scope.OFFER)
def versions(request: Request, id: Id) -> Any:
    """What a thing of the holder's said after each of its changes, newest first"""
    row = _own(request, id)
    opened(request, [row.record])
    return {"items": [saying.version(one) for one in queries.versions_of(request.actor, row)], "next": None}


@call(
    router, "post", "/assets/{uuid:id}/versions/{n}/restore", shapes.MyAsset, scope=Scope.OFFER, problems=("outdated",)
)
def restore(request: Request, response: HttpResponse, id: Id, n: Number, if_match: IfMatch = None) -> Any:
    """Say again what an earlier version said. That is a change of its own; who sees it stays as it is"""
    row, rev = _own(request, id), revision(if_match)
    version = here(next((one for one in queries.versions_of(request.actor, row) if one.n == n), None))
    actions.restore(by=request.actor, asset=row, version=version, rev=rev)
    return _standing(request, response, row)


def _key(row: Asset) -> UUID:
    return row.record.key


def _own(request: Request, id: UUID) -> Asset:
    """Of the holder's own things, the one that is meant; somebody else's is as if it were not there."""
    row = queries.asset(request.actor, id)
    return here(row if row is not None and row.record.owner_id == me(request).pk else None)  # type: ignore[no-any-return]


def _standing(request: Request, response: HttpResponse, row: Asset | None) -> Any:
    """What stands now, read anew."""
    now = here(queries.asset(request.actor, row.record.key) if row is not None else None)
    opened(request, [now.record])
    tagged(response, now)
    return saying.my_asset(now, request)


def _as_ours(given: shapes.OfferIn | shapes.ChangeIn) -> dict[str, Any]:
    """Parts of life, times and the place under the names that our actions know."""
    said: dict[str, Any] = {}
    if given.matters is not None:
        said["domains"] = given.matters
    if given.when is not None:
        said["whens"] = [(one.starts, one.rule, one.minutes, one.words) for one in given.when]
    if given.where is not None:
        place = given.where
        said |= {"lat": place.lat, "lng": place.lng, "precision": place.precision, "place_words": place.words}
    return said
