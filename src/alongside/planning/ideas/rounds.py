"""A round that goes back for talk starts with the ideas of the one before. What was said about them stays there.

Book, chapter 7: nobody says the same twice because a first vote came to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action, note_many
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import message
from alongside.ground.people.models import GONE
from alongside.ground.records.actions import open_again
from alongside.ground.records.queries import shown_like
from alongside.ground.thread.actions import tie_many
from alongside.ground.thread.models import LinkKind
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas import policy
from alongside.planning.ideas.models import Idea, IdeaAsset, IdeaState, Interest, Point, PointKind
from alongside.planning.ideas.standing import tell_of

STANDING = (IdeaState.OFFERED, IdeaState.LISTED, IdeaState.MERGED)
COPIED = (
    *("title", "words", "cost_pence", "cost_how", "side", "said_by", "named", "run_unpaid"),
    *("state_why", "state_side", "state_by_id", "state_on"),
)


@action("ideas.talk_again", may=policy.may_run, returns=Decision)
def talk_again(*, by: Actor, decision: Decision, why: str = "") -> Decision:
    """Take a decision back to talk: a new draft with the same words, terms and groups, and with all its ideas.

    Each idea stays that of whoever said it, with its words, cost, what each brings and who would gain, and is tied to
    the one it was. What was on the list is open again; what was joined or not taken further stays so, with its
    reason. They are shown when the draft opens. Whoever said one that stands is told. Raises Fault while an idea
    waits for a look, and where `decisions.actions.talk_again` does.
    """
    if Idea.objects.filter(decision=decision, record__in=shown_like(decision.record, held=True)).exists():
        raise Fault("stage_why", _("Some ideas still wait for a look. Ask a steward to look at them first."))
    fresh = decisions.talk_again(by=by, decision=decision, why=why)
    before = Idea.objects.filter(decision=decision, record__in=shown_like(decision.record))
    before = before.exclude(state=IdeaState.WITHDRAWN).select_related("record__owner", "run_by", "decision__record")
    carried = list(before.order_by("pk"))
    _carry(by, fresh, carried)
    _tell(decision, carried)
    return fresh


def _carry(by: Actor, fresh: Decision, before: Sequence[Idea]) -> None:
    records = open_again(by=by, before=[one.record for one in before], like=fresh.record)
    copies = {
        old.pk: _again(old, Idea(record=record, decision=fresh)) for old, record in zip(before, records, strict=True)
    }
    for old in before:
        if old.state == IdeaState.MERGED:
            _join(copies[old.pk], copies.get(old.merged_into_id or 0))
    Idea.objects.bulk_create(copies.values())
    _with_what_hangs_on_it(copies)
    pairs = [(fresh.record, one.record) for one in copies.values()]
    pairs += [(old.record, copies[old.pk].record) for old in before]
    tie_many(by=by, pairs=pairs, kind=LinkKind.LED_TO)
    note_many("ideas.carry", by, [record.pk for record in records])


def _tell(last: Decision, before: Sequence[Idea]) -> None:
    """Whoever said an idea that stands hears that it comes along; whoever objected to one, that they say it again."""
    standing = {one.pk: one for one in before if one.state in STANDING}
    for old in standing.values():
        if old.record.owner_id != last.record.owner_id:
            title = message("Your idea comes along into the next round: %(title)s", title=old.title)
            body = message("It stays yours. Once that round opens, you can change it or take it back.")
            tell_of(old, old.record.owner, title, body)
    left = Point.objects.filter(idea__in=standing, kind=PointKind.OBJECTION, settled=False)
    left = left.filter(record__in=shown_like(last.record)).select_related("record__owner").order_by("pk")
    objected = {(point.idea_id, point.record.owner_id): point.record.owner for point in left}  # each of one idea once
    for (about, _owner), owner in objected.items():
        old = standing[about or 0]
        title = message("What you objected to is talked about again: %(title)s", title=old.title)
        body = message(
            "What you said stays with the round before. If it is not put right, say it again in the new one."
        )
        tell_of(old, owner, title, body)


def _again(old: Idea, copy: Idea) -> Idea:
    """What an idea says and who said it, once more; what was on the list is open again."""
    for name in COPIED:
        setattr(copy, name, getattr(old, name))
    copy.run_by = old.run_by if old.run_by is not None and old.run_by.state not in GONE else None
    copy.run_unpaid = old.run_unpaid and copy.run_by is not None
    copy.state = IdeaState.OFFERED if old.state == IdeaState.LISTED else old.state
    return copy


def _join(copy: Idea, into: Idea | None) -> None:
    """Joined with the same one as before; where that is gone, it stands by itself."""
    copy.merged_into = into
    if into is None:
        copy.state, copy.state_why, copy.state_side, copy.state_by, copy.state_on = (
            IdeaState.OFFERED,
            "",
            "",
            None,
            None,
        )


def _with_what_hangs_on_it(copies: dict[int, Idea]) -> None:
    """What each brings, and who would gain, also stands beside the new ones."""
    brought = list(IdeaAsset.objects.filter(idea__in=copies).order_by("pk"))
    gains = list(Interest.objects.filter(idea__in=copies).order_by("pk"))
    rows: list[IdeaAsset | Interest] = [*brought, *gains]
    for row in rows:
        row.pk, row.idea = None, copies[row.idea_id]
    IdeaAsset.objects.bulk_create(brought)
    Interest.objects.bulk_create(gains)
