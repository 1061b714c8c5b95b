"""Who would gain from an idea: who would be paid has no vote on it; a member of an unpaid group has, and says so."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import one_line
from alongside.ground.notices.actions import message
from alongside.ground.people.models import Party
from alongside.planning.decisions.models import Stage
from alongside.planning.ideas import policy
from alongside.planning.ideas.models import Idea, Interest
from alongside.planning.ideas.standing import demand_moving, tell_of

KINDS = ("paid", "member")


@action("ideas.declare", may=policy.may_declare)
def declare(*, by: Actor, idea: Idea, party: Party, kind: str, words: str = "") -> Interest:
    """Somebody says what they have to do with an idea, or those who run the decision say it of them, who are told.

    `paid`: they would be paid, and have no vote on it, nor have those who work for them. `member`: they belong to an
    unpaid group that would do it; it is shown, and they may vote. Saying it twice changes its words alone.
    Once people choose, everybody says it of themselves alone: nobody loses a vote by what others note. Raises Fault
    for that, and once the decision is made.
    """
    if kind not in KINDS:
        raise Fault("kind", _("Choose what they have to do with it"))
    if idea.decision.stage not in (Stage.DRAFT, Stage.OPEN):
        raise Fault("kind", _("This was decided already"))
    own = policy.speaks_for(by, party) and not by.is_system
    if not own:
        demand_moving(idea.decision, "kind")
    said, _made = Interest.objects.get_or_create(idea=idea, party=party, kind=kind)
    said.words, said.own = one_line(words, 300), said.own or own
    said.save(update_fields=["words", "own"])
    if not own:
        title = message("It is noted that you would gain from an idea: %(title)s", title=idea.title)
        body = message(
            "Who would be paid for an idea has no vote on it. If this is wrong, tell those who look after it."
        )
        tell_of(idea, party, title, body)
    return said


@action("ideas.not_declared", may=policy.may_run)
def not_declared(*, by: Actor, idea: Idea, interest: Interest) -> Idea:
    """Those who run the decision take out what was noted by mistake, until the vote begins. Nobody takes out their
    own, so that nobody gets a vote by it."""
    if interest.idea_id != idea.pk:
        raise Fault("interest", _("Choose one of these"))
    if by.person is not None and policy.speaks_for(by, interest.party):
        raise Fault("interest", _("Somebody else who looks after this decision has to take this out"))
    demand_moving(idea.decision, "interest")
    interest.delete()
    return idea
