"""Who may open a page with somebody: people whose work here it is to help, for themselves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import HELPER_ROLES
from alongside.ground.people.queries import acts_in


@rule(_("Only people who help others with their page here can open one with somebody."))
def may_open_page_with(*, by: Actor, **_rest: Any) -> bool:
    return acts_in(by, *HELPER_ROLES)
