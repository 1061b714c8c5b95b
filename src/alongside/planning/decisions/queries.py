"""Decisions that somebody may see, what they can do in them now, and what other kits ask about one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.people.queries import kept_by, parts_seen
from alongside.ground.records.models import Level, State
from alongside.ground.records.queries import visible_to
from alongside.ground.thread.models import LinkKind
from alongside.knowing.outcomes.queries import said
from alongside.planning.decisions import policy
from alongside.planning.decisions.models import Basis, Decision, DecisionGroup, Handed, Phase, PhaseKind, Stage, Terms
from alongside.planning.decisions.phases import can_be, templates
from alongside.planning.decisions.phases import has_chosen as has_chosen
from alongside.planning.decisions.phases import is_open_for as is_open_for
from alongside.planning.decisions.phases import next_phase as next_phase
from alongside.planning.decisions.phases import phase as phase
from alongside.planning.decisions.phases import phase_of as phase_of
from alongside.planning.decisions.phases import suggested_days as suggested_days
from alongside.planning.decisions.phases import today as today
from alongside.planning.decisions.proving import unfair as unfair
from alongside.planning.decisions.sides import side_of as side_of
from alongside.planning.decisions.terms import as_declared as as_declared
from alongside.planning.decisions.terms import open_to_of
from alongside.planning.decisions.terms import rule_of as rule_of
from alongside.planning.decisions.terms import say_setup as say_setup
from alongside.planning.decisions.way_models import WayIn
from alongside.planning.decisions.ways import counted_by as counted_by

MOST = 50
# Anybody may open a group and as many decisions as they like; those of the whole area do not vanish behind them.
OF_ALL_FIRST = Case(When(record__level=Level.WIDE_AREA, then=0), default=1)
OVER = (Stage.DECIDED, Stage.NOT_DECIDED, Stage.TALK_AGAIN, Stage.STOPPED)


def decisions(viewer: Actor) -> QuerySet[Decision]:
    """Those this viewer may see. A draft is there for those who run it, and for nobody else."""
    run = _run_by(viewer)
    seen = (Q(record__in=visible_to(viewer)) & ~Q(stage=Stage.DRAFT)) | run
    found = Decision.objects.filter(seen).exclude(record__state__in=(State.ENDED, State.ERASED))
    return found.select_related("record__owner", "terms", "answered_by", "serves").prefetch_related("phases", "groups")


def _run_by(viewer: Actor) -> Q:
    if viewer.is_system:
        return Q(record__in=visible_to(viewer))
    led = Q(record__owner__in=policy.led_by(viewer))
    if viewer.party is not None and viewer.program is None and {"all", policy.PART} & parts_seen(viewer):
        led |= Q(record__owner=viewer.party)
    return led


def looked_after(viewer: Actor) -> QuerySet[Decision]:
    """Those that this viewer looks after."""
    return decisions(viewer).filter(_run_by(viewer))


def decision(viewer: Actor, key: UUID | str) -> Decision | None:
    """The decision with this key, if this viewer may see it."""
    return decisions(viewer).filter(record__key=key).first()


def to_show(viewer: Actor, key: UUID | str) -> Decision | None:
    """The same for a page that only shows it: that this viewer sees it, whether they look after it, and in whose names
    they speak is found out once and handed on with it. Never for an action, which asks afresh."""
    found = decision(viewer, key)
    if found is not None:
        me = viewer.party
        own = me is not None and not viewer.is_helping and viewer.program is None
        names = frozenset({me.pk, *kept_by(viewer).values_list("of", flat=True)}) if own and me is not None else None
        found.handed = Handed(viewer, policy.may_run(by=viewer, decision=found), names)
    return found


def seen(viewer: Actor, decision: Decision) -> bool:
    """Whether this viewer may see a decision in hand."""
    return _handed(viewer, decision) is not None or decisions(viewer).filter(pk=decision.pk).exists()


def speaking(viewer: Actor, decision: Decision) -> frozenset[int] | None:
    """The rows of parties in whose names a viewer speaks, where that was handed on with a decision to show."""
    handed = _handed(viewer, decision)
    return handed.names if handed is not None else None


def _handed(viewer: Actor, decision: Decision) -> Handed | None:
    return decision.handed if decision.handed is not None and decision.handed.viewer == viewer else None


def drafts(viewer: Actor) -> list[Decision]:
    """What somebody is still writing, newest first."""
    return list(decisions(viewer).filter(stage=Stage.DRAFT).order_by("-pk")[:MOST])


def open_now(viewer: Actor, on: date | None = None, most: int = MOST, owner: Party | None = None) -> list[Decision]:
    """Open decisions in which people can do something today, those that end soonest first; of one owner, if named."""
    on = on or today()
    now = decisions(viewer).filter(stage=Stage.OPEN, phases__since__lte=on, phases__until__gte=on).distinct()
    now = now.filter(record__owner=owner) if owner is not None else now
    listed = [(phase_of(one, on), one) for one in now.order_by(OF_ALL_FIRST, "-pk")[:MOST]]
    return [one for part, one in sorted(listed, key=lambda row: (row[0].until if row[0] else on, row[1].pk))][:most]


def later(viewer: Actor, on: date | None = None) -> list[Decision]:
    """Declared, but in none of its parts today: it begins later, goes on later, or waits for its result."""
    on = on or today()
    now = Phase.objects.filter(since__lte=on, until__gte=on).values("decision")
    return list(decisions(viewer).filter(stage=Stage.OPEN).exclude(pk__in=now).order_by(OF_ALL_FIRST, "pk")[:MOST])


def over(viewer: Actor, most: int = MOST) -> list[Decision]:
    """Decided, not decided, back for talk or stopped: the newest first."""
    return list(decisions(viewer).filter(stage__in=OVER).order_by("-stage_on", "-pk")[:most])


def glimpse(viewer: Actor, most: int, on: date | None = None) -> tuple[list[Decision], list[Decision]]:
    """A few that are open today, those that end soonest first, and a few of the newest that are over; in two
    statements, for pages that are about something else."""
    on = on or today()
    seen = Decision.objects.filter(record__in=visible_to(viewer), stage__in=(Stage.OPEN, *OVER))
    seen = seen.exclude(record__state__in=(State.ENDED, State.ERASED)).select_related("record")
    listed = list(seen.prefetch_related("phases").order_by(OF_ALL_FIRST, "-pk")[:MOST])
    now = [(part.until, one.pk, one) for one in listed if one.stage == Stage.OPEN and (part := phase_of(one, on))]
    return [one for _until, _pk, one in sorted(now, key=lambda row: row[:2])][:most], [
        one for one in listed if one.stage in OVER
    ][:most]


def below(viewer: Actor, decision: Decision) -> list[Decision]:
    """The decisions below this one that say they serve it."""
    return list(decisions(viewer).filter(serves=decision).exclude(stage=Stage.DRAFT).order_by("pk")[:MOST])


def above(viewer: Actor, decision: Decision) -> Decision | None:
    """The decision that this one serves, if this viewer may see it."""
    return decisions(viewer).filter(pk=decision.serves_id).first() if decision.serves_id else None


def others(viewer: Actor, records: Collection[int]) -> list[Decision]:
    """The decisions among these records that this viewer may see, as for those that came before and after one."""
    return list(decisions(viewer).filter(pk__in=records).exclude(stage=Stage.DRAFT).order_by("pk"))


def may_serve(viewer: Actor, decision: Decision) -> list[Decision]:
    """Decisions at a level above, which this one could serve."""
    higher = {
        Level.INDIVIDUAL: (Level.COMMUNITY, Level.WIDE_AREA),
        Level.COMMUNITY: (Level.WIDE_AREA,),
    }.get(Level(decision.record.level), ())
    found = decisions(viewer).filter(record__level__in=higher, stage=Stage.OPEN)
    return list(found.exclude(pk=decision.pk).order_by("-pk")[:MOST])


def may_open_to(decision: Decision) -> tuple[str, ...]:
    """Who this decision may be open to; what is suggested comes first."""
    return open_to_of(decision.record.owner)


def went_back(decision: Decision) -> bool:
    """Whether it has a next round; a draft that was thrown away is none."""
    rounds = decision.record.links_on.filter(kind=LinkKind.LED_TO, dst__kind="decision")
    return rounds.exclude(dst__state=State.ENDED).exists()


def gone_on(decisions: Iterable[Decision]) -> set[int]:
    """Of these, the ones whose next round can be read, by their rows: of a draft nobody learns that it is there."""
    over = [one.pk for one in decisions if one.stage in (Stage.TALK_AGAIN, Stage.NOT_DECIDED)]
    if not over:
        return set()
    told = Decision.objects.exclude(stage=Stage.DRAFT).values("pk")
    next_ones = Q(record__links_on__kind=LinkKind.LED_TO, record__links_on__dst__in=told)
    return set(Decision.objects.filter(next_ones, pk__in=over).values_list("pk", flat=True))


def may_talk_again(decision: Decision) -> bool:
    """Whether it can go back to talk now: before anybody votes, or once it was not decided, and once."""
    if decision.stage == Stage.OPEN:
        vote = phase(decision, PhaseKind.VOTE)
        return vote is None or vote.since > today()
    return decision.stage in (Stage.TALK_AGAIN, Stage.NOT_DECIDED) and not went_back(decision)


def template_labels(decision: Decision) -> list[tuple[str, str]]:
    """The suggested lengths by their keys, in the language of the page; not those that this decision cannot have."""
    fit = [one for one in templates() if can_be(suggested_days(one["key"], today()), secret=decision.terms.secret)]
    return [(one["key"], f"{said(one['label'])}. {said(one['hint'])}") for one in fit]


def may_ask_for(viewer: Actor) -> list[Party]:
    """For whom this viewer may open a decision: themselves, and the groups they lead."""
    if viewer.party is None:
        return []
    groups = Party.objects.filter(pk__in=policy.led_by(viewer)).order_by("name", "pk")
    return [party for party in (viewer.party, *groups) if policy.may_ask(by=viewer, owner=party)]


def may_ask(viewer: Actor, owner: Party) -> bool:
    """Whether somebody may open a decision for this owner."""
    return policy.may_ask(by=viewer, owner=owner)


def may_run(viewer: Actor, decision: Decision) -> bool:
    """Whether somebody looks after this decision: they could open one for the same owner."""
    handed = _handed(viewer, decision)
    return handed.runs if handed is not None else policy.may_run(by=viewer, decision=decision)


def groups(decision: Decision) -> list[DecisionGroup]:
    """The groups that take part, in their order, also those that only advise."""
    return list(decision.groups.all())


def terms(decision: Decision) -> Terms:
    """How it is decided."""
    return decision.terms


def voting(decision: Decision) -> list[DecisionGroup]:
    """The groups that hold a part of the say."""
    return [group for group in decision.groups.all() if group.weight_ppm]


def allows(decision: Decision, way: str) -> bool:
    """Whether somebody may come to a place on the roll in this way."""
    return decision.ways.filter(way=way).exists()


def ways_by_decision() -> dict[int, set[str]]:
    """The ways in of every decision, by its row; for `alongside check`."""
    found: dict[int, set[str]] = {}
    for row, way in WayIn.objects.values_list("decision", "way"):
        found.setdefault(row, set()).add(way)
    return found


def as_it_stands(decision: Decision) -> Decision:
    """Read afresh, for an action that holds it: somebody may have stopped it, or moved its days, since it was read."""
    return Decision.objects.select_related("terms").get(pk=decision.pk)


def hold(decision: Decision) -> None:
    """Hold a decision until the action is done, so that of two who would write beside it one waits for the other.
    Called inside an action; rows that name the decision may still come."""
    Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)


def who_answers(decision: Decision) -> Party:
    """In whose name it is answered: the organisation that must, or else those whose decision it is."""
    return decision.answered_by or decision.record.owner


def answered_by_day(decision: Decision) -> date | None:
    """By when every idea is answered: the day that was said, or else the last one for answers; nobody owes an answer
    about their own life, and a room hears it there."""
    answers = phase(decision, PhaseKind.ANSWER)
    owed = decision.terms.secret and decision.terms.basis != Basis.OWN_LIFE
    return decision.answer_by or (answers.until if owed and answers else None)
