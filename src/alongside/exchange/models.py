"""Gathers the models of this room's kits for Django."""

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

__all__ = ["Feed", "ForeignId", "KeptAt", "KeptBeside", "KeptDocument", "LoadFault", "LoadRun", "Published", "Timer"]
