"""Reasons for and against, objections and questions, each with its answers. Answers are added, never changed."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import one_line, words_of
from alongside.ground.notices.actions import message, tell
from alongside.ground.notices.wording import Message
from alongside.ground.people.language import page_language
from alongside.ground.people.models import GONE, Party
from alongside.ground.records.actions import end
from alongside.ground.records.models import State
from alongside.ground.records.queries import shown_like
from alongside.planning.decisions.models import Decision, Side, Stage
from alongside.planning.ideas import policy
from alongside.planning.ideas.models import Idea, Point, PointAnswer, PointKind
from alongside.planning.ideas.sides import side_of
from alongside.planning.ideas.standing import demand_room, demand_talk, is_over, is_still, record_in

MOST_POINTS = 500  # of one idea
MOST_OWN = 30  # of one party, about one idea
MOST_ANSWERS = 50


@action("ideas.say", may=policy.may_put_forward, returns=Point)
def say(
    *,
    by: Actor,
    decision: Decision,
    owner: Party,
    kind: str,
    words: str,
    idea: Idea | None = None,
    named: bool = False,
    said_by: str = "",
    side: str = "",
    lang: str = "",
) -> Point:
    """A reason for or against, an objection or a question: about one idea, or about the whole decision.

    Who may answer is told; from somebody without an account it waits for a look first. Raises Fault outside the days
    for talk, about an idea that is not taken further, without words, and over the most that one can say.
    """
    demand_talk(decision)
    if said_by.strip():
        demand(policy.may_write_down, by=by, decision=decision)
    if kind not in PointKind.values:
        raise Fault("kind", _("Choose what it is"))
    if idea is not None and (idea.decision_id != decision.pk or not policy.in_talk(idea)):
        raise Fault("words", _("This idea is not talked about any more"))
    same = Point.objects.filter(decision=decision, idea=idea)
    demand_room(by, decision, Point.objects.filter(decision=decision), "words")
    if same.filter(record__in=shown_like(decision.record)).count() >= MOST_POINTS or (
        not said_by and same.filter(record__owner=owner).count() >= MOST_OWN
    ):
        raise Fault("words", _("So much is said here already. Speak to each other instead."))
    point = Point.objects.create(
        record=record_in(by, decision, owner, "point", lang),
        decision=decision,
        idea=idea,
        kind=kind,
        words=words_of(words, "words", _("Write what you want to say"), 2_000),
        side=Side(side or Side.PEOPLE) if said_by else side_of(owner),
        said_by=one_line(said_by, 120),
        named=named,
    )
    if point.record.state != State.HELD:
        _tell_asked(point)
    return point


@action("ideas.answer_point", may=policy.may_answer)
def answer_point(*, by: Actor, point: Point, words: str, put_right: bool = False) -> PointAnswer:
    """Answer what somebody said, in public, below all that was said before. Whoever said it is told.

    With `put_right` the words say what was changed, and an objection counts as settled; whoever raised it may say
    that it is not. Raises Fault without words and once the decision is made; and for something put right once people
    choose, when nothing can be changed any more.
    """
    missing = _("Write what was changed") if put_right else _("Write an answer")
    settles = put_right and point.kind == PointKind.OBJECTION
    _open_still(point)
    if settles and is_still(point.decision):
        raise Fault("put_right", _("People are choosing by now. Only whoever said it can say that it is put right."))
    idea = point.idea
    own = idea is not None and policy.owns(by, idea)
    given = _add(point, words_of(words, "words", missing, 2_000), _in_whose_name(by, point, own), settles)
    if settles:
        Point.objects.filter(pk=point.pk).update(settled=True)
        title = message("They say that what you objected to is put right. Is it?")
    else:
        title = message("There is an answer to what you said")
    _tell(point, point.record.owner, title, given.words, given.lang)
    point.refresh_from_db()
    return given


@action("ideas.settle", may=policy.may_settle, returns=Point)
def settle(*, by: Actor, point: Point, settled: bool, words: str = "") -> Point:
    """Whoever raised an objection says that it is put right, or that it is not; their words go below the others'.

    Once people choose it can only be put right: who finds then that it is not says so on their ballot.
    """
    if point.kind != PointKind.OBJECTION or point.settled == settled:
        raise Fault("point", _("There is nothing to change here"))
    said = words_of(words, "words", "", 2_000)
    if said and not policy.known(by):
        raise Fault("words", _("Sign in first to write more. You can say it without words."))
    _demand_countable(point)
    if not settled and is_still(point.decision):
        raise Fault("point", _("People are choosing by now. Say it with your choice."))
    if said:
        _add(point, said, point.record.owner, settled)
    Point.objects.filter(pk=point.pk).update(settled=settled)
    point.refresh_from_db()
    if not settled:
        _tell_asked(point)
    return point


@action("ideas.take_back_point", may=policy.may_settle, returns=Point)
def take_back_point(*, by: Actor, point: Point) -> Point:
    """Whoever said it takes it back: nobody else sees it any more. An objection until the last day for choosing."""
    _demand_countable(point)
    end(by=Actor.system("ideas.take_back_point"), record=point.record)
    point.refresh_from_db()
    return point


def _in_whose_name(by: Actor, point: Point, own: bool) -> Party:
    """The idea's own people, those who would do it, those who must answer, or else those whose decision it is."""
    idea, decision = point.idea, point.decision
    if own and idea is not None:
        return idea.record.owner
    named = (idea.run_by if idea is not None else None, decision.answered_by)
    return next((one for one in named if one is not None and policy.speaks_for(by, one)), decision.record.owner)


def _add(point: Point, words: str, by: Party, settles: bool) -> PointAnswer:
    locked = Point.objects.select_for_update().select_related("record", "decision").get(pk=point.pk)
    _open_still(locked)
    last = locked.answers.aggregate(last=Max("n"))["last"] or 0
    if last >= MOST_ANSWERS:
        raise Fault("words", _("There are too many answers here. Speak to each other instead."))
    return PointAnswer.objects.create(
        point=locked, n=last + 1, by=by, words=words, settles=settles, lang=page_language()
    )


def _open_still(point: Point) -> None:
    if point.decision.stage != Stage.OPEN:
        raise Fault("words", _("This was decided already, so the talk about it stands as it is"))
    if point.record.state not in (State.LIVE, State.STALE, State.HELD):
        raise Fault("words", _("This was taken back"))


def _demand_countable(point: Point) -> None:
    """Objections that are left are counted with the choices, so they stand as soon as nobody can choose any more."""
    _open_still(point)
    if point.kind == PointKind.OBJECTION and is_over(point.decision):
        raise Fault("point", _("The days for choosing are over, so what was objected stands as it is"))


def _tell_asked(point: Point) -> None:
    """Whoever put the idea forward is asked; about the whole decision, those whose decision it is."""
    asked = point.asked()
    if asked is not None:
        to, title, words = asked
        _tell(point, to, title, words, point.record.lang)


def _tell(point: Point, to: Party, title: Message, words: str, lang: str) -> None:
    if to.state not in GONE:
        by, link = Actor.system("ideas"), point.where_read
        tell(by=by, to=to, title=title, body=words, record=point.record, link=link, lang=lang)
