"""A place where much is decided, every text with a marker of its own, and in plain Python who may read which.

For each decision who sees it is written down here by name; the rules of the house are not asked. What is planted comes
from the models themselves: a text that somebody adds to them tomorrow is planted tomorrow, and read by nobody until
a line here says by whom.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models
from django.test import Client

from alongside.ground.consent.actions import let_in
from alongside.ground.people import actions as people
from alongside.ground.people.models import Role
from alongside.ground.records.actions import turn_back
from alongside.ground.records.models import Record, State
from alongside.planning.answers import actions as answers
from alongside.planning.answers.models import Act, Reply
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions.actions import GroupSaid
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import today
from alongside.planning.ideas import actions as ideas
from alongside.planning.ideas.models import Idea, IdeaAsset, Interest, Point, PointAnswer
from alongside.planning.results import actions as results
from alongside.planning.rolls.models import Seat
from tests.cast import MACHINE, Cast, Somebody
from tests.planning.ballots.box import cast_for, closed
from tests.planning.deciding import NOW_IDEAS, draft, fresh, money, move, opened
from tests.planning.thinking import NOW_LISTING, NOW_VOTE, idea_of, listed

Viewers = frozenset[str]
EVERYBODY: Viewers = frozenset(
    ("anyone", "outsider", "blocked", "member", "keeper", "author", "named", "close", "commissioner", "supplier")
)
NOBODY: Viewers = frozenset()
MARKER = re.compile(r"zq\d{4}qz")
LETTERS = 8
AREA, CLUB, OWN, DRAFT, GONE, OVER = "area", "club", "own life", "draft", "thrown away", "over"
SEES: dict[str, Viewers] = {
    AREA: EVERYBODY,
    OVER: EVERYBODY,
    CLUB: frozenset(("member", "keeper", "author", "named")),
    OWN: frozenset(("author", "close")),
    DRAFT: frozenset(("commissioner",)),
    GONE: NOBODY,
}
RUNS: dict[str, Viewers] = {
    AREA: frozenset(("commissioner",)),
    OVER: frozenset(("commissioner",)),
    CLUB: frozenset(("keeper",)),
    OWN: frozenset(("author",)),
    DRAFT: frozenset(("commissioner",)),
    GONE: NOBODY,
}


@dataclass
class Place:
    """`decisions` by name; `readers` of each marker; `clients` of each viewer."""

    cast: Cast
    decisions: dict[str, Decision] = field(default_factory=dict)
    readers: dict[str, Viewers] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    people: dict[str, Somebody] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def keys(self, model: type[models.Model], decision: Decision) -> list[str]:
        rows = model._default_manager.filter(decision=decision)
        return [str(key) for key in rows.order_by("pk").values_list("record__key", flat=True)]


def place(cast: Cast) -> Place:
    made = Place(cast)
    assert cast.place.name
    made.people = {
        "outsider": cast.outsider,
        "blocked": cast.person("Bea Zqsurnameblocked"),
        "member": cast.person("Mo Zqsurnamemember"),
        "keeper": cast.connector,
        "author": cast.person("Ann Zqsurnameauthor"),
        "named": cast.person("Ned Zqsurnamenamed"),
        "close": cast.person("Cy Zqsurnameclose"),
        "commissioner": cast.commissioner,
        "supplier": cast.supplier,
    }
    by = made.people
    for name in ("member", "author", "named"):
        people.join(by=by[name].actor, member=by[name].party, of=cast.lunch_club)
    people.join(by=MACHINE, member=by["supplier"].party, of=cast.agency, role=Role.SUPPLIER)
    let_in(by=by["close"].actor, owner=by["author"].party, member=by["close"].party)
    people.block(by=by["named"].actor, other=by["blocked"].party)
    _decide(made)
    made.clients = {"anyone": Client()} | {name: one.client() for name, one in by.items()}
    _plant(made)
    return made


def _decide(made: Place) -> None:
    cast, by = made.cast, made.people
    some = [GroupSaid("zqgroup people", "people", 700_000), GroupSaid("zqgroup groups", "communities", 300_000)]
    made.decisions[AREA] = opened(cast, when=NOW_IDEAS, terms=money())
    club = draft(cast, by["keeper"], cast.lunch_club)
    decisions.set_groups(by=by["keeper"].actor, decision=club, groups=some)
    decisions.set_ways(by=by["keeper"].actor, decision=club, ways=["member", "vouched"], open_to="community")
    decisions.declare(by=by["keeper"].actor, decision=club)
    made.decisions[CLUB] = move(club, NOW_IDEAS)
    made.decisions[OWN] = _own(made)
    made.decisions[DRAFT] = draft(cast)
    made.decisions[GONE] = draft(cast)
    decisions.stop(by=cast.commissioner.actor, decision=made.decisions[GONE])
    made.decisions[OVER] = opened(cast, when=NOW_IDEAS, terms=money())
    for name in (AREA, CLUB, OVER):
        _talk(made, name)
    idea_of(by["author"], made.decisions[OWN], "Mine", words="Mine")
    _came_out(made)


def _own(made: Place) -> Decision:
    author = made.people["author"]
    decision = decisions.ask(by=author.actor, owner=author.party, question="Where shall I live?", why="I can")
    decisions.write(by=author.actor, decision=decision, can_change="Where")
    made.decisions[OWN] = decision
    decisions.plan_phases(by=author.actor, decision=decision, days=_days())
    decisions.declare(by=author.actor, decision=decision)
    return fresh(decision)


def _days() -> list[decisions.Days]:
    now = today()
    return [
        decisions.Days("ideas", now, now + timedelta(5)),
        decisions.Days("vote", now + timedelta(6), now + timedelta(9)),
    ]


def _talk(made: Place, name: str) -> None:
    """Ideas in every state, and what is said to one of them, also by somebody without an account."""
    decision, by = made.decisions[name], made.people
    author, named, runs = by["author"], by["named"], by["keeper" if name == CLUB else "commissioner"]
    plain = idea_of(author, decision, "Plain")
    own = idea_of(named, decision, "Named", named=True)
    idea_of(runs, decision, "By letter", said_by="Mrs Price")
    dropped, gone = idea_of(author, decision, "Dropped"), idea_of(author, decision, "Gone")
    joined = idea_of(named, decision, "Joined", named=True)
    ideas.drop(by=runs.actor, idea=dropped, why="Why dropped")
    ideas.take_back(by=author.actor, idea=gone)
    ideas.merge(by=runs.actor, idea=joined, into=plain, why="Why joined")
    held, back = (idea_of(author, decision, one) for one in ("Held", "Turned back"))
    Record.objects.filter(pk__in=(held.pk, back.pk)).update(state=State.HELD)
    turn_back(by=MACHINE, record=back.record, reason="No")
    ideas.bring(by=named.actor, idea=plain, kind="time", words="Brings", party=named.party)
    ideas.declare(by=author.actor, idea=own, party=author.party, kind="paid", words="Gains")
    for idea in (None, plain, own, held, gone):
        said = ideas.say(by=named.actor, decision=decision, owner=named.party, kind="question", words="Asks", idea=None)
        Point.objects.filter(pk=said.pk).update(idea=idea)
        ideas.answer_point(by=runs.actor, point=said, words="Answers")
        waits = ideas.say(by=named.actor, decision=decision, owner=named.party, kind="for", words="Waits", idea=None)
        Point.objects.filter(pk=waits.pk).update(idea=idea)
        Record.objects.filter(pk=waits.pk).update(state=State.HELD)
    seat = {"way": "vouched", "name": "Mrs Price", "vouched_by": named.party, "why_ended": "Moved away"}
    Seat.objects.create(decision=decision, group=decision.groups.filter(side="people").first(), **seat)
    taken = ideas.say(by=named.actor, decision=decision, owner=named.party, kind="for", words="Taken", idea=plain)
    ideas.take_back_point(by=named.actor, point=taken)


def _came_out(made: Place) -> None:
    """One of them is counted, answered and spoken of by a councillor."""
    cast, decision = made.cast, made.decisions[OVER]
    Record.objects.filter(pk__in=Idea.objects.filter(decision=decision).values("pk"), state=State.HELD).update(
        state=State.ENDED
    )
    move(decision, NOW_LISTING)
    first = Idea.objects.filter(decision=decision, title__in=("Plain", "Named"))
    listed(cast.commissioner, fresh(decision), *first)
    decision = move(decision, NOW_VOTE)
    for name in ("author", "member", "named", "close", "outsider"):
        cast_for(made.people[name], decision, 1)
    decision = closed(decision, cast.commissioner)
    results.count(by=MACHINE, decision=decision)
    for idea in Idea.objects.filter(decision=decision, title__in=("Plain", "Named", "Dropped")):
        answers.reply(by=cast.commissioner.actor, idea=idea, saying="cannot", words="Reply", evidence="See there")
    due = {"to": cast.agency, "due": today() + timedelta(9)}
    called = answers.act(by=cast.councillor.actor, decision=decision, kind="call", words="Call", **due)
    answers.answer_call(by=cast.supplier.actor, act=called, words="Answer")
    made.decisions[OVER] = fresh(decision)


# Who may read which text, in plain Python


def _planted(row: models.Model) -> Iterator[tuple[models.Field[Any, Any], str]]:
    for one in row._meta.local_concrete_fields:
        long = (one.max_length or 999) >= LETTERS
        if isinstance(one, models.CharField | models.TextField) and long and not one.choices and not one.primary_key:
            yield one, f"{row._meta.object_name}.{one.name}"


def _plant(made: Place) -> None:
    """A marker into each text of each row, past the actions; with those who may read it."""
    numbers = iter(range(1, 9_999))
    for model in (Decision, Idea, IdeaAsset, Interest, Point, PointAnswer, Seat, Reply, Act):
        for row in model._default_manager.order_by("pk"):
            values = {}
            for one, column in _planted(row):
                if one.name in KEPT or not (one.name in ALWAYS or getattr(row, one.name)):
                    continue
                marker = f"zq{next(numbers):04}qz"
                values[one.name] = marker
                made.readers[marker], made.where[marker] = READERS[model](made, row, one.name), column
            model._default_manager.filter(pk=row.pk).update(**values)


KEPT = {"key", "lang", "code_hash", "terms_sha", "lot_seed", "batch"}  # no words; each is proved elsewhere
ALWAYS = {"words", "title"}


def name_of(made: Place, decision: Decision) -> str:
    return next(name for name, one in made.decisions.items() if one.pk == decision.pk)


def owner_of(made: Place, row: Any) -> Viewers:
    return frozenset(name for name, one in made.people.items() if one.party.pk == row.record.owner_id)


def of_decision(made: Place, row: Any, _name: str) -> Viewers:
    return SEES[name_of(made, row)] | RUNS[name_of(made, row)]


def of_thing(made: Place, row: Any, name: str) -> Viewers:
    """An idea or something said: by all who see its decision, unless it waits, was taken back or was turned back; with
    a name not by whom its writer blocked. Its writer always reads it. Who said it stands there only if they want."""
    decision, record = row.decision, row.record
    own, sees = owner_of(made, row), SEES[name_of(made, decision)]
    shown = record.state in ("live", "stale") and record.audience == decision.record.audience
    others = sees if shown else NOBODY
    if row.named:
        others -= {"blocked"}
    idea = getattr(row, "idea", None)
    if idea is not None:
        others &= of_thing(made, idea, "words")
    if name == "said_by" and not row.named:
        others &= RUNS[name_of(made, decision)]
    if name in ("title", "words") and getattr(row, "state", "") == "listed":
        others |= sees  # what is chosen from stands the same for everybody
    return others | own


def beside(attribute: str) -> Callable[[Place, Any, str], Viewers]:
    """What hangs on an idea or on something said is read by whoever reads that."""

    def readers(made: Place, row: Any, _name: str) -> Viewers:
        return of_thing(made, getattr(row, attribute), "words")

    return readers


def of_seat(made: Place, row: Any, name: str) -> Viewers:
    """Whom a neighbour vouched for: those who keep the roll read it, and whoever did. Nobody reads why one ended."""
    vouched = frozenset(who for who, one in made.people.items() if one.party.pk == row.vouched_by_id)
    return RUNS[name_of(made, row.decision)] | vouched if name == "name" else NOBODY


def of_act(made: Place, row: Any, _name: str) -> Viewers:
    return SEES[name_of(made, row.decision)]


READERS: dict[Any, Callable[[Place, Any, str], Viewers]] = {
    Decision: of_decision,
    Idea: of_thing,
    IdeaAsset: beside("idea"),
    Interest: beside("idea"),
    Point: of_thing,
    PointAnswer: beside("point"),
    Seat: of_seat,
    Reply: beside("idea"),
    Act: of_act,
}
