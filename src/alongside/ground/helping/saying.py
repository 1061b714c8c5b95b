"""What people are told about help: who asks whom, for what, until when, and what was answered. Book, chapter 7."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.ground.helping.models import HelpAsked
from alongside.ground.notices.wording import Message, message
from alongside.ground.people.models import Basis, BasisKind

THEIRS: dict[str, str | Promise] = {  # parts of somebody's page, as whoever would help reads of them
    "all": _("everything on their page"),
    "plan": _("their plan"),
    "outcome": _("what they want"),
    "asset": _("what they have to share"),
    "messages": _("their messages"),
    "network": _("who is around them"),
}
OWN_WHY = {  # to the person themselves; elsewhere it is said of them
    BasisKind.ASKED: _("You asked for this help"),
    BasisKind.NAMED_HELPER: _("You asked somebody to keep your page with you"),
}


def parts_of(scopes: Iterable[tuple[str, str]], act: str) -> list[str | Promise]:
    """The parts that may be seen, or written, in everyday words and in one order."""
    given = {part for part, done in scopes if done == act}
    return [words for part, words in THEIRS.items() if part in given]


def in_a_row(words: list[str | Promise]) -> str | Promise:
    return format_lazy(", ".join(["{}"] * len(words)), *words)


def until_when(until: datetime | None) -> Message:
    if until is None:
        return message("It would go on until one of you stops it.")
    return message("It would end on %(day)s.", day=timezone.localdate(until))


def question(asked: HelpAsked, scopes: list[tuple[str, str]]) -> Message:
    """The whole question, for a page as for a letter; a stranger's name is all it tells of whoever asks."""
    seen, written = parts_of(scopes, "see"), parts_of(scopes, "write")
    who = asked.person.shown_name
    if asked.asked_by_id == asked.person_id:
        begins = message("%(person)s asks you to help with their page.", person=who)
    else:
        by = asked.asked_by.shown_name
        begins = message("%(person)s would have your help with their page. %(by)s wrote it down.", person=who, by=by)
    sentences = [
        begins,
        message("You would see: %(parts)s.", parts=in_a_row(seen)),
        message("You would write for them: %(parts)s.", parts=in_a_row(written)) if written else None,
        until_when(asked.until),
        message(
            "Say yes or no by %(day)s, on your page or to whoever helps you. You need give no reason.",
            day=timezone.localdate(asked.lapses),
        ),
    ]
    return _together([one for one in sentences if one is not None])


def changed(basis: Basis, scopes: list[tuple[str, str]]) -> Message:
    """To a helper who has agreed to more than is wanted from now on."""
    seen, written = parts_of(scopes, "see"), parts_of(scopes, "write")
    sentences = [
        message("%(person)s changed what you help with.", person=basis.person.name),
        message("You see: %(parts)s.", parts=in_a_row(seen)),
        message("You write for them: %(parts)s.", parts=in_a_row(written)) if written else None,
    ]
    return _together([one for one in sentences if one is not None])


def _together(sentences: list[Message]) -> Message:
    """Sentences one after the other, each in the reader's language. No text of the catalogue: only gaps."""
    named = {f"n{n}": one for n, one in enumerate(sentences)}
    gaps = " ".join(f"%({name})s" for name in named)
    return Message(gaps, named)


def begun(basis: Basis) -> Message:
    """To the person, when help with their page has begun."""
    return message(
        "%(helper)s can now help you with your page. Why: %(why)s. It is still your page. You decide."
        " You can stop this help at any time. Tell %(helper)s, or ring us. We write down who did what and when.",
        helper=basis.supporter.name,
        why=OWN_WHY.get(BasisKind(basis.kind), BasisKind(basis.kind).label),
    )
