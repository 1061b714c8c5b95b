"""Keep an evening in a hall: question, list, who was there and what was counted, and the result, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.methods.say.model import CAP, MILLION
from alongside.planning.ballots.actions import GroupInRoom, keep_room
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions.actions import Days, GroupSaid
from alongside.planning.decisions.models import Basis, Completion, Decision, Marking, Method, Rule, Side
from alongside.planning.decisions.queries import today
from alongside.planning.halls import policy
from alongside.planning.halls.reading import Counted as Counted
from alongside.planning.halls.reading import How as How
from alongside.planning.halls.reading import Wall as Wall
from alongside.planning.ideas.actions import Row, write_up
from alongside.planning.results.actions import count

MOST_OF_OTHERS = 250_000  # of the say, in parts of a million: as suggested where people and organisations decide
MAJORITY = 50
ANSWERED_IN = 10  # days (chapter 4: report back within ten days)


@dataclass(frozen=True)
class Evening:
    """What was asked, and who makes sure that it happens."""

    question: str
    can_change: str
    answers_for: str
    winners: int | None = None


@action("halls.hold", may=policy.may_hold, returns=Decision)
def hold(*, by: Actor, owner: Party, evening: Evening, counted: Counted) -> Decision:
    """Keep what a room decided today, and count it. The same record as the largest vote, with everything in public.

    People hold all of the say; where somebody from a council or the NHS chose too, three quarters or more, and no
    organisation above the cap. Raises Refused for somebody who does not look after `owner`, and Fault for what makes
    no decision, by the fields of the page.
    """
    decision = decisions.ask(by=by, owner=owner, question=evening.question)
    decisions.write(by=by, decision=decision, can_change=evening.can_change, answers_for=evening.answers_for)
    decisions.set_terms(by=by, decision=decision, **_terms(evening, counted))
    decisions.set_groups(by=by, decision=decision, groups=_groups(counted))
    decisions.plan_phases(by=by, decision=decision, days=_days())
    opened = decisions.declare(by=by, decision=decision)
    rows = [Row(idea.title, idea.cost_pence) for idea in counted.ideas]
    write_up(by=by, decision=opened, rows=rows)
    keep_room(by=by, decision=opened, groups=_in_room(counted), dots_each=counted.dots_each)
    return count(by=Actor.system("halls.hold"), decision=opened).decision


def _terms(evening: Evening, counted: Counted) -> decisions.TermsSaid:
    """The rule of a room: hands and slips by approval, each dot as one pick, consent by reasons against."""
    said = decisions.TermsSaid(secret=False, basis=Basis.SHARED if counted.organisations else Basis.OURS)
    if counted.how is How.CONSENT:
        return said | decisions.TermsSaid(rule=Rule.CONSENT)
    if counted.budget_pence is None:
        most = MAJORITY if evening.winners is None and counted.how is not How.DOTS else 0
        return said | decisions.TermsSaid(rule=Rule.APPROVAL, winners=evening.winners, threshold_pct=most)
    return said | decisions.TermsSaid(
        rule=Rule.BUDGET,
        budget_pence=counted.budget_pence,
        marking=Marking.APPROVAL,
        method=Method.EQUAL_SHARES if counted.how is How.SLIPS else Method.GREEDY,
        completion=Completion.ADD1 if counted.how is How.SLIPS else Completion.NONE,
    )


def _days() -> list[Days]:
    """Ideas, talk and choosing this evening; an answer within ten days."""
    evening, last = today(), today() + timedelta(days=ANSWERED_IN)
    return [Days(kind, evening, evening) for kind in ("ideas", "talk", "vote")] + [Days("answer", evening, last)]


def _groups(counted: Counted) -> list[GroupSaid]:
    theirs = min(MOST_OF_OTHERS, counted.organisations * CAP * MILLION // 100)
    people = [GroupSaid(_("People and groups from here"), Side.PEOPLE, MILLION - theirs, key="people")]
    if not counted.organisations:
        return people
    return [*people, GroupSaid(_("The council and the NHS"), Side.COMMISSIONERS, theirs, key="commissioners")]


def _in_room(counted: Counted) -> list[GroupInRoom]:
    """What each group did: sums by the order of the wall, or slips."""
    by_slip = counted.how is How.SLIPS
    people = [] if by_slip else [idea.people for idea in counted.ideas]
    found = [GroupInRoom("people", counted.people, people, counted.slips)]
    if counted.organisations:
        theirs = [] if by_slip else [idea.organisations for idea in counted.ideas]
        found.append(GroupInRoom("commissioners", counted.organisations, theirs, counted.organisation_slips))
    return found
