"""What somebody says when they let a program in: which, for whom, for what, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Party
from alongside.ground.tokens.models import Scope
from alongside.ground.tokens.queries import scopes_for

DAYS = [
    ("30", _("30 days from now")),
    ("90", _("3 months from now")),
    ("182", _("Half a year from now")),
    ("365", _("A year from now")),
]
FOR_A_GROUP = {
    Scope.PUBLIC: Scope.PUBLIC.label,
    Scope.PAGE: _("See all that the group has to share"),
    Scope.OFFER: _("Keep what the group shares up to date"),
}


class LetInForm(forms.Form):
    """For a person; or, with `holder` a group, for that group."""

    name = forms.CharField(
        label=_("What is the program called?"),
        help_text=_("Such as: the lunch club's website."),
        max_length=80,
        error_messages={"required": _("Say what the program is called"), "max_length": _("Use 80 letters or fewer")},
    )
    holder = forms.ChoiceField(
        label=_("For whom does it work?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for whom"), "invalid_choice": _("Choose from the list")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        help_text=_("Tick as few as will do."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing"), "invalid_choice": _("Choose from the list")},
    )
    until = forms.ChoiceField(
        label=_("Until when?"),
        choices=DAYS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose until when"), "invalid_choice": _("Choose from the list")},
    )

    def __init__(self, holders: Sequence[Party], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holders = {str(party.key): party for party in holders}
        holder, scopes = self.fields["holder"], self.fields["scopes"]
        assert isinstance(holder, forms.ChoiceField) and isinstance(scopes, forms.MultipleChoiceField)
        holder.choices = [(key, _("Me") if party.is_person else party.name) for key, party in self.holders.items()]
        scopes.choices = list(Scope.choices)
        if len(holder.choices) == 1:
            holder.widget = forms.HiddenInput()
            holder.initial = next(iter(self.holders))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        party = self.holders.get(given.get("holder", ""))
        if party is not None and not set(given.get("scopes", [])) <= set(scopes_for(party)):
            words = [str(words) for words in FOR_A_GROUP.values()]
            self.add_error("scopes", _("For a group, choose from these: %(list)s") % {"list": "; ".join(words)})
        return given

    def chosen(self) -> dict[str, Any]:
        """As `actions.let_in` takes it."""
        given = self.cleaned_data
        return {
            "holder": self.holders[given["holder"]],
            "name": given["name"],
            "scopes": given["scopes"],
            "until": day_from_now(int(given["until"])),
        }


def day_from_now(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)
