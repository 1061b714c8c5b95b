"""Gathers the models of this room's kits for Django."""

from alongside.exchange.services.models import Feed, ForeignId, LoadFault, LoadRun

__all__ = ["Feed", "ForeignId", "LoadFault", "LoadRun"]
