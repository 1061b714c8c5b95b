"""Let a program in, note on which day it came, and shut it out at once."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import one_line
from alongside.ground.people.models import Party
from alongside.ground.people.queries import hash_token
from alongside.ground.tokens import policy
from alongside.ground.tokens.models import Token, TokenScope
from alongside.ground.tokens.queries import START, scopes_for

LONGEST = timedelta(days=366)
MOST = 20  # programs at a time


@action("tokens.let_in", may=policy.may_let_in)
def let_in(
    *, by: Actor, holder: Party, name: str, scopes: Collection[str], until: datetime
) -> tuple[Token, str] | None:
    """Let a program in for these things until a day, a year from now at most. Returns the token and its secret.

    The secret is told this once and only its keyed hash is kept. With a key that was used before, nothing is
    made and None comes back, for the secret cannot be told again. Raises Fault without a name or a scope, for a
    scope that this holder has not, for a day that is past or too far off, and beyond 20 programs.
    """
    assert by.person is not None
    name = one_line(name)
    if not name:
        raise Fault("name", _("Say what the program is called"))
    if len(name) > 80:
        raise Fault("name", _("Use 80 letters or fewer"))
    if not scopes or not set(scopes) <= set(scopes_for(holder)):
        raise Fault("scopes", _("Choose at least one thing it may do, from the list"))
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise Fault("until", _("Choose a day from tomorrow on, at most a year from now"))
    if Token.objects.filter(holder=holder, ended_at=None, until__gt=now).count() >= MOST:
        raise Fault("name", _("You have let in 20 programs. Shut one out first."))
    secret = START + secrets.token_urlsafe(32)
    start = secret[len(START) :][:6]
    token = Token.objects.create(
        holder=holder, made_by=by.person, name=name, prefix=start, token_hash=hash_token(secret), until=until
    )
    TokenScope.objects.bulk_create(TokenScope(token=token, scope=scope) for scope in sorted(set(scopes)))
    return token, secret


@action("tokens.shut_out", may=policy.may_shut_out)
def shut_out(*, by: Actor, token: Token) -> Token:
    """Take a token back: from its next request on, the program sees and does nothing."""
    Token.objects.filter(pk=token.pk, ended_at=None).update(ended_at=timezone.now())
    token.refresh_from_db()
    return token


@action("tokens.note_use", may=None)
def note_use(*, by: Actor) -> None:
    """Write down the day on which a program last came; once a day, and no time of day."""
    if by.program is not None:
        Token.objects.filter(pk=by.program.token).update(last_used=timezone.localdate())
