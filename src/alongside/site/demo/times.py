"""How fresh things in the invented town are: room, breaks, earlier versions, what is old, and who says welcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import begin, welcome
from alongside.ground.people.models import Kind
from alongside.ground.records.models import Precision, Record
from alongside.knowing.assets import actions
from alongside.knowing.assets.models import Asset, AssetKind, Cost
from alongside.knowing.freshness.actions import hide_old
from alongside.site.demo.bank import load
from alongside.site.demo.geography import Town
from alongside.site.demo.inhabitants import Folk
from alongside.site.demo.writing import rekey

BY = Actor.system("demo")
EVERY = 24  # of so many things that others see, one has not been confirmed for a year
MARKED_AGO = timedelta(days=100)


def pass_by(rng: Random, town: Town, folk: Folk, assets: Sequence[Asset], theirs: Mapping[str, Asset]) -> int:
    """Let some time pass over what is shared. How many things more are shared now."""
    bank = load("times")
    _change(theirs, bank["changed"])
    old = [_old(rng, folk, spec) for spec in bank["old"]]
    _grow_old(assets, [made.pk for made, spec in zip(old, bank["old"], strict=True) if spec.get("hidden")])
    for spec in bank["room"]:
        until = _day(spec["days"]) if "days" in spec else None
        actions.say_room(by=BY, asset=_now(theirs[spec["title"]]), room_for=spec["for"], until=until)
    for spec in bank["break"]:
        actions.pause_offer(by=BY, asset=_now(theirs[spec["title"]]), back_on=_day(spec["days"]))
    for spec in bank["welcome"]:
        _welcome(rng, town, folk, spec)
    return len(old) + len(bank["welcome"])


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _now(asset: Asset) -> Asset:
    """As it stands now, for what came before may have changed it."""
    return Asset.objects.select_related("record__owner").get(pk=asset.pk)


def _change(theirs: Mapping[str, Asset], bank: list[dict[str, Any]]) -> None:
    """Its holder has written it anew, more than once."""
    for spec in bank:
        for words in spec["words"]:
            actions.change(by=BY, asset=_now(theirs[spec["title"]]), words=words)


def _old(rng: Random, folk: Folk, spec: dict[str, Any]) -> Asset:
    """Something that its holder offered long ago, and has not spoken of since."""
    holder = folk.cast[spec["holder"]]
    lat, lng = folk.spots[holder.pk]
    asset = actions.offer(
        by=Actor(person=holder),
        holder=holder,
        kind=spec["kind"],
        title=spec["title"],
        words=spec["words"],
        domains=spec["domains"],
        audience="everyone",
        cost=Cost.FREE,
        lat=lat,
        lng=lng,
        place_words=holder.area.name if holder.area else "",
        area=holder.area,
    )
    rekey(rng, asset.record)
    Asset.objects.filter(pk=asset.pk).update(confirmed_on=_day(-spec["days"]))
    return asset


def _grow_old(assets: Sequence[Asset], hidden: Sequence[int]) -> None:
    """Mark what is a year old, and hide what has been marked for long."""
    cast = {spec["title"] for spec in load("cast")["offer"]}
    shown = [asset.pk for asset in assets if asset.record.audience == "everyone" and asset.title not in cast]
    Asset.objects.filter(pk__in=shown[::EVERY]).update(confirmed_on=_day(-385))
    actions.age(by=BY)
    Record.objects.filter(pk__in=hidden).update(changed=timezone.now() - MARKED_AGO)
    hide_old(by=BY)


def _welcome(rng: Random, town: Town, folk: Folk, spec: dict[str, Any]) -> None:
    """A shop or public place says so; what comes from somebody unknown waits for a steward's look."""
    by = Actor(person=begin(by=Actor.anyone())[0]) if spec.get("waits") else BY
    area = town.wards[spec["ward"]]
    holder = welcome(by=by, name=spec["name"], kind=Kind.ORGANISATION, sort=spec["sort"], area=area)
    street, lat, lng = town.somewhere(rng, spec["ward"])
    asset = actions.offer(
        by=by,
        holder=holder,
        kind=AssetKind.SPACE,
        title=f"Welcome at {spec['name']}",
        words=spec["words"],
        audience="everyone",
        cost=Cost.FREE,
        open_to="Everyone",
        access=spec["access"],
        lat=lat,
        lng=lng,
        precision=Precision.EXACT,
        place_words=town.with_postcode(street.name, street.name, lat, lng),
        area=area,
    )
    rekey(rng, asset.record)
    folk.organisations.append(holder)
