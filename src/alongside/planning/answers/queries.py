"""What was answered, what is late, what was done, and the whole story of an idea; as far as a viewer may see it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import GONE
from alongside.ground.thread.queries import led_to
from alongside.planning.answers.models import Act, Grounds, Reply, Saying
from alongside.planning.decisions.models import Decision, PhaseKind, Rule, Stage
from alongside.planning.decisions.queries import OVER, decisions, gone_on, is_open_for, others, seen, today
from alongside.planning.ideas import queries as ideas_of
from alongside.planning.ideas.models import Idea, IdeaState

MOST = 50
LISTS = ("all", "late", "doing", "done")
CAME_OUT = (Stage.DECIDED, Stage.NOT_DECIDED, Stage.TALK_AGAIN)
NO_MORE = (IdeaState.DROPPED, IdeaState.MERGED, IdeaState.WITHDRAWN)


@dataclass
class Answered:
    """An idea with its answers. `due` is the day by which the first was, or the promised thing is, to be there."""

    idea: Idea
    due: date | None
    replies: list[Reply] = field(default_factory=list)
    goes_on: bool = False  # it is talked about again in the next round, which owes its answer

    @property
    def last(self) -> Reply | None:
        """The answer that stands."""
        return self.replies[-1] if self.replies else None

    @property
    def is_due(self) -> bool:
        """Whether it needs an answer of its own, here: what was joined is answered with what it was joined with."""
        return self.idea.state != IdeaState.MERGED and not self.goes_on

    @property
    def is_late(self) -> bool:
        """Whether its first answer was due by a day that has passed."""
        return self.is_due and not self.replies and self.due is not None and self.due < today()

    @property
    def is_overdue(self) -> bool:
        """A promised day has passed, and it is not done."""
        last = self.last
        return last is not None and last.by_day is not None and last.by_day < today()

    @property
    def is_promised(self) -> bool:
        """Whether the last answer says that it will be done."""
        return self.last is not None and self.last.saying in (Saying.WILL_DO, Saying.PART)

    @property
    def is_done(self) -> bool:
        """Whether the last answer says that it is done."""
        return self.last is not None and self.last.saying == Saying.DONE


def answered(viewer: Actor, decision: Decision) -> list[Answered]:
    """Every idea of a decision with its answers: those that are late first, then as they came."""
    found = list(ideas_of.ideas(viewer, decision))
    replies = _replies(found)
    goes_on = bool(gone_on([decision]))
    rows = [Answered(one, decision.answer_by, replies[one.pk], goes_on) for one in found]
    return sorted(rows, key=lambda row: (not row.is_late, not row.is_overdue, row.idea.state in NO_MORE, row.idea.pk))


def answered_one(viewer: Actor, idea: Idea) -> Answered:
    """One idea with its answers; of one that was joined, those of what it was joined with."""
    top = idea
    while top.state == IdeaState.MERGED and top.merged_into is not None:
        top = top.merged_into
    return Answered(idea, idea.decision.answer_by, _replies([top])[top.pk], bool(gone_on([idea.decision])))


def _replies(found: Iterable[Idea]) -> dict[int, list[Reply]]:
    rows: dict[int, list[Reply]] = defaultdict(list)
    ideas = {idea.pk: idea for idea in found}
    for one in Reply.objects.filter(idea__in=ideas).select_related("by").order_by("n"):
        one.idea = ideas[one.idea_id]  # which is read for the name of whoever answers
        rows[one.idea_id].append(one)
    return rows


def last_reply(idea: Idea) -> Reply | None:
    """The last answer to an idea."""
    return Reply.objects.filter(idea=idea).order_by("-n").first()


def lock(idea: Idea) -> QuerySet[Reply]:
    """The replies to an idea, whose row stays locked until the action is done."""
    return Reply.objects.filter(idea=ideas_of.hold(idea))


def may_be_answered(idea: Idea) -> bool:
    """Once the decision is made, in the days for answers, or as soon as an idea is not taken further."""
    decision = idea.decision
    if decision.stage == Stage.DRAFT or idea.state in (IdeaState.MERGED, IdeaState.WITHDRAWN):
        return False
    open_ = is_open_for(decision, PhaseKind.ANSWER) or is_open_for(decision, PhaseKind.FOLLOW_UP)
    return decision.stage in OVER or open_ or idea.state == IdeaState.DROPPED


def told_of(idea: Idea) -> list[Idea]:
    """Those whose people hear of an answer: the idea, and what was joined with it, each owner once."""
    seen: dict[int, Idea] = {}
    waiting = [idea]
    while waiting:
        one = waiting.pop(0)
        if one.record.owner.state not in GONE:
            seen.setdefault(one.record.owner_id, one)
        waiting += one.merged.filter(state=IdeaState.MERGED).select_related("record__owner")
    return list(seen.values())


@dataclass
class CameOf:
    """A decision that is over, or whose answers are due, with how many of its ideas were answered, kept and done."""

    decision: Decision
    ideas: int = 0
    answered: int = 0
    late: int = 0
    doing: int = 0
    done: int = 0
    goes_on: bool = False

    def is_in(self, which: str) -> bool:
        """Whether it belongs in one of the lists."""
        return {"late": self.late > 0, "doing": self.doing > 0, "done": self.done > 0}.get(which, True)


def next_rounds(viewer: Actor, decision: Decision) -> list[Decision]:
    """The rounds in which a decision is talked about again, as far as this viewer sees them."""
    return others(viewer, [link.dst_id for link in led_to(viewer, decision.record)])


def came_of_it(viewer: Actor, which: str = "all") -> list[CameOf]:
    """What came of decisions: those with late answers first, then the newest. One of the lists, or all."""
    spoken = Reply.objects.values("idea__decision")
    over = Q(stage__in=OVER) | Q(pk__in=spoken) | Q(stage=Stage.OPEN, answer_by__lt=today())
    found = list(decisions(viewer).filter(over).order_by("-stage_on", "-pk")[: MOST * 2])
    rows = {one.pk: CameOf(one) for one in found}
    ideas = ideas_of.to_answer(rows)
    replies, on = _replies(ideas), gone_on(found)
    for idea in ideas:
        goes_on = idea.decision_id in on
        _count(rows[idea.decision_id], Answered(idea, idea.decision.answer_by, replies[idea.pk], goes_on))
    chosen = [row for row in rows.values() if row.is_in(which)]
    return sorted(chosen, key=lambda row: not row.late)[:MOST]


def _count(row: CameOf, one: Answered) -> None:
    row.goes_on = row.goes_on or one.goes_on
    row.ideas += one.is_due or bool(one.replies)
    row.answered += bool(one.replies)
    row.late += one.is_late or one.is_overdue
    row.doing += one.is_promised
    row.done += one.is_done


def acts(viewer: Actor, decision: Decision) -> list[Act]:
    """What councillors did for a decision, as it came."""
    if not seen(viewer, decision):
        return []
    return list(
        Act.objects.filter(decision=decision).select_related("by", "to", "decision__record").order_by("on", "pk")
    )


def act(viewer: Actor, decision: Decision, key: UUID | str) -> Act | None:
    """What one councillor did, on its own decision."""
    return next((one for one in acts(viewer, decision) if str(one.key) == str(key)), None)


def grounds(viewer: Actor, decision: Decision) -> list[Grounds]:
    """On what a decision about somebody's own life rests, the newest first: for those who see the decision."""
    if not needs_grounds(decision) or not seen(viewer, decision):
        return []
    return list(Grounds.objects.filter(decision=decision).select_related("by").order_by("-n"))


def needs_grounds(decision: Decision) -> bool:
    """Whether somebody made it about their own life, and it is over."""
    return decision.terms.rule == Rule.SUPPORTED and decision.stage in CAME_OUT


def waiting(until: date) -> list[tuple[Decision, int]]:
    """Decisions whose answers are due by a day, with how many ideas have none yet. For the machine at night."""
    due = decisions(Actor.system("answers")).exclude(stage=Stage.DRAFT).filter(answer_by__lte=until)
    found = list(due.order_by("answer_by", "pk")[:500])
    ideas = ideas_of.to_answer([one.pk for one in found])
    replies = _replies(ideas)
    on = gone_on(found)
    left = Counter(idea.decision_id for idea in ideas if not replies[idea.pk] and idea.decision_id not in on)
    return [(one, left[one.pk]) for one in found if left[one.pk]]


def calls_waiting(until: date) -> list[Act]:
    """Calls of councillors that are due by a day and have no answer. For the machine at night."""
    due = Act.objects.filter(kind="call", answered_on=None, due__lte=until)
    return list(due.select_related("to", "decision__record").order_by("due", "pk")[:500])
