"""Who may put an idea forward, join or drop one, say a reason and settle an objection; in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import HELPER_ROLES, Party, PartyState
from alongside.ground.people.queries import acts_in, may_speak_for
from alongside.ground.records.models import State
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas.models import Idea, IdeaAsset, IdeaState, Point
from alongside.planning.ideas.whose import has_left

PARTS = ("plan", "outcome")  # whoever helps somebody with what they want helps them say it here


def speaks_for(by: Actor, party: Party, about: Decision | None = None) -> bool:
    """Whether somebody may say here what a party wants: their own, a group's they look after, or that of somebody they
    help. `about` is a decision with which a page hands on in whose names its viewer speaks."""
    names = decisions.speaking(by, about) if about is not None else None
    if names is not None:
        return party.pk in names
    parts = PARTS if by.is_helping or by.program is not None else PARTS[:1]  # of one's own all parts are alike
    return any(may_speak_for(by, party, part) for part in parts)


def runs(by: Actor, decision: Decision) -> bool:
    """The machine runs nothing by itself, and is let through."""
    return decisions.may_run(by, decision)


def owns(by: Actor, row: Idea | Point) -> bool:
    """Whether it is theirs; what somebody who has left for good left behind is nobody's to change."""
    return speaks_for(by, row.record.owner, row.decision) and not has_left(row)


def sees(by: Actor, decision: Decision) -> bool:
    """Whether the decision is open to them: else nothing can be said in it."""
    return decisions.seen(by, decision)


def known(by: Actor) -> bool:
    """Whether somebody has said who they are, so that what they write below others' words needs no look first."""
    states = [one.state for one in (by.person, by.on_behalf_of) if one is not None]
    return by.is_system or (bool(states) and PartyState.PROVISIONAL not in states)


@rule(_("Only the person themselves, or someone they asked to help with what they want, can say this for them."))
def may_put_forward(*, by: Actor, decision: Decision, owner: Party, **_rest: Any) -> bool:
    """In whose name they speak, where they see the decision."""
    return speaks_for(by, owner) and sees(by, decision)


@rule(_("Only somebody who helps people here, or looks after this decision, can write down what others say."))
def may_write_down(*, by: Actor, decision: Decision, **_rest: Any) -> bool:
    """Those who help people here, and those who run the decision; nobody in somebody else’s name."""
    return acts_in(by, *HELPER_ROLES) or (not by.is_helping and runs(by, decision))


@rule(_("Only whoever put it forward can change this. Without an account it stands as you wrote it."))
def may_change(*, by: Actor, idea: Idea, **_rest: Any) -> bool:
    """What waits for a look may be changed; what a steward has let through may not be made into something else."""
    return owns(by, idea) and (known(by) or idea.record.state == State.HELD)


@rule(_("Only whoever put it forward can take it back."))
def may_take_back(*, by: Actor, idea: Idea, **_rest: Any) -> bool:
    """Whose it is, also without an account."""
    return owns(by, idea)


@rule(_("Only whoever put it forward, or those who look after this decision, can do that."))
def may_join(*, by: Actor, idea: Idea, **_rest: Any) -> bool:
    """Those who run it; whose it is, once they have said who they are."""
    return runs(by, idea.decision) or (known(by) and owns(by, idea))


@rule(_("Only those who look after this decision can do that."))
def may_run(*, by: Actor, decision: Decision | None = None, idea: Idea | None = None, **_rest: Any) -> bool:
    """Those who look after the decision it is about."""
    about = decision or (idea.decision if idea is not None else None)
    return about is not None and runs(by, about)


@rule(_("Only whoever put it forward, those who will do it, or those who look after this decision can say that."))
def may_say_who(*, by: Actor, idea: Idea, run_by: Party | None, **_rest: Any) -> bool:
    """Somebody names themselves or a group of theirs; nobody else is named, but by those who run the decision."""
    if runs(by, idea.decision):
        return True
    theirs = run_by is None or speaks_for(by, run_by, idea.decision)
    now = idea.run_by is not None and speaks_for(by, idea.run_by, idea.decision)
    return known(by) and theirs and (now or owns(by, idea))


@rule(_("Sign in first. Then you can say what you would bring."))
def may_bring(*, by: Actor, idea: Idea, party: Party | None = None, **_rest: Any) -> bool:
    """For themselves or a group of theirs; whoever put the idea forward says in words what others bring."""
    if not sees(by, idea.decision) or not (known(by) or idea.record.state == State.HELD):
        return False
    return speaks_for(by, party, idea.decision) if party is not None else may_join(by=by, idea=idea)


@rule(_("Only those who bring it, and whoever put the idea forward, can take it out."))
def may_take_out(*, by: Actor, asset: IdeaAsset, **_rest: Any) -> bool:
    """Who brings it, and who may change the idea."""
    return may_join(by=by, idea=asset.idea) or (asset.party is not None and speaks_for(by, asset.party))


@rule(_("You can say this for yourself, or for a group or organisation that you look after."))
def may_declare(*, by: Actor, idea: Idea, party: Party, **_rest: Any) -> bool:
    """Of themselves; those who run the decision, of anybody."""
    return sees(by, idea.decision) and (runs(by, idea.decision) or speaks_for(by, party))


@rule(_("You can answer once you have signed in, if it is your idea or you look after this decision."))
def may_answer(*, by: Actor, point: Point, **_rest: Any) -> bool:
    """Whoever put the idea forward or would do it, who runs the decision, and who must answer for it."""
    decision, idea = point.decision, point.idea
    asked = [decision.answered_by] + ([idea.record.owner, idea.run_by] if idea is not None else [])
    if not known(by) or not sees(by, decision):
        return False
    return runs(by, decision) or any(speaks_for(by, party, decision) for party in asked if party is not None)


@rule(_("Only whoever said it can say whether it is put right."))
def may_settle(*, by: Actor, point: Point, **_rest: Any) -> bool:
    """Whoever raised it, and nobody in their place."""
    return owns(by, point)


@rule(_("Only those who look after this decision can do that."))
def may_list_by_itself(*, by: Actor, decision: Decision, **_rest: Any) -> bool:
    """Only the machine, at night: where nobody made a list, all ideas are on it."""
    return by.is_system


def in_talk(idea: Idea) -> bool:
    """Whether it stands open: neither joined, dropped nor taken back."""
    return idea.state in (IdeaState.OFFERED, IdeaState.LISTED)
