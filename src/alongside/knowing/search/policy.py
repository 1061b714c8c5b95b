"""Who may write the vector file: the machine alone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor


@rule(_("The machine does this by itself."))
def may_learn(*, by: Actor, **_given: Any) -> bool:
    return by.is_system
