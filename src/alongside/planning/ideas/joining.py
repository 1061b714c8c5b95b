"""Join two ideas with credit to both, drop one with a reason, and undo either: each is told to whoever it was of."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import words_of
from alongside.ground.notices.actions import message
from alongside.ground.records.models import State
from alongside.ground.thread.actions import tie
from alongside.ground.thread.models import LinkKind
from alongside.planning.decisions.queries import today
from alongside.planning.ideas import policy
from alongside.planning.ideas.models import Idea, IdeaState
from alongside.planning.ideas.sides import acting_side
from alongside.planning.ideas.standing import demand_moving, lock, tell_of


@action("ideas.merge", may=policy.may_join, returns=Idea)
def merge(*, by: Actor, idea: Idea, into: Idea, why: str) -> Idea:
    """Join an idea with another one of the same decision: both keep their credit, and who asked and why is shown.

    Whoever put either forward is told, and whoever put `idea` forward may undo it before the list is made.
    Raises Fault without a reason, for itself, and where either is not open any more.
    """
    first, second = sorted((idea.pk, into.pk))
    held = {one.pk: one for one in (lock(Idea(pk=first)), lock(Idea(pk=second)))}
    idea, into = held[idea.pk], held[into.pk]
    demand_moving(idea.decision)
    if idea.pk == into.pk or into.decision_id != idea.decision_id:
        raise Fault("into", _("Choose another idea of this decision"))
    if State.HELD in (idea.record.state, into.record.state):
        raise Fault("into", _("It waits for a look. Then it can be joined with another."))
    if idea.state != IdeaState.OFFERED or into.state != IdeaState.OFFERED:
        raise Fault("into", _("One of the two is not open any more: it is joined, dropped, taken back or on the list"))
    put_aside(by, idea, IdeaState.MERGED, words_of(why, "why", _("Write why. Both will read it.")), into)
    tie(by=Actor.system("ideas.merge"), src=idea.record, dst=into.record, kind=LinkKind.LED_TO)
    if not policy.speaks_for(by, idea.record.owner):
        title = message("Your idea was joined with another. You can undo this: %(title)s", title=into.title)
        tell_of(idea, idea.record.owner, title, idea.state_why)
    tell_of(into, into.record.owner, message("Another idea was joined with yours: %(title)s", title=idea.title))
    return idea


@action("ideas.undo", may=policy.may_join, returns=Idea)
def undo(*, by: Actor, idea: Idea) -> Idea:
    """It stands by itself again. Only until the list is made. Raises Fault where it is not joined with any."""
    locked = lock(idea)
    demand_moving(locked.decision)
    if locked.state != IdeaState.MERGED or locked.merged_into is None:
        raise Fault("idea", _("It is not joined with any other"))
    into = locked.merged_into
    if into.state == IdeaState.LISTED:
        raise Fault("idea", _("The list is made. Ask those who look after this decision."))
    _stand_again(locked)
    tell_of(into, into.record.owner, message("An idea stands by itself again: %(title)s", title=locked.title))
    return locked


@action("ideas.drop", may=policy.may_run, returns=Idea)
def drop(*, by: Actor, idea: Idea, why: str) -> Idea:
    """It is not taken further, for a reason that everyone reads and whoever put it forward is told; counted by the
    side of whoever dropped it. Raises Fault without a reason, and where it is not open or others are joined with it."""
    locked = lock(idea)
    demand_moving(locked.decision)
    if locked.state != IdeaState.OFFERED:
        raise Fault("idea", _("It is joined, dropped, taken back or on the list by now"))
    put_aside(by, locked, IdeaState.DROPPED, words_of(why, "why", _("Write why. Everyone will read it.")))
    tell_dropped(locked)
    return locked


def tell_dropped(idea: Idea) -> None:
    """Whoever put it forward hears why; so does whoever put forward what is joined with it."""
    title = message("Your idea is not taken further: %(title)s", title=idea.title)
    for one in (idea, *joined_with(idea)):
        tell_of(idea, one.record.owner, title, idea.state_why)


def joined_with(idea: Idea) -> list[Idea]:
    """Ideas that were joined with this one, and those joined with them, in the order in which they came."""
    found: list[Idea] = []
    waiting = [idea]
    while waiting:
        below = list(waiting.pop().merged.filter(state=IdeaState.MERGED).select_related("record__owner"))
        found += below
        waiting += below
    return sorted(found, key=lambda one: one.pk)


@action("ideas.bring_back", may=policy.may_run, returns=Idea)
def bring_back(*, by: Actor, idea: Idea) -> Idea:
    """What was dropped is looked at again, until the vote begins. Raises Fault where it was not dropped."""
    locked = lock(idea)
    demand_moving(locked.decision)
    if locked.state != IdeaState.DROPPED:
        raise Fault("idea", _("It was not dropped"))
    _stand_again(locked)
    tell_of(locked, locked.record.owner, message("Your idea is looked at again: %(title)s", title=locked.title))
    return locked


def put_aside(by: Actor, idea: Idea, state: str, why: str, into: Idea | None = None) -> None:
    """Note the new state with its reason, who asked and on which side they stand. Called inside an action."""
    own = policy.owns(by, idea) and not by.is_system
    idea.state, idea.state_why, idea.state_on, idea.merged_into = state, why, today(), into
    idea.state_by = idea.record.owner if own else idea.decision.record.owner
    idea.state_side = idea.side if own else acting_side(by, idea.decision)
    idea.save(update_fields=["state", "state_why", "state_on", "merged_into", "state_by", "state_side"])


def _stand_again(idea: Idea) -> None:
    idea.state, idea.state_why, idea.state_on, idea.merged_into = IdeaState.OFFERED, "", None, None
    idea.state_by, idea.state_side = None, ""
    idea.save(update_fields=["state", "state_why", "state_on", "merged_into", "state_by", "state_side"])
