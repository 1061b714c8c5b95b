"""The two pages of the quick way: what is to be decided and by whom; what there is to choose from and until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.fields import Asked, Pounds
from alongside.ground.people.models import Party
from alongside.planning.decisions.models import Basis, Decision

BIGGER = "bigger"


class AskForm(forms.Form):
    """The question, and how big it is."""

    question = forms.CharField(
        label=_("What is to be decided?"),
        help_text=_("Like “Where shall we go on our summer outing?”"),
        max_length=200,
        error_messages={"required": _("Write the question"), "max_length": _("Use 200 letters or fewer")},
    )
    who = forms.ChoiceField(
        label=_("Who decides?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who decides"), "invalid_choice": _("Choose one of the answers")},
    )

    def __init__(self, owners: Sequence[Party], bigger: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(party.key): party for party in owners}
        ours = _("%(group)s, about our own things")
        labels: list[tuple[str, Any]] = [
            (key, _("I do. It is about my own life") if one.is_person else ours % {"group": one.name})
            for key, one in self.owners.items()
        ]
        if bigger:
            labels.append((BIGGER, _("It is bigger: more people, more money, or organisations too")))
            self.fields["who"].help_text = _("Our own things: without money, or with up to £1,000.")
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = labels


class OpenForm(forms.Form):
    """What people choose from, until when, and a sum to share out if there is one."""

    options = Asked(
        label=_("What can people choose from?"),
        help_text=_("One on each line, like “A day at the sea”."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": _("Use fewer letters")},
    )
    ideas_first = forms.BooleanField(
        label=_("Let people put forward ideas first"),
        help_text=_("For the first half of the days. Then everybody chooses from all the ideas."),
        required=False,
    )
    last_day = forms.DateField(
        label=_("On which day does it close?"),
        help_text=_("The whole day counts."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Give a day, like 24 March 2027"),
            "invalid": _("Give a day, like 24 March 2027"),
        },
    )
    budget_pence = Pounds(
        wrong=_("Write a sum, like 400"),
        least=1,
        label=_("Is there money to share out? How much?"),
        help_text=_(
            "If so, write the price behind each line above, like “A day at the sea, 240”. Then the money is shared out"
            " fairly."
        ),
        required=False,
        max_length=30,
    )

    def __init__(self, decision: Decision, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decision.terms.basis == Basis.OWN_LIFE:
            del self.fields["budget_pence"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("options") and not given.get("ideas_first") and "options" not in self.errors:
            words = _("Write what people can choose from, or ask for ideas first")
            self.add_error("options", words)
        return given
