"""What keeps a draft from opening: what nobody has answered yet, and what `methods/say` refuses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from alongside.methods import say
from alongside.planning.decisions import ways
from alongside.planning.decisions.models import Basis, Decision, Phase, PhaseKind
from alongside.planning.decisions.phases import phase, today
from alongside.planning.decisions.terms import say_setup
from alongside.planning.decisions.wording import Missing, in_words, step_of


def faults_of(decision: Decision) -> list[Missing]:
    """What `methods/say` finds wrong with the set-up as it stands, in words."""
    return faults_in(say_setup(decision), {group.key: group.name for group in decision.groups.all()})


def faults_in(setup: say.Setup, names: dict[str, str]) -> list[Missing]:
    """The same for a set-up in hand, with the names of its groups by their keys."""
    return [
        Missing(step_of(fault), fault.field, in_words(fault, names), names.get(fault.group, ""))
        for fault in say.faults(setup)
    ]


def missing(decision: Decision) -> list[Missing]:
    """Everything that keeps a draft from opening: what nobody has answered yet, and what `methods/say` refuses."""
    asked = [Missing(step, field, str(words)) for step, field, words, there in _asked(decision) if not there]
    allowed = decision.ways.values_list("way", flat=True)
    return [*asked, *ways.faults_of(allowed), *faults_of(decision)]


def _asked(decision: Decision) -> Iterable[tuple[str, str, str, Any]]:
    own = decision.terms.basis == Basis.OWN_LIFE
    room = not decision.terms.secret  # they are in one room and ask each other
    vote = phase(decision, PhaseKind.VOTE)
    named = decision.answered_by_id or decision.answered_name
    return (
        ("question", "question", _("Write the question"), decision.question),
        ("question", "why", _("Write what led to the question"), decision.why or room),
        ("change", "can_change", _("Write what the decision can change"), decision.can_change),
        ("change", "cannot_change", _("Write what it cannot change"), decision.cannot_change or own or room),
        ("answer", "answers_for", _("Write who is answerable by law"), decision.answers_for or own),
        ("answer", "answered_name", _("Write who must answer"), named or decision.binds),
        ("answer", "answer_by", _("Write by which day they must answer"), decision.answer_by or decision.binds),
        (
            "fair",
            "fairness",
            _("Write whom it could be harder for, and what you will do"),
            decision.fairness or own or room,
        ),
        ("who", "counted", _("Choose who is counted"), decision.ways.exists() or own or room),
        ("days", "vote_since", _("Say from which day to which day people can choose"), vote),
        ("days", "vote_since", _("Choose days that are still to come"), _are_to_come(decision, vote)),
        ("answer", "answer_by", _("Choose a day after the last day for choosing"), _answers_after(decision, vote)),
    )


def _are_to_come(decision: Decision, vote: Phase | None) -> bool:
    """No part is over before anybody could take part in it, and people have not begun to choose."""
    return all(one.until >= today() for one in decision.phases.all()) and (vote is None or vote.since >= today())


def _answers_after(decision: Decision, vote: Phase | None) -> bool:
    return vote is None or decision.answer_by is None or decision.answer_by >= vote.until
