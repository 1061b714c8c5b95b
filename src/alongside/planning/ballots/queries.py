"""What came out of the box, once it is closed, and whether a receipt was counted; before that, nothing."""

from __future__ import annotations

from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Refused
from alongside.methods.say.model import SMALL
from alongside.planning.ballots import receipts
from alongside.planning.ballots.filling import read as read
from alongside.planning.ballots.keeping import kept as kept
from alongside.planning.ballots.models import Ballot, BallotBox, BallotMark, Present
from alongside.planning.ballots.receipts import fresh as fresh
from alongside.planning.ballots.receipts import key_of as key_of
from alongside.planning.ballots.receipts import plain as plain
from alongside.planning.ballots.room import Counted as Counted
from alongside.planning.ballots.room import in_room
from alongside.planning.ballots.room import present as present
from alongside.planning.ballots.room import tallies as tallies
from alongside.planning.decisions.models import OUR_SIDES, Decision, DecisionGroup
from alongside.planning.rolls import queries as rolls
from alongside.planning.rolls.queries import Turnout as Turnout


def closed_on(decision: Decision) -> date | None:
    """The day on which the box was closed; None while it is open."""
    return BallotBox.objects.filter(decision=decision).values_list("closed_on", flat=True).first()


def counted(decision: Decision) -> list[Counted]:
    """Every ballot in the order of its key. Raises Refused until the box is closed: nobody, not even who looks after
    the decision, knows more than others before. What a room counted in sums comes as ballots that add up to them."""
    if decision.terms.secret and closed_on(decision) is None:
        raise Refused(_("Nobody sees what is in the box before the vote is over."))
    sums = [] if decision.terms.secret else in_room(decision)
    if sums:
        return sums
    marks: dict[str, dict[int, int]] = {}
    rows = BallotMark.objects.filter(ballot__decision=decision).values_list("ballot", "option__n", "value")
    for ballot, n, value in rows:
        marks.setdefault(ballot, {})[n] = value
    found = Ballot.objects.filter(decision=decision).values_list("key", "group__key", "organisation")
    return [
        Counted(key, group, dict(sorted(marks.get(key, {}).items())), organisation)
        for key, group, organisation in sorted(found)
    ]


def can_be_changed(decision: Decision, group: DecisionGroup, receipt: str) -> bool:
    """Whether a ballot of this group has this receipt. Only for whoever has taken part, and with few tries."""
    return Ballot.objects.filter(decision=decision, group=group, pk=receipts.key_of(decision, receipt)).exists()


def stay_closed(decision: Decision) -> bool:
    """Whether the choices are not given out, even without names: a room kept sums alone, or one to four ballots in a
    group of people or communities are people's, or a group's or organisation's. The cap may give these another share,
    so either is a small group of its own."""
    rows = Ballot.objects.filter(decision=decision).values("group__side", "group", "organisation")
    sizes = list(rows.annotate(n=Count("pk")).order_by().values_list("group__side", "n"))
    return not sizes or any(side in OUR_SIDES and n < SMALL for side, n in sizes)


def how_many(decision: Decision) -> int:
    """How many ballots are in the box: no more than the turnout says."""
    return Ballot.objects.filter(decision=decision).count()


def in_the_room(decision: Decision) -> int:
    """How many were there, where a room decided."""
    return sum(Present.objects.filter(decision=decision).values_list("people", flat=True))


def turnout(decision: Decision) -> Turnout:
    """How many took part, by way; ways with few are told together."""
    return rolls.turnout(decision)


def receipt_counted(decision: Decision, receipt: str) -> bool:
    """Whether a ballot with this receipt was counted; never what it says. Raises Fault for what is no receipt, and
    Refused until the box is closed."""
    if closed_on(decision) is None:
        raise Refused(_("You can look this up when the vote is over."))
    keys = receipts.keys_of(decision, receipts.plain(receipt))
    return Ballot.objects.filter(decision=decision, pk__in=keys).exists()
