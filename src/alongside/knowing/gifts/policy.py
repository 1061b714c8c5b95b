"""Who may take stock of what somebody can do: that person, and a helper who may write down what they have."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.people.queries import may_speak_for

PART = "asset"  # as a helper is asked to write down what somebody has


@rule(_("Only the person themselves, or a helper they asked, can say what they can do."))
def may_tick(*, by: Actor, owner: Party, **_rest: Any) -> bool:
    return owner.is_person and may_speak_for(by, owner, PART)
