"""Who may add to the lexicon and say what something serves, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.queries import acts_as_steward, may_speak_for


@rule(_("Only a steward of this place can change what words mean here."))
def may_extend(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system or acts_as_steward(by)


@rule(_("Only the person or group it belongs to can say what this helps with."))
def may_tick(*, by: Actor, asset: Any, **_rest: Any) -> bool:
    return may_speak_for(by, asset.record.owner, "asset")


@rule(_("The computer does that by itself."))
def may_classify(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system
