"""Who may publish figures, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import STAFF_ROLES
from alongside.ground.people.queries import acts_in


@rule(_("Only people who work for this place can publish its figures."))
def may_publish(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system or acts_in(by, *STAFF_ROLES)
