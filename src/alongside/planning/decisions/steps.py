"""The steps of setting a decision up: which there are for this one, the form of each, and how its answers are kept.

Keeping the same answers twice is keeping them once, so no step needs the key of its form: whoever goes back in the
browser and changes something would lose it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party
from alongside.ground.places.queries import installation
from alongside.planning.decisions import actions, queries, term_forms
from alongside.planning.decisions import forms as word_forms
from alongside.planning.decisions.drafts import said_of
from alongside.planning.decisions.models import Basis, Decision
from alongside.planning.decisions.way_models import Way

MORE_ROWS = 1
Data = Any  # what was posted, or None


@dataclass(frozen=True)
class Step:
    """One page of the set-up: its question, a hint, its form for a decision, and what keeps the answers."""

    key: str
    title: Any
    form: Callable[[Actor, Decision, Data], forms.Form]
    keep: Callable[[Actor, Decision, Any], Decision]
    hint: Any = ""
    template: str = "planning/decisions/step.html"


def steps_of(viewer: Actor, decision: Decision) -> list[Step]:
    """The steps that this decision has, in their order."""
    left_out = set()
    if decision.terms.basis == Basis.OWN_LIFE:
        left_out |= {"answer", "fair", "whose", "rule", "details", "groups", "suppliers"}
    elif decision.terms.basis == Basis.OURS:
        left_out.add("suppliers")
    if not queries.may_serve(viewer, decision):
        left_out.add("part")
    return [one for one in STEPS if one.key not in left_out]


def answering(decision: Decision) -> list[Party]:
    """Organisations that may be named as the one that answers: whose it is, and whoever hosts this place."""
    place = installation()
    parties = [decision.record.owner, place.host if place else None, decision.answered_by]
    return list({one.pk: one for one in parties if one is not None and one.kind == Kind.ORGANISATION}.values())


def _words(form: type[forms.Form]) -> Callable[[Actor, Decision, Data], forms.Form]:
    """A form whose fields are called like the decision's own."""

    def build(_viewer: Actor, decision: Decision, data: Data) -> forms.Form:
        return form(data, initial={name: getattr(decision, name) for name in form.base_fields})

    return build


def _terms(form: type[forms.Form]) -> Callable[[Actor, Decision, Data], forms.Form]:
    """A form whose fields are called like those of the terms."""

    def build(_viewer: Actor, decision: Decision, data: Data) -> forms.Form:
        return form(data, initial={name: getattr(decision.terms, name) for name in form.base_fields})

    return build


def _change(_viewer: Actor, decision: Decision, data: Data) -> forms.Form:
    initial = {"can_change": decision.can_change, "cannot_change": decision.cannot_change}
    return word_forms.ChangeForm(data, initial=initial, own=decision.terms.basis == Basis.OWN_LIFE)


def _answer(_viewer: Actor, decision: Decision, data: Data) -> forms.Form:
    initial = {name: getattr(decision, name) for name in ("answers_for", "answered_name", "answer_by")}
    initial["binds"] = "yes" if decision.binds else "no"
    initial["answered_by"] = str(decision.answered_by.key) if decision.answered_by else ""
    return word_forms.AnswerForm(answering(decision), data, initial=initial)


def _details(_viewer: Actor, decision: Decision, data: Data) -> forms.Form:
    terms = decision.terms
    initial = {name: getattr(terms, name) for name in term_forms.DETAILS}
    return term_forms.DetailsForm(terms, data, initial=initial)


def _groups(_viewer: Actor, decision: Decision, data: Data) -> forms.Form:
    said = said_of(decision)
    rows = str(data.get("rows", "")) if data else ""
    many = int(rows) if rows.isascii() and rows.isdigit() and len(rows) < 4 else len(said) + MORE_ROWS
    return term_forms.GroupsForm(said, many, data, initial={"cap_pct": decision.terms.cap_pct})


def _who(_viewer: Actor, decision: Decision, data: Data) -> forms.Form:
    initial = {
        "counted": queries.counted_by(decision),
        "vouched": queries.allows(decision, Way.VOUCHED),
        "least_age": decision.terms.least_age,
        "open_to": decision.draft.open_to,
    }
    return term_forms.WhoForm(decision, queries.may_open_to(decision), data, initial=initial)


def _days(_viewer: Actor, decision: Decision, data: Data) -> forms.Form:
    plan = "first" in data if data is not None else not decision.phases.all()
    if plan:
        return term_forms.PlanForm(queries.template_labels(decision), data, initial={"first": queries.today()})
    return term_forms.DaysForm(decision, data)


def _part(viewer: Actor, decision: Decision, data: Data) -> forms.Form:
    initial = {"serves": str(decision.serves.record.key) if decision.serves else ""}
    return word_forms.ServesForm(queries.may_serve(viewer, decision), data, initial=initial)


def _write(by: Actor, decision: Decision, form: Any) -> Decision:
    given = form.said() if hasattr(form, "said") else form.cleaned_data
    return actions.write(by=by, decision=decision, **given)


def _set_terms(by: Actor, decision: Decision, form: Any) -> Decision:
    given = form.said() if hasattr(form, "said") else form.cleaned_data
    return actions.set_terms(by=by, decision=decision, **given)


def _set_groups(by: Actor, decision: Decision, form: Any) -> Decision:
    given = {"groups": form.said(), "cap_pct": form.cleaned_data["cap_pct"]}
    return actions.set_groups(by=by, decision=decision, **given)


def _set_ways(by: Actor, decision: Decision, form: Any) -> Decision:
    return actions.set_ways(by=by, decision=decision, **form.said())


def _plan(by: Actor, decision: Decision, form: Any) -> Decision:
    if isinstance(form, term_forms.PlanForm):
        given = form.cleaned_data
        days = queries.suggested_days(given["template"], given["first"])
    else:
        days = form.said()
    return actions.plan_phases(by=by, decision=decision, days=days)


STEPS = (
    Step("question", _("The question"), _words(word_forms.QuestionForm), _write),
    Step("change", _("What is open, and what is not?"), _change, _write),
    Step("answer", _("What happens with the result?"), _answer, _write),
    Step("fair", _("Is it fair to everyone?"), _words(word_forms.FairForm), _write),
    Step("whose", _("Whose is it?"), _terms(term_forms.WhoseForm), _set_terms),
    Step("rule", _("How shall we decide?"), _terms(term_forms.RuleForm), _set_terms),
    Step("details", _("The numbers that go with it"), _details, _set_terms),
    Step(
        "suppliers",
        _("Do organisations that are paid vote?"),
        _terms(term_forms.SuppliersForm),
        _set_terms,
        _(
            "They take part in all the talk. They vote only where those taking part said yes to that before, and never"
            " hold more than councils and the NHS."
        ),
    ),
    Step(
        "groups",
        _("Who holds the say?"),
        _groups,
        _set_groups,
        _("All the shares together make 100 per cent. A group with 0 says what it thinks and does not vote."),
        "planning/decisions/groups.html",
    ),
    Step("who", _("Who can take part?"), _who, _set_ways),
    Step("days", _("When is each part?"), _days, _plan, template="planning/decisions/days.html"),
    Step("part", _("Is it part of something larger?"), _part, _write),
)
