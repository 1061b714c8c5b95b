"""Say that something worries you; take it, answer it or pass it on. Nobody it is about ever sees it."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import message, tell
from alongside.ground.people.models import Party
from alongside.ground.people.queries import KEY, stewards
from alongside.ground.places.queries import installation
from alongside.ground.records.models import Record
from alongside.ground.worries import policy
from alongside.ground.worries.models import Worry, WorryState

OUR_PAGE = re.compile(r"/(?![/\\])[^\s\\]*$")  # "//elsewhere" would lead whoever handles it off the site
OPENS, CLOSES = time(9), time(17)


@action("worries.raise", may=policy.may_raise)
def raise_worry(*, by: Actor, words: str, page: str = "", reach: str = "", danger: bool = False) -> Worry:
    """Tell the named person what worries you. Anyone may, without a name.

    It is to be answered within 4 working hours where somebody is in danger, else within 2 working days. It
    goes to a steward instead where it is about the named person. Raises Fault for no words.
    """
    words = words.strip()
    if not words:
        raise Fault("words", _("Say what worries you, in a few words"))
    page = page[:300] if OUR_PAGE.match(page) else ""
    about, concerned = _about(page)
    now = timezone.now()
    worry = Worry.objects.create(
        words=words[:10_000],
        page=page,
        about=about,
        raised_by=by.person,
        reach=reach.strip()[:200],
        danger=danger,
        to=_who_hears(concerned | ({by.person.pk} if by.person else set())),
        at=now,
        due=due_by(now, danger),
    )
    if worry.to is not None:
        _call(worry, worry.to)
    return worry


@action("worries.take", may=policy.may_handle)
def take(*, by: Actor, worry: Worry) -> Worry:
    """Say that you are looking into it. The clock runs on."""
    Worry.objects.filter(pk=worry.pk, state=WorryState.OPEN).update(state=WorryState.TAKEN)
    worry.refresh_from_db()
    return worry


@action("worries.answer", may=policy.may_handle)
def answer(*, by: Actor, worry: Worry, words: str) -> Worry:
    """Say what came of it. Whoever raised it is told that there is an answer, and only they can read it."""
    return _close(worry, WorryState.ANSWERED, words)


@action("worries.pass_on", may=policy.may_handle)
def pass_on(*, by: Actor, worry: Worry, words: str) -> Worry:
    """Pass it to the safeguarding team by the written route, and say to whom and when."""
    return _close(worry, WorryState.PASSED_ON, words)


@action("worries.hand_to", may=policy.may_handle)
def hand_to(*, by: Actor, worry: Worry, to: Party) -> Worry:
    """Hand it to another steward of the place. Raises Fault for anybody else, and for those it is about."""
    if to not in stewards() or to.pk in _about(worry.page)[1]:
        raise Fault("to", _("Choose a steward of this place whom it is not about"))
    Worry.objects.filter(pk=worry.pk).update(to=to, state=WorryState.OPEN)
    worry.refresh_from_db()
    _call(worry, to)
    return worry


def due_by(at: datetime, danger: bool) -> datetime:
    """When an answer is due: 4 working hours on, or 2 working days. Work is 9 to 5, Monday to Friday."""
    left = timedelta(hours=4) if danger else timedelta(hours=16)
    now = timezone.localtime(at)
    while True:
        opens, closes = (timezone.make_aware(datetime.combine(now.date(), hour)) for hour in (OPENS, CLOSES))
        now = max(now, opens)
        if now.weekday() < 5 and now < closes:
            if now + left <= closes:
                return now + left
            left -= closes - now
        now = timezone.make_aware(datetime.combine(now.date() + timedelta(days=1), OPENS))


def _about(page: str) -> tuple[Record | None, set[int]]:
    """The record that a page shows, and the parties whom a worry about that page concerns."""
    keys = KEY.findall(page)
    record = Record.objects.filter(key__in=keys).first()
    parties = set(Party.objects.filter(key__in=keys).values_list("pk", flat=True))
    return record, parties | ({record.owner_id} if record else set())


def _who_hears(concerned: set[int]) -> Party | None:
    place = installation()
    named = place.worry_person if place else None
    if named is not None and named.pk not in concerned:
        return named
    return stewards().exclude(pk__in=concerned).first() or named


def _call(worry: Worry, to: Party) -> None:
    """The words themselves stand on the desk only, never in an e-mail or letter."""
    title = message("Somebody may be in danger") if worry.danger else message("Somebody is worried")
    body = message("Reference %(reference)s. An answer is due by %(due)s.", reference=worry.reference, due=worry.due)
    tell(by=Actor.system("worries"), to=to, title=title, body=body, link=f"/desk/worries/{worry.key}/")


def _close(worry: Worry, state: str, words: str) -> Worry:
    if not words.strip():
        raise Fault("words", _("Write what was done. Whoever raised it will read it."))
    worry.state, worry.answer, worry.answered_at = state, words.strip(), timezone.now()
    worry.save(update_fields=["state", "answer", "answered_at"])
    if worry.raised_by is not None:
        body = message("There is an answer to what worried you, reference %(reference)s.", reference=worry.reference)
        title = message("An answer for you")
        tell(by=Actor.system("worries"), to=worry.raised_by, title=title, body=body, link=f"/worry/{worry.key}/")
    return worry
