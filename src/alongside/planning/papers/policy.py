"""Who may print, receive and key in paper ballots, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import HELPER_ROLES
from alongside.ground.people.queries import acts_in
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision


@rule(_("Only those who look after this decision can do that."))
def may_print(*, by: Actor, decision: Decision, **_rest: Any) -> bool:
    return decisions.may_run(by, decision)


@rule(_("Only those who look after this decision, or who help others here, can read ballot papers."))
def may_key(*, by: Actor, decision: Decision, **_rest: Any) -> bool:
    """Two different people read each paper, so those who look after the decision may need others' help."""
    if by.person is None or by.is_helping or by.program is not None:
        return False
    return decisions.may_run(by, decision) or acts_in(by, *HELPER_ROLES)
