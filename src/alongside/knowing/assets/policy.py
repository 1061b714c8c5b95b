"""Who may offer, change and take back an asset: its holder, and those who speak for the holder."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Version
from alongside.ground.people.models import Party
from alongside.ground.people.queries import acts_as_steward, may_speak_for
from alongside.knowing.assets.models import Asset

PART = "asset"  # as the kind of record, and as helping/forms.py names what a helper may write


@rule(_("Only the person or group it belongs to can offer this."))
def may_offer(*, by: Actor, holder: Party, **_rest: Any) -> bool:
    return may_speak_for(by, holder, PART)


@rule(_("Only you, or someone you asked to help, can open this."))
def may_begin(*, by: Actor, **_rest: Any) -> bool:
    """Whoever opens it looks after it, so it is opened as oneself, or for somebody whose page one keeps."""
    return by.party is None or may_speak_for(by, by.party)


@rule(_("Only the person or group it belongs to can change this."))
def may_change(*, by: Actor, asset: Asset, **_rest: Any) -> bool:
    return may_speak_for(by, asset.record.owner, PART)


@rule(_("Only the people who look after this group can look over its changes."))
def may_look_over(*, by: Actor, version: Version, **_rest: Any) -> bool:
    if by.is_system or acts_as_steward(by):
        return True
    return version.held_by is not None and may_speak_for(by, version.held_by)


@rule(_("The computer does that at night."))
def may_age(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system
