"""Says rows of ours in the shapes of the API. Only what the caller's query has let through comes here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from alongside.ground.history.actor import Source
from alongside.ground.history.models import Version
from alongside.ground.people.models import Party
from alongside.ground.places.models import Area
from alongside.ground.records.models import Record
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.wording import shown_name
from alongside.knowing.outcomes.models import Wish


def area(row: Area | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"kind": row.kind, "edition": row.edition, "code": row.code, "name": row.name}


def holder(party: Party) -> dict[str, Any]:
    return {"id": party.key, "kind": party.kind, "sort": party.sort, "name": shown_name(party)}


def where(record: Record) -> dict[str, Any] | None:
    """The shown place."""
    spot = getattr(record, "spot", None)
    if spot is None:
        return None
    said = {"precision": spot.precision, "lat": spot.shown_lat, "lng": spot.shown_lng, "words": spot.shown_words}
    return said | {"area": area(spot.area)}


def asset(row: Asset, request: HttpRequest) -> dict[str, Any]:
    """One asset with all there is to say of it; its times, days, parts of life and access are fetched already."""
    record = row.record
    return {
        "id": record.key,
        "rev": record.rev,
        "kind": row.kind,
        "title": row.title,
        "words": row.words,
        "lang": record.lang,
        "holder": holder(record.owner),
        "state": record.state,
        "confirmed_on": row.confirmed_on,
        "cost": {"kind": row.cost, "words": row.cost_words},
        "open_to": row.open_to,
        "least_age": row.least_age,
        "most_age": row.most_age,
        "how": row.how,
        "website": row.website,
        "paid": row.paid,
        "matters": sorted(one.domain for one in row.domains.all()),
        "access": [{"feature": one.feature, "words": one.words} for one in row.access.all()],
        "when": [
            {
                "starts": one.starts,
                "rule": one.rrule,
                "zone": one.tz or settings.TIME_ZONE,
                "minutes": one.minutes,
                "words": one.words,
            }
            for one in row.whens.all()
        ],
        "where": where(record),
        "paused": row.paused,
        "back_on": row.back_on,
        "room_for": row.room_for,
        "least_people": row.least_people,
        "page": request.build_absolute_uri(reverse("assets:asset", args=[record.key])),
    }


def my_asset(row: Asset, request: HttpRequest) -> dict[str, Any]:
    """The same with what only its holder sees."""
    offer = getattr(row, "offer", None)
    share = None
    if offer is not None:
        share = {name: getattr(offer, name) for name in ("unit", "per_week", "promised")}
    mine = {"audience": row.record.audience, "countable": row.record.countable, "offer": share}
    return asset(row, request) | {"mine": mine}


def version(row: Version) -> dict[str, Any]:
    """What an asset said after a change; not whose hand it was."""
    body = row.body
    said = {name: body.get(name, "") for name in ("kind", "title", "words", "open_to", "how", "website")}
    said |= {"cost": {"kind": body.get("cost", "unknown"), "words": body.get("cost_words", "")}}
    said |= {"matters": body.get("domains", []), "by_program": row.event.source == Source.API}
    return said | {"n": row.n, "at": row.event.at, "standing": row.standing}


def wished(row: Wish) -> dict[str, Any]:
    """A wish without the one who wishes."""
    record = row.record
    return {
        "id": record.key,
        "words": row.words,
        "lang": record.lang,
        "matters": row.domain,
        "kind": row.kind,
        "when_words": row.when_words,
        "area": area(record.area),
    }


def my_wish(row: Wish) -> dict[str, Any]:
    record = row.record
    own = {"rev": record.rev, "state": row.state, "minutes_week": row.minutes_week}
    return wished(row) | own | {"audience": record.audience, "countable": record.countable}
