"""What people are asked when they sign in."""

from __future__ import annotations

from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a code of 6 figures to it. That is all you need."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address, like name@example.org"),
        },
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code from the e-mail"),
        help_text=_("6 figures"),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-5"}
        ),
        error_messages={"required": _("Enter the 6 figures from the e-mail")},
    )

    def __init__(self, *args: Any, expected: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.expected = expected

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not compare_user_code(actual=code, expected=self.expected):
            raise forms.ValidationError(_("That is not the code we sent. Check the newest e-mail and try again"))
        return code


class AppCode(forms.Form):
    """The box for the figures in an authenticator app, in our words. Mixed into allauth's own forms."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        box = self.fields["code"]
        box.label = _("The code in your app")
        box.help_text = _("6 figures, or one of your spare codes")
        box.error_messages["required"] = _("Enter the code that your app shows")
        box.widget.attrs = {"autocomplete": "one-time-code", "class": "govuk-input--width-10"}


class ActivateForm(AppCode, ActivateTOTPForm):
    pass


class AppForm(AppCode, AuthenticateForm):
    pass


class AppAgainForm(AppCode, ReauthenticateForm):
    pass


class CardForm(forms.Form):
    number = forms.CharField(
        label=_("The number on your card"),
        help_text=_("8 figures. Gaps do not matter."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-10"}),
        error_messages={"required": _("Enter the number on your card")},
    )
    word = forms.CharField(
        label=_("Your word"),
        help_text=_("The word you chose with your helper. Big or small letters do not matter."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
        error_messages={"required": _("Enter your word")},
    )
