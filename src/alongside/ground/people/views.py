"""Pages to sign in and out: one door for new and known alike, and a card and a word for those without e-mail."""

from __future__ import annotations

from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from alongside.ground.limits.asking import may_try
from alongside.ground.people.actions import choose_language, try_card
from alongside.ground.people.adapter import SignInByCode, enter
from alongside.ground.people.device import clear, shut
from alongside.ground.people.doors import Request, next_of, public
from alongside.ground.people.forms import CardForm, CodeForm, EmailForm
from alongside.ground.people.language import known_language, note_choice

WAIT = _("You have tried a lot in a short time. Wait a little and try again, or ring us")


def _with_next(name: str, request: Request) -> str:
    then = next_of(request)
    return reverse(name) + (f"?{urlencode({'next': then})}" if then else "")


@public
@never_cache
def sign_in(request: Request) -> HttpResponse:
    """Take an e-mail address and send a code. It says the same whether we know the address or not."""
    if request.user.is_authenticated:
        return redirect(next_of(request) or settings.LOGIN_REDIRECT_URL)
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if may_try(request, "sign_in", email):
            SignInByCode.start(request, email)
            return redirect(_with_next("people:code", request))
        form.add_error("email", WAIT)
    return render(request, "ground/people/sign_in.html", {"form": form, "next": next_of(request)})


@public
@never_cache
def code(request: Request) -> HttpResponse:
    """Take the code from the e-mail."""
    process = None if request.user.is_authenticated else SignInByCode.under_way(request)
    if process is None:
        return redirect(_with_next("people:sign_in", request))
    form = CodeForm(request.POST or None, expected=process.code)
    if request.method == "POST":
        sent = f"{process.email}|{process.code}|{request.session.session_key}"
        if not may_try(request, "code", sent):  # of many tries at once the session would count one
            process.abort()
            return redirect(reverse("people:sign_in") + "?used_up=1")
        if form.is_valid():
            return process.finish(next_of(request) or None)
        if not process.record_invalid_attempt():
            return redirect(reverse("people:sign_in") + "?used_up=1")
    given = {"form": form, "email": process.email, "can_resend": process.can_resend, "next": next_of(request)}
    return render(request, "ground/people/code.html", given)


@public
@require_POST
def code_again(request: Request) -> HttpResponse:
    process = SignInByCode.under_way(request)
    if process and process.can_resend and may_try(request, "sign_in", process.email):
        process.resend()
    return redirect(_with_next("people:code", request))


@public
@never_cache
@sensitive_post_parameters("word")
def card_sign_in(request: Request) -> HttpResponse:
    """Take the number of a card and a word. A wrong number, a wrong word and a locked card look the same."""
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        login = None
        if may_try(request, "card"):
            login = try_card(by=request.actor, **form.cleaned_data)
        if login is not None:
            return enter(request, login, next_of(request) or None)
        form.add_error(
            "number",
            _("That number and word do not open a page. After 5 tries a card rests for 15 minutes. You can ring us"),
        )
    return render(request, "ground/people/card_sign_in.html", {"form": form, "next": next_of(request)})


@public
@never_cache
def sign_out(request: Request) -> HttpResponse:
    if request.method == "POST":
        logout(request)
        response = redirect("/")
        shut(response)
        return response
    clear_login(request)
    return render(request, "ground/people/sign_out.html")


@public
@never_cache
def forget(request: Request) -> HttpResponse:
    """This device no longer opens the page: the token is gone at once, and anyone signed in is signed out."""
    if request.method != "POST":
        return render(request, "ground/people/forget.html", {"unclaimed": not request.user.is_authenticated})
    by = request.actor
    logout(request)
    response = redirect("people:forgotten")
    clear(request, response, by)
    return response


@public
@require_POST
def language(request: Request) -> HttpResponse:
    """Show pages in another language, and speak to whoever chose it in that language from now on."""
    lang = request.POST.get("language", "")
    if lang in dict(settings.LANGUAGES):
        note_choice(request, known_language(lang))
        if request.actor.person is not None:
            choose_language(by=request.actor, lang=known_language(lang))
    return set_language(request)


@public
@require_GET
def forgotten(request: Request) -> HttpResponse:
    return render(request, "ground/people/forgotten.html")


@public
@never_cache
def leave_quickly(request: Request) -> HttpResponse:
    """Sign out and open a page anybody might have open. A link from elsewhere signs nobody out."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none"):
        logout(request)
    response = HttpResponseRedirect(settings.LEAVE_QUICKLY_TO)
    response["Referrer-Policy"] = "no-referrer"
    response["Clear-Site-Data"] = '"cache"'
    shut(response)
    return response
