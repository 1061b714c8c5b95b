"""The three questions with which a group, a shop or a business puts itself on the map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class Group(forms.Form):
    """Three questions, and a group that has no legal form is on the map."""

    name = forms.CharField(
        label=_("What is your group called?"),
        help_text=_("Like: the Tuesday Table, Hob Hill Gardeners, the bench outside the bakery."),
        max_length=200,
        error_messages={"required": _("Enter a name"), "max_length": _("Use 200 letters or fewer")},
    )
    title = forms.CharField(
        label=_("What do you do together?"),
        help_text=_("Like: lunch and songs, a seed swap, a kick-about."),
        max_length=200,
        error_messages={
            "required": _("Say what it is, in a few words"),
            "max_length": _("Use 200 letters or fewer"),
        },
    )
    where_when = forms.CharField(
        label=_("Where and when?"),
        help_text=_("Like: Tuesdays at noon, in the hall by the church."),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Use 200 letters or fewer")},
    )


class Business(Group):
    """The same three questions for a shop, a café or another business."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        name, title = self.fields["name"], self.fields["title"]
        name.label, name.help_text = _("What is it called?"), _("Like: the Bandstand Café.")
        title.label = _("What could people use or join in?")
        title.help_text = _("Like: a quiet table in the mornings, a stage on Fridays, a toilet anyone may use.")
