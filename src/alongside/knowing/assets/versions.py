"""What an asset said at each change: kept, compared, put back, and held where a community looks first.

A version holds what others read, never the exact place, nor who may see it: going back shows nothing to anybody new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from alongside.ground.history import versions
from alongside.ground.history.acting import tried
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Standing
from alongside.ground.people.queries import belongs_to
from alongside.ground.records.actions import holding_over
from alongside.ground.records.models import Audience, Holding
from alongside.knowing.assets.models import Asset, AssetAccess, AssetDay, AssetDomain, AssetWhen, Cost
from alongside.knowing.assets.when import checked, days

Body = dict[str, Any]
NUMBERS = ("least_age", "most_age", "least_people")
FIELDS = ("kind", "title", "words", "cost", "cost_words", "open_to", "how", "website", "paid", *NUMBERS)
EMPTY: Body = dict.fromkeys(NUMBERS) | {"paid": False, "cost": Cost.UNKNOWN.value}


def body_of(asset: Asset) -> Body:
    """What an asset says now, as plain words and numbers, read afresh."""
    fields: Body = Asset.objects.filter(pk=asset.pk).values(*FIELDS).get()
    if fields["least_people"] is None:
        del fields["least_people"]  # what was kept before anybody could say it says the same
    whens = AssetWhen.objects.filter(asset=asset).order_by("pk")
    return fields | {
        "domains": sorted(AssetDomain.objects.filter(asset=asset).values_list("domain", flat=True)),
        "access": sorted([one.feature, one.words] for one in AssetAccess.objects.filter(asset=asset)),
        "whens": [[one.starts.isoformat() if one.starts else None, one.rrule, one.minutes, one.words] for one in whens],
    }


def put_back(asset: Asset, body: Body) -> None:
    """Write what a version says over what stands. Called inside an action."""
    for name in FIELDS:
        setattr(asset, name, body.get(name, EMPTY.get(name, "")))
    asset.save(update_fields=list(FIELDS))
    write_domains(asset, body["domains"])
    write_access(asset, dict(body["access"]))
    write_whens(asset, [(datetime.fromisoformat(at) if at else None, *rest) for at, *rest in body["whens"]])


def write_domains(asset: Asset, domains: Iterable[str]) -> None:
    """Put these parts of life in place of those that were there. Called inside an action."""
    AssetDomain.objects.filter(asset=asset).delete()
    AssetDomain.objects.bulk_create(AssetDomain(asset=asset, domain=domain) for domain in sorted(set(domains)))


def write_access(asset: Asset, features: dict[str, str]) -> None:
    """The same for what makes it easy to come. Called inside an action."""
    AssetAccess.objects.filter(asset=asset).delete()
    AssetAccess.objects.bulk_create(
        AssetAccess(asset=asset, feature=feature, words=words[:200]) for feature, words in features.items()
    )


def write_whens(asset: Asset, whens: Iterable[tuple[Any, ...]]) -> None:
    """The same for its times, and for the days of the week that follow from them. Called inside an action; raises
    Fault for a time that is none."""
    times = checked(whens)
    AssetWhen.objects.filter(asset=asset).delete()
    AssetDay.objects.filter(asset=asset).delete()
    AssetWhen.objects.bulk_create(AssetWhen(asset=asset, **when._asdict()) for when in times)
    found = set().union(*map(days, times))
    AssetDay.objects.bulk_create(AssetDay(asset=asset, **day._asdict()) for day in found)


def keep(asset: Asset) -> None:
    """Keep what a new asset says. Called inside an action."""
    versions.keep(asset.pk, body_of(asset))


def take(by: Actor, asset: Asset, write: Callable[[], None], hold: bool = True) -> bool:
    """Let `write` change what an asset says, and keep a version; False where a community looks first, so that
    others read what stood until then. Called inside an action.

    A change that waits already is changed further, and its time begins anew.
    """
    before = body_of(asset)
    versions.keep_first(asset.pk, before)
    holding = holding_over(by, asset.record) if hold else None
    if holding is None:
        write()
        after = body_of(asset)
        if after != before:
            versions.keep(asset.pk, after)
        return True
    waits = versions.waiting(asset.pk)
    after = _tried(asset, write, waits.body if waits else before)
    if waits is not None and after == waits.body:
        return False
    if waits is not None:
        versions.answer(waits, Standing.TAKEN)
    if after == before:
        return True
    _wait(asset, after, holding)
    return False


def _tried(asset: Asset, write: Callable[[], None], start: Body) -> Body:
    """What an asset would say: written on top of `start`, read, and undone."""

    def on_top() -> None:
        put_back(asset, start)
        write()

    after = tried(on_top, lambda: body_of(asset))
    asset.refresh_from_db(fields=list(FIELDS))
    return after


def take_up_waiting(asset: Asset) -> bool:
    """Let the change that waits count, as a version of its own; whether there was one. Called inside an action."""
    waits = versions.waiting(asset.pk)
    if waits is None or not versions.answer(waits, Standing.TAKEN):
        return False
    put_back(asset, waits.body)
    versions.keep(asset.pk, body_of(asset))
    return True


def note_read(asset: Asset, holding: Holding) -> None:
    """Note what the people of a community read now, before it is changed or taken from them."""
    body = body_of(asset)
    versions.keep_first(asset.pk, body)
    versions.note_read(asset.pk, body, holding.community)


def come_back(by: Actor, asset: Asset, holding: Holding) -> None:
    """What a community reads again is what it read before; what was changed in between waits as any change does, so
    that nobody goes round the look by keeping a thing to themselves for a moment. Called inside an action.
    """
    everyone = asset.record.audience == Audience.EVERYONE
    read = versions.last_read(asset.pk, belongs_to(asset.record.owner) if everyone else [holding.community])
    now = body_of(asset)
    if holding_over(by, asset.record) is not None and read is not None and read.body != now:
        put_back(asset, read.body)
        versions.keep(asset.pk, read.body, held_by=holding.community)
        _wait(asset, now, holding)
    else:
        versions.note_read(asset.pk, now, holding.community)


def _wait(asset: Asset, body: Body, holding: Holding) -> None:
    until = timezone.now() + timedelta(days=holding.days)
    versions.keep(asset.pk, body, standing=Standing.WAITS, waits_until=until, held_by=holding.community)
