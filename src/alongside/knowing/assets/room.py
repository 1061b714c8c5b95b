"""How much room there is: newcomers, a break with a day it ends, and the promise that takes the last place once."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.knowing.assets import policy
from alongside.knowing.assets.models import Asset, Offer, Unit

MOST_ROOM = 500
LONGEST_BREAK = timedelta(days=366)


@action("assets.say_room", may=policy.may_change, returns=Asset)
def say_room(*, by: Actor, asset: Asset, room_for: int | None, until: date | None = None) -> Asset:
    """Say for how many newcomers there is room, and until which day that counts; None says nothing any more.

    Raises Fault for a number that is none (0 to 500) and for a day that is over.
    """
    if room_for is not None and not 0 <= room_for <= MOST_ROOM:
        raise Fault("room_for", _("Enter a number, like 2"))
    if until is not None and until < timezone.localdate():
        raise Fault("until", _("Choose a day that is still to come"))
    asset.room_for, asset.room_until = room_for, until if room_for is not None else None
    asset.save(update_fields=["room_for", "room_until"])
    return asset


@action("assets.pause_offer", may=policy.may_change, returns=Asset)
def pause_offer(*, by: Actor, asset: Asset, on: bool = True, back_on: date | None = None) -> Asset:
    """Nobody is asked for it while it is paused; what was promised already stands. It comes back by itself on
    `back_on`, where a day is given. Raises Fault for a day that is over, or more than a year away."""
    today = timezone.localdate()
    if on and back_on is not None and not today < back_on <= today + LONGEST_BREAK:
        raise Fault("back_on", _("Choose a day in the next twelve months"))
    asset.paused, asset.back_on = on, back_on if on else None
    asset.save(update_fields=["paused", "back_on"])
    return asset


@action("assets.come_back", may=policy.may_age)
def come_back(*, by: Actor) -> int:
    """End the breaks whose day has come, and forget room that was only until yesterday. How many breaks ended."""
    today = timezone.localdate()
    Asset.objects.filter(room_until__lt=today).update(room_for=None, room_until=None)
    return Asset.objects.filter(paused=True, back_on__lte=today).update(paused=False, back_on=None)


def promise(*, asset: Asset, minutes: int) -> bool:
    """Take part of an offer for somebody, within the holder's own limit, in one statement; whether there was room.

    Called inside the action by which the holder says yes, so that of two who come at once for the last hour one
    is refused. What has no offer row is an open door and has room for all.
    """
    offer = Offer.objects.filter(pk=asset.pk).first()
    if offer is None:
        return not Asset.objects.filter(pk=asset.pk, paused=True).exists()
    amount = minutes if offer.unit == Unit.MINUTES else 1
    resting = Asset.objects.filter(pk=OuterRef("pk"), paused=True)
    # No join: PostgreSQL asks a condition of the row's own columns again once a rival has let go of it.
    room = Offer.objects.filter(~Exists(resting), pk=offer.pk).alias(
        after=(F("promised") + amount) * 100, most=F("per_week") * F("limit_pct")
    )
    return room.filter(after__lte=F("most")).update(promised=F("promised") + amount) == 1


def release(*, asset: Asset, minutes: int) -> None:
    """Give back what was promised. Called inside the action by which it is paused or ends."""
    offer = Offer.objects.filter(pk=asset.pk).first()
    if offer is not None:
        amount = minutes if offer.unit == Unit.MINUTES else 1
        Offer.objects.filter(pk=offer.pk, promised__gte=amount).update(promised=F("promised") - amount)


def take_place(*, asset: Asset) -> bool:
    """Take one of the places for newcomers, in one statement; whether there was one. Where no number was said,
    or only for days that are over, there is. Called inside the action by which the second of two says yes."""
    counted = Q(pk=asset.pk, room_for__isnull=False) & (Q(room_until=None) | Q(room_until__gte=timezone.localdate()))
    if Asset.objects.filter(counted, room_for__gt=0).update(room_for=F("room_for") - 1):
        return True
    return not Asset.objects.filter(counted).exists()


def give_place_back(*, asset: Asset) -> None:
    """The place is free again, where places are counted. Called inside the action by which a meeting is over."""
    Asset.objects.filter(pk=asset.pk, room_for__lt=MOST_ROOM).update(room_for=F("room_for") + 1)
