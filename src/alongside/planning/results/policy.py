"""Who may have a vote counted, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision


@rule(_("Only those who look after this decision can do that."))
def may_count(*, by: Actor, decision: Decision, **_rest: Any) -> bool:
    return by.is_system or decisions.may_run(by, decision)
