"""Who may say what somebody wants: the person themselves, or a helper whose basis reaches their plan."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.people.queries import may_speak_for
from alongside.ground.records.models import Record
from alongside.knowing.outcomes.models import Outcome, Wish

PART = "plan"


@rule(_("Only the person themselves, or someone they asked to help with their plan, can say what they want."))
def may_want(*, by: Actor, owner: Party, **_rest: Any) -> bool:
    return may_speak_for(by, owner, PART)


@rule(_("Only the person who wants this can change it."))
def may_change(*, by: Actor, outcome: Outcome, **_rest: Any) -> bool:
    return may_speak_for(by, _owner(outcome.record), PART)


@rule(_("Only the person who wished for this can change it."))
def may_change_wish(*, by: Actor, wish: Wish, **_rest: Any) -> bool:
    return may_speak_for(by, _owner(wish.record), PART)


def _owner(record: Record) -> Party:
    return record.owner
