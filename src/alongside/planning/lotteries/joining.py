"""Say yes to being drawn, take that back, and say yes or no to a place on the panel. All of it is the person's own."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.consent.actions import share, take_back
from alongside.ground.consent.queries import open_grants
from alongside.ground.helping.actions import open_page_with
from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import message, tell
from alongside.ground.people.queries import hash_token
from alongside.ground.records.actions import erase, open_record
from alongside.planning.lotteries import policy
from alongside.planning.lotteries.models import (
    Lottery,
    LotteryGroup,
    PanelSeat,
    PoolAnswer,
    PoolPlace,
    SeatAnswer,
    Stage,
)

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another


@action("lotteries.join", may=policy.may_join, returns=PoolPlace)
def join(
    *,
    by: Actor,
    lottery: Lottery,
    answers: Mapping[int, int | None],
    home: str = "",
    agreed: bool = False,
    old_enough: bool = False,
) -> PoolPlace:
    """Somebody says yes to being drawn. `answers` is by question the group they say they are in, or None where they
    would rather not say. A second yes puts these answers in the place of the first.

    Of `home` only a keyed hash is kept, by which two of one address are known. Raises Fault where they have not
    agreed, are too young, leave a question open or are too late.
    """
    _still_open(lottery)
    if not agreed:
        raise Fault("agreed", _("Tick this if you say yes. Nobody is drawn without saying yes"))
    if not old_enough:
        raise Fault("old_enough", _("You must be %(age)d or older") % {"age": lottery.least_age})
    groups = _groups(lottery, answers)
    place = PoolPlace.objects.filter(lottery=lottery, person=by.me).first()
    if place is None:
        record = open_record(by=by, kind=policy.KIND, owner=by.me)
        place = PoolPlace.objects.create(record=record, lottery=lottery, person=by.me, code=_code(lottery))
    PoolPlace.objects.filter(pk=place.pk).update(home=_home(lottery, home))
    PoolAnswer.objects.filter(place=place).delete()
    PoolAnswer.objects.bulk_create(
        PoolAnswer(place=place, question=group.question, group=group) for group in groups if group is not None
    )
    place.refresh_from_db()
    return place


@action("lotteries.join_on_paper", may=policy.may_join_on_paper, returns=PoolPlace)
def join_on_paper(
    *, by: Actor, lottery: Lottery, name: str, word: str, page: Mapping[str, Any], yes: Mapping[str, Any]
) -> PoolPlace:
    """A helper types in a paper on which somebody said yes: opens a page with them, and says yes there for them.

    `page` holds how to reach them, `yes` what `join` takes. All or nothing of it is kept.
    """
    opened = open_page_with(by=by, name=name, word=word, agreed=bool(yes.get("agreed")), **page)
    theirs = Actor(person=by.person, on_behalf_of=opened.person, basis=opened.basis, source=by.source)
    return join(by=theirs, lottery=lottery, **yes)


@action("lotteries.leave", may=policy.may_answer)
def leave(*, by: Actor, place: PoolPlace) -> None:
    """They take their yes back: everything they said goes at once. If they were drawn, their place is free."""
    lottery, was_drawn = place.lottery, PanelSeat.objects.filter(place=place).exists()
    erase(by=by, record=place.record)
    if was_drawn:
        _tell_free(lottery)


@action("lotteries.answer_seat", may=policy.may_answer, returns=PoolPlace)
def answer_seat(*, by: Actor, place: PoolPlace, yes: bool) -> PoolPlace:
    """Somebody drawn says yes or no to their place. With a yes, whoever runs the panel may read their name and how to
    reach them until the day on which all of it is deleted. A no ends that and stands: others may have the place.

    Raises Fault for somebody who was not drawn, has said no, or answers too late.
    """
    seat = PanelSeat.objects.select_for_update().filter(place=place).first()
    if seat is None or place.lottery.stage != Stage.DRAWN or place.lottery.delete_on <= timezone.localdate():
        raise Fault("seat", _("You have not been drawn, or this panel is over"))
    wanted = SeatAnswer.YES if yes else SeatAnswer.NO
    if seat.answer == wanted:
        return place
    if seat.answer in (SeatAnswer.NO, SeatAnswer.LATE):
        raise Fault("seat", _("Your place has gone to somebody else, or will. Ring us if that is wrong"))
    PanelSeat.objects.filter(pk=seat.pk).update(answer=wanted, answered_at=timezone.now())
    if yes:
        _let_run_by_see(by, place)
    else:
        _take_back(by, place)
        _tell_free(place.lottery)
    place.refresh_from_db()
    return place


def _let_run_by_see(by: Actor, place: PoolPlace) -> None:
    lottery = place.lottery
    end = timezone.now().replace(
        year=lottery.delete_on.year, month=lottery.delete_on.month, day=lottery.delete_on.day, hour=0, minute=0
    )
    theirs = Actor(person=place.person, source=by.source)
    share(
        by=theirs,
        record=place.record,
        grantee=lottery.run_by,
        parts=[policy.KIND],
        purpose=_("To run the panel: %(panel)s") % {"panel": lottery.title[:150]},
        until=end,
    )


def _take_back(by: Actor, place: PoolPlace) -> None:
    """Nobody reads the name of somebody who does not come after all."""
    for grant in open_grants(place.record):
        take_back(by=Actor(person=place.person, source=by.source), grant=grant)


def _tell_free(lottery: Lottery) -> None:
    """Whoever runs the panel hears that a place is free, and not whose it was."""
    title = message("A place on the panel is free")
    body = message("Somebody drawn for “%(panel)s” will not come. You can have another person drawn.", panel=lottery)
    link = f"/panels/{lottery.record.key}/run/"
    tell(by=Actor.system("lotteries"), to=lottery.run_by, title=title, body=body, record=lottery.record, link=link)


def _still_open(lottery: Lottery) -> None:
    """Under the lottery's lock, so that two presses of one person stand one after the other."""
    fresh = Lottery.objects.select_for_update().get(pk=lottery.pk)
    if fresh.stage != Stage.JOINING or fresh.join_until < timezone.localdate():
        raise Fault("agreed", _("The last day for saying yes has passed"))


def _groups(lottery: Lottery, answers: Mapping[int, int | None]) -> list[LotteryGroup | None]:
    """The group chosen for every question. Raises Fault for a question left open, or a group of another question."""
    found: list[LotteryGroup | None] = []
    for question in lottery.questions.prefetch_related("groups"):
        if question.pk not in answers:
            raise Fault(f"q{question.pk}", _("Choose an answer, or that you would rather not say"))
        chosen = answers[question.pk]
        group = next((one for one in question.groups.all() if one.pk == chosen), None)
        if chosen is not None and group is None:
            raise Fault(f"q{question.pk}", _("Choose from these"))
        found.append(group)
    return found


def _code(lottery: Lottery) -> str:
    """A code that says nothing about anybody and is nobody else's here."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _letter in range(6))
        if not PoolPlace.objects.filter(lottery=lottery, code=code).exists():
            return code


def _home(lottery: Lottery, words: str) -> str:
    """A keyed hash of an address, the same however it is typed; of this lottery alone."""
    plain = "".join(sign for sign in words.casefold() if sign.isalnum())
    return hash_token(f"{lottery.record.key} {plain}") if plain and lottery.one_a_home else ""
