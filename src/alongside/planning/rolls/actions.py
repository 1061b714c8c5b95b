"""Give places on the roll: from a list, by codes that are printed, by vouching; take back one that was not used."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.people.queries import blocked_between
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import OUR_SIDES, Decision, DecisionGroup, Stage, Way
from alongside.planning.rolls import codes, policy
from alongside.planning.rolls.disputing import not_me as not_me
from alongside.planning.rolls.disputing import tell_helped as tell_helped
from alongside.planning.rolls.entering import channel_of as channel_of
from alongside.planning.rolls.entering import make_one as make_one
from alongside.planning.rolls.entering import take_part as take_part
from alongside.planning.rolls.entering import write_anew as write_anew
from alongside.planning.rolls.models import Channel, Roll, Seat
from alongside.planning.rolls.standing import fits, groups_for, placed, standings

MOST_CODES = 5_000  # in one batch
MOST_NAMES = 5_000  # in one list
VOUCHES = 3  # for as many neighbours somebody may vouch


@dataclass(frozen=True)
class Named:
    """Somebody on a list: a name, and their page where they have one."""

    name: str
    party: Party | None = None


@dataclass(frozen=True)
class Batch:
    """Codes printed together, each beside the name it is for, if any. They can be read here once and never again."""

    name: str
    codes: tuple[tuple[str, str], ...]


@action("rolls.use_code", may=policy.may_take_part, silent=True)
def use_code(*, by: Actor, decision: Decision, code: str) -> Seat:
    """Take the place that a code gives. The same person may type it again; anybody else is too late.

    Raises Fault for a code that is not known, was used, or came back with a paper ballot, and for whoever has a place.
    """
    seat = Seat.objects.select_for_update().filter(decision=decision, code_hash=codes.hashed(code), ended=False).first()
    if seat is None or not codes.plain(code):
        raise Fault("code", _("We do not know this code. Look at each letter and figure again."))
    if seat.party_id is not None and seat.party_id != by.me.pk:
        raise Fault("code", _("Somebody has used this code. If it was not you, ring us."))
    if Seat.objects.filter(decision=decision, party=by.me).exclude(pk=seat.pk).exists():
        raise Fault("code", _("You have a place already. You do not need this code."))
    if seat.party_id is None and Roll.objects.filter(seat=seat).exists():
        raise Fault("code", _("This code came back with a paper ballot. It counts once."))
    Seat.objects.filter(pk=seat.pk).update(party=by.me)
    seat.refresh_from_db()
    return seat


@action("rolls.print_codes", may=policy.may_keep_roll)
def print_codes(*, by: Actor, decision: Decision, group: DecisionGroup, how_many: int) -> Batch:
    """Make so many places that belong to whoever has the code. Only hashes stay, in no order.

    Raises Fault for fewer than 1 or more than 5,000, and for a way in that the decision does not have.
    """
    _refuse_when_over(decision)
    if not decisions.allows(decision, Way.CODE):
        raise Fault("group", _("This decision has no codes. People come in by another way."))
    if not 1 <= how_many <= MOST_CODES:
        raise Fault("how_many", _("Choose from 1 to 5,000"))
    demand_of_people(group)
    batch = _batch()
    made = [codes.fresh() for _n in range(how_many)]
    seats = [
        Seat(decision=decision, group=group, way=Way.CODE, batch=batch, code_hash=codes.hashed(code)) for code in made
    ]
    Seat.objects.bulk_create(sorted(seats, key=lambda seat: seat.pk), batch_size=500)
    return Batch(batch, tuple((code, "") for code in made))


@action("rolls.add_to_list", may=policy.may_keep_roll)
def add_to_list(*, by: Actor, decision: Decision, group: DecisionGroup, people: Sequence[Named]) -> int:
    """Give everybody on a list a place in a group. Who has one already, by page or by name, gets no second.

    How many are new. Raises Fault for an empty list, for more than 5,000, and for who does not fit into the group.
    """
    _refuse_when_over(decision)
    if not people or len(people) > MOST_NAMES:
        raise Fault("names", _("Write from 1 to 5,000 names, each on its own line"))
    rows = Seat.objects.filter(decision=decision).values_list("party", "name")
    parties: set[int | None] = {party for party, _name in rows}
    names = {name.casefold() for _party, name in rows if name}
    fresh, asking = [], {decision.record.owner_id} | ({by.party.pk} if by.party else set())
    for one in people:
        if one.party is None:
            demand_of_people(group, "names")
        elif asking & set(blocked_between(one.party)):  # as everywhere, they are not found
            raise Fault("names", _("Nobody here has the page of %(who)s") % {"who": one.party.key})
        elif not fits(decision, one.party, group):
            raise Fault("names", _("%(who)s does not fit into this group") % {"who": one.party.shown_name})
        known = one.party.pk in parties if one.party is not None else one.name.casefold() in names
        if not known:
            name = "" if one.party is not None else one.name[:120]
            fresh.append(Seat(decision=decision, group=group, way=Way.LIST, party=one.party, name=name))
            parties.add(None if one.party is None else one.party.pk)
            names.add(name.casefold())
    Seat.objects.bulk_create(sorted(fresh, key=lambda seat: seat.pk), batch_size=500)
    return len(fresh)


@action("rolls.codes_for_list", may=policy.may_keep_roll)
def codes_for_list(*, by: Actor, decision: Decision) -> Batch:
    """Make a code for everybody on the list who has no page here and has not taken part. Earlier ones of theirs stop
    working, since nobody can read them again."""
    _refuse_when_over(decision)
    took = Roll.objects.filter(decision=decision).values("seat")
    rows = Seat.objects.filter(decision=decision, way=Way.LIST, party=None, ended=False, twice=False).exclude(
        pk__in=took
    )
    batch, made = _batch(), []
    for seat in rows.order_by("name", "pk"):
        code = codes.fresh()
        Seat.objects.filter(pk=seat.pk).update(code_hash=codes.hashed(code), batch=batch)
        made.append((code, seat.name))
    if not made:
        raise Fault("names", _("Everybody on the list has a page here, or has taken part"))
    return Batch(batch, tuple(made))


@action("rolls.vouch", may=policy.may_vouch)
def vouch(*, by: Actor, decision: Decision, name: str) -> str:
    """Say that a neighbour belongs here: gives the code that is theirs, to be handed on. At most three each.

    Who vouched for whom is written down and seen by those who look after the decision. Raises Refused for whoever has
    no place of their own, or has theirs because somebody vouched; Fault without a name.
    """
    name = " ".join(name.split())
    mine = next((one for one in standings(by, decision) if one.party.pk == by.me.pk), None)
    if mine is None or (mine.seat is not None and mine.seat.way == Way.VOUCHED):
        raise Refused(_("Only somebody with a place of their own can vouch for a neighbour."))
    if not decisions.allows(decision, Way.VOUCHED) or not decisions.is_open_for(decision, "vote"):
        raise Refused(_("Nobody can vouch in this decision now."))
    if not 2 <= len(name) <= 120:
        raise Fault("name", _("Write your neighbour’s name, in 120 letters or fewer"))
    Party.objects.select_for_update().get(pk=by.me.pk)  # of several presses at once, one after the other
    mine_so_far = Seat.objects.filter(decision=decision, vouched_by=by.me, ended=False)
    if len(mine_so_far) >= VOUCHES:
        raise Fault("name", _("You can vouch for 3 neighbours. You have done that."))
    if any(seat.name.casefold() == name.casefold() for seat in mine_so_far):
        raise Fault("name", _("You have vouched for this neighbour. Their code works once."))
    code = codes.fresh()
    there = mine.seat is not None and mine.group.pk in placed(decision)  # a neighbour stands where they do
    group = mine.group if there else next(iter(groups_for(decision, by.me)), mine.group)
    Seat.objects.create(
        decision=decision, group=group, way=Way.VOUCHED, name=name, vouched_by=by.me, code_hash=codes.hashed(code)
    )
    return code


@action("rolls.take_back", may=policy.may_keep_roll)
def take_back(*, by: Actor, decision: Decision, seats: Sequence[Seat], reason: str) -> int:
    """Take back places that nobody has used: a batch that was lost, a name that should not be there. How many.

    Who took part stays on the roll. Raises Fault without a reason, which stays with the places.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > 300:
        raise Fault("reason", _("Write why, in 300 letters or fewer"))
    took = Roll.objects.filter(decision=decision).values("seat")
    unused = Seat.objects.filter(pk__in=[seat.pk for seat in seats], decision=decision, ended=False)
    return unused.exclude(pk__in=took).update(ended=True, why_ended=reason)


@action("rolls.receive_slip", may=policy.may_keep_roll)
def receive_slip(*, by: Actor, decision: Decision, code: str) -> Seat:
    """A slip came back with a paper ballot: its place is on the roll, by paper, today.

    Raises Fault for a code that is not known, for a slip that is on the roll already, and for one with which somebody
    took part on a screen: then the ballot paper in that envelope must not be counted.
    """
    _refuse_unless_voting(decision)
    seat = Seat.objects.select_for_update().filter(decision=decision, code_hash=codes.hashed(code), ended=False).first()
    if seat is None or not codes.plain(code):
        raise Fault("code", _("We do not know this code. Look at each letter and figure again."))
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


def _refuse_when_over(decision: Decision) -> None:
    vote = decisions.phase(decision, "vote")
    if decision.stage not in (Stage.DRAFT, Stage.OPEN) or (vote is not None and vote.until < decisions.today()):
        raise Refused(_("The vote is over. Nobody gets a place any more."))


def demand_of_people(group: DecisionGroup, field: str = "group") -> None:
    """Nobody knows who is behind a code or a name without a page: five of them could be one council, each up to the
    cap, or whoever is paid for an idea. Raises Fault for a group of organisations."""
    if group.side not in OUR_SIDES:
        raise Fault(field, _("An organisation takes part under its own name: add its page to the list"))


def _refuse_unless_voting(decision: Decision) -> None:
    """From the first day of the vote until it is counted: paper may come in after the last day."""
    now = decisions.decisions(Actor.system("roll")).filter(pk=decision.pk, stage=Stage.OPEN)
    if not now.filter(phases__kind="vote", phases__since__lte=decisions.today()).exists():
        raise Refused(_("The vote has not begun, or is over."))


def _batch() -> str:
    """A name for a batch, to write on its box: "B-4M7Q"."""
    return f"B-{''.join(secrets.choice(codes.LETTERS) for _n in range(4))}"
