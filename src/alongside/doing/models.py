"""Gathers the models of this room's kits for Django."""

from alongside.doing.connecting.models import Introduction, Side, Told

__all__ = ["Introduction", "Side", "Told"]
