"""Decisions for tests: a draft with every answer, and an open one, of the area, of a group or of one's own life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from alongside.planning.decisions import actions, queries
from alongside.planning.decisions.actions import Days, GroupSaid
from alongside.planning.decisions.models import Decision, DecisionGroup, Phase
from alongside.planning.decisions.terms import sha
from tests.cast import Cast, Somebody, at

QUESTION = "How shall we spend £24,000 on getting out and about?"
WORDS = {
    "why": "41 people told us that they are stuck at home.",
    "can_change": "What the £24,000 goes to.",
    "cannot_change": "The bus timetable, which the county sets.",
    "answers_for": "Testford Council",
    "answered_name": "Grace Adeyemi",
    "fairness": "People who cannot read print: we read it out, and print it large.",
}
SHARED = [
    GroupSaid("People", "people", 380_000),
    GroupSaid("People who cannot get out", "people", 150_000, affected=True, floor_pct=20),
    GroupSaid("Communities", "communities", 220_000),
    GroupSaid("Council and NHS", "commissioners", 250_000),
]
OURS = [GroupSaid("People", "people", 700_000), GroupSaid("Communities", "communities", 300_000)]
# Days before and after today: ideas and talk are over, the vote is on.
NOW_VOTING = {"ideas": (-30, -10), "talk": (-30, 7), "shortlist": (-9, -2), "vote": (-1, 7), "answer": (8, 21)}
NOW_IDEAS = {"ideas": (0, 20), "talk": (7, 41), "shortlist": (35, 41), "vote": (42, 55), "answer": (56, 69)}


def days(since_and_until: dict[str, tuple[int, int]], first: date | None = None) -> list[Days]:
    """Days counted from today."""
    first = first or queries.today()
    return [Days(kind, first + timedelta(a), first + timedelta(b)) for kind, (a, b) in since_and_until.items()]


def draft(cast: Cast, by: Somebody | None = None, owner: Any = None, **said: Any) -> Decision:
    """A draft with every answer: of the area, asked by the commissioner, unless somebody else asks for their own."""
    ready = cast.take("a draft") if by is owner is None and not said else None
    if ready:
        return fresh(ready)
    by, owner = by or cast.commissioner, owner or (cast.council if by is None else by.party)
    decision = actions.ask(by=by.actor, owner=owner, question=said.pop("question", QUESTION))
    ways = said.pop("ways", ["member", "vouched"])
    answer_by = queries.today() + timedelta(days=300)
    usual: dict[str, Any] = {"binds": False, "answer_by": answer_by}
    decision = actions.write(by=by.actor, decision=decision, **(WORDS | usual | said))
    actions.set_ways(by=by.actor, decision=decision, ways=ways, least_age=11)
    actions.plan_phases(by=by.actor, decision=decision, days=days(NOW_IDEAS))
    return fresh(decision)


A_DRAFT = at("a draft", draft)  # for files whose tests begin with it


def opened(
    cast: Cast,
    by: Somebody | None = None,
    owner: Any = None,
    *,
    when: dict[str, tuple[int, int]] | None = None,
    groups: Sequence[GroupSaid] = (),
    terms: dict[str, Any] | None = None,
    **said: Any,
) -> Decision:
    """An open decision. `terms` as `set_terms` takes them; `when` are its days, counted from today, as if it had been
    declared before them: for instance NOW_VOTING."""
    decision = draft(cast, by, owner, **said)
    by = by or cast.commissioner
    if terms:
        actions.set_terms(by=by.actor, decision=decision, **terms)  # type: ignore[typeddict-item]
    if groups:
        actions.set_groups(by=by.actor, decision=decision, groups=groups)
    actions.declare(by=by.actor, decision=decision)
    if when:
        move(decision, when)
    return fresh(decision)


def money(pence: int = 2_400_000, **terms: Any) -> dict[str, Any]:
    """Terms of a budget."""
    return {"rule": "budget", "budget_pence": pence} | terms


def move(decision: Decision, when: dict[str, tuple[int, int]]) -> Decision:
    """Put the days of a decision where a test needs them, as the passing of time would."""
    decision.phases.all().delete()
    for one in days(when):
        Phase.objects.create(decision=decision, kind=one.kind, since=one.since, until=one.until)
    return fresh(decision)


def group(decision: Decision, name: str) -> DecisionGroup:
    return decision.groups.get(name=name)


def fresh(decision: Decision) -> Decision:
    return Decision.objects.select_related("record__owner", "terms").get(pk=decision.pk)


def as_told(decision: Decision) -> bool:
    """Whether its terms are what was declared: the sum that was told is the sum of what stands now."""
    return sha(queries.as_declared(decision)) == decision.terms_sha
