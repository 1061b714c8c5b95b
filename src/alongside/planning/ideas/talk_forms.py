"""The talk: a reason, an objection or a question, its answer, whether it is put right, and going back to talk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.planning.ideas.fields import text, tick
from alongside.planning.ideas.forms import OwnedForm
from alongside.planning.ideas.models import PointKind


class AgainForm(forms.Form):
    """Why a decision goes back to talk; one that came to nothing has said it already."""

    stage_why = text(_("Why?"), _("Everyone can read this."), most=2_000, missing=_("Write why it goes back to talk"))

    def __init__(self, *args: Any, reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reason:
            del self.fields["stage_why"]

    @property
    def why(self) -> str:
        """The reason, or none."""
        return str(self.cleaned_data.get("stage_why", ""))


class PointForm(OwnedForm):
    """A reason, an objection or a question."""

    kind = forms.ChoiceField(
        label=_("What do you want to say?"),
        choices=PointKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is")},
    )
    words = text(_("Your words"), _("Everyone can read this."), most=2_000, missing=_("Write what you want to say"))
    field_order = ("kind", "words", "owner", "said_by", "side", "named")


class AnswerForm(forms.Form):
    """An answer to what somebody said."""

    words = text(_("Your answer"), _("Everyone can read this. It stays as you write it; you can add to it."),
                 most=2_000, missing=_("Write an answer"))  # fmt: skip
    put_right = tick(
        _("We changed something, and this says what"), _("Then it counts as put right, unless they say no.")
    )

    def __init__(self, *args: Any, objection: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not objection:
            del self.fields["put_right"]

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return dict(self.cleaned_data)


class SettleForm(forms.Form):
    """Anything to add where an objection is settled, or is not."""

    words = text(_("Anything to add?"), rows=2, most=2_000)

    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return dict(self.cleaned_data)
