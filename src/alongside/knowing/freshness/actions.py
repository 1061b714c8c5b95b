"""Ask holders whether things are still so, take their answer in one tap, and hide what nobody answers for.

Nothing is ever deleted here: what is hidden stays on its holder's page, and one tap brings it back.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import message, tell
from alongside.ground.notices.wording import Message
from alongside.ground.records.actions import move_many
from alongside.ground.records.models import State
from alongside.knowing.assets.actions import AT_ONCE, come_back, confirm
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import assets
from alongside.knowing.freshness import policy, queries
from alongside.knowing.freshness.models import CodeTry, FreshAsk, How

LINK = Actor.system("still so, by its link")
Taker = Callable[[str, str], object | None]
_TAKERS: list[Taker] = []


def also_takes(taker: Taker) -> None:
    """Let another kit take a text that says yes: its code and its number. Called once at start-up."""
    if taker not in _TAKERS:
        _TAKERS.append(taker)


@action("freshness.ask_due", may=policy.may_ask)
def ask_due(*, by: Actor) -> int:
    """Ask the holders of what is 11 months old, each about one thing a week, by the way they chose. How many."""
    found = queries.due(timezone.localdate())
    for asset in found:
        ask(by=by, asset=asset)
    return len(found)


@action("freshness.ask", may=policy.may_ask)
def ask(*, by: Actor, asset: Asset) -> Asset:
    """Ask whether this is still so: a message with a link that opens without signing in, and a short code.

    Earlier questions about it end, so that one thing has one open link.
    """
    now = timezone.now()
    FreshAsk.objects.filter(asset=asset, used_at=None).delete()
    asked = FreshAsk.objects.create(asset=asset, code=_code(), expires=now + queries.LIFE)
    link = f"/still-so/{queries.token_of(asked)}/"
    owner = asset.record.owner
    for party in queries.who_is_told(owner):
        title = message("Is it still so? %(title)s", title=asset.title[:120])
        tell(by=by, to=party, title=title, body=_words(asset, asked, link), record=asset.record, link=link)
    return asset


@action("freshness.answer", may=policy.may_ask)
def answer(*, by: Actor, asked: FreshAsk, how: str = How.LINK) -> Asset:
    """The holder says by its link that it is still so. Once only; a link that was used, or is over, changes nothing."""
    used = FreshAsk.objects.filter(pk=asked.pk, used_at=None, expires__gt=timezone.now())
    if used.update(used_at=timezone.now(), how=how):
        confirm(by=by, asset=asked.asset)
    return asked.asset


@action("freshness.try_code", may=policy.may_type)
def try_code(*, by: Actor, words: str, number: str = "") -> object | None:
    """A helper types in the code of a letter, or a text comes in from `number`: what it confirmed, or None.

    A wrong code is counted and changes nothing; after ten wrong ones in an hour no more are looked at, for that
    person or number. Raises Fault for words that hold no code, or begin with no.
    """
    who = queries.who_tries(by, number)
    demand(policy.may_try_again, who=who)
    code = queries.code_in(words)
    if not code:
        raise Fault("words", _("Enter the six figures, like 482 137"))
    asked = queries.asked_with(code, number)
    if asked is None and number:
        taken = next((found for taker in _TAKERS if (found := taker(code, number)) is not None), None)
        if taken is not None:
            return taken
    if asked is None:
        CodeTry.objects.create(who=who)
        return None
    return answer(by=Actor.system("still so, by its code"), asked=asked, how=How.TEXT if number else How.CODE)


@action("freshness.hide_old", may=policy.may_ask)
def hide_old(*, by: Actor) -> int:
    """Hide from others what stayed marked for 90 days; its holder is told how to bring it back. How many."""
    found = queries.to_hide(timezone.localdate())
    hidden = sum(
        move_many(by=by, records=found[start : start + AT_ONCE], state=State.HIDDEN)
        for start in range(0, len(found), AT_ONCE)
    )
    for asset in assets(by).filter(pk__in=found[:AT_ONCE]):
        title = message("Only you can see this now: %(title)s", title=asset.title[:120])
        body = message("Nobody has said for over a year that it is still so. Nothing is lost. One tap brings it back.")
        tell(by=by, to=asset.record.owner, title=title, body=body, record=asset.record, link="/my-page/")
    return hidden


@action("freshness.forget", may=policy.may_ask)
def forget(*, by: Actor) -> int:
    """Forget wrong codes after a day, and questions that nobody answered in time. How many questions."""
    CodeTry.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
    return FreshAsk.objects.filter(used_at=None, expires__lte=timezone.now()).delete()[0]


@action("freshness.tend", may=policy.may_ask)
def tend(*, by: Actor) -> dict[str, int]:
    """All of this in one night: breaks end, the old is hidden, holders of the nearly old are asked. How many each."""
    forget(by=by)
    return {"back": come_back(by=by), "hidden": hide_old(by=by), "asked": ask_due(by=by)}


def _code() -> str:
    """Six figures that no open question has."""
    while True:
        code = f"{secrets.randbelow(1_000_000):06}"
        if not FreshAsk.objects.filter(code=code, used_at=None).exists():
            return code


def _words(asset: Asset, asked: FreshAsk, link: str) -> Message:
    return message(
        "You share “%(title)s”. You last said so on %(day)s. Is it still so? Open this and press the button: "
        "%(address)s\nNo need to sign in. Or answer with: YES %(code)s",
        title=asset.title[:120],
        day=asset.confirmed_on or "",
        address=settings.PUBLIC_URL + link,
        code=f"{asked.code[:3]} {asked.code[3:]}",
    )
