"""What is asked about a workshop, a card, and a guest's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.ground.helping.actions import WAYS
from alongside.ground.history.actor import Source
from alongside.ground.records.models import Audience
from alongside.knowing.assets.models import AssetKind
from alongside.knowing.workshops.models import LONGEST, Card, Who, Whose

TOO_LONG = {"max_length": _("Use 200 letters or fewer")}
SHORT = {"class": "govuk-input--width-5", "autocomplete": "off"}
PLAIN = {"autocomplete": "off", "spellcheck": "false"}
NUMBER = {name: _("Enter a number, like 4") for name in ("required", "invalid", "min_value", "max_value")}


def _number(label: Any, hint: Any, least: int, most: int, initial: int) -> forms.IntegerField:
    box = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"})
    return forms.IntegerField(
        label=label, help_text=hint, min_value=least, max_value=most, initial=initial, widget=box, error_messages=NUMBER
    )


class TablesForm(forms.Form):
    tables = _number(_("How many tables?"), "", 1, 99, 4)


class RoomForm(TablesForm):
    """How many there were; a number, with no names."""

    in_room = _number(_("How many people were in the room?"), _("A number. Nobody has to be named."), 0, 9999, 0)


class OpenForm(TablesForm):
    """A workshop to come. How many were in the room is written down that day, under “Ask people”."""

    title = forms.CharField(
        label=_("What is the workshop called?"),
        help_text=_("Like: What Mill Street has."),
        max_length=LONGEST,
        error_messages={"required": _("Enter a name for the workshop"), **TOO_LONG},
    )
    day = forms.DateField(
        label=_("On which day?"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter a day, like 2027-01-31"), "invalid": _("Enter a day, like 2027-01-31")},
    )
    place = forms.CharField(label=_("Where?"), max_length=LONGEST, required=False, error_messages=TOO_LONG)
    field_order = ("title", "day", "place", "tables")


class CardForm(forms.Form):
    """One card, in the order in which hands go: what stands on it comes first, the rest stays from the card before."""

    words = forms.CharField(
        label=_("What stands on the card"),
        help_text=_("Their words, as they stand."),
        error_messages={"required": _("Write what stands on the card")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    code = forms.CharField(
        label=_("Its code"),
        help_text=_("Like C7. Leave it empty if it has none."),
        required=False,
        widget=forms.TextInput(attrs={**SHORT, "autocapitalize": "characters", "spellcheck": "false"}),
    )
    table = forms.IntegerField(
        label=_("Table"),
        required=False,
        widget=forms.TextInput(attrs={**SHORT, "inputmode": "numeric"}),
        error_messages={"invalid": _("Enter a number, like 4")},
    )
    whose = forms.ChoiceField(label=_("Whose it is"), choices=Whose.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Who, which group, or which place"),
        required=False,
        widget=forms.TextInput(attrs={**PLAIN, "list": "names"}),
    )
    reach = forms.CharField(
        label=_("How to ask a person whether it is right"),
        help_text=_("An e-mail address, a telephone number, or where a letter goes."),
        required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )
    may_share = forms.BooleanField(label=_("The box “you may show this” is ticked"), required=False)


class MendForm(forms.Form):
    words = forms.CharField(
        label=_("What stands on the card"), error_messages={"required": _("Write what stands on the card")}
    )
    name = forms.CharField(
        label=_("Who, which group, or which place"), required=False, widget=forms.TextInput(attrs=PLAIN)
    )
    reach = forms.CharField(
        label=_("How to ask a person whether it is right"), required=False, widget=forms.TextInput(attrs=PLAIN)
    )
    wish = forms.TypedChoiceField(
        label=_("Does it offer or wish?"),
        choices=[("no", _("It offers something")), ("yes", _("It wishes for something"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("What kind of thing?"), choices=[("", _("Guess it")), *AssetKind.choices], required=False
    )
    may_share = forms.BooleanField(label=_("The box “you may show this” is ticked"), required=False)

    def __init__(self, whose: str, *args: Any, **more: Any) -> None:
        """A card of no person has nobody to reach, and one that bears no name is nobody's."""
        super().__init__(*args, **more)
        if whose != Whose.PERSON:
            del self.fields["reach"]
        if whose == Whose.NOBODY:
            del self.fields["name"]

    @staticmethod
    def of(card: Card) -> dict[str, Any]:
        guest = card.guest
        return {
            "words": card.words,
            "name": guest.name if guest else card.about,
            "reach": guest.reach if guest else "",
            "wish": "yes" if card.wish else "no",
            "kind": card.kind,
            "may_share": card.may_share,
        }


class AnswerForm(forms.Form):
    """Which of my cards, and who may see them."""

    yes = forms.MultipleChoiceField(
        label=_("Which of these may be on your page?"),
        help_text=_("The others are wiped."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one, or choose “No, wipe them all”"),
            "invalid_choice": _("Choose from these"),
        },
    )
    audience = forms.ChoiceField(
        label=_("Who may see them?"),
        widget=forms.RadioSelect,
        initial=Audience.EVERYONE,
        choices=[
            (Audience.EVERYONE, _("Everyone, on the map, with my first name")),
            (Audience.COMMUNITY, _("People of this community")),
            (Audience.ME, _("Only me, for now")),
        ],
        error_messages={"required": _("Choose who may see them")},
    )

    def __init__(self, cards: Sequence[Card], *args: Any, mine: str = "", **more: Any) -> None:
        """`mine` names who is signed in here, where it is not known that the cards are theirs."""
        super().__init__(*args, **more)
        chosen = cast(forms.MultipleChoiceField, self.fields["yes"])
        chosen.choices = [(str(card.key), card.words) for card in cards]
        chosen.initial = [str(card.key) for card in cards if card.may_share]
        if mine:
            self.fields["whose"] = forms.ChoiceField(
                label=_("Whose cards are these?"),
                choices=[
                    ("mine", format_lazy("{words} {name}", words=_("Mine. I am signed in here:"), name=mine)),
                    ("other", _("Somebody else’s, who has a page of their own, or wants one")),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": _("Say whose cards these are")},
            )
            self.order_fields(["whose", "yes", "audience"])


class SayForm(AnswerForm):
    """The same, as said to somebody who holds the workshop, with a word for the card that opens their page. No card
    ticked says no to all."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        yes = self.fields["yes"]
        yes.required, yes.label = False, _("Which of these may be on their page?")
        yes.help_text = _("Tick what they say yes to. The others are wiped. If they say no to all, tick none.")

    source = forms.ChoiceField(
        label=_("How did you speak?"),
        choices=[(way, Source(way).label) for way in WAYS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you spoke")},
    )
    word = forms.CharField(
        label=_("A word only they know, for their card"),
        help_text=_("They choose it. It opens their page, with the number on the card."),
        required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )
    agreed = forms.BooleanField(label=_("They want a page of their own here, and me to help with it"), required=False)


class WhoForm(forms.Form):
    who = forms.CharField(
        label=_("Who else may type? The address of their page"),
        help_text=_("They open their page and copy the address from the top."),
        max_length=300,
        error_messages={"required": _("Enter the address of another person’s page")},
    )


class StepForm(forms.Form):
    words = forms.CharField(
        label=_("What?"), widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write what you will do")},
    )  # fmt: skip
    who = forms.ChoiceField(
        label=_("Who does it?"),
        choices=Who.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these")},
    )
