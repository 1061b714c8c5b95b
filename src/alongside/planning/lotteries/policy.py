"""Who may have a panel drawn, who may say yes to it, and who answers for a place, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import HELPER_ROLES, Kind, Party, PartyState, Role, Sort
from alongside.ground.people.queries import acts_in, belongs_to, may_speak_for, open_memberships, with_proof
from alongside.ground.records.models import Level
from alongside.planning.lotteries.models import Lottery, PoolPlace, Stage

KIND = "poolplace"  # of the record of a place in a pool
FOR_THE_AREA = (Role.COMMISSIONER, Role.PLACE_STEWARD)


@rule(_("Only people who decide for the whole area, or who look after a community, can have a panel drawn for it."))
def may_open(*, by: Actor, owner: Party, **_rest: Any) -> bool:
    """A community by those who look after it; the area by commissioners and stewards of an organisation."""
    if by.is_system:
        return True
    if by.person is None or by.is_helping or by.program is not None:
        return False
    if owner.kind == Kind.COMMUNITY:
        return owner.sort != Sort.HOUSEHOLD and may_speak_for(by, owner)
    mine = open_memberships().filter(member=by.person, of=owner, role__in=with_proof(by, FOR_THE_AREA))
    return owner.kind == Kind.ORGANISATION and mine.exists()


@rule(_("Only those who have this panel drawn can do that."))
def may_run(*, by: Actor, lottery: Lottery, **_rest: Any) -> bool:
    return may_open(by=by, owner=lottery.record.owner)


@rule(_("Only the computer does this."))
def may_work(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system


@rule(_("Sign in first. Then you, or somebody who helps you with your page, can say yes. It must be your community."))
def may_join(*, by: Actor, lottery: Lottery, **_rest: Any) -> bool:
    """One page is one person: nobody says yes from a device alone. A community's panel is drawn from its members."""
    me = by.party
    if me is None or not me.is_person or me.state == PartyState.PROVISIONAL or not may_speak_for(by, me, KIND):
        return False
    if lottery.stage == Stage.WRITING:
        return False
    ours = lottery.record.level != Level.COMMUNITY
    return ours or belongs_to(me).filter(of=lottery.record.owner).exists()


@rule(_("Only the person themselves, or somebody who helps them with their page, can do that."))
def may_answer(*, by: Actor, place: PoolPlace, **_rest: Any) -> bool:
    return may_speak_for(by, place.person, KIND)


@rule(_("Only people who help others with their page here can type in what came on paper."))
def may_join_on_paper(*, by: Actor, **_rest: Any) -> bool:
    return acts_in(by, *HELPER_ROLES)
