"""What somebody can do with an idea, or with something that was said: each has a page with its one question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from alongside.ground.history.actor import Actor
from alongside.planning.decisions.queries import may_run
from alongside.planning.ideas import actions, policy, queries
from alongside.planning.ideas.forms import ChangeForm, JoinForm, NothingForm, WhyForm
from alongside.planning.ideas.models import Idea, IdeaState, Point, PointKind
from alongside.planning.ideas.talk_forms import AnswerForm, SettleForm
from alongside.planning.ideas.who_forms import BringForm, GainForm, WhoForm


@dataclass(frozen=True)
class Doing:
    """One thing to do: its words, its form, who may, and the action that does it."""

    key: str
    asks: Any
    leads: Any
    presses: Any
    said: Any
    form: Callable[..., Form]
    may: Callable[[Actor, Any], bool]
    act: Callable[..., Any]
    needs: Callable[[Actor, Any], dict[str, Any]] = lambda _viewer, _thing: {}


def _moving(idea: Idea) -> bool:
    return not queries.is_still(idea.decision)


def _others(_viewer: Actor, idea: Idea) -> dict[str, Any]:
    others = queries.ideas(_viewer, idea.decision).exclude(pk=idea.pk).filter(state=IdeaState.OFFERED)
    return {"others": [one for one in others if one.record.state != "held"]}


def _brings(viewer: Actor, idea: Idea) -> dict[str, Any]:
    return {"names": queries.names_for(viewer), "own": policy.may_join(by=viewer, idea=idea)}


def _naming(viewer: Actor, idea: Idea) -> dict[str, Any]:
    return {"names": queries.names_for(viewer), "runs": may_run(viewer, idea.decision)}


IDEA: dict[str, Doing] = {
    one.key: one
    for one in (
        Doing(
            "bring", _("What would you bring?"), _("Time, a place, skills, things or money: all of it counts."),
            _("Say so"), _("Thank you. It stands beside the cost."), BringForm,
            lambda v, i: _moving(i) and policy.in_talk(i) and policy.may_bring(by=v, idea=i, party=v.party),
            actions.bring, _brings,
        ),
        Doing(
            "change", _("Change your idea"), _("What it said before is kept."), _("Save the change"),
            _("The change is saved."), ChangeForm,
            lambda v, i: _moving(i) and policy.in_talk(i) and policy.may_change(by=v, idea=i),
            actions.change, lambda _v, i: {"idea": i},
        ),
        Doing(
            "who", _("Who would do it?"), _("Whoever is paid for an idea has no vote on it."), _("Save who does it"),
            _("It is saved."), WhoForm,
            lambda v, i: _moving(i) and policy.in_talk(i) and policy.may_say_who(by=v, idea=i, run_by=None),
            actions.say_who, lambda v, i: _naming(v, i) | {"nobody": _("Nobody is named yet")},
        ),
        Doing(
            "gain", _("What do you have to do with this idea?"), _("It is shown to everyone, so that all is fair."),
            _("Say so"), _("Thank you. It is shown with the idea."), GainForm,
            lambda v, i: i.decision.stage == "open" and policy.in_talk(i) and policy.known(v), actions.declare, _naming,
        ),
        Doing(
            "join", _("Join it with another idea"),
            _("Both keep their credit. Until the list is made it can be undone."), _("Join the two"),
            _("The two are joined."), JoinForm,
            lambda v, i: _moving(i) and i.state == IdeaState.OFFERED and policy.may_join(by=v, idea=i),
            actions.merge, _others,
        ),
        Doing(
            "apart", _("Take the two apart again?"), _("Your idea then stands by itself, as before."),
            _("Yes, take them apart"), _("It stands by itself again."), NothingForm,
            lambda v, i: _moving(i) and i.state == IdeaState.MERGED and policy.may_join(by=v, idea=i), actions.undo,
        ),
        Doing(
            "drop", _("Not take it further?"), _("It is counted, on which side it was dropped."), _("Drop it"),
            _("It is not taken further. Whoever put it forward is told why."), WhyForm,
            lambda v, i: _moving(i) and i.state == IdeaState.OFFERED and policy.may_run(by=v, idea=i), actions.drop,
        ),
        Doing(
            "again", _("Look at it again?"), _("It is open again, for talk and for the list."), _("Yes, open it again"),
            _("It is open again."), NothingForm,
            lambda v, i: _moving(i) and i.state == IdeaState.DROPPED and policy.may_run(by=v, idea=i),
            actions.bring_back,
        ),
        Doing(
            "take-back", _("Take your idea back?"), _("Nobody else sees it any more."), _("Yes, take it back"),
            _("You took it back."), NothingForm,
            lambda v, i: i.state == IdeaState.OFFERED and policy.may_take_back(by=v, idea=i), actions.take_back,
        ),
    )
}  # fmt: skip

POINT: dict[str, Doing] = {
    one.key: one
    for one in (
        Doing(
            "answer", _("Answer it"), _("Your answer goes below what was said before."), _("Answer for all to read"),
            _("Your answer is there for everyone to read."), AnswerForm,
            lambda v, p: p.decision.stage == "open" and policy.may_answer(by=v, point=p), actions.answer_point,
            lambda _v, p: {"objection": p.kind == PointKind.OBJECTION and not queries.is_still(p.decision)},
        ),
        Doing(
            "right", _("Is it put right?"), _("Only you can say so."), _("Yes, it is put right"),
            _("Thank you. It is put right."), SettleForm,
            lambda v, p: _objects(v, p) and not p.settled, lambda **given: actions.settle(settled=True, **given),
        ),
        Doing(
            "not-right", _("Is it not put right?"), _("Then it must be put right first."), _("It is not put right"),
            _("Thank you. It is open again."), SettleForm,
            lambda v, p: _objects(v, p) and p.settled and not queries.is_still(p.decision),
            lambda **given: actions.settle(settled=False, **given),
        ),
        Doing(
            "take-back", _("Take it back?"), _("Nobody else sees it any more."), _("Yes, take it back"),
            _("You took it back."), NothingForm,
            lambda v, p: _counts_not_yet(p) and policy.may_settle(by=v, point=p), actions.take_back_point,
        ),
    )
}  # fmt: skip


def _objects(viewer: Actor, point: Point) -> bool:
    mine = policy.may_settle(by=viewer, point=point)
    return mine and point.kind == PointKind.OBJECTION and _counts_not_yet(point)


def _counts_not_yet(point: Point) -> bool:
    over = point.kind == PointKind.OBJECTION and queries.is_over(point.decision)
    return point.decision.stage == "open" and not over


def doings(viewer: Actor, idea: Idea) -> list[Doing]:
    """What this viewer can do with an idea now."""
    return [one for one in IDEA.values() if viewer.party is not None and one.may(viewer, idea)]


@dataclass(frozen=True)
class Said:
    """Something that was said, with what this viewer can do about it."""

    point: Point
    mine: bool
    doings: list[Doing]


@dataclass(frozen=True)
class Talk:
    """What was said, sorted by what it is, each in the order of its days."""

    fors: list[Said]
    against: list[Said]
    objections: list[Said]
    questions: list[Said]

    @property
    def many(self) -> int:
        """How much was said."""
        return len(self.fors) + len(self.against) + len(self.objections) + len(self.questions)


def talk_of(viewer: Actor, points: Iterable[Point]) -> Talk:
    """The talk as a viewer sees it: for and against side by side, objections and questions below."""
    rows: dict[str, list[Said]] = {kind: [] for kind in PointKind.values}
    for point in points:
        can = [one for one in POINT.values() if viewer.party is not None and one.may(viewer, point)]
        rows[point.kind].append(Said(point, viewer.party is not None and policy.owns(viewer, point), can))
    return Talk(rows["for"], rows["against"], rows["objection"], rows["question"])
