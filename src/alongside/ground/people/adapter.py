"""How people sign in, on allauth's stages: a code by e-mail that opens the same door to new and known alike."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login as SigningIn
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import context
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import choose_language, open_login, settle
from alongside.ground.people.device import shut
from alongside.ground.people.doors import DEVICE_COOKIE, METHODS
from alongside.ground.people.language import choice_of, speak
from alongside.ground.people.models import Login
from alongside.ground.people.queries import party_of_device


class Adapter(DefaultAccountAdapter):
    """Gives whoever signs in their page, and asks them whether the one on this device is theirs too."""

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        user.party = settle(by=Actor(person=user.party), login=user)

    def post_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse:
        response = super().post_login(request, user, **given)
        if chosen := choice_of(request):
            choose_language(by=Actor(person=user.party), lang=chosen)
        if party_of_device(request.COOKIES.get(DEVICE_COOKIE, "")):
            then = urlencode({"next": response.headers.get("Location", "")})
            response = redirect(f"{reverse('people:whose')}?{then}")
        else:
            response.delete_cookie(DEVICE_COOKIE)
        speak(response, user.party.lang)
        shut(response)  # somebody else may have been signed in here, whose time was up
        return response

    def add_message(self, *_args: Any, **_given: Any) -> None:
        """Our pages say what happened where it happened; allauth's passing messages are not shown."""

    def is_reauthentication_required(self, *, app: str, **given: Any) -> bool:
        """Whoever used the app a moment ago is not asked for it again: the same code does not work twice."""
        used = [step["at"] for step in context.request.session.get(METHODS, []) if step.get("method") == "mfa"]
        if used and time.time() - used[-1] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **given)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/my-page/"


class SignInByCode(LoginCodeVerificationProcess):
    """A code of six figures to any address. Whether it has an account is asked only once the code is right."""

    @classmethod
    def start(cls, request: HttpRequest, email: str) -> SignInByCode:
        login = SigningIn(user=None, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email), initiated_by_user=True)
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def under_way(cls, request: HttpRequest) -> SignInByCode | None:
        """The sign-in this visitor has begun and not finished, unless its time is up."""
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        return cls(stage=stage).abort_if_invalid() if stage else None

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        self.adapter.send_mail("account/email/login_code", email, {"code": self.generate_code()})

    @property
    def adapter(self) -> Adapter:
        return Adapter(self.request)

    @property
    def email(self) -> str:
        return str(self.state["email"])

    def finish(self, redirect_url: str | None) -> HttpResponse:
        login = open_login(by=Actor.anyone(), email=self.email)
        record_authentication(self.request, login, method="code", email=self.email)
        return enter(self.request, login, redirect_url)


class AddApp(ActivateTOTPView):
    """Whoever has just shown a code from the app they add has used their second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


def enter(request: HttpRequest, login: Login, then: str | None) -> HttpResponse:
    """Let somebody in who has shown who they are; staff are asked for their second factor on the way."""
    return perform_login(request, SigningIn(user=login, redirect_url=then, email=login.email))
