"""Whose program this is and what it may do; which programs somebody has let in, and what they read."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.ground.history.actor import Actor, Program, Source
from alongside.ground.people.models import Party, PartyState
from alongside.ground.people.queries import HERE, hash_token, keeps, kept_by, parts_seen
from alongside.ground.tokens.models import Scope, Token

START = "alongside_"  # so that a key left lying about is known for what it is
ALWAYS = frozenset({"tokens.note_use", "consent.look", "consent.look_at_many"})
SEES: dict[str, frozenset[str]] = {
    Scope.PAGE: frozenset({"asset", "wish"}),
    Scope.PLAN: frozenset({"plan", "outcome", "contribution"}),
    Scope.SHARING: frozenset({"sharing"}),
    Scope.OFFER: frozenset({"asset"}),
    Scope.WISH: frozenset({"wish"}),
}
WRITES: dict[str, frozenset[str]] = {
    Scope.OFFER: frozenset({"asset"}),
    Scope.WISH: frozenset({"wish", "outcome"}),
    Scope.SHARING: frozenset({"sharing"}),
}
DOES: dict[str, frozenset[str]] = {
    Scope.OFFER: frozenset(
        {
            "assets.offer",
            "assets.change",
            "assets.confirm",
            "assets.pause_offer",
            "assets.say_room",
            "assets.restore",
            "assets.withdraw",
        }
    ),
    Scope.WISH: frozenset({"outcomes.wish", "outcomes.settle_wish"}),
    Scope.SHARING: frozenset({"consent.take_back"}),
}
FOR_GROUPS = (Scope.PUBLIC, Scope.PAGE, Scope.OFFER)


def scopes_for(holder: Party) -> tuple[str, ...]:
    """What a program may be let in for: a group has no plan and no wishes of its own."""
    return tuple(Scope.values) if holder.is_person else tuple(FOR_GROUPS)


def open_tokens(at: datetime | None = None) -> QuerySet[Token]:
    """Tokens that hold now: not past, not taken back, of somebody who is here, and made by somebody who may
    still speak for them."""
    now = at or timezone.now()
    found = Token.objects.filter(since__lte=now, until__gt=now, ended_at=None, holder__state__in=HERE)
    return found.filter(made_by__state=PartyState.LIVE).select_related("holder", "made_by")


def actor_of_token(secret: str) -> Actor | None:
    """Who a program acts for, if what it shows is a token that holds now. Asked afresh on every request."""
    token = open_tokens().filter(token_hash=hash_token(secret)).prefetch_related("scopes").first()
    if token is None or not _still_theirs(token):
        return None
    return Actor(person=token.holder, source=Source.API, program=program_of(token))


def token_of(actor: Actor) -> Token | None:
    """The token that this actor came with."""
    found = Token.objects.select_related("holder").prefetch_related("scopes")
    return found.filter(pk=actor.program.token).first() if actor.program else None


def program_of(token: Token) -> Program:
    """All that a token opens, from its scopes."""
    scopes = [one.scope for one in token.scopes.all()]
    empty: frozenset[str] = frozenset()
    return Program(
        token=token.pk,
        name=token.name,
        prefix=token.prefix,
        scopes=frozenset(scopes),
        sees=empty.union(*(SEES.get(one, empty) for one in scopes)),
        writes=empty.union(*(WRITES.get(one, empty) for one in scopes)),
        does=ALWAYS.union(*(DOES.get(one, empty) for one in scopes)),
        last_used=token.last_used,
    )


def _still_theirs(token: Token) -> bool:
    """Whoever made it for a group must look after that group still."""
    return token.made_by_id == token.holder_id or keeps(token.made_by).filter(of=token.holder).exists()


def let_in(viewer: Actor) -> list[Token]:
    """Programs that this viewer has let in, or that were let in for a group they look after: those that may
    still come first, then by day. Nobody sees another's."""
    me = viewer.party
    if me is None or "all" not in parts_seen(viewer):
        return []
    mine = Q(holder=me) if viewer.is_helping else Q(holder=me) | Q(holder__in=kept_by(viewer))
    rows = Token.objects.filter(mine).select_related("holder", "made_by").prefetch_related("scopes")
    still = set(open_tokens().values_list("pk", flat=True).filter(mine))
    return sorted(rows.order_by("-since", "-pk"), key=lambda token: token.pk not in still)


def is_open(token: Token) -> bool:
    return open_tokens().filter(pk=token.pk).exists() and _still_theirs(token)


def holders(viewer: Actor) -> list[Party]:
    """For whom this viewer may let a program in: themselves, and the groups they look after."""
    me = viewer.person
    if me is None or viewer.is_helping or viewer.program is not None or me.state != PartyState.LIVE:
        return []
    kept = Party.objects.filter(pk__in=kept_by(viewer), state=PartyState.LIVE).exclude(kind="person")
    return [me, *kept.order_by("name")]


def read_lately(token: Token, most: int = 5) -> list[tuple[date, str]]:
    """The days on which a program read somebody's things, newest first, each with the kind of thing it read."""
    rows = token.looks.select_related("record").order_by("-at")[:200]
    seen = [(timezone.localdate(row.at), row.record.kind) for row in rows]
    return list(dict.fromkeys(seen))[:most]
