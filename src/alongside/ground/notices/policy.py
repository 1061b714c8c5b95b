"""Who reads a message, and who hands it over to somebody without a screen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.people.queries import basis_allows, helps, may_speak_for


@rule(_("This message is for somebody else."))
def may_read(*, by: Actor, notice: Notice, **_rest: Any) -> bool:
    if by.is_helping:
        return by.basis is not None and by.party == notice.to and basis_allows(by.basis, "messages", "see")
    return may_speak_for(by, notice.to)


@rule(_("Only the machine takes a question away that is over."))
def may_forget(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system


@rule(_("Only the machine notes what it has sent."))
def may_note_sent(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system


@rule(_("Only somebody who helps this person can hand their messages over."))
def may_hand_over(*, by: Actor, notice: Notice, **_rest: Any) -> bool:
    if by.is_system:
        return True
    basis = helps(by.person).filter(person=notice.to).first() if by.person else None
    return basis is not None and basis_allows(basis, "messages", "see")
