"""What a page says of a program that was let in."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from alongside.ground.tokens.models import Scope, Token
from alongside.ground.tokens.queries import is_open, read_lately


def row(token: Token) -> dict[str, Any]:
    """One program: its name and first letters, for whom, for what, until when, its last day and what it read."""
    chosen = {one.scope for one in token.scopes.all()}
    return {
        "token": token,
        "group": "" if token.holder.is_person else token.holder.name,
        "scopes": [scope.label for scope in Scope if scope in chosen],
        "open": is_open(token),
        "past": token.until <= timezone.now(),
        "read": read_lately(token),
    }
