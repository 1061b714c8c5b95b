"""One page of ticks, with room for what nobody thought of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.knowing.gifts.queries import Had


class Ticks(forms.Form):
    """What is true of somebody, of one page. What they share already is not asked again."""

    ticked = forms.MultipleChoiceField(
        label=_("Tick what is true of you"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tiles--pairs"}),
    )
    more = forms.CharField(
        label=_("Something else?"),
        help_text=_("One on each line."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Use 2,000 letters or fewer")},
    )

    def __init__(self, had: Had, data: Any = None) -> None:
        super().__init__(data, initial={"ticked": had.ticked})
        shared = {gift.key for gift, _asset in had.open}
        asked = [(gift.key, gift.words) for gift in had.part.gifts if gift.key not in shared]
        self.fields["ticked"].choices = asked  # type: ignore[attr-defined]
