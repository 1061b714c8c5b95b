"""Bring a wish and an offer together, answer, and end it. Names are told when both have said yes, never before.

Book chapter 3 (community connectors) and box 7.5. What is written on the other side is written by the machine, so
that no history of theirs says who came.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.doing.connecting import hearing as hear
from alongside.doing.connecting import policy, queries, stages
from alongside.doing.connecting.after import give_back
from alongside.doing.connecting.after import keep_in_plan as keep_in_plan
from alongside.doing.connecting.after import tell_how as tell_how
from alongside.doing.connecting.after import tend as tend
from alongside.doing.connecting.models import Introduction, Meet, Part, Said, Side, Stage
from alongside.doing.connecting.saying import cleaned
from alongside.ground.consent.actions import look, share, take_back
from alongside.ground.consent.queries import Sight, open_grants
from alongside.ground.history.acting import Refused, action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.records.actions import open_record
from alongside.ground.records.queries import reached_by
from alongside.knowing.assets.actions import promise, take_place
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import asset as find_asset
from alongside.knowing.contributions.actions import note_asked
from alongside.knowing.outcomes.models import Wish
from alongside.knowing.outcomes.queries import wish as find_wish

MACHINE = Actor.system("introduction")
PURPOSE = "introduction"


@action("connecting.propose", may=policy.may_propose, returns=Side)
def propose(
    *,
    by: Actor,
    wish: Wish,
    asset: Asset,
    words: str = "",
    reach: str = "",
    meet: str = "",
    meet_words: str = "",
) -> Side:
    """Bring the two together: whoever comes for one side says yes for it at once, the other is asked; whoever
    introduces two others has both asked. Returns the side of whoever came, or the holder's.

    What the other reads is `words` and the thing itself. It lapses after 21 days; so it does, with no word to the
    one who stands without a name, where two of those concerned want nothing of each other. Refused where it is not
    open, not safe, has no room, or somebody was asked this week; raises Fault for words that tell a name, a number
    or an address, and where a side that says yes does not say how to be reached.
    """
    _lock(wish, asset)
    wish, asset = _fresh(wish, asset)
    came_as = policy.part_of(by, wish, asset)
    introducer = by.person if came_as == policy.INTRODUCER else None
    standing = queries.pair(by, wish, asset)
    if standing is not None:
        return _side_of(standing, came_as)
    minutes = queries.minutes_for(wish, asset)
    _demand_all(wish, asset, came_as, words, minutes, introducer)
    introduction = _begin(wish, asset, minutes, introducer, came_as == Part.HOLDER)
    owners = {Part.WISHER: wish.record.owner, Part.HOLDER: asset.record.owner}
    for part in _parts(introduction, came_as):
        own = part == came_as
        made = _open_side(by if own else MACHINE, introduction, part, owners[part])
        if own:
            given = cleaned(made, words=words, reach=reach, meet=meet, meet_words=meet_words)
            _say(made, Said.YES, given)
    for part in owners:
        if part != came_as:
            note_asked(party=owners[part])  # also of who is not asked, so that others' asking tells nothing
    for made in introduction.sides.exclude(part=came_as).select_related("record__owner", "introduction__asset"):
        across = stages.other_side(made)
        hear.asked(made, across.words if across else "")
    return _side_of(introduction, came_as)


@action("connecting.answer", may=policy.may_answer, returns=Side)
def answer(
    *,
    by: Actor,
    side: Side,
    yes: bool,
    words: str = "",
    reach: str = "",
    meet: str = "",
    meet_words: str = "",
) -> Side:
    """Say yes, or not this time and no reason. The second yes takes the place, and of two for the last place one is
    refused; then each may see the other's name and how to reach them. A yes between two who want nothing of each
    other is kept, once, and nothing comes of it: it lapses.

    Refused once it is over, lapsed or not open any more; raises Fault as `propose` does.
    """
    introduction = Introduction.objects.select_for_update().get(pk=side.introduction_id)
    side = Side.objects.select_related("record__owner").get(pk=side.pk)
    across = stages.other_side(side)
    if side.said == (Said.YES if yes else Said.NO):
        return side
    if stages.standing(introduction, across) != Stage.PROPOSED:
        raise Refused(_("This is not open any more."))
    if not yes:
        _say(side, Said.NO, {})
        _move(introduction, Stage.DECLINED)
        hear.not_this_time(introduction, across)
        return side
    demand(policy.is_open, wish=introduction.wish, asset=introduction.asset)
    if side.part == Part.WISHER:
        demand(policy.wisher_may_see, wish=introduction.wish, asset=introduction.asset)
    _say(side, Said.YES, cleaned(side, words=words, reach=reach, meet=meet, meet_words=meet_words))
    last = across is not None and across.said == Said.YES
    if last:
        demand(policy.has_room, asset=introduction.asset, minutes=introduction.minutes)
    if stages.are_apart(introduction):
        Introduction.objects.filter(pk=introduction.pk).update(unasked=True)
    elif last and not introduction.unasked:
        _agree(introduction)
    return side


@action("connecting.end", may=policy.may_answer, returns=Side)
def end(*, by: Actor, side: Side) -> Side:
    """Take back what was proposed, or say that it is over. What was held is free again, and from the next request
    neither sees how to reach the other here."""
    introduction = Introduction.objects.select_for_update().get(pk=side.introduction_id)
    if introduction.stage not in stages.OPEN:
        return side
    was_agreed = introduction.stage == Stage.AGREED
    _move(introduction, Stage.ENDED)
    give_back(introduction=introduction)
    across = stages.other_side(side)
    for one in filter(None, (side, across)):
        for grant in open_grants(one.record):
            take_back(by=MACHINE, grant=grant)
    if across is not None and across.said == Said.YES:
        (hear.over if was_agreed else hear.not_this_time)(introduction, across)
    return side


def read_other(*, by: Actor, side: Side) -> Sight | None:
    """A look at how to reach the other, written down and shown to them; None before both said yes, or after it is
    over. Called where a page shows it."""
    across = stages.other_side(side)
    if across is None or stages.standing(side.introduction, across) != Stage.AGREED:
        return None
    return _look(by, across)


def read_as_introducer(*, by: Actor, introductions: Iterable[Introduction]) -> list[Sight]:
    """Looks at those who chose to meet first with the person who introduces them. Called where a page shows it."""
    met = [one for one in introductions if one.stage == Stage.AGREED]
    sides = [side for one in met for side in one.sides.all() if side.meet == Meet.INTRODUCER]
    return [sight for side in sides if (sight := _look(by, side)) is not None]


def _look(by: Actor, side: Side) -> Sight | None:
    try:
        return look(by=by, record=side.record, parts=[queries.REACH], purpose=PURPOSE)
    except Refused:
        return None


def _lock(wish: Wish, asset: Asset) -> None:
    """Two who propose at once for the same people wait for one another."""
    pks = sorted({wish.record.owner_id, asset.record.owner_id})
    list(Party.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def _fresh(wish: Wish, asset: Asset) -> tuple[Wish, Asset]:
    """Both as they stand now; refused where one has gone since the page was opened."""
    wish_now, asset_now = find_wish(MACHINE, wish.record.key), find_asset(MACHINE, asset.record.key)
    if wish_now is None or asset_now is None:
        raise Refused(str(policy.is_open.sentence))
    return wish_now, asset_now


def _demand_all(wish: Wish, asset: Asset, came_as: str, words: str, minutes: int, introducer: Party | None) -> None:
    sides = {Part.WISHER.value: wish.record.owner_id, Part.HOLDER.value: asset.record.owner_id}
    asked = [owner for part, owner in sides.items() if part != came_as]
    demand(policy.are_two, wish=wish, asset=asset)
    demand(policy.is_open, wish=wish, asset=asset)
    demand(policy.not_under_way, wish=wish, asset=asset)
    if introducer is not None:
        demand(policy.wisher_may_see, wish=wish, asset=asset)
    demand(policy.is_safe, wish=wish, asset=asset, words=words)
    demand(policy.holder_lets_ask, asset=asset)
    demand(policy.both_can_answer, wish=wish, asset=asset)
    demand(policy.was_not_declined, wish=wish, asset=asset)
    demand(policy.not_too_many, wish=wish)
    demand(policy.has_room, asset=asset, minutes=minutes)
    demand(policy.have_rested, asked=asked, asset=asset)


def _begin(wish: Wish, asset: Asset, minutes: int, introducer: Party | None, by_holder: bool) -> Introduction:
    """The introduction, before anybody has a side in it."""
    holder = Actor(person=asset.record.owner)
    return Introduction.objects.create(
        wish=wish,
        asset=asset,
        introducer=introducer,
        minutes=minutes,
        expires=timezone.now() + queries.LIFE,
        unasked=stages.apart([wish.record.owner, asset.record.owner], introducer),
        wish_shown=by_holder or reached_by(holder).filter(pk=wish.pk).exists(),
    )


def _parts(introduction: Introduction, came_as: str) -> list[Part]:
    """Who has a side. Where two of them want nothing of each other, only whoever came; if that is somebody who
    introduces, the holder, whose thing bears a name anyway."""
    if not introduction.unasked:
        return [Part.WISHER, Part.HOLDER]
    return [Part(came_as) if came_as in Part.values else Part.HOLDER]


def _open_side(by: Actor, introduction: Introduction, part: str, owner: Party) -> Side:
    record = open_record(by=by, kind="introduction", owner=owner)
    return Side.objects.create(record=record, introduction=introduction, part=part)


def _side_of(introduction: Introduction, came_as: str) -> Side:
    part = came_as if came_as in Part.values else Part.HOLDER
    return introduction.sides.select_related("record__owner").get(part=part)


def _say(side: Side, said: str, given: dict[str, Any]) -> None:
    side.said, side.answered_at = said, timezone.now()
    for name, value in given.items():
        setattr(side, name, value)
    side.save(update_fields=["said", "answered_at", *given])


def _move(introduction: Introduction, stage: str) -> None:
    introduction.stage = stage
    introduction.save(update_fields=["stage"])


def _agree(introduction: Introduction) -> None:
    """Both said yes: take the place, or refuse the second yes; let each see how to reach the other."""
    asset = introduction.asset
    assert asset is not None
    if not (promise(asset=asset, minutes=introduction.minutes) and take_place(asset=asset)):
        raise Refused(str(policy.has_room.sentence))
    introduction.stage, introduction.agreed_at, introduction.holds_place = Stage.AGREED, timezone.now(), True
    introduction.save(update_fields=["stage", "agreed_at", "holds_place"])
    both = list(introduction.sides.select_related("record__owner"))
    until = timezone.now() + queries.SHOWN_FOR
    for side in both:
        readers = [one.record.owner for one in both if one.pk != side.pk]
        if side.meet == Meet.INTRODUCER and introduction.introducer is not None:
            readers.append(introduction.introducer)
        for reader in readers:
            share(by=MACHINE, record=side.record, grantee=reader, parts=[queries.REACH], purpose=PURPOSE, until=until)
        hear.both_said_yes(introduction, side)
    if introduction.introducer is not None:
        hear.introducer(introduction, agreed=True)
