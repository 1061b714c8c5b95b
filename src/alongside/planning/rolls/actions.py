"""Codes for places and slips that come back; and one door to the other actions of the roll."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import PartyState
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, DecisionGroup, Stage
from alongside.planning.decisions.way_models import Way
from alongside.planning.rolls import codes, policy
from alongside.planning.rolls.affected import confirm as confirm
from alongside.planning.rolls.affected import say_affected as say_affected
from alongside.planning.rolls.alike import used_by_another
from alongside.planning.rolls.disputing import not_me as not_me
from alongside.planning.rolls.disputing import tell_helped as tell_helped
from alongside.planning.rolls.disputing import tell_stopped as tell_stopped
from alongside.planning.rolls.entering import before_slips as before_slips
from alongside.planning.rolls.entering import channel_of as channel_of
from alongside.planning.rolls.entering import hold_open_roll, hold_roll
from alongside.planning.rolls.entering import make_one as make_one
from alongside.planning.rolls.entering import take_part as take_part
from alongside.planning.rolls.entering import write_anew as write_anew
from alongside.planning.rolls.listing import MOST_NAMES as MOST_NAMES
from alongside.planning.rolls.listing import Named as Named
from alongside.planning.rolls.listing import add_to_list as add_to_list
from alongside.planning.rolls.listing import codes_for_list as codes_for_list
from alongside.planning.rolls.listing import demand_of_people as demand_of_people
from alongside.planning.rolls.listing import refuse_when_over as refuse_when_over
from alongside.planning.rolls.listing import tell_apart as tell_apart
from alongside.planning.rolls.members import put_members as put_members
from alongside.planning.rolls.models import Channel, Roll, Seat
from alongside.planning.rolls.vouching import VOUCHES as VOUCHES
from alongside.planning.rolls.vouching import vouch as vouch

MOST_CODES = 5_000  # in one batch


@action("rolls.use_code", may=policy.may_take_part, silent=True)
def use_code(*, by: Actor, decision: Decision, code: str) -> Seat:
    """Take the place that a code gives. The same person may type it again; anybody else is too late.

    Raises Fault for a code that is not known, was used, or came back with a paper ballot, and for whoever has a place;
    Refused once the vote is over or was stopped.
    """
    hold_roll(decision)  # so that of two codes that one person types at once the second finds the first
    refuse_when_over(decisions.as_it_stands(decision))
    seat = Seat.objects.select_for_update().filter(decision=decision, code_hash=codes.hashed(code), ended=False).first()
    if seat is None or not codes.plain(code):
        raise Fault("code", _("We do not know this code. Look at each letter and figure again."))
    if seat.party_id is not None and seat.party_id != by.me.pk:
        if by.me.state == PartyState.PROVISIONAL and seat.way == Way.LIST:
            raise Fault("code", _("This code belongs to a page here, or somebody has used it. Sign in, or ring us."))
        raise Fault("code", _("Somebody has used this code. If it was not you, ring us."))
    if Seat.objects.filter(decision=decision, party=by.me).exclude(pk=seat.pk).exists():
        raise Fault("code", _("You have a place already. You do not need this code."))
    if seat.party_id is None and Roll.objects.filter(seat=seat).exists():
        raise Fault("code", _("This code came back with a paper ballot. It counts once."))
    Seat.objects.filter(pk=seat.pk).update(party=by.me)
    seat.refresh_from_db()
    return seat


@action("rolls.print_codes", may=policy.may_keep_roll)
def print_codes(*, by: Actor, decision: Decision, group: DecisionGroup, how_many: int) -> codes.Batch:
    """Make so many places that belong to whoever has the code. Only hashes stay, in no order.

    Raises Fault for fewer than 1 or more than 5,000, and where people are counted by name: there each code is for one
    named place (`codes_for_list`), so that nobody has one by name and one by a code.
    """
    refuse_when_over(decision)
    if not decisions.allows(decision, Way.CODE):
        raise Fault("group", _("Each place has a name here. Put people on the list, and print codes for the list."))
    if not 1 <= how_many <= MOST_CODES:
        raise Fault("how_many", _("Choose from 1 to 5,000"))
    demand_of_people(group)
    batch = codes.batch()
    made = [codes.fresh() for _n in range(how_many)]
    seats = [
        Seat(decision=decision, group=group, way=Way.CODE, batch=batch, code_hash=codes.hashed(code)) for code in made
    ]
    Seat.objects.bulk_create(sorted(seats, key=lambda seat: seat.pk), batch_size=500)
    return codes.Batch(batch, tuple((code, "") for code in made))


@action("rolls.take_back", may=policy.may_keep_roll)
def take_back(*, by: Actor, decision: Decision, seats: Sequence[Seat], reason: str) -> int:
    """Take back places that nobody has used: a batch that was lost, a name that should not be there. How many.

    Who took part stays on the roll. Raises Fault without a reason, which stays with the places; Refused once the box
    is closed.
    """
    return _unused(decision, seats).update(ended=True, why_ended=_why(reason))


@action("rolls.take_back_codes", may=policy.may_keep_roll)
def take_back_codes(*, by: Actor, decision: Decision, seats: Sequence[Seat], reason: str) -> int:
    """Take back codes that were lost and that nobody has used. How many. Places with a name stay, without a code; those
    bound to nobody go with theirs. Raises Fault without a reason."""
    unused, why = _unused(decision, seats), _why(reason)
    bound = unused.exclude(way=Way.CODE).update(code_hash=None, batch="")
    return bound + unused.filter(way=Way.CODE).update(ended=True, why_ended=why)


def _unused(decision: Decision, seats: Sequence[Seat]) -> QuerySet[Seat]:
    hold_open_roll(decision)  # so that nobody takes part from a place while it is taken back
    took = Roll.objects.filter(decision=decision).values("seat")
    found = Seat.objects.filter(pk__in=[seat.pk for seat in seats], decision=decision, ended=False)
    return found.exclude(pk__in=took)


def _why(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason or len(reason) > 300:
        raise Fault("reason", _("Write why, in 300 letters or fewer"))
    return reason


@action("rolls.receive_slip", may=policy.may_keep_roll)
def receive_slip(*, by: Actor, decision: Decision, code: str) -> Seat:
    """A slip came back with a paper ballot: its place is on the roll, by paper, today.

    Raises Fault for a code that is not known, for a slip that is on the roll already, and for one with which somebody
    took part on a screen: then the ballot paper in that envelope must not be counted. Raises Refused before the vote,
    and once the box is closed.
    """
    hold_open_roll(decision)
    _refuse_unless_voting(decision)
    seat = Seat.objects.select_for_update().filter(decision=decision, code_hash=codes.hashed(code), ended=False).first()
    if seat is None or not codes.plain(code):
        raise Fault("code", _("We do not know this code. Look at each letter and figure again."))
    if not Roll.objects.filter(seat=seat).exists() and used_by_another(decision, seat):
        raise Fault(
            "code",
            _("Somebody of this name has taken part from another place. Put the envelope aside unopened, and look at"
              " the names that are alike on the roll."),
        )  # fmt: skip
    given = {"decision": decision, "channel": Channel.PAPER, "day": decisions.today()}
    roll, new = Roll.objects.get_or_create(seat=seat, defaults=given)
    if not new and roll.channel != Channel.PAPER:
        raise Fault(
            "code",
            _("Somebody took part with this code on a screen. Put the ballot paper aside unopened: it does not count."),
        )
    if not new:
        raise Fault("code", _("This slip is on the roll already. Is this a second envelope? Then put it aside."))
    return seat


def _refuse_unless_voting(decision: Decision) -> None:
    """From the first day of the vote until it is counted: paper may come in after the last day."""
    now = decisions.decisions(Actor.system("roll")).filter(pk=decision.pk, stage=Stage.OPEN)
    if not now.filter(phases__kind="vote", phases__since__lte=decisions.today()).exists():
        raise Refused(_("The vote has not begun, or is over."))
