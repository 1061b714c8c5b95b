"""Propose, ask, answer, pause, end: a holder is asked before anything is promised, and may stop at any time.

Book chapters 3 and 9 (co-production and self-help); the promise is taken by one conditional update.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.consent.actions import let_in, share
from alongside.ground.history.acting import Fault, Refused, action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import tell
from alongside.ground.notices.wording import Message
from alongside.ground.people.models import Party
from alongside.ground.records.actions import end as end_record
from alongside.ground.records.actions import open_record
from alongside.knowing.assets.actions import promise, release
from alongside.knowing.assets.models import Asset
from alongside.knowing.contributions import policy
from alongside.knowing.contributions.models import Asked, Contribution, ContributionState, Way
from alongside.knowing.contributions.queries import REST
from alongside.knowing.outcomes.models import Outcome

ASKED_FOR = timedelta(days=365)  # how long a holder may read what they were asked


@action("contributions.propose", may=policy.may_propose, returns=Contribution)
def propose(
    *,
    by: Actor,
    outcome: Outcome,
    party: Party,
    asset: Asset | None = None,
    words: str = "",
    how_much: str = "",
    way: str = Way.TOGETHER,
    minutes_week: int = 0,
    decides: str = "",
    message: str = "",
) -> Contribution:
    """Note that a party could do something for an outcome. Nobody is told, nothing is promised.

    What somebody brings to their own outcome needs nobody's answer and stands at once. The same asset for the
    same outcome is noted once. Raises Fault for less than no minutes.
    """
    if minutes_week < 0:
        raise Fault("minutes_week", _("Enter a number, like 30"))
    owner = outcome.record.owner
    if asset is not None:
        standing = Contribution.objects.filter(outcome=outcome, asset=asset).exclude(state=ContributionState.ENDED)
        if found := standing.first():
            return found
    own = party.pk == owner.pk
    record = open_record(by=by, kind="contribution", owner=owner)
    return Contribution.objects.create(
        record=record,
        outcome=outcome,
        party=party,
        asset=asset,
        words=(words or (asset.title if asset else ""))[:300],
        how_much=how_much[:120],
        way=Way.SELF_HELP if own else way,
        minutes_week=minutes_week,
        decides=decides[:120],
        message=message,
        agreed=own,
        state=ContributionState.ACCEPTED if own else ContributionState.DRAFT,
    )


@action("contributions.reword", may=policy.may_ask)
def reword(
    *,
    by: Actor,
    contribution: Contribution,
    how_much: str | None = None,
    message: str | None = None,
    minutes_week: int | None = None,
    decides: str | None = None,
) -> Contribution:
    """Change how much, who decides or the message, as long as nobody has been asked."""
    contribution = _held(contribution)
    own = contribution.party_id == contribution.record.owner_id
    if contribution.state != ContributionState.DRAFT and not own:
        raise Refused(_("They have been asked already. You can take it out and ask again."))
    if how_much is not None:
        contribution.how_much = how_much[:120]
    if decides is not None:
        contribution.decides = decides[:120]
    if message is not None:
        contribution.message = message
    if minutes_week is not None:
        contribution.minutes_week = minutes_week
    contribution.save(update_fields=["how_much", "decides", "message", "minutes_week"])
    return contribution


@action("contributions.ask", may=policy.may_ask)
def ask(*, by: Actor, contribution: Contribution, message: str | None = None) -> Contribution:
    """Ask the holder. Only what they would do and the message are shown to them, never what it is for.

    Refused, and left as a draft, while the asker cannot be answered, while what is asked for is on a break,
    and while the holder is away, blocked or has nobody to answer, or was asked in the last seven days. Asking
    twice changes nothing.
    """
    holder = Party.objects.select_for_update().get(pk=contribution.party_id)
    contribution = Contribution.objects.select_related("record__owner", "asset").get(pk=contribution.pk)
    if contribution.state != ContributionState.DRAFT:
        return contribution
    asker = contribution.record.owner
    demand(policy.asker_can_be_answered, asker=asker)
    demand(policy.holder_can_be_asked, asker=asker, holder=holder)
    demand(policy.is_open, contribution=contribution)
    demand(policy.holder_lets_ask, contribution=contribution)
    demand(policy.somebody_can_answer, holder=holder)
    demand(policy.holder_has_rested, contribution=contribution)
    contribution.state, contribution.asked_at = ContributionState.ASKED, timezone.now()
    if message is not None:
        contribution.message = message
    contribution.save(update_fields=["state", "asked_at", "message"])
    until = timezone.now() + ASKED_FOR
    machine = Actor.system("contributions.ask")
    share(by=machine, record=contribution.record, grantee=holder, parts=["asked"], purpose="asked", until=until)
    tell(
        by=by,
        to=holder,
        title=Message("%(who)s asks: %(what)s", {"who": asker, "what": contribution.words[:100]}),
        body=contribution.message or Message("You can say yes, or not this time."),
        record=contribution.record,
        link=f"/my-page/asked/{contribution.record.key}/",
    )
    return contribution


@action("contributions.ask_back", may=policy.may_answer)
def ask_back(*, by: Actor, contribution: Contribution, words: str) -> Contribution:
    """The holder wants to know more first. The question goes to the person; nothing is settled."""
    words = words.strip()
    if not words:
        raise Fault("reply", _("Write what you would like to know"))
    named = {"who": contribution.party.shown_name, "what": contribution.words[:100]}
    tell(
        by=by,
        to=contribution.record.owner,
        title=Message("%(who)s would like to know more: %(what)s", named),
        body=words,
        record=contribution.record,
        link="/my-page/",
    )
    return contribution


@action("contributions.answer", may=policy.may_answer)
def answer(*, by: Actor, contribution: Contribution, yes: bool, reply: str = "") -> Contribution:
    """The holder says yes or not this time. A yes takes what it needs of the offer, or is refused when there
    is no room; of two that come at once for the last hour, one is refused."""
    state = ContributionState.ACCEPTED if yes else ContributionState.DECLINED
    turned = Contribution.objects.filter(pk=contribution.pk, state=ContributionState.ASKED).update(
        state=state, agreed=yes, reply=reply, answered_at=timezone.now()
    )
    contribution.refresh_from_db()
    if not turned:
        if contribution.state == state:
            return contribution
        raise Refused(_("This has been answered already, or is not asked any more."))
    if yes:
        _take(contribution)
        if contribution.party.is_person:
            let_in(by=by, owner=contribution.record.owner, member=contribution.party)
    _tell_asker(by, contribution, yes, reply)
    return contribution


@action("contributions.pause", may=policy.may_change)
def pause(*, by: Actor, contribution: Contribution, on: bool = True) -> Contribution:
    """Take a break and give the time back, or go on again if there is still room."""
    before = ContributionState.ACCEPTED if on else ContributionState.PAUSED
    after = ContributionState.PAUSED if on else ContributionState.ACCEPTED
    if Contribution.objects.filter(pk=contribution.pk, state=before).update(state=after):
        contribution.refresh_from_db()
        if on:
            _give_back(contribution)
        else:
            _take(contribution)
    contribution.refresh_from_db()
    return contribution


@action("contributions.end", may=policy.may_change)
def end(*, by: Actor, contribution: Contribution) -> Contribution:
    """It stops, at any time and without a reason; what was promised is free again."""
    before = Contribution.objects.select_for_update().get(pk=contribution.pk).state
    ended = Contribution.objects.filter(pk=contribution.pk, state=before).update(state=ContributionState.ENDED)
    contribution.refresh_from_db()
    if ended and before == ContributionState.ACCEPTED:
        _give_back(contribution)
    end_record(by=Actor.system("contributions.end"), record=contribution.record)
    return contribution


def note_asked(*, party: Party) -> None:
    """Somebody is asked for something in another way than a plan's. Called inside the action that asks."""
    Asked.objects.create(party=party)


def forget_asked() -> None:
    """Forget who was asked more than a week ago. Called inside an action, at night."""
    Asked.objects.filter(at__lt=timezone.now() - REST).delete()


def _held(contribution: Contribution) -> Contribution:
    """A contribution as it stands, held until the action is done: it may have been asked for since it was read."""
    rows = Contribution.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("record__owner", "asset", "party", "outcome").get(pk=contribution.pk)


def _take(contribution: Contribution) -> None:
    asset = contribution.asset
    if asset is None or contribution.way == Way.SELF_HELP:
        return
    if not promise(asset=asset, minutes=contribution.minutes_week):
        raise Refused(_("There is no room left in a week for this. You can offer more, or say not this time."))


def _give_back(contribution: Contribution) -> None:
    if contribution.asset is not None and contribution.way != Way.SELF_HELP:
        release(asset=contribution.asset, minutes=contribution.minutes_week)


def _tell_asker(by: Actor, contribution: Contribution, yes: bool, reply: str) -> None:
    # Whoever says no, or asks back, stays as much of a stranger as they were: see Party.shown_name.
    who = contribution.party.name if yes else contribution.party.shown_name
    words = {"who": who, "what": contribution.words[:100]}
    if yes:
        title, body = Message("%(who)s said yes: %(what)s", words), Message("It is in your plan now.")
    else:
        title = Message("%(who)s said not this time: %(what)s", words)
        body = Message("You can ask someone else, or add a wish.")
    tell(
        by=by,
        to=contribution.record.owner,
        title=title,
        body=reply or body,
        record=contribution.record,
        link="/my-page/",
    )
