"""For whom somebody who helps wrote a choice down: each reads their own; who keeps the roll all, once it is over."""

from __future__ import annotations

from alongside.ground.history.acting import demand
from alongside.ground.history.actor import Actor
from alongside.ground.people.queries import parts_seen
from alongside.planning.decisions.models import Decision, Stage
from alongside.planning.decisions.queries import phase, today
from alongside.planning.rolls import policy
from alongside.planning.rolls.models import Roll


def my_help(viewer: Actor, decision: Decision) -> Roll | None:
    """Who wrote down this viewer's choice, if somebody did. One helper learns of another only from somebody who has
    opened all of their page to them."""
    if viewer.party is None or viewer.program is not None:
        return None
    rows = Roll.objects.filter(decision=decision, seat__party=viewer.party).exclude(helper=None)
    if viewer.is_helping and "all" not in parts_seen(viewer):
        rows = rows.filter(helper=viewer.person)
    return rows.select_related("helper", "decision__record").first()


def helped(viewer: Actor, decision: Decision) -> list[Roll]:
    """Every choice that somebody else wrote down, by the names of helpers, for those who keep the roll; nothing before
    the vote is over, so that nobody is leant on. Raises Refused for everybody else."""
    demand(policy.may_keep_roll, by=viewer, decision=decision)
    vote = phase(decision, "vote")
    if decision.stage == Stage.OPEN and (vote is None or vote.until >= today()):
        return []
    rows = Roll.objects.filter(decision=decision).exclude(helper=None).select_related("seat__party", "helper")
    return sorted(rows, key=lambda roll: (_name(roll.helper), _name(roll.seat.party)))


def disputed(decision: Decision) -> int:
    """How many say that they did not ask for the choice that somebody wrote down for them. For those who look after
    the decision; their ballots cannot be found."""
    return Roll.objects.filter(decision=decision, disputed=True).count()


def _name(party: object) -> str:
    return str(getattr(party, "name", "")).casefold()
