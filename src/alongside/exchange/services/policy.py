"""Who may bring in a feed, and who may switch one off, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.queries import is_staff, is_steward


@rule(_("Only a steward of this place can bring in a list of services or switch one off."))
def may_load(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system or is_steward(by.person)


@rule(_("Only people who work for this place can see how lists are brought in."))
def may_see_loads(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system or is_staff(by.person)
