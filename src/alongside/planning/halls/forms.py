"""The one page for an evening in a hall."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.planning.halls.reading import MOST_DOTS, MOST_PEOPLE, ROWS, How

HOW = [
    (How.HANDS, _("Hands up for each idea")),
    (How.DOTS, _("Dots on a sheet")),
    (How.SLIPS, _("A slip each, with the numbers of ideas they pick")),
    (How.CONSENT, _("An idea goes ahead when nobody has a reason against it left")),
]
TOO_LONG = _("That is too long. Use fewer letters.")


def _line(label: Any, hint: Any = "", longest: int = 200, missing: Any = "") -> forms.CharField:
    errors = {"required": missing, "max_length": TOO_LONG}
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, required=bool(missing), error_messages=errors
    )


def _number(label: Any, hint: Any = "", most: int = MOST_PEOPLE, missing: Any = "") -> forms.IntegerField:
    wrong = _("Write a whole number from 0 to %(limit_value)s")
    errors = {"required": missing, "invalid": _("Write a whole number"), "max_value": wrong, "min_value": wrong}
    return forms.IntegerField(
        label=label, help_text=hint, min_value=0, max_value=most, required=bool(missing), error_messages=errors
    )


class HallForm(forms.Form):
    """Who asked what, who was there, what was on the wall and what each idea got."""

    question = _line(_("What was the question?"), missing=_("Write the question"))
    can_change = _line(
        _("What does the answer change?"),
        _("Like “what we do with the £800 from the fair”"),
        500,
        missing=_("Write what the answer changes"),
    )
    answers_for = _line(
        _("Who makes sure that it happens?"), _("A name, or a group"), missing=_("Write who makes sure that it happens")
    )
    how = forms.ChoiceField(
        label=_("How did you choose?"),
        choices=HOW,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you chose")},
    )
    people = _number(_("How many people chose?"), missing=_("Write how many people chose"))
    organisations = _number(
        _("How many chose for a council or the NHS?"),
        _("Leave this empty if only people and groups from here chose. Those who are paid to do an idea have no say."),
    )
    dots_each = _number(_("Dots each"), _("Only for dots"), MOST_DOTS)
    budget = _line(_("Money to share out"), _("Like 800. Leave this empty if it is not about money."), 20)
    winners = _number(_("How many ideas can win?"), _("Leave this empty if all can that more than half want"), ROWS)
    slips = forms.CharField(
        label=_("Slips of people"),
        help_text=_(
            "One line for each slip: the numbers of its ideas, like “1 4 5”. For a slip that picks none, write 0."
        ),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    organisation_slips = forms.CharField(
        label=_("Slips of the council and the NHS"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose = _("Choose whose it is")
        self.fields["owner"] = forms.ChoiceField(
            label=_("Whose decision is it?"),
            choices=owners,
            error_messages={"required": whose, "invalid_choice": whose},
        )
        for n in range(1, ROWS + 1):
            self.fields[f"title_{n}"] = _line(_("Idea"), longest=120)
            self.fields[f"cost_{n}"] = _line(_("Cost"), longest=20)
            self.fields[f"people_{n}"] = _number(_("People gave"), most=MOST_PEOPLE * MOST_DOTS)
            self.fields[f"organisations_{n}"] = _number(_("Council or NHS"), most=MOST_PEOPLE * MOST_DOTS)

    def rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The numbered rows of the table of ideas."""
        names = ("title", "cost", "people", "organisations")
        return [(n, [self[f"{name}_{n}"] for name in names]) for n in range(1, ROWS + 1)]

    def before(self) -> list[forms.BoundField]:
        """What is asked above the table, in its order."""
        names = (
            "owner",
            "question",
            "can_change",
            "answers_for",
            "how",
            "people",
            "organisations",
            "dots_each",
            "budget",
            "winners",
        )
        return [self[name] for name in names]
