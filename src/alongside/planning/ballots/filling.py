"""What a ballot may say, for each way of filling one in: what was typed becomes marks, or words about what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.ground.history.acting import Fault
from alongside.methods.say.model import FIVE
from alongside.planning.decisions.models import Marking, Rule, Terms

Marks = dict[int, int]  # by the option's number on the paper


class Form(StrEnum):
    """How a ballot is filled in."""

    TICKS = "ticks"
    POINTS = "points"
    SCORES = "scores"
    PLACES = "places"
    CONSENT = "consent"


FORMS = {
    Rule.SCORE: Form.SCORES,
    Rule.RANKING: Form.PLACES,
    Rule.CONSENT: Form.CONSENT,
}
MONEY = {Marking.POINTS: Form.POINTS, Marking.RANKING: Form.PLACES}
LEAST = {Form.CONSENT: -1, Form.SCORES: 0}
AGREE, ASIDE, OBJECT = 1, 0, -1


def form_of(terms: Terms) -> Form:
    """How ballots of this decision are filled in."""
    if terms.rule == Rule.BUDGET:
        return MONEY.get(Marking(terms.marking), Form.TICKS)
    return FORMS.get(Rule(terms.rule), Form.TICKS)


def most_of(terms: Terms, options: int) -> int:
    """The highest number that one option can be given."""
    form = form_of(terms)
    return {Form.POINTS: terms.points_each, Form.SCORES: FIVE, Form.PLACES: options}.get(form, 1)


def read(terms: Terms, options: Collection[int], barred: Collection[int], said: Mapping[int, str]) -> Marks:
    """The marks of one ballot, as they are kept, from what was typed beside each option's number.

    Options left out, and points of 0, are no mark. Places are closed up, so that 1, 3 and 4 say what 1, 2 and 3 do.
    Raises Fault for an option that is not on the ballot or that this voter may not choose, for a number out of range,
    for more points than there are, and for a place given twice.
    """
    form, most = form_of(terms), most_of(terms, len(options))
    marks: Marks = {}
    for number, typed in said.items():
        if not typed.strip():
            continue
        if number not in options:
            raise Fault("options", _("One of these is not on this ballot. Open the page again."))
        if number in barred:
            raise Fault(f"option_{number}", _("You would gain money by this one, so you have no choice on it"))
        value = _number(form, number, typed, most)
        if value or form in LEAST:
            marks[number] = value
    if form == Form.POINTS:
        _refuse_too_many(marks, most)
    return _closed_up(marks) if form == Form.PLACES else marks


def _number(form: Form, option: int, typed: str, most: int) -> int:
    low = LEAST.get(form, 0)
    text = typed.strip()
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= 6 and low <= (value := int(text)) <= most:
        return value
    if form == Form.POINTS:
        raise Fault(f"option_{option}", _("Write a number from 0 to %(most)s") % {"most": most})
    if form == Form.PLACES:
        raise Fault(f"option_{option}", _("Write a place from 1 to %(most)s, or leave it empty") % {"most": most})
    if form == Form.SCORES:
        raise Fault(f"option_{option}", _("Choose from 0 to %(most)s") % {"most": most})
    raise Fault(f"option_{option}", _("Choose one of these"))


def _refuse_too_many(marks: Marks, most: int) -> None:
    given = sum(marks.values())
    if given > most:
        over = given - most
        words = ngettext(
            "You gave %(given)s points and have %(most)s. Take away %(over)s point.",
            "You gave %(given)s points and have %(most)s. Take away %(over)s points.",
            over,
        )
        raise Fault("options", words % {"given": given, "most": most, "over": over})


def _closed_up(marks: Marks) -> Marks:
    by_place: dict[int, int] = {}
    for option, place in sorted(marks.items()):
        if place in by_place:
            raise Fault(
                f"option_{option}", _("You gave place %(place)s twice. Give each place once.") % {"place": place}
            )
        by_place[place] = option
    return {by_place[place]: n for n, place in enumerate(sorted(by_place), 1)}
