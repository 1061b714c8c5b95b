"""Fields that the forms of several kits are made of: words that are asked for, and a sum of money as people type it."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.methods.pence import pence_of, pounds


class Asked(forms.CharField):
    """Words that are asked for, not "(optional)", where the form as a whole says whether they are missing."""

    def validate(self, value: str) -> None:
        return None


class Pounds(Asked):
    """A sum as somebody types it, kept as pence; None where nothing was typed. `wrong` says how to mend what is no sum,
    or is less than `least` pence."""

    def __init__(self, *args: Any, wrong: Any, least: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wrong, self.least = wrong, least

    def prepare_value(self, value: Any) -> Any:
        return pounds(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        try:
            pence = pence_of(typed) if typed else None
        except ValueError:
            raise forms.ValidationError(self.wrong) from None
        if pence is not None and pence < self.least:
            raise forms.ValidationError(self.wrong)
        return pence
