"""The form on which it is written down what a decision about somebody's own life rests on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.planning.answers.grounding import ASKED, ASKED_IF_AGAINST, LONGEST, Said
from alongside.planning.answers.models import Shown

QUESTIONS: dict[str, tuple[Any, Any]] = {
    "wanted": (
        _("What did they say, or show, that they want?"),
        _("In their own words, or what you saw. Not what others think is best."),
    ),
    "supported_by": (
        _("Who supported them to decide?"),
        _("Like “Tom, her brother. An advocate who works for nobody else here. Five of her circle.”"),
    ),
    "made_sure": (
        _("How did you make sure that they understood, and that it is what they want?"),
        _("How you explained it, how much time there was, who was not in the room, what you asked twice."),
    ),
    "differs_how": (_("If it is not: what was decided that they do not want?"), ""),
    "differs_why": (_("Why?"), _("That a wish is unwise, or that it costs more, is no reason by itself.")),
    "not_able": (
        _("Who found that they cannot decide this themselves now, how, and on which day?"),
        _(
            "It must be about this one question, and after they had all the help there is. Nobody is taken to be unable"
            " because they are old or ill."
        ),
    ),
    "less": (_("What would take less away from them, and why is it not enough?"), ""),
    "told": (_("How were they told, and to whom can they turn if they do not agree?"), ""),
}


class GroundForm(forms.Form):
    """What they want, who supported them, and how it was made sure; and what went against it, if anything did."""

    shown = forms.ChoiceField(
        label=_("How did they say or show it?"),
        choices=Shown.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they said or showed it")},
    )
    differs = forms.ChoiceField(
        label=_("Is what was decided what they want?"),
        choices=[("no", _("Yes, it is what they want")), ("yes", _("No, something was decided that they do not want"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is what they want")},
    )
    field_order = ("wanted", "shown", "supported_by", "made_sure", "differs", *ASKED_IF_AGAINST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in QUESTIONS.items():
            missing = (ASKED | ASKED_IF_AGAINST)[name]()
            self.fields[name] = forms.CharField(
                label=label,
                help_text=hint,
                required=name in ASKED,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": missing, "max_length": _("Use fewer letters")},
            )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("differs") == "yes":
            for name, missing in ASKED_IF_AGAINST.items():
                if not said.get(name, "").strip() and name not in self.errors:
                    self.add_error(name, missing())
        return said

    def said(self) -> Said:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return Said(**(given | {"differs": given["differs"] == "yes"}))
