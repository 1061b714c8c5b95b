"""Ask in the quick way: a draft on terms that are fair for a small group, and opening it with four answers.

The same record, rules and sums as a decision set up in steps; every answer that nobody was asked is declared as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.records.models import Audience
from alongside.methods.say.model import MILLION
from alongside.planning.asking import policy, queries
from alongside.planning.asking.reading import rows_of as rows_of
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions.actions import Days, GroupSaid, TermsSaid
from alongside.planning.decisions.models import Basis, Decision, PhaseKind, Rule, Side
from alongside.planning.decisions.queries import phase, today
from alongside.planning.decisions.way_models import Way
from alongside.planning.ideas.actions import Row, lay_out

MAJORITY = 50  # per cent, where there is one thing to say yes or no to
ANSWERED_IN = 10  # days (chapter 4: report back within ten days)
BEST_WINS = TermsSaid(rule=Rule.APPROVAL, winners=1, threshold_pct=0)


@action("asking.begin", may=policy.may_begin, returns=Decision)
def begin(*, by: Actor, owner: Party, question: str) -> Decision:
    """Start a draft with an answer to everything but what there is to choose from and the last day.

    In a group everybody who belongs has one vote, the best liked wins, and only they see it; about one's own life that
    person decides. Nobody else sees it before it opens. Raises Refused for whoever does not look after `owner`, and
    Fault without a question.
    """
    draft = decisions.ask(by=by, owner=owner, question=question)
    said = decisions.Said(why=_("We want to decide this together."), can_change=_("What is asked here."))
    if owner.is_person:
        said["why"] = _("I want to decide this, and hear what people think.")
        return decisions.write(by=by, decision=draft, **said)
    said["cannot_change"] = _("What is not ours to decide.")
    said["answers_for"] = owner.name[:200]
    said["fairness"] = _("Whoever does not use a screen chooses by telephone or on paper.")
    decisions.write(by=by, decision=draft, **said)
    decisions.set_terms(by=by, decision=draft, **BEST_WINS)
    decisions.set_groups(by=by, decision=draft, groups=[GroupSaid(_("Members"), Side.PEOPLE, MILLION, key="members")])
    return decisions.set_ways(by=by, decision=draft, ways=[Way.MEMBER], open_to=Audience.COMMUNITY)


@action("asking.open_it", may=policy.may_open, returns=Decision)
def open_it(
    *,
    by: Actor,
    decision: Decision,
    rows: Sequence[Row],
    last_day: date,
    ideas_first: bool = False,
    budget_pence: int | None = None,
) -> Decision:
    """Open it: people choose from `rows` until `last_day`, whole days; with `ideas_first` everybody puts ideas forward
    before, the list is made of all of them, and `rows` are the first. All or nothing.

    `budget_pence` is a sum to share out, up to £1,000. Raises SetupFault for what is missing, and Fault for days that
    are too few, for a larger sum, for nothing to choose from, and for a draft that takes all the steps.
    """
    if not queries.is_small(decision):
        raise Fault("options", _("This one takes all the steps"))
    if budget_pence is not None and budget_pence > queries.MOST_PENCE:
        raise Fault("budget_pence", _("For more than £1,000, take all the steps"))
    if not rows and not ideas_first:
        raise Fault("options", _("Write what people can choose from, or ask for ideas first"))
    if decision.terms.basis != Basis.OWN_LIFE:
        _set_rule(by, decision, budget_pence, len(rows) if not ideas_first else None)
    if not _stand(decision, last_day, ideas_first):
        decisions.plan_phases(by=by, decision=decision, days=days_until(decision, last_day, ideas_first))
    if rows:
        lay_out(by=by, decision=decision, rows=rows, final=not ideas_first)
    return decisions.declare(by=by, decision=decision)


def _set_rule(by: Actor, decision: Decision, budget_pence: int | None, many: int | None) -> None:
    """Money is shared out fairly. Else the best liked wins; one thing alone needs more than half. A rule that somebody
    set by its step stays."""
    terms = decision.terms
    if budget_pence is not None:
        if terms.rule != Rule.BUDGET or terms.budget_pence != budget_pence:
            decisions.set_terms(by=by, decision=decision, rule=Rule.BUDGET, budget_pence=budget_pence)
    elif terms.rule == Rule.BUDGET:
        decisions.set_terms(by=by, decision=decision, **BEST_WINS)
    elif many == 1 and terms.rule == Rule.APPROVAL and not terms.threshold_pct:
        decisions.set_terms(by=by, decision=decision, threshold_pct=MAJORITY)


def _stand(decision: Decision, last_day: date, ideas_first: bool) -> bool:
    """Whether days that somebody set by their step are these days already."""
    vote = phase(decision, PhaseKind.VOTE)
    return vote is not None and vote.until == last_day and bool(phase(decision, PhaseKind.IDEAS)) is ideas_first


def days_until(decision: Decision, last_day: date, ideas_first: bool = False) -> list[Days]:
    """The parts from today to the last day for choosing, and ten days for the answer. Ideas take the first half, and
    the list is made on the day after them. Raises Fault for a last day that leaves too few."""
    now = today()
    if last_day < now or (ideas_first and (last_day - now).days < 2):
        words = (
            _("Leave two days at the least between today and the last day")
            if ideas_first
            else _("Choose a day that is still to come")
        )
        raise Fault("last_day", words)
    found, opens = [], now
    if ideas_first:
        half = now + timedelta(days=max(0, (last_day - now).days // 2 - 1))
        made = half + timedelta(days=1)
        opens = made + timedelta(days=1)
        found = [Days(PhaseKind.IDEAS, now, half), Days(PhaseKind.SHORTLIST, made, made)]
    found += [Days(PhaseKind.TALK, now, last_day), Days(PhaseKind.VOTE, opens, last_day)]
    if decision.terms.basis != Basis.OWN_LIFE:
        after = last_day + timedelta(days=1)
        found.append(Days(PhaseKind.ANSWER, after, last_day + timedelta(days=ANSWERED_IN)))
    return found
