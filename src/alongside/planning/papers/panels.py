"""What waits to be hung when the house starts: the ways from a decision to its ballot, roll and papers."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.ground.people.actions import before_joining
from alongside.planning.ballots.actions import before_closing, hold_box
from alongside.planning.ballots.queries import closed_on
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Basis, Decision
from alongside.planning.papers.actions import clear_up
from alongside.planning.papers.queries import may_key, papers_over
from alongside.planning.rolls.actions import before_slips, make_one
from alongside.planning.rolls.queries import (
    affected_groups,
    can_vouch,
    is_before,
    my_help,
    numbers,
    standings,
    turnout,
)


def choosing(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    """Beside the heading of the ideas while people vote: choose now; or that all they may cast is in."""
    is_open = decision.terms.secret and decisions.is_open_for(decision, "vote") and not closed_on(decision)
    if not is_open:
        return None
    mine = standings(viewer, decision)
    is_in = bool(mine) and all(one.took_part for one in mine)
    return {"decision": decision, "is_in": is_in, "may_vouch": can_vouch(viewer, decision)}


def took_part(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    """On the page of a decision, after the vote: how many took part, and the way to look up a receipt."""
    is_over = decision.terms.secret and decision.stage != "stopped" and closed_on(decision)
    return {"decision": decision, "turnout": turnout(decision)} if is_over else None


def helped(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    """For somebody whose choice a helper wrote down: who, and the way to say that they never asked."""
    roll = my_help(viewer, decision) if decision.terms.secret else None
    return {"decision": decision, "roll": roll} if roll else None


def keeping(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    """For those who look after it, or read papers: the roll and the papers."""
    if not decision.terms.secret or decision.terms.basis == Basis.OWN_LIFE:
        return None  # on one's own life nobody is on a roll: one yes decides
    return {"decision": decision, "runs": True}


def reading(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    """For helpers who do not look after it: the papers to read."""
    may = decision.terms.secret and may_key(by=viewer, decision=decision) and not decisions.may_run(viewer, decision)
    return {"decision": decision, "runs": False} if may else None


def beyond(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    """With the result: papers that were counted beyond the slips that came back."""
    over = papers_over(decision)
    return {"over": over} if over else None


def affected(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    """Before the vote, for people here: say that you are directly affected, so that somebody can confirm it."""
    if viewer.party is None or not is_before(decision):
        return None
    groups = affected_groups(decision, viewer.party)
    return {"decision": decision, "groups": groups, "vote": decisions.phase(decision, "vote")} if groups else None


def how_put(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    """With the result: how many of those directly affected were put there, and how many others confirmed."""
    rows = numbers(decision) if decision.terms.secret else []
    return {"numbers": rows} if rows else None


def hang_all() -> None:
    hang("decision_aside", affected, "planning/rolls/_affected.html")
    hang("result_check", how_put, "planning/rolls/put.html")
    hang("decision_choose", choosing, "planning/ballots/_choose.html")
    hang("decision", took_part, "planning/ballots/_panel.html")
    hang("decision", helped, "planning/ballots/_helped.html")
    hang("decision_run", keeping, "planning/papers/_panel.html")
    hang("decision_aside", reading, "planning/papers/_panel.html")
    hang("result_check", beyond, "planning/papers/beyond.html")
    before_joining(make_one)
    before_closing(clear_up)
    before_slips(hold_box)
