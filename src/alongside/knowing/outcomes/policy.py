"""Who may say what somebody wants: the person, or a helper whose basis reaches their plan or what they want."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party, PartyState
from alongside.ground.people.queries import may_speak_for
from alongside.ground.records.models import SHOWN, Audience
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


@rule(_("Make a page of your own first, or sign in. Then they can hear of it."))
def may_answer_wish(*, by: Actor, wish: Wish, **_rest: Any) -> bool:
    """Anyone whose page is their own, for somebody else's wish that everyone may read."""
    me = by.party
    if me is None or me.state != PartyState.LIVE or me.pk == wish.record.owner_id:
        return False
    return wish.record.audience == Audience.EVERYONE and wish.record.state in SHOWN


def _speaks(by: Actor, owner: Party) -> bool:
    return any(may_speak_for(by, owner, part) for part in PARTS)
