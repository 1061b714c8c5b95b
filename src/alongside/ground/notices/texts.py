"""Text messages out: one small interface that an operator connects to a gateway; here a file, or the console.

Alongside brings no gateway. `TEXT_SENDER` names none (then nobody is offered texts), `console`, `file`, or the
dotted path of a class with `send(number, words)`. See docs/how-to/keep-it-fresh.md.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

LONGEST = 480  # three joined messages


class Sender(Protocol):
    """Something that sends a text. Raises whatever it likes: the message then still waits on the person's page."""

    def send(self, number: str, words: str) -> None: ...


class Console:
    """Prints what would be sent, for trying."""

    def send(self, number: str, words: str) -> None:
        sys.stdout.write(f"Text to {number}: {words}\n")


class File:
    """Adds a line of JSON to `texts.jsonl` in Alongside's home, for a gateway's own program to pick up."""

    def send(self, number: str, words: str) -> None:
        line = {"to": number, "words": words, "at": timezone.now().isoformat()}
        with Path(settings.TEXT_FILE).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def connected() -> bool:
    """Whether texts can be sent from here at all."""
    return bool(settings.TEXT_SENDER)


def sender() -> Sender:
    known: dict[str, type[Sender]] = {"console": Console, "file": File}
    name: str = settings.TEXT_SENDER
    made: Sender = (known[name] if name in known else import_string(name))()
    return made


def text_of(title: str, body: str, address: str) -> str:
    """What fits in a text: the message itself where it is short, else its title and where to read it."""
    return body if len(body) <= LONGEST else f"{title[:200]} {address}"


def digits(number: str) -> str:
    """A number as it is compared: +44 7700 900 123 and 07700 900123 are one."""
    found = "".join(sign for sign in number if sign.isascii() and sign.isdigit())
    found = found.removeprefix("00")
    return "0" + found[2:] if found.startswith("44") and len(found) == 12 else found
