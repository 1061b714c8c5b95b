"""The languages of the house: which one a page is in, who chose it on which device, and who is spoken to in which."""

from __future__ import annotations

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

LANGUAGES = ("en", "cy")
CHOSEN = "language_chosen"  # in the session of somebody who is not signed in yet: which, and when
STILL_THEIRS = 60 * 60  # seconds after which somebody else may sit at the same computer


def page_language() -> str:
    """The language of the page that is being answered, as two letters; English where the house does not know it."""
    return known_language(get_language() or "")


def known_language(code: str) -> str:
    """The language of a code such as en-gb, as two letters; English where the house does not speak it."""
    return code[:2] if code[:2] in LANGUAGES else "en"


def note_choice(request: HttpRequest, lang: str) -> None:
    """Remember what a visitor chose until they sign in."""
    request.session[CHOSEN] = [lang, time.time()]


def choice_of(request: HttpRequest) -> str:
    """What this visitor chose a little while ago; nothing where nobody did."""
    lang, at = request.session.pop(CHOSEN, ("", 0))
    return lang if time.time() - at < STILL_THEIRS else ""


def speak(response: HttpResponse, lang: str) -> None:
    """From the next page on, this device shows pages in this language."""
    if known_language(lang) != page_language():
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            "cy" if lang == "cy" else settings.LANGUAGE_CODE,
            max_age=60 * 60 * 24 * 365,
            samesite="Lax",
            secure=settings.SECURE_COOKIES,
        )
