"""What holders and stewards fill in about what something helps with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.knowing.lexicon import queries
from alongside.knowing.lexicon.models import Part

LANGS = [("en", _("English")), ("cy", _("Welsh"))]
MOST = {"required": _("Enter the words"), "max_length": _("Use 200 letters or fewer")}


class Ticks(forms.Form):
    """What it helps with: a few guesses to tick, and more to look for by part of life."""

    concepts = forms.MultipleChoiceField(
        label=_("What does it help with?"),
        help_text=_("We guessed from your words. Take away what is wrong."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, offered: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["concepts"].choices = [(key, queries.label(key)) for key in offered]  # type: ignore[attr-defined]


class AddPhrase(forms.Form):
    """A way people here put it, or a word by which things here show it."""

    part = forms.ChoiceField(label=_("Who says it?"), choices=Part.choices, widget=forms.RadioSelect)
    lang = forms.ChoiceField(label=_("In which language?"), choices=LANGS, initial="en", widget=forms.RadioSelect)
    words = forms.CharField(label=_("The words"), max_length=200, error_messages=MOST)


class AddConcept(forms.Form):
    """Something that matters here and is not there yet."""

    label = forms.CharField(
        label=_("What matters, in a few words"),
        help_text=_("Like: news of the old pit."),
        max_length=80,
        error_messages={"required": _("Say what it is, in a few words"), "max_length": _("Use 80 letters or fewer")},
    )
    label_cy = forms.CharField(label=_("The same in Welsh"), max_length=80, required=False)
    domain = forms.ChoiceField(label=_("Which part of life?"))
    says = forms.CharField(label=_("How do people here put it?"), max_length=200, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["domain"].choices = queries.domain_labels()  # type: ignore[attr-defined]


class Correct(forms.Form):
    """What a steward says of one thing and one concept."""

    concept = forms.ChoiceField(label=_("What matters"))
    serves = forms.ChoiceField(
        label=_("Does it help with that?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("guess", _("Let it be guessed"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["concept"].choices = queries.choices()  # type: ignore[attr-defined]
