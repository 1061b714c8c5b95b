"""What people are asked when they sign in, and when they change their own page or a group's."""

from __future__ import annotations

from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ground.people.models import Kind, Sort

GROUP_SORTS = [choice for choice in Sort.choices if choice[0] != Sort.PERSON]
COMMUNITIES = frozenset({Sort.HOUSEHOLD, Sort.PLACE, Sort.INTEREST, Sort.GROUP})


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


class GroupForm(forms.Form):
    """A group without legal form is opened in a few fields; its own edge comes later."""

    name = forms.CharField(
        label=_("What is it called?"),
        max_length=200,
        error_messages={"required": _("Enter a name"), "max_length": _("Use 200 letters or fewer")},
    )
    sort = forms.ChoiceField(
        label=_("What is it?"),
        choices=GROUP_SORTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is")},
    )
    about = forms.CharField(
        label=_("What do you do together? (optional)"),
        help_text=_("A sentence or two. Anyone can read this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    @property
    def kind(self) -> str:
        return Kind.COMMUNITY if self.cleaned_data["sort"] in COMMUNITIES else Kind.ORGANISATION


class GroupWordsForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Enter a name"), "max_length": _("Use 200 letters or fewer")},
    )
    about = forms.CharField(label=_("About (optional)"), widget=forms.Textarea(attrs={"rows": 4}), required=False)


class MeForm(forms.Form):
    """What a person says about themselves and how they want to be reached. All of it may be left out but a name."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("A first name is enough."),
        max_length=200,
        error_messages={"required": _("Enter a name"), "max_length": _("Use 200 letters or fewer")},
    )
    about = forms.CharField(
        label=_("A few words about you (optional)"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    contact_by = forms.ChoiceField(
        label=_("How shall we tell you things?"),
        choices=[
            ("page", _("On my page only")),
            ("email", _("By e-mail")),
            ("letter", _("By letter")),
            ("telephone", _("By telephone, through the person who helps me")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how we shall tell you things")},
    )
    phone = forms.CharField(
        label=_("Telephone (optional)"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "class": "govuk-input--width-20"}),
        error_messages={"max_length": _("Use 40 figures or fewer")},
    )
    address = forms.CharField(
        label=_("Address for letters (optional)"),
        help_text=_("Only you, and someone who helps you, can see this."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        required=False,
    )
    access_needs = forms.CharField(
        label=_("What makes things easier for you? (optional)"),
        help_text=_("Such as: call after 10, a chair with arms, plain words."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    large_print = forms.BooleanField(label=_("Letters in large print, please"), required=False)
