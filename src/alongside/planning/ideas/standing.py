"""What the days of a decision allow its ideas: when they come, are talked about, go on the list, and stand still."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import tell
from alongside.ground.notices.wording import Message
from alongside.ground.people.models import GONE, Party, PartyState
from alongside.ground.records.actions import open_record
from alongside.ground.records.models import Record
from alongside.ground.records.queries import shown_like
from alongside.planning.decisions.models import Decision, PhaseKind, Stage
from alongside.planning.decisions.queries import is_open_for, phase, today
from alongside.planning.ideas.models import Idea

MOST_WAITING = 100  # in one decision; a steward's desk shows as many
TALK = (PhaseKind.IDEAS, PhaseKind.TALK, PhaseKind.SHORTLIST)


def is_taking_ideas(decision: Decision) -> bool:
    """Whether ideas can be put forward today."""
    return is_open_for(decision, PhaseKind.IDEAS)


def is_in_talk(decision: Decision) -> bool:
    """On the days for ideas, for talk and for the list. Talk may be planned to go on while people choose."""
    return any(is_open_for(decision, kind) for kind in TALK)


def is_still(decision: Decision) -> bool:
    """Whether the list stands still: the vote has begun, or the decision is not open. A show of hands has its list
    and its vote on one day."""
    if decision.stage != Stage.OPEN:
        return True
    vote = phase(decision, PhaseKind.VOTE)
    return vote is not None and decision.terms.secret and vote.since <= today()


def first_day_of_vote(decision: Decision) -> date:
    """From here on an objection of the talk that is not put right stands; the first of all days where nobody votes."""
    vote = phase(decision, PhaseKind.VOTE)
    return vote.since if vote is not None else date.min


def is_over(decision: Decision) -> bool:
    """Whether the last day for choosing has passed."""
    vote = phase(decision, PhaseKind.VOTE)
    return vote is not None and vote.until < today()


def may_list_now(decision: Decision) -> bool:
    """From the first day of the shortlist until the vote begins; without such days, as soon as it is open."""
    made = phase(decision, PhaseKind.SHORTLIST)
    return not is_still(decision) and (made is None or made.since <= today())


def demand_ideas(decision: Decision) -> None:
    """Raise Fault outside the days for ideas."""
    if not is_taking_ideas(decision):
        raise Fault("title", _("Ideas are not taken on these days. Look at the days of this decision."))


def demand_talk(decision: Decision, field: str = "words") -> None:
    """Raise Fault outside the days for talk."""
    if not is_in_talk(decision):
        raise Fault(field, _("There is no talk about this on these days. Look at the days of this decision."))


def demand_moving(decision: Decision, field: str = "idea") -> None:
    """Raise Fault once the list stands still."""
    if is_still(decision):
        raise Fault(field, _("People are choosing by now, or have chosen, so what they choose from stands still"))


def demand_room(by: Actor, decision: Decision, rows: QuerySet[Any], field: str) -> None:
    """What comes without an account waits for a steward, and only so much of it at once: else whoever sends a thousand
    keeps everybody else out, and the list from being made. Raises Fault where as many wait already."""
    nobody = by.person is not None and by.person.state == PartyState.PROVISIONAL
    waiting = rows.filter(record__in=shown_like(decision.record, held=True))
    if nobody and waiting.count() >= MOST_WAITING:
        raise Fault(field, _("So much waits for a look here that no more can come without an account. Sign in first."))


def record_in(by: Actor, decision: Decision, owner: Party, kind: str, lang: str = "") -> Record:
    """The spine row of an idea or a reason: who sees the decision sees it. Called inside an action."""
    about = decision.record
    given: dict[str, Any] = {"audience": about.audience, "community": about.community, "level": about.level}
    return open_record(by=by, kind=kind, owner=owner, area=about.area, lang=lang, **given)


def lock(idea: Idea) -> Idea:
    """The idea as it stands now; of two who change it at once the second waits."""
    return Idea.objects.select_for_update().select_related("record__owner", "decision__record").get(pk=idea.pk)


def tell_of(idea: Idea, to: Party, title: Message, body: str | Message = "", lang: str = "") -> None:
    """Leave a message about an idea; nobody is left where somebody has gone."""
    if to.state not in GONE:
        by, link = Actor.system("ideas"), idea.where_read
        tell(by=by, to=to, title=title, body=body or title, record=idea.record, link=link, lang=lang)
