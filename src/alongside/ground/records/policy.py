"""Who controls a record: its owner, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import BasisKind, Party
from alongside.ground.people.queries import acts_as_steward, may_speak_for
from alongside.ground.records.models import Record


@rule(_("Only the person or group it belongs to can change this."))
def may_change(*, by: Actor, record: Record, **_rest: Any) -> bool:
    """Whoever helps with this kind of thing may; whoever helps with everything may too."""
    return may_speak_for(by, record.owner, record.kind)


@rule(_("Only a steward of this place can do that."))
def may_steward(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system or acts_as_steward(by)


@rule(_("Only the person themselves, or somebody they asked to keep their page, can do that."))
def may_leave(*, by: Actor, party: Party, **_rest: Any) -> bool:
    """A supporter on any other basis never ends somebody's page for them."""
    if by.is_helping and (by.basis is None or by.basis.kind != BasisKind.NAMED_HELPER):
        return False
    return may_speak_for(by, party, "all")


@rule(_("Only you, or someone you asked to help, can change this."))
def may_pause(*, by: Actor, party: Party, **_rest: Any) -> bool:
    return may_speak_for(by, party)


@rule(_("Only the machine does this, at night."))
def may_run_nightly(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system
