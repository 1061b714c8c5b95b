"""The register of panels: an upper room hangs what it knows in a named place of a lower room's page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor

Context = Callable[[Actor, Any], dict[str, Any] | None]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Panel:
    """A place's name, what to show there (None shows nothing) and the template that shows it."""

    place: str
    context: Context
    template: str


_HUNG: dict[str, list[Panel]] = {}


def hang(place: str, context: Context, template: str) -> None:
    """Hang a panel. Called once at start-up by a room's `apps.py`; at most two queries each."""
    panel = Panel(place, context, template)
    if panel not in _HUNG.setdefault(place, []):
        _HUNG[place].append(panel)


def show(place: str, viewer: Actor, subject: Any, request: Any = None) -> SafeString:
    """Every panel of a place, one after the other. A panel that fails shows nothing and is logged."""
    return mark_safe("".join(_one(panel, viewer, subject, request) for panel in _HUNG.get(place, [])))


def _one(panel: Panel, viewer: Actor, subject: Any, request: Any) -> str:
    try:
        context = panel.context(viewer, subject)
    except (DatabaseError, Refused, LookupError):
        log.exception("The panel %s of %s failed", panel.template, panel.place)
        return ""
    return "" if context is None else render_to_string(panel.template, context, request=request)
