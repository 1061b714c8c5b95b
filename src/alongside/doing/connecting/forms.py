"""What a side is asked when it says yes, and later how it went."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.doing.connecting.models import Went


class YesForm(forms.Form):
    """Words for the other, how to be reached, and where to meet first."""

    words = forms.CharField(
        label=_("What may the other know about you now?"),
        help_text=_("Like: somebody near you who loves gardening. Leave out your name, number and address."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Use 500 letters or fewer")},
    )
    reach = forms.CharField(
        label=_("How can they reach you, once you both say yes?"),
        help_text=_("Like: ring 01632 960 111 after six. Or: leave word at the library."),
        max_length=300,
        error_messages={
            "required": _("Say how they can reach you, like a telephone number"),
            "max_length": _("Use 300 letters or fewer"),
        },
    )
    meet = forms.ChoiceField(
        label=_("Where would you meet first?"),
        help_text=_("Not at a home. Meet where other people are, or bring somebody you trust."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where you would meet first")},
    )
    meet_words = forms.CharField(
        label=_("Which place?"),
        help_text=_("Like: the café in the library, by the window."),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Use 200 letters or fewer")},
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meet"].choices = places  # type: ignore[attr-defined]
        if len(places) == 1:
            self.initial.setdefault("meet", places[0][0])


class WentForm(forms.Form):
    """How it went; only the thanks go to the other."""

    went = forms.ChoiceField(
        label=_("How did it go?"),
        choices=Went.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it went")},
    )
    thanks = forms.CharField(
        label=_("Say thank you"),
        help_text=_("The other reads this. They see nothing else of what you say here."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Use 500 letters or fewer")},
    )
    found = forms.BooleanField(label=_("I found what I wished for"), required=False)

    def __init__(self, *args: Any, wisher: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not wisher:
            del self.fields["found"]
