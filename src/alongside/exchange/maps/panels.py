"""What this kit hangs on other pages: under a map its files, on the stewards' page bringing things in, and the lists
that others keep as layers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alongside.exchange.maps import policy
from alongside.exchange.services.queries import layers as lists
from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.knowing.maps.layers import Layer, lay


def files(_viewer: Actor, subject: Any) -> dict[str, Any]:
    return {"map": subject, "owner": subject.record.owner}


def tending(_viewer: Actor, subject: Any) -> dict[str, Any]:
    return {"community": subject.record.owner}


def on_asset(_viewer: Actor, subject: Any) -> dict[str, Any] | None:
    dated = any(when.starts for when in subject.whens.all())
    return {"asset": subject} if dated and subject.record.audience == "everyone" else None


def on_party(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    return {"community": subject} if policy.may_open(by=viewer, community=subject) else None


def list_layers() -> Iterable[Layer]:
    """Each list that somebody else keeps, as a layer over the maps."""
    return [Layer(key, name, False, records) for key, name, records in lists()]


def hang_all() -> None:
    hang("map", files, "exchange/maps/files.html")
    hang("map_tend", tending, "exchange/maps/bring_panel.html")
    hang("party", on_party, "exchange/maps/bring_panel.html")
    hang("asset", on_asset, "exchange/maps/calendar.html")
    lay(list_layers)
