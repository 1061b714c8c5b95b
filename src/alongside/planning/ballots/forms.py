"""The ballot as a form: a field for each option that this voter may choose, made for how ballots are filled in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import Fault
from alongside.ground.history.explaining import explain
from alongside.methods.pence import pounds
from alongside.methods.say.model import FIVE
from alongside.planning.ballots.filling import Form, form_of, most_of, read
from alongside.planning.ballots.receipts import plain
from alongside.planning.decisions.models import Terms
from alongside.planning.ideas.models import Option
from alongside.planning.rolls.queries import Standing


def _receipt(form: forms.Form) -> str:
    try:
        return plain(form.cleaned_data["receipt"])
    except Fault as fault:
        raise forms.ValidationError(fault.message) from None


CONSENT = [("1", _("I am happy with this")), ("0", _("I stand aside")), ("-1", _("I have a reason against it"))]


@dataclass(frozen=True)
class Line:
    """One option as it stands on the ballot; without a field where this voter may not choose it. `left` is how many
    objections of the talk are not put right."""

    option: Option
    price: str
    field: forms.BoundField | None
    left: int = 0


class OptionsForm(forms.Form):
    """A field for each option. `said` is what was typed beside each option's number."""

    def __init__(
        self, terms: Terms, options: Sequence[Option], barred: Collection[int] = (), data: Any = None, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.terms, self.options, self.barred = terms, options, barred
        self.way, self.most = form_of(terms), most_of(terms, len(options))
        for option in options:
            if option.n not in barred:
                self.fields[f"option_{option.n}"] = self._field(option)

    def _field(self, option: Option) -> forms.Field:
        label = option.idea.title
        if self.way == Form.TICKS:
            return forms.CharField(label=label, required=False, widget=forms.CheckboxInput(attrs={"value": "1"}))
        if self.way == Form.CONSENT:
            return forms.ChoiceField(label=label, required=False, choices=CONSENT, widget=forms.RadioSelect)
        if self.way == Form.SCORES:
            numbers = [(str(n), str(n)) for n in range(FIVE + 1)]
            return forms.ChoiceField(label=label, required=False, choices=numbers, widget=forms.RadioSelect)
        return forms.CharField(label=label, required=False, max_length=10, widget=forms.NumberInput)

    def lines(self, left: Mapping[int, int] | None = None) -> Iterator[Line]:
        """The options in the order in which they were given, with their prices. `left` is how many objections are not
        put right, by the idea's row: whoever chooses reads that beside it."""
        priced = any(option.cost_pence for option in self.options)
        for option in self.options:
            name = f"option_{option.n}"
            field = self[name] if name in self.fields else None
            yield Line(option, pounds(option.cost_pence) if priced else "", field, (left or {}).get(option.idea_id, 0))

    @property
    def said(self) -> dict[int, str]:
        """What was typed beside each option's number, also beside one that is not on the ballot."""
        found = {}
        for name, value in self.data.items():
            number = name.removeprefix("option_")
            if name != number and number.isascii() and number.isdigit() and len(number) < 6:
                found[int(number)] = str(value)[:40]
        return found

    def clean(self) -> dict[str, Any]:
        """Say at each option what is wrong with it; the marks as they would be kept."""
        given: dict[str, Any] = super().clean() or {}
        try:
            given["marks"] = read(self.terms, {one.n for one in self.options}, self.barred, self.said)
        except Fault as fault:
            explain(self, fault)
        return given


class BallotForm(OptionsForm):
    """What somebody chooses, and what else they must say."""

    group = forms.ChoiceField(label=_("Which of these are you?"), widget=forms.RadioSelect)
    receipt = forms.CharField(
        label=_("Your receipt"),
        help_text=_("A word, a number and a word. Without it nobody can change your choice, and neither can we."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Write your receipt"), "max_length": _("Use 200 letters or fewer")},
    )
    of_age = forms.BooleanField(error_messages={"required": _("Say that you are old enough to take part")})
    heard = forms.BooleanField(
        label=_("They know that I hear what they choose, and they want me to write it down"),
        error_messages={"required": _("Tell them first that you hear what they choose")},
    )

    def __init__(
        self,
        terms: Terms,
        standing: Standing,
        options: Sequence[Option],
        barred: Collection[int],
        data: Any = None,
        *,
        helping: bool = False,
    ) -> None:
        super().__init__(terms, options, barred, data)
        self._ask(standing, helping)

    def _ask(self, standing: Standing, helping: bool) -> None:
        """Leave out what need not be asked of this voter."""
        many = len(standing.groups) > 1
        needed = {"receipt": standing.took_part, "of_age": bool(self.terms.least_age), "heard": helping, "group": many}
        for name, is_needed in needed.items():
            if not is_needed:
                del self.fields[name]
        if many:
            choices = [(group.key, group.name) for group in standing.groups]
            self.fields["group"] = forms.ChoiceField(
                label=_("Which of these are you?"),
                help_text=_("You say it yourself. Nobody checks it."),
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose which of these you are")},
            )
        if "of_age" in self.fields:
            self.fields["of_age"].label = _("I am %(age)s or older") % {"age": self.terms.least_age}

    def clean_receipt(self) -> str:
        """The receipt in its one form, or what could be wrong with a word of it."""
        return _receipt(self)

    def sent(self) -> list[tuple[str, str]]:
        """What was typed, to be sent on from the page to check: nothing of it is kept on the way."""
        names = [name for name in self.fields if name != "receipt"]
        return [(name, str(self.data[name])) for name in names if name in self.data]


class ReceiptForm(forms.Form):
    receipt = forms.CharField(
        label=_("Your receipt"),
        help_text=_("A word, a number and a word, such as heron 42 plum"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Write your receipt"), "max_length": _("Use 200 letters or fewer")},
    )

    def clean_receipt(self) -> str:
        return _receipt(self)
