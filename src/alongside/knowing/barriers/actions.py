"""Say what gets in the way; answer it in public; say that it stops you too, or that it is right. Book, chapter 2."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import words_of
from alongside.ground.notices.actions import message, tell
from alongside.ground.notices.wording import Message
from alongside.ground.people.language import page_language
from alongside.ground.people.models import Party
from alongside.ground.places.models import Area
from alongside.ground.records.actions import end, open_record
from alongside.ground.records.models import SHOWN, Audience, State
from alongside.knowing.assets.models import Asset
from alongside.knowing.barriers import policy, queries
from alongside.knowing.barriers.models import Barrier, BarrierAnswer, MeToo, Stage

MOST_ANSWERS = 200
HOLDER_SAYS = (Stage.HEARD, Stage.WILL_DO, Stage.DONE, Stage.CANNOT)


@action("barriers.say", may=policy.may_say, returns=Barrier)
def say(
    *,
    by: Actor,
    owner: Party,
    words: str,
    remedy: str = "",
    asset: Asset | None = None,
    holder: Party | None = None,
    place: str = "",
    area: Area | None = None,
    named: bool = False,
    lang: str = "",
) -> Barrier:
    """Something gets in somebody's way: at a thing shared, with a group or organisation, or at a place in words.

    Everyone may read it, without a name unless `named`. The holder is told; what somebody without an account
    wrote waits for a steward first. Raises Fault without words or a place, and Refused where the thing is not
    shown to everyone, or where a person would be named as the one that answers without having shared a thing.
    """
    if asset is not None:
        if asset.record.audience != Audience.EVERYONE:
            raise Refused(_("Not everyone can see this, so nothing is said about it in public. Tell them yourself."))
        holder = asset.record.owner
    elif holder is not None and not policy.is_public_face(holder):
        raise Refused(_("Only a group or an organisation can be named here."))
    place = " ".join(place.split())[:200]
    if asset is None and holder is None and not place:
        raise Fault("place", _("Say where it is"))
    record = open_record(by=by, kind="barrier", owner=owner, audience=Audience.EVERYONE, area=area, lang=lang)
    barrier = Barrier.objects.create(
        record=record,
        at=asset.record if asset else None,
        holder=holder,
        place=place,
        words=words_of(words, "words", _("Write what gets in the way")),
        remedy=words_of(remedy, "remedy"),
        named=named,
    )
    if record.state != State.HELD:
        _tell_holder(barrier)
    return barrier


@action("barriers.too", may=policy.may_join)
def too(*, by: Actor, barrier: Barrier) -> Barrier:
    """It stops this person too. Counts once, also when pressed twice; nobody is shown who."""
    _still_open(barrier)
    assert by.party is not None
    MeToo.objects.get_or_create(barrier=barrier, party=by.party)
    return barrier


@action("barriers.not_too", may=policy.may_join)
def not_too(*, by: Actor, barrier: Barrier) -> Barrier:
    """It does not stop this person any more, or never did."""
    MeToo.objects.filter(barrier=barrier, party=by.party).delete()
    return barrier


@action("barriers.take_on", may=policy.may_take_on)
def take_on(*, by: Actor, barrier: Barrier, holder: Party) -> Barrier:
    """A group or organisation says that a barrier at a place is theirs to answer. The first to say so has it."""
    if not Barrier.objects.filter(pk=barrier.pk, holder=None).update(holder=holder, told_at=timezone.now()):
        raise Fault("holder", _("Somebody else has said by now that it is theirs"))
    barrier.refresh_from_db()
    return barrier


@action("barriers.answer", may=policy.may_answer)
def answer(*, by: Actor, barrier: Barrier, stage: str, words: str = "", by_day: date | None = None) -> BarrierAnswer:
    """The holder answers in public, below all that was said before, which stays. Whoever recorded it is told.

    Raises Fault for a promise without a day to come, and for a no, or a thing done, without words.
    """
    if stage not in HOLDER_SAYS:
        raise Fault("stage", _("Choose what you can say today"))
    words = words_of(words, "words", _("Write why it cannot be done") if stage == Stage.CANNOT else "")
    if stage == Stage.WILL_DO and (by_day is None or by_day < timezone.localdate()):
        raise Fault("by_day", _("Give the day by which it will be done"))
    _still_open(barrier)
    given = _add(barrier, stage, words, barrier.holder or by.party, by_day if stage == Stage.WILL_DO else None)
    title = message("They answered what you said gets in the way")
    _tell(barrier.record.owner, title, words or message(Stage(stage).label), barrier, given.lang)
    return given


@action("barriers.not_yet", may=policy.may_close)
def not_yet(*, by: Actor, barrier: Barrier, words: str = "") -> Barrier:
    """Whoever recorded it says that it is not put right: it waits again, and the holder is told."""
    if Barrier.objects.select_for_update().get(pk=barrier.pk).stage not in (Stage.DONE, Stage.CLOSED):
        raise Fault("barrier", _("Nobody has said yet that it is put right"))
    _add(barrier, Stage.WAITING, words_of(words, "words"), None)
    _tell_holder(barrier)
    return barrier


@action("barriers.close", may=policy.may_close)
def close(*, by: Actor, barrier: Barrier, put_right: bool, words: str = "") -> Barrier:
    """Whoever recorded it says that it is put right, or takes it back, which takes it out of every list."""
    if put_right:
        _add(barrier, Stage.CLOSED, words_of(words, "words"), None)
        if barrier.holder is not None:
            title = message("Somebody says that you put it right")
            _tell(barrier.holder, title, barrier.words, barrier, barrier.record.lang)
    else:
        end(by=Actor.system("barriers.close"), record=barrier.record)
    return barrier


@action("barriers.tell_due", may=policy.may_tell)
def tell_due(*, by: Actor) -> int:
    """Tell holders of what a steward has let through since. How many were told."""
    due = list(queries.untold()[:500])
    for barrier in due:
        _tell_holder(barrier)
    return len(due)


def _add(barrier: Barrier, stage: str, words: str, by: Party | None, by_day: date | None = None) -> BarrierAnswer:
    """One answer more, under the lock of the barrier, so that two at once stand one after the other."""
    locked = Barrier.objects.select_for_update().get(pk=barrier.pk)
    last = locked.answers.aggregate(last=models.Max("n"))["last"] or 0
    if last >= MOST_ANSWERS:
        raise Fault("words", _("There are too many answers here. Speak to each other instead."))
    fields: dict[str, Any] = {"stage": stage, "by_day": by_day}
    given = BarrierAnswer.objects.create(barrier=locked, n=last + 1, by=by, words=words, lang=page_language(), **fields)
    Barrier.objects.filter(pk=barrier.pk).update(since=given.at, **fields)
    barrier.refresh_from_db()
    return given


def _tell_holder(barrier: Barrier) -> None:
    """The holder hears what gets in the way, and never of whom it is."""
    if barrier.holder is not None:
        title = message("Something gets in the way. You can answer")
        _tell(barrier.holder, title, barrier.words, barrier, barrier.record.lang)
    Barrier.objects.filter(pk=barrier.pk).update(told_at=timezone.now())


def _tell(to: Party, title: Message, body: str | Message, barrier: Barrier, lang: str) -> None:
    link = f"/in-the-way/{barrier.record.key}/"
    tell(by=Actor.system("barriers"), to=to, title=title, body=body, record=barrier.record, link=link, lang=lang)


def _still_open(barrier: Barrier) -> None:
    if barrier.record.state not in SHOWN:
        raise Fault("barrier", _("This was taken back, or waits for a look"))
