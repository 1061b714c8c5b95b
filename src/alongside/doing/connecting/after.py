"""After both said yes: how it went, thanks, a place in a plan; and what the night does with introductions."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.doing.connecting import hearing, matching, policy, queries, stages
from alongside.doing.connecting.models import Introduction, Part, Side, Stage, Told, Went
from alongside.ground.history.acting import Fault, Refused, action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import PartyState
from alongside.knowing.assets.actions import give_place_back, release
from alongside.knowing.contributions.actions import forget_asked
from alongside.knowing.contributions.queries import can_be_reached
from alongside.knowing.lexicon.actions import note_helped
from alongside.knowing.outcomes.actions import settle_wish
from alongside.planning.plans import actions as plans
from alongside.planning.plans.queries import plan_of

TELL_AGAIN = timedelta(days=7)
NEW_FOR = timedelta(days=60)  # what has been on offer longer is old news


def give_back(*, introduction: Introduction) -> None:
    """Free the place that this introduction holds, once. Called inside the action by which it is over."""
    held = Introduction.objects.filter(pk=introduction.pk, holds_place=True).update(holds_place=False)
    if held and introduction.asset is not None:
        release(asset=introduction.asset, minutes=introduction.minutes)
        give_place_back(asset=introduction.asset)


@action("connecting.tell_how", may=policy.may_answer, returns=Side)
def tell_how(*, by: Actor, side: Side, went: str, thanks: str = "", found: bool = False) -> Side:
    """Say how it went, once both had said yes. `thanks` go to the other; the rest stays with who said it.

    Where the wisher's first answer is that it helped, what their words meant is counted for the thing, once, and
    never the words; `found` settles the wish. Where it was not for them or did not happen, the place is free again.
    Raises Fault for no answer.
    """
    introduction = Introduction.objects.select_for_update().get(pk=side.introduction_id)
    side = Side.objects.select_related("record__owner").get(pk=side.pk)
    demand(policy.has_begun, introduction=introduction)
    if went not in Went.values:
        raise Fault("went", _("Choose how it went"))
    first, said = not side.went, " ".join(thanks.replace("\x00", "").split())[:500]
    side.went, side.thanks = went, said or side.thanks
    side.save(update_fields=["went", "thanks"])
    across = stages.other_side(side)
    if said and across is not None and stages.standing(introduction, across) == Stage.AGREED:
        hearing.thanks(introduction, across, said)
    wish, asset = introduction.wish, introduction.asset
    if side.part == Part.WISHER and wish is not None:
        if went == Went.HELPED and first and asset is not None:
            note_helped(by=by, words=wish.words, asset=asset)
        if found and wish.state == "waiting":
            settle_wish(by=by, wish=wish, met=True)
    if went in (Went.NOT_FOR_ME, Went.DID_NOT_HAPPEN):
        give_back(introduction=introduction)
    return side


@action("connecting.keep_in_plan", may=policy.may_answer, returns=Side)
def keep_in_plan(*, by: Actor, side: Side) -> Side:
    """The wisher puts it in their plan, for what they want, so that who does what is agreed there. The place held
    here is given back, since the plan asks for its own."""
    introduction = side.introduction
    wish, asset = introduction.wish, introduction.asset
    demand(policy.has_begun, introduction=introduction)
    if side.part != Part.WISHER or wish is None or asset is None:
        raise Refused(_("Only the person who wished for it can put it in their plan."))
    owner = side.record.owner
    plan = plan_of(by, owner) or plans.start(by=by, owner=owner)
    wanted = wish.outcome if plan.parts.filter(outcome=wish.outcome_id).exists() and wish.outcome_id else None
    give_back(introduction=introduction)
    plans.take_up(by=by, plan=plan, asset=asset, outcome=wanted, words=wish.words)
    return side


@action("connecting.tend", may=policy.may_tend)
def tend(*, by: Actor) -> dict[str, int]:
    """One night: what nobody answered lapses without a word, those who met are asked how it went, and wishes tell
    their owners what fits. How many of each."""
    forget_asked()
    lapsed = Introduction.objects.filter(stage=Stage.PROPOSED, expires__lte=timezone.now()).update(stage=Stage.LAPSED)
    return {"lapsed": lapsed, "asked_how": ask_how(by=by), "wishes_told": tell_wishers(by=by)}


@action("connecting.ask_how", may=policy.may_tend)
def ask_how(*, by: Actor) -> int:
    """Ask both, once, two weeks after they said yes; whoever has said it is not asked. How many introductions."""
    before = timezone.now() - queries.HOW_AFTER
    due = Introduction.objects.filter(stage=Stage.AGREED, agreed_at__lte=before, asked_how_at=None)
    found = list(due.select_related("asset")[:500])
    for introduction in found:
        for side in introduction.sides.filter(went="").select_related("record__owner"):
            hearing.how_did_it_go(introduction, side)
        Introduction.objects.filter(pk=introduction.pk).update(asked_how_at=timezone.now())
    return len(found)


@action("connecting.tell_wishers", may=policy.may_tend)
def tell_wishers(*, by: Actor) -> int:
    """A wish tells its owner when something new fits that they may find: one message a week for each wish, each
    thing once. Nobody else hears of the wish. How many were told."""
    told = 0
    rested = Told.objects.filter(at__gt=timezone.now() - TELL_AGAIN).values("wish")
    for wish in list(matching.open_wishes(by).exclude(pk__in=rested)):
        owner = wish.record.owner
        if owner.state != PartyState.LIVE or not can_be_reached(owner):
            continue
        known = set(Told.objects.filter(wish=wish).values_list("asset", flat=True))
        since = timezone.now() - NEW_FOR
        fits = matching.offers_for(Actor(person=owner), wish, matching.CANDIDATES)
        new = [fit.asset for fit in fits if fit.sure and fit.asset.pk not in known and fit.asset.record.made > since]
        if new:
            Told.objects.create(wish=wish, asset=new[0])
            hearing.something_fits(wish, new[0])
            told += 1
    return told
