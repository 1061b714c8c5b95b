"""Open the one place this installation serves."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.places.models import Installation


@action("places.open")
def open_place(*, by: Actor, name: str, phone: str, **more: Any) -> Installation:
    """Say which place this is. There is one for each installation; the machine opens it at the start."""
    if not by.is_system:
        raise Refused(_("A place is opened from the command line."))
    place, _made = Installation.objects.update_or_create(pk=1, defaults={"name": name, "phone": phone, **more})
    cache.delete("installation")
    return place
