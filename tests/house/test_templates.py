"""Templates: nothing inline, everything translatable, one shell."""

import re

from tests.house.code import short, templates, text_of

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a script without a source": re.compile(
        r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*type=\"application/(?:ld\+)?json)", re.I
    ),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.I),
    "a script address": re.compile(r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", re.I),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape off"),
}
# Templates that may do one of these, and why.
MAY: dict[str, str] = {}

TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.S)
MARKUP = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->|<svg\b.*?</svg>|<[^>]*>|&[#\w]+;", re.S)
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}", re.S)
SAID = re.compile(r"\s(?:alt|title|placeholder|aria-label)\s*=\s*\"([^\"{]*[A-Za-z][^\"{]*)\"")
# Where doing it twice is the same as doing it once, whatever key it carries.
NEEDS_NO_KEY = {
    "people/sign_in.html": "signing in",
    "people/sign_out.html": "signing out",
    "people/card_sign_in.html": "signing in",
    "people/code.html": "signing in",
    "people/forget.html": "forgetting this device",
    "notices/mine.html": "marking as read",
    "services/switch.html": "on is on, off is off",
    "services/run.html": "a second load of the same file changes nothing",
    "services/new.html": "a second load of the same file changes nothing",
    "mfa/": "a second factor, kept by the package that brings it",
    "components/": "parts that a form puts itself around",
}
# Shown when the machinery that translates may be what failed; plain English, and no tag.
UNTRANSLATED = {"500.html"}
# Words that are the same in every language.
NAMES = {"Alongside", "Cymraeg", "English", "OpenStreetMap", "GOV.UK", "Leaflet"}


def test_nothing_is_inline() -> None:
    """The content policy would block it, and the page would be broken for everyone at once."""
    found = [
        f"{short(path)}: {name}"
        for path in templates()
        for name, pattern in INLINE.items()
        if short(path) not in MAY and pattern.search(text_of(path))
    ]
    assert not found


def test_every_word_can_be_translated() -> None:
    found = []
    for path in templates():
        if path.parent.name == "mail" or path.name in UNTRANSLATED:
            continue
        text = MARKUP.sub(" ", TRANSLATED.sub(" ", COMMENT.sub(" ", text_of(path))))
        words = [word for word in re.findall(r"[A-Za-zÀ-ž][\w.'-]*", text) if word.strip(".") not in NAMES]
        words += SAID.findall(text_of(path))
        if words:
            found.append(f"{short(path)}: {' '.join(words[:8])}")
    assert not found


def test_every_page_stands_in_the_shell() -> None:
    """A full page extends the shell (or something that does); only the shell and parts begin otherwise."""
    found = []
    for path in templates():
        text = text_of(path)
        begins_a_document = "<html" in text
        if begins_a_document and path.name not in {"shell.html", "500.html", "print.html"}:
            found.append(short(path))
        if "{% extends" in text and "<main" in text:
            found.append(f"{short(path)} opens a second main")
    assert not found


def test_forms_that_send_are_guarded() -> None:
    """Every form that posts carries its token; every one of ours also the key that makes pressing twice once."""
    found = []
    for path in templates():
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text_of(path), flags=re.S | re.I):
            for needed in ("csrf_token", "idempotency"):
                if needed not in form and not (
                    needed == "idempotency" and any(part in path.as_posix() for part in NEEDS_NO_KEY)
                ):
                    found.append(f"{short(path)}: {needed}")
    assert not found
