"""Who may make and change a plan: its owner alone, or a helper whose basis reaches the plan."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party, PartyState
from alongside.ground.people.queries import may_speak_for
from alongside.planning.plans.models import Plan

PART = "plan"


@rule(_("Only you, or someone you asked to help, can start your plan."))
def may_start(*, by: Actor, owner: Party, **_rest: Any) -> bool:
    return may_speak_for(by, owner, PART)


@rule(_("Only the person whose plan this is can change it."))
def may_change(*, by: Actor, plan: Plan, **_rest: Any) -> bool:
    return may_speak_for(by, plan.record.owner, PART)


@rule(_("Sign in first. Then you can share your plan, and take it back."))
def may_be_shared(*, by: Actor, plan: Plan, **_rest: Any) -> bool:
    return plan.record.owner.state != PartyState.PROVISIONAL
