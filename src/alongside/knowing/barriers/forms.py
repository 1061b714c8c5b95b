"""What gets in the way, in few fields; and what a holder can say to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.knowing.barriers.models import Stage

LONGEST = _("Use fewer than 5,000 letters")


def _text(label: Any, hint: Any = "", rows: int = 4, required: bool = True, missing: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": LONGEST},
    )


class SayForm(forms.Form):
    """Where, what, what would help, and whether one's name stands with it."""

    place = forms.CharField(
        label=_("Where is it?"),
        help_text=_("Like the post office on Mill Street, or the crossing by the school"),
        max_length=200,
        error_messages={"required": _("Say where it is"), "max_length": _("Use 200 letters or fewer")},
    )
    words = _text(
        _("What gets in the way?"),
        _("Like “There is a step and no rail.” Say what the place does, and leave out names of people."),
        missing=_("Write what gets in the way"),
    )
    remedy = _text(_("What would put it right?"), _("You know best what would help you."), 3, False)
    named = forms.BooleanField(
        label=_("Show my name with it, like “Joyce A.”"),
        help_text=_("Leave this empty and nobody is told who wrote it, not even them."),
        required=False,
    )

    def __init__(self, *args: Any, somewhere: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if somewhere:  # it is known already what it is about
            del self.fields["place"]


class AnswerForm(forms.Form):
    """An answer that everyone can read and nobody can change afterwards."""

    stage = forms.ChoiceField(
        label=_("What can you say today?"),
        choices=[
            (Stage.HEARD, _("We have heard it, and will look into it")),
            (Stage.WILL_DO, _("We will do it, by a day we name")),
            (Stage.DONE, _("It is done")),
            (Stage.CANNOT, _("We cannot do it, and say why")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you can say today")},
    )
    by_day = forms.DateField(
        label=_("If you will do it: by which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a day, like 24 March 2027")},
    )
    words = _text(
        _("Your words"),
        _("Everyone can read this. It stays as you write it; you can add to it later."),
        required=False,
    )


class CloseForm(forms.Form):
    words = _text(_("Anything to add?"), "", 2, False)
