"""Who may take part, vouch and keep the roll, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import KEEPING_ROLES, BasisKind, Kind, Party, PartyState, Role
from alongside.ground.people.queries import may_speak_for, open_memberships, with_proof
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision

PART = "plan"  # whoever helps somebody with their plan may write down what they choose
ON_THEIR_WORD = (BasisKind.ASKED, BasisKind.NAMED_HELPER)
SPEAK = KEEPING_ROLES | {Role.COMMISSIONER}


def speaks_for(by: Actor) -> list[Party]:
    """The groups and organisations for which somebody may choose, besides themselves."""
    if by.person is None or by.is_helping or by.program is not None:
        return []
    of = open_memberships().filter(member=by.person, role__in=with_proof(by, SPEAK)).exclude(of__kind=Kind.PERSON)
    return list(Party.objects.filter(pk__in=of.values("of"), state=PartyState.LIVE).order_by("name", "pk"))


@rule(_("Only you yourself, or somebody you asked to help you, can choose for you."))
def may_take_part(*, by: Actor, voter: Party | None = None, **_rest: Any) -> bool:
    """Nobody chooses in another's place because a paper says so, and no program does. A helper writes down what the
    person says."""
    if by.party is None or by.program is not None or by.is_system:
        return False
    if by.is_helping:
        on_their_word = by.basis is not None and by.basis.kind in ON_THEIR_WORD
        return on_their_word and voter in (None, by.on_behalf_of) and may_speak_for(by, by.me, PART)
    return voter in (None, by.party) or voter in speaks_for(by)


@rule(_("Only those who look after this decision can do that."))
def may_keep_roll(*, by: Actor, decision: Decision, **_rest: Any) -> bool:
    return decisions.may_run(by, decision)


@rule(_("Only those who look after this group, and so know who belongs to it, can do that."))
def may_put_members(*, by: Actor, decision: Decision, **_rest: Any) -> bool:
    """Who belongs is known to its members and to those who look after it: not to all who run its decisions."""
    owner = decision.record.owner
    ours = owner.kind == Kind.COMMUNITY and may_speak_for(by, owner)
    return ours and may_keep_roll(by=by, decision=decision)


@rule(_("Sign in first. Whoever vouches for somebody says so under their own name."))
def may_vouch(*, by: Actor, **_rest: Any) -> bool:
    here = by.person is not None and by.person.state == PartyState.LIVE
    return here and not by.is_helping and by.program is None


@rule(_("Only the person themselves can say that, or whoever keeps the roll on their word."))
def may_dispute(*, by: Actor, decision: Decision, voter: Party, **_rest: Any) -> bool:
    """Whoever helps may say it on their word too; said by the helper it is about, it is no less true."""
    if by.person is None or by.program is not None:
        return False
    return by.party == voter if by.is_helping else voter == by.person or decisions.may_run(by, decision)


@rule(_("Sign in first. Whoever confirms something says so under their own name."))
def may_confirm(*, by: Actor, decision: Decision, **_rest: Any) -> bool:
    return may_vouch(by=by) or may_keep_roll(by=by, decision=decision)
