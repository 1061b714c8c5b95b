"""Who controls a record: its owner, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.queries import is_steward, may_speak_for
from alongside.ground.records.models import Record


@rule(_("Only the person or group it belongs to can change this."))
def may_change(*, by: Actor, record: Record, **_rest: Any) -> bool:
    return may_speak_for(by, record.owner)


@rule(_("Only a steward of this place can do that."))
def may_steward(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system or is_steward(by.person)
