"""Gathers the models of this room's kits for Django."""

from alongside.exchange.maps.models import Bringing, BroughtIn
from alongside.exchange.openreferral.models import Published
from alongside.exchange.services.models import (
    Feed,
    ForeignId,
    KeptAt,
    KeptBeside,
    KeptDocument,
    LoadFault,
    LoadRun,
    Timer,
)

__all__ = [
    "Bringing",
    "BroughtIn",
    "Feed",
    "ForeignId",
    "KeptAt",
    "KeptBeside",
    "KeptDocument",
    "LoadFault",
    "LoadRun",
    "Published",
    "Timer",
]
