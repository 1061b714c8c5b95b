"""What the pages of a ballot say: picks counted in words, the check, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.planning.ballots.filling import Form, Marks
from alongside.planning.ballots.forms import CONSENT, BallotForm, Line
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, PhaseKind


def asks(form: BallotForm) -> str:
    """What to do on this ballot. It promises nothing about the rule that is not true of it."""
    return {
        Form.TICKS: _("Pick every idea you would be glad to see. As many as you like."),
        Form.POINTS: _("You have %(most)s points. Share them out. Give more to what you want more."),
        Form.SCORES: _("Give each idea 0 to 5 points: 0 if you do not want it, 5 if you want it most."),
        Form.PLACES: _("Put the ideas in your order: 1 is the one you want most. You can stop when you like."),
        Form.CONSENT: _("Say for each idea if you are happy with it, or if you have a reason against it."),
    }[form.way] % {"most": form.most}


def in_words(form: BallotForm, marks: Marks) -> str:
    """How much somebody chose, in words."""
    n = len(marks)
    if not n:
        return _("You have chosen nothing. That counts as taking part.")
    if form.way == Form.POINTS:
        given = sum(marks.values())
        said = {"given": given, "most": form.most}
        words = ngettext(
            "You gave %(given)s of your %(most)s points", "You gave %(given)s of your %(most)s points", given
        )
        return words % said
    if form.way == Form.TICKS:
        return ngettext("You have picked %(n)s idea", "You have picked %(n)s ideas", n) % {"n": n}
    if form.way == Form.PLACES:
        return ngettext("You have put %(n)s idea in your order", "You have put %(n)s ideas in your order", n) % {"n": n}
    return ngettext("You have said something about %(n)s idea", "You have said something about %(n)s ideas", n) % {
        "n": n
    }


@dataclass(frozen=True)
class Chosen:
    """One line of the check: the option, and what is said of it; nothing where it is left out."""

    line: Line
    says: str


def checked(form: BallotForm, marks: Marks) -> list[Chosen]:
    """Every option with what this ballot gives it; what was chosen first, a ranking in its order."""
    lines = [Chosen(line, _says(form, marks.get(line.option.n))) for line in form.lines()]
    if form.way == Form.PLACES:
        return sorted(lines, key=lambda one: marks.get(one.line.option.n, len(lines) + 1))
    return sorted(lines, key=lambda one: not one.says)


def _says(form: BallotForm, value: int | None) -> str:
    if value is None:
        return ""
    if form.way == Form.TICKS:
        return _("Picked")
    if form.way == Form.CONSENT:
        return str(dict(CONSENT)[str(value)])
    if form.way == Form.PLACES:
        return _("Place %(n)s") % {"n": value}
    return ngettext("%(n)s point", "%(n)s points", value) % {"n": value}


def next_steps(decision: Decision) -> list[tuple[date, str]]:
    """What happens after somebody has chosen, and when."""
    vote = decisions.phase(decision, PhaseKind.VOTE)
    steps: list[tuple[date, Any]] = []
    if vote is not None:
        steps.append((vote.until, _("Voting ends.")))
    answer = decisions.phase(decision, PhaseKind.ANSWER)
    if answer is not None:
        steps.append((answer.since, _("From here on you see the result, and how we worked it out.")))
    if decision.answer_by:
        steps.append((decision.answer_by, _("By this day you are told what starts when.")))
    return steps
