"""An answer to an idea, how far it is, what a councillor did, and the answer to a councillor's call."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.planning.answers.models import ActKind, Saying
from alongside.planning.ideas.calling import CallingForm

LONG = _("Use fewer letters")


def text(label: Any, hint: Any, missing: Any, most: int = 5_000) -> forms.CharField:
    """A field for a few sentences that are asked for."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing, "max_length": LONG},
    )


def day(label: Any, hint: Any = "") -> forms.DateField:
    """A field for a day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a day, like 24 March 2027")},
    )


def evidence() -> forms.CharField:
    """A field for where something can be seen."""
    return forms.CharField(
        label=_("Where can people see it?"),
        help_text=_("A web address, a place, or who to ask"),
        required=False,
        max_length=500,
        error_messages={"max_length": LONG},
    )


class ReplyForm(forms.Form):
    """What those who must answer can say today."""

    saying = forms.ChoiceField(
        label=_("What can you say today?"),
        choices=Saying.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you can say today")},
    )
    words = text(
        _("Why?"),
        _("Everyone can read this. It stays as you write it; you can add to it later."),
        _("Write why, in a few words. Everyone can read it."),
    )
    by_day = day(_("If you will do it: by which day?"))
    done_on = day(_("If it is done: on which day was it?"))
    evidence = evidence()


class FollowForm(forms.Form):
    """How far it is, of what was promised."""

    percent = forms.IntegerField(
        label=_("How much of it is done, out of 100?"),
        error_messages={
            "required": _("Enter how much of it is done, from 0 to 100"),
            "invalid": _("Enter how much of it is done, from 0 to 100"),
        },
    )
    words = text(_("What was done since?"), _("Everyone can read this."), _("Write what was done since"))
    done_on = day(_("If all of it is done: on which day was it?"))
    evidence = evidence()


class ActForm(CallingForm):
    """What a councillor did, or will see done."""

    organisations = True
    kind = forms.ChoiceField(
        label=_("What did you do?"),
        choices=ActKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you did")},
    )
    words = text(_("In your own words"), _("Everyone can read this, with your name."),
                 _("Write what you did, or will do"), 2_000)  # fmt: skip
    due = day(_("And by which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_called(_("If you call for an answer: from which organisation?"))
        self.order_fields(["kind", "words", "called", "due"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.to = self.find_called() if said.get("kind") == ActKind.CALL else None
        return said

    def given(self) -> dict[str, Any]:
        """What was filled in, with the organisation for its name."""
        said = self.cleaned_data
        return {"kind": said["kind"], "words": said["words"], "to": self.to, "due": said.get("due")}


class CallAnswerForm(forms.Form):
    """The answer to a councillor's call."""

    words = text(_("Your answer"), _("Everyone can read this. It stays as you write it."),
                 _("Write your answer. Everyone can read it."), 2_000)  # fmt: skip
