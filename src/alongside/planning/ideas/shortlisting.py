"""From ideas to the list that is voted on: numbered, with prices that stand still; what is left out has its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.ground.history.acting import Fault, action, note_many
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import words_of
from alongside.ground.notices.actions import message
from alongside.ground.records.queries import shown_like
from alongside.ground.thread.actions import tie_many
from alongside.ground.thread.models import LinkKind
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, PhaseKind, Rule, Side, Stage
from alongside.planning.ideas import policy
from alongside.planning.ideas.joining import joined_with, put_aside, tell_dropped
from alongside.planning.ideas.models import Idea, IdeaState, Option
from alongside.planning.ideas.sides import side_of
from alongside.planning.ideas.standing import is_still, may_list_now, record_in, tell_of

MOST_OPTIONS = 500


@dataclass(frozen=True)
class Row:
    """What a room put up, as it stands on the wall: name, price in pence, and the side that thought of it."""

    title: str
    cost_pence: int | None = None
    side: str = Side.PEOPLE
    words: str = ""


@action("ideas.shortlist", may=policy.may_run)
def shortlist(*, by: Actor, decision: Decision, ideas: Sequence[Idea], left_out: Mapping[int, str]) -> list[Option]:
    """Make the list that is voted on from the ideas that stand open; it may be made anew until the vote begins.

    `left_out` is why each other one is not on it, by its row; whoever put it forward is told, and it is counted by
    the side of whoever left it out. Numbers go by the day on which ideas came. Raises Fault before the days for it,
    for an empty list, for an idea without a price where money is shared (or dearer than all of it), for one left out
    without a reason, and while ideas still wait for a look: an idea that nobody has seen is not left out unseen.
    """
    if not may_list_now(decision):
        raise Fault("ideas", _("The list cannot be made on these days. Look at the days of this decision."))
    if Idea.objects.filter(decision=decision, record__in=shown_like(decision.record, held=True)).exists():
        raise Fault("ideas", _("Some ideas still wait for a look. Ask a steward to look at them first."))
    standing = open_ideas(decision)
    chosen = [standing[pk] for pk in sorted({one.pk for one in ideas} & set(standing))]
    _demand_list(decision, chosen)
    for pk, idea in standing.items():
        if idea not in chosen:
            reason = words_of(left_out.get(pk, ""), f"why_{idea.record.key}", _("Write why this is not on the list"))
            put_aside(by, idea, IdeaState.DROPPED, reason)
            tell_dropped(idea)
    return _list(decision, chosen)


@action("ideas.write_up", may=policy.may_run)
def write_up(*, by: Actor, decision: Decision, rows: Sequence[Row]) -> list[Option]:
    """What a room put up, written down by whoever keeps the sheet: ideas and list in one, for a show of hands.

    They belong to those whose decision it is. Raises Fault for a secret vote, where ideas come by themselves.
    """
    if decision.terms.secret or is_still(decision):
        raise Fault("ideas", _("This is for deciding together in one room"))
    kept = [
        Idea.objects.create(
            record=record_in(by, decision, decision.record.owner, "idea"),
            decision=decision,
            title=words_of(" ".join(row.title.split()), "title", _("Give the idea a name"), 120),
            words=words_of(row.words),
            cost_pence=row.cost_pence,
            side=Side(row.side),
        )
        for row in rows
    ]
    listed = [one for one in open_ideas(decision).values() if one.state == IdeaState.LISTED]
    note_many("ideas.write_up", by, [idea.pk for idea in kept])
    _demand_list(decision, kept)
    return _list(decision, [*listed, *kept])


@action("ideas.lay_out", may=policy.may_run)
def lay_out(*, by: Actor, decision: Decision, rows: Sequence[Row], final: bool) -> list[Idea]:
    """What people can choose from, written down by whoever asks while it still is a draft: shown when it opens.

    With `final` it is the list that is voted on; else these are the first ideas, and others come. They belong to those
    whose decision it is. Raises Fault once it is open, and where ideas lie beside the draft already.
    """
    decisions.hold(decision)
    if decision.stage != Stage.DRAFT or Idea.objects.filter(decision=decision).exists():
        raise Fault("options", _("This decision is open, so what people choose from stands still"))
    owner = decision.record.owner
    made = [
        Idea.objects.create(
            record=record_in(by, decision, owner, "idea"),
            decision=decision,
            title=words_of(row.title, "options", _("Give the idea a name"), 120),
            words=words_of(row.words),
            cost_pence=row.cost_pence,
            side=side_of(owner),
        )
        for row in rows
    ]
    tie_many(by=by, pairs=[(decision.record, one.record) for one in made], kind=LinkKind.LED_TO)
    note_many("ideas.lay_out", by, [one.pk for one in made])
    if final:
        _demand_list(decision, made)
        _list(decision, made)
    return made


def list_due(*, by: Actor) -> int:
    """On the day before people choose, make every list that nobody has made, of all ideas that stand open; whoever
    looks after it can still make it anew on that day. How many lists were made."""
    today, made = decisions.today(), 0
    open_now = decisions.decisions(by).filter(stage=Stage.OPEN, terms__secret=True)
    soon = today + timedelta(days=1)
    near = open_now.filter(phases__kind=PhaseKind.VOTE, phases__since__lte=soon, phases__until__gte=today)
    still = open_now.filter(phases__kind=PhaseKind.IDEAS, phases__until__gte=today)
    near = near.exclude(pk__in=still.values("pk")).exclude(pk__in=Option.objects.values("decision"))
    for decision in near.distinct().order_by("pk"):
        made += bool(list_what_stands(by=by, decision=decision))
    return made


@action("ideas.list_what_stands", may=policy.may_list_by_itself)
def list_what_stands(*, by: Actor, decision: Decision) -> list[Option]:
    """Make the list of all ideas that stand open, where nobody made one. Of money, an idea without a price, or dearer
    than all there is, is left out and says so. Nothing where there is a list, where ideas still wait for a look before
    the vote begins, and where no idea stands."""
    decisions.hold(decision)
    vote = decisions.phase(decision, PhaseKind.VOTE)
    waiting = Idea.objects.filter(decision=decision, record__in=shown_like(decision.record, held=True)).exists()
    early = vote is not None and vote.since > decisions.today()
    if Option.objects.filter(decision=decision).exists() or (waiting and early):
        return []
    standing = open_ideas(decision)
    for idea in list(standing.values()):
        reason = _cannot_be_bought(decision, idea)
        if reason:
            put_aside(by, idea, IdeaState.DROPPED, reason)
            tell_dropped(idea)
            del standing[idea.pk]
    return _list(decision, list(standing.values())) if 0 < len(standing) <= MOST_OPTIONS else []


def _cannot_be_bought(decision: Decision, idea: Idea) -> str:
    """Why an idea cannot be on a list of what money buys; empty where it can."""
    if decision.terms.rule != Rule.BUDGET:
        return ""
    with override(decision.record.lang):
        if idea.cost_pence is None:
            return _("Nobody said what it costs.")
        dear = idea.cost_pence > (decision.terms.budget_pence or 0)
        return _("It costs more than there is to share out.") if dear else ""


def open_ideas(decision: Decision) -> dict[int, Idea]:
    """By row, the ideas that are on the list or may come on it, locked, in the order in which they came."""
    rows = Idea.objects.select_for_update(of=("self",)).select_related("record__owner", "decision__record")
    rows = rows.filter(decision=decision, state__in=(IdeaState.OFFERED, IdeaState.LISTED))
    return {one.pk: one for one in rows.filter(record__in=shown_like(decision.record)).order_by("pk")}


def _demand_list(decision: Decision, chosen: Sequence[Idea]) -> None:
    if not chosen:
        raise Fault("ideas", _("Choose at least one idea for the list"))
    if len(chosen) > MOST_OPTIONS:
        raise Fault("ideas", _("Nobody can choose from so many. Join ideas, or leave some out with a reason."))
    if decision.terms.rule != Rule.BUDGET:
        return
    whole = decision.terms.budget_pence or 0
    for idea in chosen:
        if idea.cost_pence is None:
            raise Fault("ideas", _("Say first what this costs: %(title)s") % {"title": idea.title})
        if idea.cost_pence > whole:
            raise Fault("ideas", _("This costs more than there is to share: %(title)s") % {"title": idea.title})


def _list(decision: Decision, chosen: Sequence[Idea]) -> list[Option]:
    Option.objects.filter(decision=decision).delete()
    made = [
        Option(decision=decision, idea=idea, n=n, cost_pence=idea.cost_pence or 0)
        for n, idea in enumerate(chosen, start=1)
    ]
    Option.objects.bulk_create(made)
    fresh = [idea for idea in chosen if idea.state == IdeaState.OFFERED]
    Idea.objects.filter(pk__in=[idea.pk for idea in fresh]).update(state=IdeaState.LISTED)
    for idea in fresh:
        for one in (idea, *joined_with(idea)):
            if one.record.owner_id != decision.record.owner_id:
                title = message("Your idea is on the list that people choose from: %(title)s", title=idea.title)
                tell_of(idea, one.record.owner, title)
    return list(Option.objects.filter(decision=decision).order_by("n"))
