"""Who may have a run made, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor


@rule(_("The computer does this at night. Nobody needs to."))
def may_run(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system
