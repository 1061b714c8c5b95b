"""Who may look at another person's data, and who may open it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.queries import may_speak_for
from alongside.ground.records.models import Record


@rule(_("Only the person it belongs to can share this."))
def may_share(*, by: Actor, record: Record, **_rest: Any) -> bool:
    return may_speak_for(by, record.owner)


@rule(_("Only the person or group it belongs to can say what it may be used for."))
def may_settle(*, by: Actor, record: Record, **_rest: Any) -> bool:
    return may_speak_for(by, record.owner, record.kind)


@rule(_("Only the machine does this, at night."))
def may_close(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system
