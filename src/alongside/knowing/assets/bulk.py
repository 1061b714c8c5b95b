"""Many services at once, for feeds: the same as `offer` and `change`, in a few statements for hundreds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.records import actions as records
from alongside.ground.records.actions import PublicPlace
from alongside.ground.records.models import Record
from alongside.knowing.assets.models import Asset, AssetAccess, AssetDay, AssetDomain, AssetKind, AssetWhen, Cost
from alongside.knowing.assets.when import When, checked, days

WRITTEN = ["kind", "title", "words", "cost", "cost_words", "open_to", "least_age", "most_age", "how", "website"]
WRITTEN += ["paid", "confirmed_on", "from_list"]


@dataclass(frozen=True, slots=True)
class Row:
    """What a published list says about one service, ready to be kept. `whens` as `offer` takes them."""

    title: str
    words: str = ""
    cost: str = Cost.UNKNOWN
    cost_words: str = ""
    open_to: str = ""
    least_age: int | None = None
    most_age: int | None = None
    how: str = ""
    website: str = ""
    paid: bool = False
    confirmed_on: date | None = None
    from_list: bool = True
    domains: tuple[str, ...] = ()
    access: tuple[tuple[str, str], ...] = ()
    whens: tuple[tuple[Any, ...], ...] = ()
    place: PublicPlace | None = None


def bring_in(*, by: Actor, rows: Sequence[tuple[Party, Row, str]]) -> list[Record]:
    """Put what organisations publish in the register, seen by everyone, each in its state, in this order.

    Called inside an action. A time that is no RFC 5545 rule is left out, since nobody is there to ask.
    """
    made = records.open_many(by=by, kind="asset", holders=[(holder, state) for holder, _row, state in rows])
    found = {record.pk: row for record, (_holder, row, _state) in zip(made, rows, strict=True)}
    Asset.objects.bulk_create(_asset(pk, row) for pk, row in found.items())
    records.put_many(by=by, places={pk: row.place for pk, row in found.items() if row.place})
    _describe(found)
    return made


def renew(*, by: Actor, rows: Mapping[int, Row]) -> None:
    """Write what the list says now over what it said before, by record id; each counts one revision more.

    Called inside an action.
    """
    if not rows:
        return
    Asset.objects.bulk_create(
        (_asset(pk, row) for pk, row in rows.items()),
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=WRITTEN,
    )
    records.revise_many(by=by, records=rows.keys())
    records.put_many(by=by, places={pk: row.place for pk, row in rows.items()})
    for part in (AssetDomain, AssetAccess, AssetWhen, AssetDay):
        part.objects.filter(asset__in=rows).delete()
    _describe(rows)


def _asset(pk: int, row: Row) -> Asset:
    written = {name: getattr(row, name) for name in WRITTEN if name != "kind"}
    return Asset(record_id=pk, kind=AssetKind.SERVICE, **written)


def _describe(rows: Mapping[int, Row]) -> None:
    AssetDomain.objects.bulk_create(
        AssetDomain(asset_id=pk, domain=domain) for pk, row in rows.items() for domain in row.domains
    )
    AssetAccess.objects.bulk_create(
        AssetAccess(asset_id=pk, feature=feature, words=words[:200])
        for pk, row in rows.items()
        for feature, words in dict(row.access).items()
    )
    whens = [(pk, when) for pk, row in rows.items() for when in _times(row)]
    AssetWhen.objects.bulk_create(AssetWhen(asset_id=pk, **when._asdict()) for pk, when in whens)
    found = {(pk, day): None for pk, when in whens for day in days(when)}
    AssetDay.objects.bulk_create(AssetDay(asset_id=pk, **day._asdict()) for pk, day in found)


def _times(row: Row) -> list[When]:
    found: list[When] = []
    for when in row.whens:
        try:
            found.extend(checked([when]))
        except Fault:
            continue
    return found
