"""Who looks at likely duplicates, who may say what they are, and whose thing may end as another's."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import KEEPING_ROLES, Membership, Party
from alongside.ground.people.queries import acts_as_steward, may_speak_for
from alongside.ground.records.models import Record
from alongside.knowing.duplicates.models import LikelyPair, Merging


@rule(_("Only the machine does this, at night."))
def may_look_for(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system


def holds_one(by: Actor, pair: LikelyPair) -> bool:
    return any(may_speak_for(by, record.owner) for record in (pair.one, pair.other))


@rule(_("Only a steward of this place, or who holds one of the two, can say that."))
def may_say(*, by: Actor, pair: LikelyPair, **_rest: Any) -> bool:
    return acts_as_steward(by) or holds_one(by, pair)


@rule(_("Only a steward of this place can ask them."))
def may_ask(*, by: Actor, **_rest: Any) -> bool:
    return acts_as_steward(by)


def speaks_for_itself(party: Party) -> bool:
    """A person, and a group or organisation that somebody looks after: nobody else ends what is theirs."""
    return party.is_person or Membership.objects.filter(of=party, until=None, role__in=KEEPING_ROLES).exists()


@rule(_("This belongs to somebody who looks after it. Ask the holders."))
def may_merge(*, by: Actor, pair: LikelyPair, stays: Record, **_rest: Any) -> bool:
    """What ends must be one's own, or an organisation's that nobody here looks after, which a steward decides."""
    gone = pair.other if stays.pk == pair.one_id else pair.one
    if may_speak_for(by, gone.owner):
        return not by.is_system
    return acts_as_steward(by) and not speaks_for_itself(gone.owner)


@rule(_("Only a steward of this place, or whose thing it was, can undo that."))
def may_undo(*, by: Actor, merging: Merging, **_rest: Any) -> bool:
    """A steward shows nothing again that its holder let go: only what nobody here looks after."""
    owner = merging.gone.owner
    return may_speak_for(by, owner) or (acts_as_steward(by) and not speaks_for_itself(owner))
