"""Who may look at another person's data, and who may open it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.queries import acts_as_steward, may_speak_for
from alongside.ground.records.models import Audience, Record, State

NAMELESS = frozenset({"barrier", "idea", "point"})  # kinds of which everyone reads the words, and nobody whose they are


@rule(_("Only the person it belongs to can share this."))
def may_share(*, by: Actor, record: Record, **_rest: Any) -> bool:
    return may_speak_for(by, record.owner)


@rule(_("Only the person or group it belongs to can say what it may be used for."))
def may_settle(*, by: Actor, record: Record, **_rest: Any) -> bool:
    return may_speak_for(by, record.owner, record.kind)


@rule(_("Only the machine does this, at night."))
def may_close(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system


@rule(_("Only a steward of this place can do that, for things that somebody shows to others and that are not theirs."))
def may_look_with_reason(*, by: Actor, record: Record, **_rest: Any) -> bool:
    """What somebody keeps to themselves alone is no steward's business, whatever the reason; nor is who said what
    gets in the way, or thought of what, for a steward may be of those who have to answer it."""
    if not acts_as_steward(by) or by.person is None or record.owner_id == by.person.pk or record.kind in NAMELESS:
        return False
    over = record.audience_until is not None and record.audience_until <= timezone.now()
    return record.audience != Audience.ME and not over and record.state not in (State.ENDED, State.ERASED)
