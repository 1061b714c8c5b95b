"""Name a group or an organisation: by the list of the browser, or by a part of its name and a choice of those that fit.

Nobody has to know how it is written here. It works without JavaScript, and people are never found by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Party
from alongside.planning.ideas.queries import group_called, groups_like

MOST_NAMES = 300  # in the browser's list
MOST_LIKE = 12  # to choose from


class NameInput(forms.TextInput):
    """A line to write in, with names that the browser offers."""

    template_name = "planning/ideas/name_input.html"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.names = names

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The field with the names beside it."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-names"
        return context | {"list": f"{name}-names", "names": self.names}


class CallingForm(forms.Form):
    """A form with a field for what somebody is called: `called`. Communities too, unless only organisations count."""

    organisations = False

    def ask_called(self, label: Any) -> None:
        """Put the field at the end of those there are."""
        names = [one.name for one in groups_like("", MOST_NAMES, organisations=self.organisations)]
        self.fields["called"] = forms.CharField(
            label=label,
            help_text=_("Write its name, or a part of it, and choose it from the list."),
            required=False,
            max_length=200,
            widget=NameInput(names),
            error_messages={"max_length": _("Use fewer letters")},
        )

    def find_called(self) -> Party | None:
        """Who is meant. Where more than one can be, or only a part was written, the next page lists those that fit."""
        typed = self.cleaned_data.get("called", "")
        exact = group_called(typed, organisations=self.organisations)
        like = [exact] if exact else groups_like(typed, MOST_LIKE, organisations=self.organisations) if typed else []
        picked = exact or next((one for one in like if str(one.key) == self.data.get("called_one")), None)
        if picked is None and "called" not in self.errors:
            self._list(like)
        return picked

    def _list(self, like: Sequence[Party]) -> None:
        if not like:
            self.add_error("called", gettext("Nothing here is called that. Write a part of its name."))
            return
        choices = [(str(one.key), one.name) for one in like]
        self.fields["called_one"] = forms.ChoiceField(
            label=_("Which of these do you mean?"), choices=choices, widget=forms.RadioSelect
        )
        order = list(self.fields)[:-1]
        order.insert(order.index("called") + 1, "called_one")
        self.order_fields(order)
        self.add_error("called", gettext("Choose one of those below, or write more of its name"))
