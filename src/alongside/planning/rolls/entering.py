"""Somebody takes part: one row on the roll for one place, once; and two places of one person become one."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor, Source
from alongside.ground.people.models import Party
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, DecisionGroup
from alongside.planning.decisions.way_models import Way
from alongside.planning.rolls.alike import used_by_another
from alongside.planning.rolls.models import Channel, Roll, Seat
from alongside.planning.rolls.standing import is_put, standing_of


def take_part(*, by: Actor, decision: Decision, voter: Party, group: str, channel: str) -> tuple[Seat, bool]:
    """Put a place on the roll, and say whether it was not there yet. Called inside an action that casts a ballot.

    Who belongs gets their place now. Of several at once one writes the row, and the others find it. Raises Refused
    without a place, and Fault for a group that is not theirs.
    """
    hold_roll(decision)
    mine = standing_of(by, decision, voter)
    if mine is None:
        raise Refused(_("You need a place first: by belonging here, by a code, or by somebody who vouches for you."))
    chosen = mine.group if not group and len(mine.groups) == 1 else _named(mine.groups, group)
    if chosen is None and not mine.took_part:
        raise Fault("group", _("Say which group you belong to"))
    seat = mine.seat
    if seat is None:
        given = {"group": chosen, "way": Way.MEMBER}
        seat = Seat.objects.get_or_create(decision=decision, party=voter, defaults=given)[0]
    if not mine.took_part and used_by_another(decision, seat):
        raise Refused(
            _("Somebody with this name has taken part. If it was not you, ring us: those who look after this decision"
              " can say that you are two people.")
        )  # fmt: skip
    today = {"decision": decision, "channel": channel, "day": decisions.today()}
    first = Roll.objects.get_or_create(seat=seat, defaults=today | _helped(by))[1]
    if not first and by.is_helping:  # with the receipt of somebody who chose alone; the first helper stays
        Roll.objects.filter(seat=seat, helper=None).update(**_helped(by))
    if first and chosen is not None and seat.group_id != chosen.pk:
        Seat.objects.filter(pk=seat.pk).update(group=chosen)
        seat.group = chosen
    return seat, first


_holding: list[Callable[[Decision], object]] = []


def before_slips(hold: Callable[[Decision], object]) -> None:
    """A kit above says at start-up what it holds while those who keep the roll write on it: the box. It refuses where
    that is closed."""
    if hold not in _holding:
        _holding.append(hold)


def hold_open_roll(decision: Decision) -> None:
    """The same for those who keep the roll: from the first day of the vote only until the box is closed. Called inside
    an action. Raises Refused afterwards."""
    vote = decisions.phase(decision, "vote")
    if vote is not None and vote.since <= decisions.today():
        for hold in _holding:
            hold(decision)
    hold_roll(decision)


def hold_roll(decision: Decision) -> None:
    """Hold the roll until the action is done, so that of two places of one name the second finds the first. Called
    inside an action."""
    decisions.hold(decision)


def _named(groups: tuple[DecisionGroup, ...], key: str) -> DecisionGroup | None:
    return next((one for one in groups if one.key == key), None)


def _helped(by: Actor) -> dict[str, Party | str | None]:
    """Who wrote it down for somebody, and how they spoke: they are told once the vote is over."""
    return {"helper": by.person, "helped_by": str(by.source)} if by.is_helping else {}


def channel_of(by: Actor) -> str:
    """The way on the roll for somebody who does this: a call is a call, everything else a screen."""
    return Channel.TELEPHONE if by.source == Source.TELEPHONE else Channel.SCREEN


def write_anew(decision: Decision) -> int:
    """Take places and roll out and write them again in the order of their keys, so that nothing is left of the order
    in which they came. Called inside the action that closes the box. How many took part."""
    hold_roll(decision)  # else a slip that comes in between would be read, and not written again
    seats = sorted(Seat.objects.filter(decision=decision), key=lambda seat: seat.pk)
    rolls = sorted(Roll.objects.filter(decision=decision), key=lambda roll: roll.seat_id)
    Roll.objects.filter(decision=decision).delete()
    Seat.objects.filter(decision=decision).delete()
    Seat.objects.bulk_create(seats, batch_size=500)
    Roll.objects.bulk_create(rolls, batch_size=500)
    return len(rolls)


def make_one(old: Party, new: Party) -> None:
    """Two pages turned out to be one person's: they keep one place in each decision. Called inside the action that
    joins the pages, before anything else goes over.

    A place that was not used goes, rather one that nobody else gave; where both took part, nothing says which ballots
    they were, so both stay and the older page's place is marked. The reconciliation counts those.
    """
    for seat in Seat.objects.filter(party__in=(old, new)).select_related("decision").order_by("decision"):
        hold_roll(seat.decision)  # else a roll that is written anew meanwhile has the older page again
    used = set(Roll.objects.filter(seat__party__in=(old, new)).values_list("seat", flat=True))
    mine = {seat.decision_id: seat for seat in Seat.objects.filter(party=new).select_related("group")}
    for seat in Seat.objects.filter(party=old, decision__in=mine).select_related("group"):
        other = mine[seat.decision_id]
        if seat.pk in used and other.pk in used:
            Seat.objects.filter(pk=seat.pk).update(party=None, twice=True)
        else:
            stays = max(other, seat, key=lambda one: (one.pk in used, not one.ended, is_put(one), bool(one.code_hash)))
            Seat.objects.filter(pk=seat.pk if stays is other else other.pk).delete()
