"""What the people, communities and organisations of the invented town have to share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone

from alongside.ground.people.models import Kind, Party, PartyState, Sort
from alongside.ground.records.models import Audience, Precision, Record, State
from alongside.knowing.assets.models import Asset, AssetAccess, AssetDay, AssetDomain, AssetWhen, Offer, Unit
from alongside.knowing.assets.when import DAYS, ZONE, When, days
from alongside.site.demo.bank import load
from alongside.site.demo.geography import Town
from alongside.site.demo.inhabitants import Folk
from alongside.site.demo.writing import Pile, key, spots

SHORT_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MANY = (0, 0, 1, 1, 1, 2, 2, 2, 3, 4)  # how many things somebody offers
WHO_SEES = (Audience.EVERYONE,) * 11 + (Audience.COMMUNITY,) * 4 + (Audience.CIRCLE,) * 2 + (Audience.ME,) * 3


def share(rng: Random, town: Town, folk: Folk) -> list[Asset]:
    """Write everything that is held, the cast's own things first."""
    pile = Pile(rng, "asset", "assets.offer")
    places = _places(rng, town)
    for spec in load("cast")["offer"]:
        _add(rng, pile, folk, folk.cast[spec["holder"]], spec, spec, places)
    cast = {party.pk for party in folk.cast.values()}
    offers = load("offers")["offer"]
    for party in folk.people:
        if party.pk not in cast:
            for spec in rng.sample(offers, rng.choice(MANY)):
                _add(rng, pile, folk, party, spec, _choices(rng, folk, party), places)
    for group in folk.communities + folk.organisations:
        for spec in folk.bank.get(group.pk, {}).get("offer", []):
            _add(rng, pile, folk, group, spec, {"audience": Audience.EVERYONE, "countable": True}, places)
    _strangers(rng, pile, town, folk, places)
    records = pile.write()
    held = Asset.objects.filter(pk__in=[record.pk for record in records]).select_related("record__owner", "offer")
    return list(held.order_by("pk"))


def _strangers(rng: Random, pile: Pile, town: Town, folk: Folk, places: Any) -> None:
    """People without an account who want to show something: it waits on the stewards' desk."""
    bank = load("offers")["offer"]
    for ward in ("Old Quay", "Saltings"):
        party = Party(key=key(rng), kind=Kind.PERSON, sort=Sort.PERSON, state=PartyState.PROVISIONAL)
        party.area = town.wards[ward]
        party.save()
        street, lat, lng = town.somewhere(rng, ward)
        folk.spots[party.pk], folk.streets[party.pk] = (lat, lng), street.name
        _add(rng, pile, folk, party, rng.choice(bank), {"state": State.HELD}, places)


def _places(rng: Random, town: Town) -> dict[str, tuple[float, float, str]]:
    """Where each of the town's own places is, and its words."""
    found = {}
    for place in load("cast")["place"]:
        street, lat, lng = town.somewhere(rng, place["ward"])
        found[place["name"]] = (lat, lng, town.with_postcode(place["name"], street.name, lat, lng))
    return found


def _choices(rng: Random, folk: Folk, party: Party) -> dict[str, Any]:
    """Who may see it and whether it counts, as a person might choose."""
    audience = rng.choice(WHO_SEES)
    mine = folk.belongs.get(party.pk, [])
    if audience == Audience.COMMUNITY and not mine:
        audience = Audience.EVERYONE
    community = rng.choice(mine) if audience == Audience.COMMUNITY else None
    return {"audience": audience, "community": community, "countable": rng.random() < 0.75}


def _add(
    rng: Random, pile: Pile, folk: Folk, holder: Party, spec: dict[str, Any], choices: dict[str, Any], places: Any
) -> None:
    community = choices.get("community")
    if isinstance(community, str):
        community = folk.cast[community]
    welsh = holder.lang == "cy" and "words_cy" in spec
    title = _one(rng, spec["title_cy" if welsh else "title"])
    words = _one(rng, spec["words_cy" if welsh else "words"])
    street, ward = folk.streets[holder.pk], holder.area.name if holder.area else ""
    filling = {"street": street, "ward": ward, "years": rng.randint(3, 40)}
    place = places.get(spec.get("place", ""))
    lat, lng = place[:2] if place else folk.spots[holder.pk]
    open_to_all = place is not None or (holder.kind != Kind.PERSON and "home" not in spec.get("access", []))
    precision = Precision.EXACT if open_to_all else rng.choice((Precision.CELL, Precision.CELL, Precision.AREA))
    where = spec.get("place_words") or (place[2] if place else folk.doors[holder.pk] if open_to_all else ward)
    when = [rng.choice(spec["when_one_of"])] if "when_one_of" in spec else spec.get("when", [])
    confirmed = timezone.localdate() - timedelta(days=rng.randint(1, 200))

    def rows(record: Record) -> Iterable[models.Model]:
        asset = Asset(
            record=record,
            kind=spec["kind"],
            title=title.format(**filling)[:200],
            words=words.format(**filling),
            cost=spec.get("cost", "free"),
            cost_words=spec.get("cost_words", ""),
            open_to=spec.get("open_to", ""),
            how=spec.get("how", ""),
            paid=spec.get("paid", False),
            confirmed_on=confirmed,
        )
        yield asset
        yield from (AssetDomain(asset=asset, domain=domain) for domain in spec.get("domains", []))
        yield from (AssetAccess(asset=asset, feature=feature) for feature in spec.get("access", []))
        times = [_when(words) for words in when]
        yield from (AssetWhen(asset=asset, **one._asdict()) for one in times)
        yield from (AssetDay(asset=asset, **day._asdict()) for day in sorted(set().union(*map(days, times))))
        if "week" in spec:
            yield Offer(asset=asset, per_week=spec["week"], unit=spec.get("unit", Unit.MINUTES))
        yield from spots(record, lat, lng, precision, where, holder.area)

    pile.add(
        holder,
        rows,
        audience=choices.get("audience", Audience.EVERYONE),
        community=community,
        countable=choices.get("countable", True),
        lang="cy" if welsh else spec.get("lang", "en"),
        state=choices.get("state", State.LIVE),
    )


def _one(rng: Random, said: str | list[str]) -> str:
    return said if isinstance(said, str) else rng.choice(said)


def _when(words: str) -> When:
    """“tue 12:00 120”: every Tuesday at noon for two hours, from the one that comes next."""
    day, clock, minutes = words.split()
    number = SHORT_DAYS.index(day)
    hour, minute = map(int, clock.split(":"))
    now = timezone.localtime()
    first = now.date() + timedelta(days=(number - now.weekday()) % 7)
    starts = datetime(first.year, first.month, first.day, hour, minute, tzinfo=ZoneInfo(ZONE))
    return When(starts, f"FREQ=WEEKLY;BYDAY={DAYS[number]}", int(minutes))
