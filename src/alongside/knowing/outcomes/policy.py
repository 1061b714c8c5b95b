"""Who may say what somebody wants: the person, or a helper whose basis reaches their plan or what they want."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.people.queries import may_speak_for
from alongside.knowing.outcomes.models import Outcome, Wish

PARTS = ("plan", "outcome")  # as helping/forms.py names what a helper may write


@rule(_("Only the person themselves, or someone they asked to help with their plan, can say what they want."))
def may_want(*, by: Actor, owner: Party, **_rest: Any) -> bool:
    return _speaks(by, owner)


@rule(_("Only the person who wants this can change it."))
def may_change(*, by: Actor, outcome: Outcome, **_rest: Any) -> bool:
    return _speaks(by, outcome.record.owner)


@rule(_("Only the person who wished for this can change it."))
def may_change_wish(*, by: Actor, wish: Wish, **_rest: Any) -> bool:
    return _speaks(by, wish.record.owner)


def _speaks(by: Actor, owner: Party) -> bool:
    return any(may_speak_for(by, owner, part) for part in PARTS)
