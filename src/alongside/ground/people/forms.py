"""What people are asked when they sign in."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.limits.asking import may_try, was_right
from alongside.ground.people.secrets import shown_once


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

    def clean_code(self) -> str:
        """The code, if it is right, was not used before and there were not too many tries: counted for all processes,
        where allauth would count in each one alone."""
        request, me = context.request, str(self.user.pk)  # type: ignore[attr-defined]
        if not may_try(request, "app", me):
            raise forms.ValidationError(
                _("You have tried a lot in a short time. Wait a little and try again, or ring us")
            )
        code: str = super().clean_code()  # type: ignore[misc]
        if not shown_once(me, self._secret(), code):
            raise get_adapter().validation_error("incorrect_code")
        was_right(request, "app", me)
        return code

    def _secret(self) -> str:
        """What the app makes its codes of; nothing for a spare code, which is crossed out where it stands."""
        used: Authenticator | None = getattr(self, "authenticator", None)
        if used is None:
            return str(self.secret)  # type: ignore[attr-defined]
        return get_adapter().decrypt(used.data["secret"]) if used.type == Authenticator.Type.TOTP else ""


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
