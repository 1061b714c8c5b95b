"""Who may ask in the quick way, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision


@rule(_("You can ask in the quick way about your own life, and in a group that you look after."))
def may_begin(*, by: Actor, owner: Party, **_rest: Any) -> bool:
    """Those who could set one up in steps; a council or an organisation takes all the steps."""
    return (owner.is_person or owner.kind == Kind.COMMUNITY) and decisions.may_ask(by, owner)


@rule(_("Only those who look after this decision can do that."))
def may_open(*, by: Actor, decision: Decision, **_rest: Any) -> bool:
    """Those who could open one for the same owner."""
    return decisions.may_run(by, decision)
