"""Put one ballot into the box for one place on the roll, once; or change it by its receipt."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.planning.ballots import policy, receipts
from alongside.planning.ballots.filling import Marks, read
from alongside.planning.ballots.models import Ballot, BallotBox, BallotMark
from alongside.planning.ballots.options import barred_for
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, DecisionGroup
from alongside.planning.rolls.actions import channel_of, take_part


class Taken(Fault):
    """The receipt belongs to a ballot already; another must be drawn, and the button pressed again."""


@dataclass(frozen=True)
class Done:
    """What somebody gets for their ballot: the receipt, what it says, and whether it took the place of an earlier."""

    receipt: str
    marks: Marks
    changed: bool = False


@action("ballots.cast", may=policy.may_cast, silent=True)
def cast(
    *,
    by: Actor,
    decision: Decision,
    voter: Party,
    group: str,
    said: Mapping[int, str],
    receipt: str,
    of_age: bool = False,
) -> Done:
    """Cast the ballot of a place on the roll, or change it by its receipt, until the last day is over.

    `said` is what was typed beside each option's number. The receipt was drawn for the page to check, so that the
    same press again is the same ballot. Roll and ballot are written together or not at all. Raises Refused outside
    the days of the vote, without a list to choose from, without a place, and for whoever took part and has another
    receipt; Fault for marks that cannot be, without the age declared, and `Taken` where another has this receipt.
    """
    open_box(decision)
    receipt = receipts.plain(receipt)
    if decision.terms.least_age and not of_age:
        raise Fault("of_age", _("Say that you are old enough to take part"))
    options = dict(decision.options.values_list("n", "pk"))
    if not options:
        raise Refused(_("There is no list to choose from. Ask those who look after this decision."))
    marks = read(decision.terms, options, barred_for(decision, voter, options), said)
    seat, first = take_part(by=by, decision=decision, voter=voter, group=group, channel=channel_of(by))
    key = receipts.key_of(decision, receipt)
    if first:
        if Ballot.objects.filter(pk__in=receipts.keys_of(decision, receipt)).exists():
            raise Taken("receipt", _("Press the button once more, please"))
        put_in(key=key, group=seat.group, marks=marks, options=options, organisation=not voter.is_person)
        return Done(receipt, marks)
    return Done(receipt, marks, changed=_change(key, seat.group, marks, options))


def open_box(decision: Decision) -> BallotBox:
    """The box, held until the action that asks is done, so that it is not closed meanwhile. Called inside an action.
    Raises Refused outside the days of the vote, and for a decision that is made in the room."""
    box = hold_box(decision)
    if not decisions.is_open_for(decision, "vote"):
        raise Refused(_("The vote is not open. Look at its days."))
    return box


def hold_box(decision: Decision) -> BallotBox:
    """The same also after the last day, for paper that came in time and is read later. Called inside an action.
    Raises Refused once the box is closed."""
    box = BallotBox.objects.select_for_update().filter(pk=decision.pk).first()
    if box is None:
        BallotBox.objects.get_or_create(decision=decision)
        box = BallotBox.objects.select_for_update().get(pk=decision.pk)
    if box.closed_on is not None:
        raise Refused(_("The box is closed. Nothing can be put in or changed."))
    if not decision.terms.secret:
        raise Refused(_("This is decided in the room, not by ballots."))
    return box


def put_in(
    *, key: str, group: DecisionGroup, marks: Marks, options: Mapping[int, int], organisation: bool = False
) -> None:
    """A ballot with its marks. Called inside an action, with the box held open."""
    ballot = Ballot(key=key, decision_id=group.decision_id, group=group, organisation=organisation)
    ballot.save(force_insert=True)
    _mark(key, marks, options)


def _change(key: str, group: DecisionGroup, marks: Marks, options: Mapping[int, int]) -> bool:
    """Give a ballot other marks. Whether it says something else now; the same press again does not."""
    ballot = Ballot.objects.filter(pk=key, group=group).first()
    if ballot is None:
        raise Refused(
            _("You have taken part. To change your choice, write your receipt. Without it nobody can change it.")
        )
    by_pk = {pk: n for n, pk in options.items()}
    before = {by_pk[pk]: value for pk, value in ballot.marks.values_list("option", "value")}
    if before == marks:
        return False
    BallotMark.objects.filter(ballot=ballot).delete()
    _mark(key, marks, options)
    return True


def _mark(key: str, marks: Marks, options: Mapping[int, int]) -> None:
    rows = [
        BallotMark(key=secrets.token_hex(32), ballot_id=key, option_id=options[n], value=value)
        for n, value in marks.items()
    ]
    BallotMark.objects.bulk_create(sorted(rows, key=lambda row: row.key))
