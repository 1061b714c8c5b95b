"""Who may bring two together, who answers, and when nobody is to be asked.

Nobody is refused because of a block, since that would tell of it: whoever stands apart is not asked
(`stages.apart`), and it lapses like any that nobody answers.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.doing.connecting import queries
from alongside.doing.connecting.models import Introduction, Part, Side
from alongside.ground.consent.queries import allowed
from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import HELPER_ROLES, PartyState
from alongside.ground.people.queries import acts_in, may_speak_for
from alongside.ground.records.queries import SHOWN, reached_by, visible_to
from alongside.knowing.assets.models import Asset
from alongside.knowing.contributions.queries import can_be_reached
from alongside.knowing.outcomes.models import Wish, WishState
from alongside.methods.complement import NOT_FOR_UNPAID, tasks_in

INTRODUCER = "introducer"
PARTS = ("plan", "outcome")  # as the outcomes kit has it: what a helper with somebody's wishes may write


def speaks_for(by: Actor, part: str, wish: Wish, asset: Asset) -> bool:
    """Whether somebody may speak for that side."""
    return owns_wish(by, wish) if part == Part.WISHER else owns_asset(by, asset)


def owns_wish(by: Actor, wish: Wish) -> bool:
    return any(may_speak_for(by, wish.record.owner, part) for part in PARTS)


def owns_asset(by: Actor, asset: Asset) -> bool:
    return may_speak_for(by, asset.record.owner, "asset")


def may_introduce_others(by: Actor) -> bool:
    """People whose work or gift here it is: builders, connectors, coordinators, stewards; as themselves."""
    return acts_in(by, *HELPER_ROLES)


def part_of(by: Actor, wish: Wish, asset: Asset) -> str:
    """As which of the three somebody comes: the wisher, the holder, somebody who introduces; or none, empty."""
    if by.is_system:
        return ""
    for part in (Part.WISHER, Part.HOLDER):
        if speaks_for(by, part, wish, asset):
            return part.value
    return INTRODUCER if may_introduce_others(by) else ""


@rule(_("Only whoever wishes, whoever offers, or somebody who introduces people here can do this."))
def may_propose(*, by: Actor, wish: Wish, asset: Asset, **_rest: Any) -> bool:
    seen = visible_to(by).filter(pk__in=(wish.pk, asset.pk)).count()
    return seen == 2 and bool(part_of(by, wish, asset))


@rule(_("Only the person or group who was asked can answer."))
def may_answer(*, by: Actor, side: Side, **_rest: Any) -> bool:
    parts = PARTS if side.part == Part.WISHER else ("asset",)
    return any(may_speak_for(by, side.record.owner, part) for part in parts)


@rule(_("The computer does that at night."))
def may_tend(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system


@rule(_("This is already yours."))
def are_two(*, wish: Wish, asset: Asset) -> bool:
    return wish.record.owner_id != asset.record.owner_id


@rule(_("This is not open just now. You can choose something else."))
def is_open(*, wish: Wish | None, asset: Asset | None) -> bool:
    """Both are here, shown and not on a break. A block is not asked after here: a refusal would tell of it."""
    if wish is None or asset is None:
        return False
    wisher, holder = wish.record.owner, asset.record.owner
    here = {wisher.state, holder.state} == {PartyState.LIVE} and asset.record.state in SHOWN and not asset.paused
    waits = wish.state == WishState.WAITING and wish.record.state in SHOWN
    return here and waits


@rule(is_open.sentence)
def not_under_way(*, wish: Wish, asset: Asset) -> bool:
    """Somebody else brought these two together already, which is nothing that whoever comes now is told."""
    return not queries.under_way(wish, asset)


@rule(is_open.sentence)
def wisher_may_see(*, wish: Wish, asset: Asset) -> bool:
    """What somebody who introduces sees, as a member of a circle or a group, is not theirs to tell others of; and
    what is shared no more is nothing to say yes to."""
    return reached_by(Actor(person=wish.record.owner)).filter(pk=asset.pk).exists()


@rule(_("They would rather not be asked about this. You can choose something else."))
def holder_lets_ask(*, asset: Asset) -> bool:
    return allowed("contacted").filter(pk=asset.pk).exists()


@rule(_("Nobody looks after this page yet, so there is no one to ask. You can get in touch yourself."))
def both_can_answer(*, wish: Wish, asset: Asset) -> bool:
    return can_be_reached(wish.record.owner) and can_be_reached(asset.record.owner)


@rule(
    _(
        "We never ask neighbours for help with washing, medicines, money, lifting or nights. Trained people do that: "
        "look under special services, or ask your council."
    )
)
def is_safe(*, wish: Wish, asset: Asset, words: str = "") -> bool:
    """What nobody is to ask of an unpaid person (methods/complement/safety)."""
    asked = tasks_in(f"{wish.words} {words} {asset.title} {asset.words}")
    return asset.paid or not (asked & NOT_FOR_UNPAID)


@rule(_("Somebody asked them this week. Nobody is asked twice in a week. Try again in a few days."))
def have_rested(*, asked: list[int], asset: Asset) -> bool:
    return not queries.asked_this_week(asked, asset)


@rule(_("There is no room left just now. You can choose something else, or keep your wish."))
def has_room(*, asset: Asset, minutes: int) -> bool:
    return asset.has_room(timezone.localdate()) and queries.fits_the_week(asset, minutes)


@rule(_("They said not this time. You can choose something else."))
def was_not_declined(*, wish: Wish, asset: Asset) -> bool:
    return not queries.declined_lately(wish, asset)


@rule(_("Three are asked already for this wish. Wait for their answers first."))
def not_too_many(*, wish: Wish) -> bool:
    return queries.open_for(wish) < queries.MOST_OPEN


@rule(_("This is over."))
def has_begun(*, introduction: Introduction) -> bool:
    return introduction.agreed_at is not None
