"""Words of the house that are not said yet: each reader hears them in their own language (book, chapter 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override

LONG_DAY, CLOCK = "j F Y", "j F, H:i"


@dataclass(frozen=True)
class Message:
    """A text of the catalogue, or a label, and what fills its gaps: plain words, a day, a moment, another message."""

    words: str | Promise
    parts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """As it reads in the language of now."""
        said = str(self.words) if isinstance(self.words, Promise) else gettext(self.words)
        return said % {name: _said(part) for name, part in self.parts.items()} if self.parts else said

    def in_language(self, lang: str) -> str:
        """As it reads to somebody whose language this is."""
        with override(lang):
            return str(self)


def message(words: str | Promise, **parts: object) -> Message:
    """Note down what is to be said, to be put into words for each reader. The texts are gathered for translation."""
    return Message(words, parts)


def _said(part: object) -> object:
    if isinstance(part, datetime):
        return formats.date_format(timezone.localtime(part), CLOCK)
    if isinstance(part, date):
        return formats.date_format(part, LONG_DAY)
    return str(part) if isinstance(part, Message) else part
