"""The last page before opening: every answer in a row, and how much each group's vote counts under the rule."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.methods import say
from alongside.methods.pence import pounds
from alongside.methods.percent import percent
from alongside.methods.say.power import Powers, power_of
from alongside.planning.decisions import queries
from alongside.planning.decisions.explaining import conditions, day
from alongside.planning.decisions.models import Basis, Decision, Rule
from alongside.planning.decisions.terms import rule_of
from alongside.planning.decisions.ways import label_of


@dataclass(frozen=True)
class Row:
    """One answer: what was asked, what was said (none yet where empty), and the step that changes it."""

    label: str
    said: str
    step: str
    own_words: bool = False


@dataclass(frozen=True)
class Counts:
    """How much one group's vote counts: its share and its power, in per cent, and whether nothing wins without it."""

    name: str
    share: str
    power: str
    veto: bool


def answers(decision: Decision) -> list[Row]:
    """Every answer of the set-up, as the check page shows it."""
    terms = decision.terms
    ways = "\n".join(label_of(decision, row.way) for row in decision.ways.order_by("pk"))
    party = decision.answered_by.name if decision.answered_by else ""
    due = queries.answered_by_day(decision)
    answered = ", ".join(words for words in (decision.answered_name, party) if words)
    binds = _("It will be done as we decide") if decision.binds else _("Somebody must answer it, and say why")
    days = "\n".join(f"{one.get_kind_display()}: {day(one.since)} – {day(one.until)}" for one in decision.phases.all())
    rule = str(Rule(terms.rule).label)
    if terms.rule == Rule.BUDGET:
        rule = f"{rule}: {pounds(terms.budget_pence or 0)}. {terms.get_method_display()}."
    rows = [
        Row(_("The question"), decision.question, "question", True),
        Row(_("What led to it"), decision.why, "question", True),
        Row(_("Who set the question"), decision.get_question_side_display(), "question"),
        Row(_("It can change"), decision.can_change, "change", True),
        Row(_("It cannot change"), decision.cannot_change, "change", True),
        Row(_("Answerable by law"), decision.answers_for, "answer", True),
        Row(_("What happens with the result"), binds, "answer"),
        Row(_("Who answers"), answered, "answer", True),
        Row(_("Every idea is answered by"), day(due) if due else "", "answer"),
        Row(_("Fair to everyone"), decision.fairness, "fair", True),
        Row(_("Whose is it?"), terms.get_basis_display(), "whose"),
        Row(_("How we decide"), rule, "rule"),
        Row(_("What goes with it"), " ".join(conditions(decision)), "details"),
        Row(_("Do organisations that are paid vote?"), _agreed(decision), "suppliers"),
        Row(_("Who is counted"), ways, "who"),
        Row(_("From which age"), str(terms.least_age) if terms.least_age else _("Any age"), "who"),
        Row(_("Who can see it"), decision.draft.get_open_to_display(), "who"),
        Row(_("When"), days, "days"),
    ]
    if terms.basis == Basis.OWN_LIFE:  # nobody is counted: their yes decides
        rows = [row for row in rows if row.label != _("Who is counted")]
    if decision.serves:
        rows.append(Row(_("Part of a larger decision"), decision.serves.question, "part", True))
    return rows


def _agreed(decision: Decision) -> str:
    terms = decision.terms
    if terms.suppliers_agreed_on is None:
        return _("No. They say what they think.")
    return _("They may. On %(day)s those taking part said yes: %(how)s") % {
        "day": day(terms.suppliers_agreed_on),
        "how": terms.suppliers_agreed_how,
    }


def how_much_counts(decision: Decision) -> tuple[list[Counts], str]:
    """How much each group's vote counts under the rule as set (Banzhaf), and what that means in a sentence."""
    setup = queries.say_setup(decision)
    powers = None if say.faults(setup) or len(setup.voting) < 2 else power_of(setup)
    if powers is None:
        return [], ""
    names = {group.key: group.name for group in decision.groups.all()}
    rows = [Counts(names[one.group], percent(one.share), percent(one.index), one.veto) for one in powers.groups]
    return rows, _means(decision, powers)


def _means(decision: Decision, powers: Powers) -> str:
    if rule_of(decision.terms) is say.Rule.EQUAL_SHARES:
        return _("Each group steers its own part of the money, so nobody can outvote anybody.")
    if powers.us_alone and not powers.without_us:
        return _("People and communities can decide by themselves. Nothing can be decided without them.")
    if not powers.without_us:
        return _("Nothing can be decided without people and communities. They need others too.")
    return ""
