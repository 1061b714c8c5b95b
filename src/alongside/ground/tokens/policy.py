"""Who may let a program in: the person themselves, or somebody who looks after the group it is for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party, PartyState
from alongside.ground.people.queries import may_speak_for
from alongside.ground.tokens.models import Token


@rule(_("Only you yourself can let a program in. Sign in first."))
def may_let_in(*, by: Actor, holder: Party, **_rest: Any) -> bool:
    """No helper on any basis, no program and no unclaimed page: what opens a door is handed out by its owner."""
    if by.is_helping or by.program is not None or by.person is None or by.person.state != PartyState.LIVE:
        return False
    return holder.state == PartyState.LIVE and may_speak_for(by, holder)


@rule(_("Only you, or the people who look after this group, can shut a program out."))
def may_shut_out(*, by: Actor, token: Token, **_rest: Any) -> bool:
    """A helper may shut a program out where they keep the whole page: less is open afterwards."""
    return by.program is None and may_speak_for(by, token.holder)
