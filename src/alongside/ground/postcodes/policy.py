"""Who may change what is known about postcodes, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.queries import acts_as_steward


@rule(_("Only a steward of this place can bring in postcodes."))
def may_keep(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system or acts_as_steward(by)
