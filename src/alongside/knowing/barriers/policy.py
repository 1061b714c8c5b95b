"""Who may say what gets in the way, who answers, and who says that it is put right."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party, Sort
from alongside.ground.people.queries import acts_as_steward, kept_by, may_speak_for
from alongside.knowing.barriers.models import Barrier

PARTS = ("plan", "outcome")  # as the outcomes kit has it: what a helper with what somebody wants may write


@rule(_("Only the person themselves, or someone they asked to help with what they want, can say this for them."))
def may_say(*, by: Actor, owner: Party, **_rest: Any) -> bool:
    return any(may_speak_for(by, owner, part) for part in PARTS)


@rule(_("Only the person who wrote this can do that."))
def may_close(*, by: Actor, barrier: Barrier, **_rest: Any) -> bool:
    return any(may_speak_for(by, barrier.record.owner, part) for part in PARTS)


@rule(_("Only those whose it is can answer this."))
def may_answer(*, by: Actor, barrier: Barrier, **_rest: Any) -> bool:
    """The holder; where nobody has said yet that it is theirs, a steward of this place."""
    if barrier.holder is None:
        return acts_as_steward(by)
    return may_speak_for(by, barrier.holder, "asset")


@rule(_("Only somebody who looks after that group or organisation can say that it is theirs to answer."))
def may_take_on(*, by: Actor, barrier: Barrier, holder: Party, **_rest: Any) -> bool:
    return barrier.holder is None and is_public_face(holder) and may_speak_for(by, holder, "asset")


@rule(_("You have a page of your own once you save something. Then you can say this."))
def may_join(*, by: Actor, barrier: Barrier, **_rest: Any) -> bool:
    """Anyone but whoever wrote it and whoever has to answer it."""
    me = by.party
    return me is not None and me.pk not in (barrier.record.owner_id, barrier.holder_id)


@rule(_("Only the machine does this."))
def may_tell(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system


def is_public_face(party: Party) -> bool:
    """A group or an organisation may be named in public as what gets in the way; a person or a household never."""
    return not party.is_person and party.sort != Sort.HOUSEHOLD


def answers_for(viewer: Actor) -> Any:
    """Ids of the groups for which this viewer may take something on."""
    return kept_by(viewer) if viewer.party is not None else ()
