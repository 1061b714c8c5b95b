"""Put an idea forward, say what each would bring, change it, take it back. Book, chapters 6 and 7, box 3.12."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, Refused, action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import one_line, words_of
from alongside.ground.history.versions import keep, keep_first
from alongside.ground.notices.actions import message
from alongside.ground.people.models import Party
from alongside.ground.records.actions import end
from alongside.ground.records.models import Record
from alongside.ground.records.queries import shown_like, visible_to
from alongside.ground.thread.actions import tie
from alongside.ground.thread.models import LinkKind
from alongside.planning.decisions.models import Decision, Side
from alongside.planning.decisions.queries import today
from alongside.planning.ideas import policy
from alongside.planning.ideas.interests import declare as declare
from alongside.planning.ideas.interests import not_declared as not_declared
from alongside.planning.ideas.joining import bring_back as bring_back
from alongside.planning.ideas.joining import drop as drop
from alongside.planning.ideas.joining import merge as merge
from alongside.planning.ideas.joining import undo as undo
from alongside.planning.ideas.models import Brought, Idea, IdeaAsset, IdeaState, Option
from alongside.planning.ideas.rounds import talk_again as talk_again
from alongside.planning.ideas.shortlisting import Row as Row
from alongside.planning.ideas.shortlisting import lay_out as lay_out
from alongside.planning.ideas.shortlisting import list_due as list_due
from alongside.planning.ideas.shortlisting import shortlist as shortlist
from alongside.planning.ideas.shortlisting import write_up as write_up
from alongside.planning.ideas.sides import side_of
from alongside.planning.ideas.standing import (
    demand_ideas,
    demand_moving,
    demand_room,
    lock,
    record_in,
    tell_of,
)
from alongside.planning.ideas.talking import answer_point as answer_point
from alongside.planning.ideas.talking import say as say
from alongside.planning.ideas.talking import settle as settle
from alongside.planning.ideas.talking import take_back_point as take_back_point

MOST_IDEAS = 2_000  # in one decision
MOST_OWN = 30  # of one party in one decision
MOST_BROUGHT = 40  # to one idea
DEAREST = 100_000_000_000  # pence
A_WEEK = 7 * 24 * 60 * 100  # minutes of a hundred people day and night


@dataclass(frozen=True)
class Brings:
    """What somebody would put in beside the cost. Without a party it is in words, of somebody on a side."""

    kind: str
    words: str
    side: str = Side.PEOPLE
    party: Party | None = None
    minutes_week: int | None = None


@action("ideas.put_forward", may=policy.may_put_forward, returns=Idea)
def put_forward(
    *,
    by: Actor,
    decision: Decision,
    owner: Party,
    title: str,
    words: str = "",
    cost_pence: int | None = None,
    cost_how: str = "",
    brings: Sequence[Brings] = (),
    named: bool = False,
    said_by: str = "",
    side: str = "",
    came_of: Record | None = None,
    lang: str = "",
) -> Idea:
    """An idea for a decision, in `owner`'s name, or written down for somebody without a page (`said_by`, on `side`).

    Seen by all who see the decision; from somebody without an account after a steward's look. `cost_pence` in pence
    with `cost_how`, where it comes from. `came_of` is what it came from. Raises Fault outside the days for ideas,
    without a title, for a cost below nothing, and over the most that one can put forward.
    """
    demand_ideas(decision)
    if said_by.strip():
        demand(policy.may_write_down, by=by, decision=decision)
    if came_of is not None and not visible_to(by).filter(pk=came_of.pk).exists():
        raise Refused(_("You cannot see what this came from."))
    same = Idea.objects.filter(decision=decision)
    demand_room(by, decision, same, "title")
    many = same.filter(record__in=shown_like(decision.record)).count() >= MOST_IDEAS
    if many or (not said_by and same.filter(record__owner=owner).count() >= MOST_OWN):
        raise Fault("title", _("There are too many ideas here. Join yours with another one."))
    idea = Idea.objects.create(
        record=record_in(by, decision, owner, "idea", lang),
        decision=decision,
        title=_title(title),
        words=words_of(words),
        cost_pence=_cost(cost_pence),
        cost_how=one_line(cost_how, 300),
        side=Side(side or Side.PEOPLE) if said_by else side_of(owner),
        said_by=one_line(said_by, 120),
        named=named,
    )
    _tie(decision.record, idea.record)
    if came_of is not None:
        _tie(came_of, idea.record)
    for one in brings:
        _brought(by, idea, one)
    return idea


@action("ideas.change", may=policy.may_change, returns=Idea)
def change(
    *,
    by: Actor,
    idea: Idea,
    title: str,
    words: str = "",
    cost_pence: int | None = None,
    cost_how: str = "",
    named: bool | None = None,
) -> Idea:
    """Whoever put it forward says it better, until the list is made; the price until the vote begins.

    What it said before is kept. Raises Fault once it is on the list, but for its price, and once the vote has begun.
    """
    locked = lock(idea)
    demand_moving(locked.decision, "title")
    if locked.state not in (IdeaState.OFFERED, IdeaState.LISTED):
        raise Fault("title", _("This idea is not taken further as it stands, so it cannot be changed"))
    said = (_title(title), words_of(words))
    if locked.state == IdeaState.LISTED and said != (locked.title, locked.words):
        raise Fault("title", _("It is on the list by now. You can change only what it costs."))
    keep_first(locked.pk, body_of(locked))
    before, (locked.title, locked.words) = locked.cost_pence, said
    locked.cost_pence, locked.cost_how = _cost(cost_pence), one_line(cost_how, 300)
    locked.named = locked.named if named is None else named
    locked.save(update_fields=["title", "words", "cost_pence", "cost_how", "named"])
    if locked.state == IdeaState.LISTED and before != locked.cost_pence:
        _reprice(by, locked)
    keep(locked.pk, body_of(locked))
    return locked


@action("ideas.take_back", may=policy.may_take_back, returns=Idea)
def take_back(*, by: Actor, idea: Idea) -> Idea:
    """Whoever put it forward takes it back: nobody else sees it any more. Not once it is on the list to vote on,
    nor once others are joined with it, whose ideas would go with it."""
    locked = lock(idea)
    if locked.state != IdeaState.OFFERED:
        raise Fault("idea", _("It is on the list, joined or dropped by now. Ask those who look after this decision."))
    if locked.merged.filter(state=IdeaState.MERGED).exists():
        raise Fault("idea", _("Other people’s ideas are joined with it. Ask those who look after this decision."))
    locked.state, locked.state_on = IdeaState.WITHDRAWN, today()
    locked.save(update_fields=["state", "state_on"])
    end(by=Actor.system("ideas.take_back"), record=locked.record)
    return locked


@action("ideas.bring", may=policy.may_bring)
def bring(*, by: Actor, idea: Idea, kind: str, words: str, side: str = "", party: Party | None = None,
          minutes_week: int | None = None) -> IdeaAsset:  # fmt: skip
    """Say what somebody would bring to an idea beside its cost: time, a place, skills, things or money.

    With `party` they say so themselves; without, it is in words and stands as not agreed yet. Whoever put the idea
    forward is told. Raises Fault once the vote has begun.
    """
    locked = lock(idea)
    demand_moving(locked.decision, "brings")
    if not policy.in_talk(locked):
        raise Fault("brings", _("This idea is not taken further as it stands"))
    brought = _brought(by, locked, Brings(kind, words, side or Side.PEOPLE, party, minutes_week))
    if party is not None and party.pk != locked.record.owner_id:
        tell_of(locked, locked.record.owner, message("Somebody would bring something to your idea"), brought.words)
    return brought


@action("ideas.take_out", may=policy.may_take_out)
def take_out(*, by: Actor, asset: IdeaAsset) -> Idea:
    """It will not be brought after all."""
    demand_moving(asset.idea.decision, "brings")
    asset.delete()
    return asset.idea


@action("ideas.say_who", may=policy.may_say_who, returns=Idea)
def say_who(*, by: Actor, idea: Idea, run_by: Party | None, unpaid: bool = False) -> Idea:
    """Who would do it, and whether they would be paid: who is paid has no vote on it.

    Somebody names themselves or a group they look after; those who run the decision may name any group or
    organisation, which is told. Raises Fault once the vote has begun, and for a person who did not say so.
    """
    locked = lock(idea)
    demand_moving(locked.decision, "run_by")
    if run_by is not None and run_by.is_person and not policy.speaks_for(by, run_by):
        raise Fault("run_by", _("Only a group or an organisation can be named here. People say it themselves."))
    locked.run_by, locked.run_unpaid = run_by, unpaid and run_by is not None
    locked.save(update_fields=["run_by", "run_unpaid"])
    if run_by is not None and not policy.speaks_for(by, run_by):
        tell_of(locked, run_by, message("You are named as those who would do an idea: %(title)s", title=locked.title))
    return locked


def _brought(by: Actor, idea: Idea, one: Brings) -> IdeaAsset:
    if one.kind not in Brought.values:
        raise Fault("kind", _("Choose what it is"))
    if idea.assets.count() >= MOST_BROUGHT:
        raise Fault("brings", _("So much is brought already. Say it in the words of the idea."))
    if one.minutes_week is not None and not 0 < one.minutes_week <= A_WEEK:
        raise Fault("hours", _("Enter hours a week, like 2"))
    return IdeaAsset.objects.create(
        idea=idea,
        kind=one.kind,
        words=words_of(one.words, "brings", _("Write what it is"), 160),
        side=side_of(one.party) if one.party is not None else Side(one.side),
        minutes_week=one.minutes_week,
        party=one.party,
        agreed=one.party is not None,
    )


def body_of(idea: Idea) -> dict[str, Any]:
    """What an idea says, as its versions keep it."""
    return {name: getattr(idea, name) for name in ("title", "words", "cost_pence", "cost_how")}


def _title(title: str) -> str:
    return words_of(" ".join(title.split()), "title", _("Give the idea a name"), 120)


def _cost(pence: int | None) -> int | None:
    if pence is not None and not 0 <= pence <= DEAREST:
        raise Fault("cost", _("Enter a sum in pounds, like 4800"))
    return pence


def _reprice(by: Actor, idea: Idea) -> None:
    """For a pound anything wins, so those who run the decision hear of it in time."""
    if idea.cost_pence is None:
        raise Fault("cost", _("It is on the list, so it needs its cost"))
    if idea.decision.terms.budget_pence and idea.cost_pence > idea.decision.terms.budget_pence:
        raise Fault("cost", _("This costs more than there is to share: %(title)s") % {"title": idea.title})
    if not policy.runs(by, idea.decision):
        title = message("The price of an idea on the list is another now: %(title)s", title=idea.title)
        tell_of(idea, idea.decision.record.owner, title)
    Option.objects.filter(idea=idea).update(cost_pence=idea.cost_pence)


def _tie(first: Record, then: Record) -> None:
    tie(by=Actor.system("ideas"), src=first, dst=then, kind=LinkKind.LED_TO)
