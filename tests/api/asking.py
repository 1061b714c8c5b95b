"""Asks the API as another program would, and makes what it asks for."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from alongside.ground.tokens import actions as tokens
from alongside.ground.tokens.models import Scope
from tests.cast import Somebody

ROOT = "/api/v1"
EVERYTHING = tuple(Scope.values)


def token(who: Somebody, *scopes: str, holder: Any = None, days: float = 30) -> str:
    """The key of a program that somebody lets in for these scopes, or for all."""
    party = holder or who.party
    chosen = scopes or (EVERYTHING if party.is_person else ("public", "page", "offer"))
    until = timezone.now() + timedelta(days=days)
    made = tokens.let_in(by=who.actor, holder=party, name="The bus planner", scopes=chosen, until=until)
    assert made is not None
    return made[1]


class Asker:
    """A program, with or without a token. Answers are Django's own responses."""

    def __init__(self, secret: str = "", client: Client | None = None) -> None:
        self.client = client or Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        path = path if path.startswith(("/api", "http")) else ROOT + path
        return self.client.generic(method, path, headers={**self.headers, **named}, **sent)  # type: ignore[arg-type]

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("PATCH", path, body, **headers)
