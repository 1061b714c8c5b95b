"""What comes from a file: offered and changed as a holder would, with the day it was last confirmed and its ages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.knowing.assets.actions import change, offer
from alongside.knowing.assets.models import Asset, AssetDomain

KEPT = ("least_age", "most_age", "confirmed_on")


def come_in(*, by: Actor, holder: Party, told: Mapping[str, Any], exact: bool, asset: Asset | None = None) -> Asset:
    """Put what a file tells of one thing in the register, for everyone to see, or write it over what stands.

    Called inside an action. `told` holds what `offer` takes, and the fields of KEPT; `exact` takes parts of life and
    the day of confirming as told, where else they are guessed and today's. Raises Fault as `offer` does.
    """
    given = {name: value for name, value in told.items() if name not in KEPT}
    if asset is None:
        asset = offer(by=by, holder=holder, audience="everyone", **given)
    else:
        given.pop("lang", None)
        asset = change(by=by, asset=asset, **given)
    kept: dict[str, int | date | None] = {"least_age": told.get("least_age"), "most_age": told.get("most_age")}
    if exact:
        kept["confirmed_on"] = told.get("confirmed_on")
        if not told.get("domains"):
            AssetDomain.objects.filter(asset=asset).delete()
    Asset.objects.filter(pk=asset.pk).update(**kept)
    return asset
