"""Offer, change, confirm, pause and take back what a party holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.places.models import Area
from alongside.ground.records import actions as records
from alongside.ground.records.models import Level, Precision, State
from alongside.knowing.assets import policy, versions
from alongside.knowing.assets.bulk import Row as Row
from alongside.knowing.assets.bulk import bring_in as bring_in
from alongside.knowing.assets.bulk import renew as renew
from alongside.knowing.assets.domains import guess as guess
from alongside.knowing.assets.domains import keys
from alongside.knowing.assets.edits import count_edits as count_edits
from alongside.knowing.assets.edits import let_edit as let_edit
from alongside.knowing.assets.edits import restore as restore
from alongside.knowing.assets.edits import send_back as send_back
from alongside.knowing.assets.models import (
    Access,
    Asset,
    AssetKind,
    Cost,
    Offer,
    Unit,
)
from alongside.knowing.assets.room import MOST_ROOM
from alongside.knowing.assets.room import come_back as come_back
from alongside.knowing.assets.room import give_place_back as give_place_back
from alongside.knowing.assets.room import pause_offer as pause_offer
from alongside.knowing.assets.room import promise as promise
from alongside.knowing.assets.room import release as release
from alongside.knowing.assets.room import say_room as say_room
from alongside.knowing.assets.room import take_place as take_place

CONFIRMED_FOR = timedelta(days=365)
AT_ONCE = 500
LONGEST = {"title": 200, "words": 10_000, "cost_words": 200, "open_to": 300, "how": 300, "website": 500}
CHOICES = {"kind": AssetKind.values, "cost": Cost.values}
PLACE = ("lat", "lng", "precision", "place_words", "address", "area")


@action("assets.offer", may=policy.may_offer, returns=Asset)
def offer(
    *,
    by: Actor,
    holder: Party,
    kind: str,
    title: str,
    words: str = "",
    audience: str = "me",
    community: Party | None = None,
    countable: bool = False,
    cost: str = Cost.UNKNOWN,
    cost_words: str = "",
    open_to: str = "",
    how: str = "",
    website: str = "",
    paid: bool = False,
    domains: Iterable[str] = (),
    access: Iterable[str | tuple[str, str]] = (),
    whens: Iterable[tuple[Any, ...]] = (),
    lat: float | None = None,
    lng: float | None = None,
    precision: str = Precision.CELL,
    place_words: str = "",
    address: str = "",
    area: Area | None = None,
    per_week: int | None = None,
    unit: str = Unit.MINUTES,
    least_people: int | None = None,
    lang: str = "",
) -> Asset:
    """Put what a party has to share in the register, seen by nobody else unless `audience` says so.

    `whens` are (first start, RFC 5545 rule, minutes, words); `access` features, or (feature, words); `per_week`
    counts in `unit`; it starts when `least_people` want to come; parts of life are guessed from the words where
    none are given. The place is blurred to a few streets unless `precision` says otherwise. What comes from
    somebody without an account, and is meant for others, waits for a steward's look. Raises Fault for a missing
    title, words that are too long, an unknown choice, a group of no size, and a time that is not a time.
    """
    given = _clean(
        kind=kind, title=title, words=words, cost=cost, cost_words=cost_words, open_to=open_to, how=how, website=website
    )
    record = records.open_record(
        by=by,
        kind="asset",
        owner=holder,
        audience=audience,
        community=community,
        countable=countable,
        level=Level.INDIVIDUAL if holder.is_person else Level.COMMUNITY,
        area=area,
        lang=lang,
    )
    given["least_people"] = _group(least_people)
    asset = Asset.objects.create(record=record, paid=paid, confirmed_on=timezone.localdate(), **given)
    _put(asset, lat=lat, lng=lng, precision=precision, place_words=place_words, address=address, area=area)
    _describe(asset, list(domains) or guess(f"{asset.title} {asset.words}"), access, whens)
    _measure(asset, per_week, unit)
    versions.keep(asset)
    return asset


@action("assets.change", may=policy.may_change, returns=Asset)
def change(
    *,
    by: Actor,
    asset: Asset,
    audience: str | None = None,
    until: datetime | None = None,
    community: Party | None = None,
    countable: bool | None = None,
    domains: Iterable[str] | None = None,
    access: Iterable[str | tuple[str, str]] | None = None,
    whens: Iterable[tuple[Any, ...]] | None = None,
    per_week: int | None = None,
    unit: str = Unit.MINUTES,
    **fields: Any,
) -> Asset:
    """Change what is given and leave the rest; the holder has looked at it, so it counts as confirmed today.

    Takes the words `offer` takes. A place is given whole (lat, lng, precision, place_words, address, area); an
    audience until a moment, or for good. What somebody without an account changes for others waits for a look
    again. Where a community looks at changes first, the words wait (`versions.waiting`) and others read what
    stood, also when it was its holder's alone in between; who sees it and how exactly it is placed count at once.
    Raises Fault as `offer` does.
    """
    place = {name: fields.pop(name) for name in PLACE if name in fields}
    least = _group(fields.pop("least_people", asset.least_people))
    said = {"paid": fields.pop("paid", asset.paid), "least_people": least, **_clean(**fields)}

    def write() -> None:
        for name, value in said.items():
            setattr(asset, name, value)
        asset.save(update_fields=list(said))
        _describe(asset, domains, access, whens)

    record = records.lock(asset.record)
    shared = audience or record.audience
    community = community or record.community
    before, after = records.looked_over(record), records.looked_over(record, shared, community)
    same = before is not None and after is not None and before.community == after.community
    if before is not None:
        versions.note_read(asset, before)
    if before is not None and not same:
        versions.take_up_waiting(asset)  # those who would have looked do not read it any more
    versions.take(by, asset, write, hold=same)
    until = until if audience else record.audience_until
    records.set_audience(by=by, record=record, audience=shared, community=community, countable=countable, until=until)
    if after is not None and not same:
        versions.come_back(by, asset, after)
    if place:
        _put(asset, **place)
    _measure(asset, per_week, unit)
    asset.confirmed_on = timezone.localdate()
    asset.save(update_fields=["confirmed_on"])
    return asset


@action("assets.confirm", may=policy.may_change, returns=Asset)
def confirm(*, by: Actor, asset: Asset) -> Asset:
    """Say that it is still so today; what had not been confirmed for a while is here again."""
    asset.confirmed_on = timezone.localdate()
    asset.save(update_fields=["confirmed_on"])
    records.freshen(record=asset.record)
    return asset


@action("assets.withdraw", may=policy.may_change, returns=Asset)
def withdraw(*, by: Actor, asset: Asset) -> Asset:
    """Take it back: from the next request on no list, search or map shows it. The holder still sees it."""
    records.end(by=by, record=asset.record)
    asset.record.refresh_from_db()
    return asset


@action("assets.age", may=policy.may_age)
def age(*, by: Actor) -> int:
    """Mark what nobody has confirmed for a year. It stays where it is shown, with the mark. How many were marked."""
    before = timezone.localdate() - CONFIRMED_FOR
    old = list(Asset.objects.filter(record__state=State.LIVE, confirmed_on__lt=before).values_list("pk", flat=True))
    return sum(
        records.move_many(by=by, records=old[start : start + AT_ONCE], state=State.STALE)
        for start in range(0, len(old), AT_ONCE)
    )


def _clean(**fields: Any) -> dict[str, Any]:
    """Texts without stray space or signs a database refuses, and choices that exist."""
    for name, value in fields.items():
        if name in CHOICES:
            if value not in CHOICES[name]:
                raise Fault(name, _("Choose one of these"))
            continue
        if name not in LONGEST:
            raise TypeError(f"an asset has no {name}")
        fields[name] = value = value.replace("\x00", "").strip()
        if len(value) > LONGEST[name]:
            raise Fault(name, _("Use %(most)d letters or fewer") % {"most": LONGEST[name]})
    if "title" in fields:
        fields["title"] = " ".join(fields["title"].split())
        if not fields["title"]:
            raise Fault("title", _("Say what it is, in a few words"))
    if fields.get("website") and not fields["website"].startswith(("https://", "http://")):
        raise Fault("website", _("Start the address with https://"))
    return fields


def _group(least: int | None) -> int | None:
    """How many must want to come before it starts; one is nothing to wait for."""
    if least is not None and not 0 <= least <= MOST_ROOM:
        raise Fault("least_people", _("Enter a number, like 4"))
    return least if least is not None and least > 1 else None


def _put(
    asset: Asset,
    *,
    lat: float | None = None,
    lng: float | None = None,
    precision: str = Precision.CELL,
    place_words: str = "",
    address: str = "",
    area: Area | None = None,
) -> None:
    if precision not in Precision.values:
        raise Fault("precision", _("Choose one of these"))
    if (lat is None) != (lng is None) or (lat is not None and not (-90 <= lat <= 90 and -180 <= (lng or 0) <= 180)):
        raise Fault("place_words", _("Choose a place on the map"))
    records.put(
        record=asset.record,
        lat=lat,
        lng=lng,
        precision=precision,
        words=" ".join(place_words.replace("\x00", "").split())[:200],
        address=address.replace("\x00", "").strip(),
        area=area,
    )


def _describe(
    asset: Asset,
    domains: Iterable[str] | None,
    access: Iterable[str | tuple[str, str]] | None,
    whens: Iterable[tuple[Any, ...]] | None,
) -> None:
    """Put these parts of life, access features and times in place of those that were there; None leaves them."""
    if domains is not None:
        if not set(domains := list(domains)) <= set(keys()):
            raise Fault("domains", _("Choose from these"))
        versions.write_domains(asset, domains)
    if access is not None:
        features = dict((one, "") if isinstance(one, str) else one for one in access)
        if not set(features) <= set(Access.values):
            raise Fault("access", _("Choose from these"))
        versions.write_access(asset, features)
    if whens is not None:
        versions.write_whens(asset, whens)


def _measure(asset: Asset, per_week: int | None, unit: str) -> None:
    """How much of it may be used in a week; nothing said leaves it as it is."""
    if per_week is None:
        return
    if unit not in Unit.values:
        raise Fault("unit", _("Choose one of these"))
    if not 0 <= per_week <= 1_000_000:
        raise Fault("per_week", _("Enter a number, like 2"))
    there = Offer.objects.filter(pk=asset.pk).first()
    if there is None:
        Offer.objects.create(asset=asset, per_week=per_week, unit=unit)
        return
    if there.promised * 100 > per_week * there.limit_pct:
        raise Fault("per_week", _("You have promised more than that already. End a promise first."))
    Offer.objects.filter(pk=asset.pk).update(per_week=per_week, unit=unit)
