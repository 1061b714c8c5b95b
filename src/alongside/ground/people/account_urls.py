"""The addresses that allauth and Django look for by name, each behind our own door."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from alongside.ground.people import views
from alongside.ground.people.adapter import AddApp
from alongside.ground.people.doors import public, signed_in

kept: Any = signed_in


def shown_just_now(view: Any) -> Any:
    """Spare codes open a page from anywhere: they are shown to whoever used the app in the last minutes, and not to
    somebody who finds a page open."""
    return kept(reauthentication_required(app="allauth.mfa")(view))


urlpatterns = [
    path("language/setlang/", views.language, name="set_language"),
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/", views.sign_in, name="account_signup"),
    path("sign-in/", views.sign_in, name="account_request_login_code"),
    path("sign-in/", views.sign_in, name="account_inactive"),
    path("sign-in/", views.sign_in, name="account_reauthenticate"),
    path("sign-in/code/", views.code, name="account_confirm_login_code"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("sign-in/app/", public(mfa.authenticate), name="mfa_authenticate"),
    path("sign-in/app/again/", kept(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("my-page/app/", kept(mfa.index), name="mfa_index"),
    path("my-page/app/add/", kept(AddApp.as_view()), name="mfa_activate_totp"),
    path("my-page/app/remove/", kept(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("my-page/app/codes/", shown_just_now(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("my-page/app/codes/new/", kept(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("my-page/app/codes/file/", shown_just_now(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
]
