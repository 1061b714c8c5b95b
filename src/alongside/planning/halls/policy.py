"""Who may keep what a room decided, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.planning.decisions.queries import may_ask_for


@rule(_("Only those who look after this group can write down what its room decided."))
def may_hold(*, by: Actor, owner: Party, **_rest: Any) -> bool:
    """Those who could put the question to this group; a room never decides about one person's life."""
    if owner.is_person:
        return False
    return by.is_system or owner in may_ask_for(by)
