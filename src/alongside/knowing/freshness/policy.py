"""Who may type in a code that somebody else was sent, and how often one may be wrong."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import HELPER_ROLES
from alongside.ground.people.queries import acts_in
from alongside.knowing.freshness.queries import too_many_tries


@rule(_("The computer does that at night."))
def may_ask(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system


@rule(_("Only people who help others with their page here can type in a code."))
def may_type(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system or acts_in(by, *HELPER_ROLES)


@rule(_("That was wrong too often. Wait an hour, then look at the code again."))
def may_try_again(*, who: str) -> bool:
    return not too_many_tries(who)
