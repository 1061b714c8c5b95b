"""`@action`: the one way to write. One transaction, one idempotency key, a policy, an event, sends after commit."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from alongside.ground.history import versions
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event, Request

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
_inside: ContextVar[bool] = ContextVar("inside an action", default=False)
# Given a key, a sum of all that came with it in the form that is being answered. Somebody who goes back, mends what
# they wrote and sends it again has the same key, and wants what they mended.
came_with: ContextVar[Callable[[str], str] | None] = ContextVar("what came with a key", default=None)
# Questions that a page has put into words once and asks again (records/queries.py), until something is done.
asked_before: ContextVar[dict[int, Any] | None] = ContextVar("asked before in this request", default=None)


class Refused(Exception):
    """The actor may not do this. `sentence` says why in everyday words."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Fault(Exception):
    """The input cannot be taken as it is: which field, and how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class Outdated(Exception):
    """Somebody else has changed the record since the caller read it."""


class Action(Protocol[P, R_co]):
    """What `@action` makes of a function: the same call, and `key` and `rev` besides (tools/keyed.py tells mypy)."""

    verb: str

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co: ...


class Rule(Protocol):
    """A named predicate of a kit's `policy.py`; `sentence` is what somebody refused is told."""

    sentence: Any

    def __call__(self, **given: Any) -> bool: ...


def rule(sentence: Any) -> Callable[[Callable[..., bool]], Rule]:
    """Give a predicate the sentence that a refused person reads."""

    def give(predicate: Callable[..., bool]) -> Rule:
        predicate.sentence = sentence  # type: ignore[attr-defined]
        return cast(Rule, predicate)

    return give


def demand(policy: Rule, **given: Any) -> None:
    """Raise Refused with the policy's own sentence unless it allows."""
    if not policy(**given):
        raise Refused(str(policy.sentence))


def action(
    verb: str, *, may: Rule | None = None, returns: type[models.Model] | None = None, silent: bool = False
) -> Callable[[Callable[P, R]], Action[P, R]]:
    """Turn a keyword-only function with `by: Actor` into an action.

    It runs in one transaction, after `may` has allowed it, and leaves an Event with the names of the
    fields given (never their values). The keyword `key`, where a caller gives one, makes it happen once:
    the second call with the same key by the same party writes nothing and returns what stands
    (`returns`, looked up by record) or None; a page's form that comes again with other words is another
    call. The keyword `rev`, where a caller gives one, is the revision of the record that they read: of two who
    read the same one, the second raises Outdated. A program does only what it was let in for. Raises Refused,
    or Fault for input that cannot be taken.

    `silent` is for what somebody does in a secret ballot, and for nothing else (docs/decisions/0018): it leaves no
    Event and takes no `key`, since each would say who did something at which second; the order of those rows would
    then be the order of the ballots. Such an action must do its work once by itself. Called inside an action that
    is not silent, that one's event stands for both.
    """

    def decorate(function: Callable[P, R]) -> Action[P, R]:
        @functools.wraps(function)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
            by: Actor = kwargs["by"]  # type: ignore[assignment]
            key = str(kwargs.pop("key", "") or "")
            assert not (silent and key), "a silent action keeps no key"
            rev = cast("int | None", kwargs.pop("rev", None))
            with transaction.atomic():
                request = _claim(verb, by, key) if key else None
                if request is not None and request.verb != "":
                    return _standing(request, returns)  # type: ignore[return-value]
                _let_in(verb, by)
                if may is not None:
                    demand(may, **kwargs)
                if rev is not None:
                    _revise(_record_of(None, kwargs) or 0, rev)
                outside = _inside.set(True)
                try:
                    with versions.gathering() as kept:
                        result = function(*args, **kwargs)
                finally:
                    _inside.reset(outside)
                    (asked_before.get() or {}).clear()
                if silent:
                    assert not kept, "a version needs an event"
                    return result
                record = _record_of(result, kwargs)
                versions.write(kept, _note(verb, by, record, kwargs))
                if request is not None:
                    Request.objects.filter(pk=request.pk).update(verb=verb, record_id=record)
            return result

        made = cast("Action[P, R]", wrapped)
        made.verb = verb
        return made

    return decorate


def tried(write: Callable[[], None], read: Callable[[], R]) -> R:
    """What `read` says once `write` has written, and nothing of it is left. Called inside an action."""
    with transaction.atomic():
        write()
        found = read()
        transaction.set_rollback(True)
    return found


def after_commit(function: Callable[..., object], *args: Any, **kwargs: Any) -> None:
    """Send or enqueue something once what was written is safe; a failure there never undoes the writing."""
    transaction.on_commit(functools.partial(function, *args, **kwargs), robust=True)


def _claim(verb: str, by: Actor, key: str) -> Request:
    """The row for this key: fresh (verb still empty) or the one that an earlier call left.

    On PostgreSQL the insert waits for a rival that holds the same key; on SQLite the writers queue anyway.
    """
    party = by.party.pk if by.party else 0
    contents = came_with.get()
    said = contents(key) if contents else ""
    hashed = hashlib.sha256(f"{verb}|{party}|{key}|{said}".encode()).hexdigest()
    try:
        with transaction.atomic():
            return Request.objects.create(key=hashed, actor=by.party, verb="")
    except IntegrityError:
        return Request.objects.get(key=hashed)


def _let_in(verb: str, by: Actor) -> None:
    """A program begins only actions that its token names; what such an action calls is that action's affair."""
    if by.program is not None and not _inside.get() and verb not in by.program.does:
        raise Refused(_("This program was not let in for that."))


def _revise(record: int, rev: int) -> None:
    """Count a revision, if the record still is at `rev`. The row stays locked until the action is done."""
    rows = apps.get_model("ground", "Record")._default_manager.filter(pk=record, rev=rev)
    if not rows.update(rev=models.F("rev") + 1):
        raise Outdated


def _standing(request: Request, returns: type[models.Model] | None) -> models.Model | None:
    if returns is None or request.record_id is None:
        return None
    return returns._default_manager.get(pk=request.record_id)


def _record_of(result: object, given: dict[str, Any]) -> int | None:
    """The record an action was about: what it returns, else the record it was given."""
    for thing in (result, given.get("record"), *given.values()):
        if isinstance(thing, models.Model):
            if thing._meta.label == "ground.Record":
                return int(thing.pk)
            if getattr(thing, "record_id", None) is not None:
                return int(thing.record_id)  # type: ignore[attr-defined]
    return None


def note_many(verb: str, by: Actor, records: Iterable[int], fields: str = "") -> None:
    """An event for each of many records that one action wrote at once; called inside that action."""
    Event.objects.bulk_create(_event(verb, by, record, fields) for record in records)


def _event(verb: str, by: Actor, record: int | None, fields: str) -> Event:
    return Event(
        actor=by.person,
        on_behalf=by.on_behalf_of,
        basis=by.basis,
        source=by.source,
        verb=verb,
        record_id=record,
        fields=fields,
        request=_by_what(by),
    )


def _by_what(by: Actor) -> str:
    """The machine's purpose, or the first letters of the token that a program came with."""
    if by.program is not None:
        return f"token {by.program.prefix}"
    return by.purpose[:64] if by.is_system else ""


def _note(verb: str, by: Actor, record: int | None, given: dict[str, Any]) -> Event:
    names = sorted(name for name, value in given.items() if name != "by" and value not in (None, ""))
    event = _event(verb, by, record, " ".join(names))
    event.save(force_insert=True)
    return event
