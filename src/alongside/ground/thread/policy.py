"""Who may tie the thread."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.queries import may_speak_for
from alongside.ground.records.models import Record


@rule(_("You can only link what is yours to something else."))
def may_tie(*, by: Actor, src: Record, dst: Record, **_rest: Any) -> bool:
    return may_speak_for(by, src.owner) or may_speak_for(by, dst.owner)
