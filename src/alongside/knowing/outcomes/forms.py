"""A wish in few fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.knowing.outcomes.queries import domain_choices


class WishForm(forms.Form):
    """What somebody wishes for, what it is about, and who may see it."""

    words = forms.CharField(
        label=_("What do you wish for?"),
        help_text=_("Like a bench on Mill Street, or someone to sing with"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
        error_messages={"required": _("Write what you wish for")},
    )
    domain = forms.ChoiceField(label=_("Which part of life is it about?"), required=False)
    audience = forms.ChoiceField(
        label=_("Who may see your wish?"),
        choices=[("me", _("Only me")), ("everyone", _("Everyone: someone may have it"))],
        initial="me",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may see it")},
    )
    countable = forms.BooleanField(
        label=_("Count my wish"),
        help_text=_("It adds one to what this place wants. Nobody sees your words or your name."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["domain"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("I’d rather not say")), *domain_choices()]
