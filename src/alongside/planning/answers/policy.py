"""Who answers what was said, who says what was done, and what councillors do; in everyday words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party, Role
from alongside.ground.people.queries import acts_in, may_speak_for, open_memberships, with_proof
from alongside.planning.answers.models import Act
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import decisions, may_run
from alongside.planning.ideas.models import Idea


def answers_in_name_of(by: Actor, party: Party) -> bool:
    """Those who speak for an organisation, and those who arrange things there as their work, for themselves."""
    if may_speak_for(by, party):
        return True
    if by.person is None or by.is_helping or by.program is not None:
        return False
    return open_memberships().filter(member=by.person, of=party, role__in=with_proof(by, {Role.COMMISSIONER})).exists()


def is_answerable(by: Actor, decision: Decision) -> bool:
    """The organisation that must answer; where a person without a page here must, those who look after the decision
    write it down for them."""
    if decision.answered_by is not None:
        return answers_in_name_of(by, decision.answered_by)
    return may_run(by, decision)


def does_it(by: Actor, idea: Idea) -> bool:
    """Whether somebody speaks for those who do what an idea says."""
    return idea.run_by is not None and may_speak_for(by, idea.run_by)


def doers(by: Actor, ideas: Iterable[Idea]) -> frozenset[Party]:
    """Of those who would do these ideas, those for whom somebody speaks."""
    named = {one.run_by for one in ideas if one.run_by is not None}
    return frozenset(party for party in named if may_speak_for(by, party))


@rule(_("Only those who must answer for this decision can do that."))
def may_reply(*, by: Actor, idea: Idea, **_rest: Any) -> bool:
    """Those who must answer."""
    return is_answerable(by, idea.decision)


@rule(_("Only those who must answer, and those who do it, can say what was done."))
def may_follow_up(*, by: Actor, idea: Idea, **_rest: Any) -> bool:
    """Those who must answer, and those who do it."""
    return is_answerable(by, idea.decision) or does_it(by, idea)


@rule(_("Only councillors can do that, in their own name."))
def may_act(*, by: Actor, decision: Decision, **_rest: Any) -> bool:
    """A councillor for themselves, of a decision that they see."""
    return acts_in(by, Role.COUNCILLOR) and decisions(by).filter(pk=decision.pk).exists()


@rule(_("Only the person themselves, or somebody who helps them with their plan, can write this down."))
def may_ground(*, by: Actor, decision: Decision, **_rest: Any) -> bool:
    """The person whose life it is, and who helps them with their plan."""
    return by.person is not None and may_run(by, decision)


@rule(_("Only those who were asked can answer this."))
def may_answer_call(*, by: Actor, act: Act, **_rest: Any) -> bool:
    """Those who answer for the organisation that was called on."""
    return act.to is not None and answers_in_name_of(by, act.to)


def answerable(by: Actor, acts: Iterable[Act]) -> list[tuple[Act, bool]]:
    """Each with whether somebody may answer it: asked once of each organisation, however often it was called on."""
    acts = list(acts)
    asked = {one.to for one in acts if one.to is not None}
    theirs = {party for party in asked if answers_in_name_of(by, party)}
    return [(one, one.to in theirs) for one in acts]


@rule(_("Only the machine does this, at night."))
def may_remind(*, by: Actor, **_rest: Any) -> bool:
    """The machine alone."""
    return by.is_system
