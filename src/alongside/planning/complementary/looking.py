"""Looks through the whole place for everybody together, keeps what was found, and mends it as things change.

Serves the best complementary use of all assets (book tables 7.2, 7.5 and 9.1). The sums are `methods/complement`;
they run outside any transaction, so that nobody who writes waits for them. Nobody is asked and nothing is promised.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from django.db.models import Count, Sum
from django.utils import timezone

from alongside.ground.history.acting import action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.places.models import Installation
from alongside.knowing.assessment.actions import publish_table
from alongside.knowing.assessment.queries import published
from alongside.knowing.assets.models import Asset
from alongside.knowing.outcomes.models import Outcome
from alongside.methods.complement.area import digest
from alongside.methods.complement.by_day import by_day
from alongside.methods.complement.pairs import QUOTA, candidates
from alongside.methods.complement.problem import STEP, Answer
from alongside.methods.complement.run import solve
from alongside.methods.complement.watching import Cancel, never, unheard
from alongside.methods.complement.watching import Progress as Tell
from alongside.methods.complement.whole import NODES, SECONDS
from alongside.planning.complementary import figures, policy
from alongside.planning.complementary.further import FurtherLine, told_further
from alongside.planning.complementary.gathering import CLOSE, HITS, SIGNS, Gathered, Taken, gather
from alongside.planning.complementary.models import Found, Further, Run, RunFigure, Sought
from alongside.planning.complementary.queries import Touched, last_run, place_lines, touched

KEPT = 30  # runs whose counts stay; what was found stays for the last one alone
MOST_MENDED = 300  # wishes looked for again by day; where more are touched, everything is looked through
BATCH = 2_000
GATHERED, SOLVED = 0.6, 0.9  # of the whole, for whoever waits
MADE_WITH = (
    f"nearest {QUOTA}, {SECONDS:g} s and {NODES} nodes a piece, {HITS} hits, {CLOSE:g} of the best, {SIGNS} signs"
)


def look_through(*, by: Actor, tell: Tell = unheard, cancelled: Cancel = never) -> Run:
    """A whole run: everybody's open wishes and everything that may be suggested. Keeps it and publishes its figures.

    `tell` hears the share done, from 0 to 1. Raises Cancelled where `cancelled` says so;
    then what was found before stands.
    """
    demand(policy.may_run, by=by)
    upto = last_event()
    gathered = gather(tell=lambda share: tell(GATHERED * share))
    pairs = candidates(gathered.problem, cancelled=cancelled)
    between = SOLVED - GATHERED
    answer = solve(
        gathered.problem, pairs, progress=lambda share: tell(GATHERED + between * share), cancelled=cancelled
    )
    worked = figures.work_out(gathered, answer, cancelled)
    run = keep(by=by, gathered=gathered, answer=answer, upto=upto, worked=worked)
    tell(1.0)
    return run


@action("complementary.keep", may=policy.may_run, returns=Run)
def keep(*, by: Actor, gathered: Gathered, answer: Answer, upto: int, worked: figures.Worked) -> Run:
    """Put a run in the place of the one before, and publish its figures. What has gone since it was gathered is left
    out. Whoever is stopped in the middle leaves the run before, whole."""
    _one_writer()
    problem = gathered.problem
    run = Run.objects.create(
        at=timezone.now(),
        digest=digest(problem),
        answer=digest(answer.pairs, answer.steps),
        made_with=MADE_WITH,
        wishes=len(problem.wishes),
        offers=len(problem.offers),
        pairs=len(answer.pairs),
        exact=answer.exact,
        gap=answer.gap,
        upto=upto,
    )
    _write(run, gathered, answer)
    Sought.objects.exclude(run=run).delete()
    old = Run.objects.order_by("-pk").values_list("pk", flat=True)[KEPT : KEPT + 1]
    Run.objects.filter(pk__lte=old[0] if old else 0).delete()
    return publish_run(by=by, run=run, worked=worked)


@action("complementary.publish_run", may=policy.may_run)
def publish_run(*, by: Actor, run: Run, worked: figures.Worked) -> Run:
    """Publish a run's figures through disclosure control, and keep those of the whole place beside the run."""
    was = published(figures.MORE)
    for table, areas in worked.tables:
        publish_table(by=by, table=table, areas=areas)
    Further.objects.bulk_create(
        Further(run=run, area_id=one.area, domain=one.domain, offers=one.offers, paid=one.paid)
        for one in told_further(worked.further, _further_before(run), was, published(figures.MORE))
    )
    RunFigure.objects.bulk_create(
        RunFigure(run=run, measure=line.measure, category=line.category, value=line.value, shown_in=line.shown_in)
        for line in place_lines()
    )
    return run


def mend(*, by: Actor) -> int:
    """Look again for the wishes that something has happened to since the last run: somebody said no, took a break,
    changed a limit, took something back, or wants something new. How many wishes were looked for again.

    Besides, wishes of the same parts of life that are not met get a second chance. What all others were found stays
    theirs. The night puts everything together again. Where very many are touched, it is all looked through at once.
    """
    demand(policy.may_run, by=by)
    run, upto = last_run(), last_event()
    if run is None:
        return 0
    some = touched(run, MOST_MENDED)
    wishes = some.all_wishes
    if len(wishes) > MOST_MENDED:
        return look_through(by=by).wishes
    gathered = gather(only=wishes, taken=_taken(run, wishes)) if wishes else None
    answer = _mended(run, gathered, some) if gathered else None
    put_in_place(by=by, run=run, wishes=sorted(wishes), gathered=gathered, answer=answer, upto=upto)
    return len(wishes)


def _mended(run: Run, gathered: Gathered, some: Touched) -> Answer:
    """What is found now, from what was found before: the same path by which the engine solves again by day. What is
    not there any more, or may not be suggested, is no candidate now."""
    problem = gathered.problem
    pairs = candidates(problem)
    had = Found.objects.filter(sought__run=run, sought__outcome__in=some.all_wishes, asset__isnull=False)
    minutes = {(wish, asset): many for wish, asset, many in had.values_list("sought__outcome", "asset", "minutes")}
    ids = zip(problem.wishes.id[pairs.wish].tolist(), problem.offers.id[pairs.offer].tolist(), strict=True)
    steps = np.array([minutes.get(one, 0) // STEP for one in ids], np.int32)
    touched_rows = np.isin(problem.wishes.id, sorted(some.wishes)), np.isin(problem.offers.id, sorted(some.assets))
    return by_day(problem, pairs, steps, touched_rows, SECONDS)


@action("complementary.put_in_place", may=policy.may_run)
def put_in_place(
    *, by: Actor, run: Run, wishes: Sequence[int], gathered: Gathered | None, answer: Answer | None, upto: int
) -> Run:
    """What was found for these wishes goes; what is found now comes, if anything was looked for. Nothing changes where
    another run has come meanwhile: it has looked for them itself."""
    _one_writer()
    if last_run() != run:
        return run
    Sought.objects.filter(run=run, outcome__in=wishes).delete()
    if gathered is not None and answer is not None:
        _write(run, gathered, answer)
    Run.objects.filter(pk=run.pk).update(upto=upto)
    return run


def _one_writer() -> None:
    """Two workers who come at once take turns, so that neither takes away what the other has found."""
    Installation.objects.select_for_update().first()


def _further_before(run: Run) -> list[FurtherLine]:
    """What was told after the run before this one."""
    before = Run.objects.filter(pk__lt=run.pk).order_by("-pk")[:1]
    rows = Further.objects.filter(run__in=list(before)).order_by("pk")
    return [FurtherLine(row.area_id, row.domain, row.offers, row.paid) for row in rows]


def _write(run: Run, gathered: Gathered, answer: Answer) -> None:
    problem, there = gathered.problem, _there(Outcome, gathered.problem.wishes.id.tolist())
    rows = [
        Sought(run=run, outcome_id=pk, wanted=wanted * STEP, met=met * STEP, band=band)
        for pk, wanted, met, band in zip(
            problem.wishes.id.tolist(),
            problem.wishes.steps.tolist(),
            answer.met.tolist(),
            problem.wishes.band.tolist(),
            strict=True,
        )
        if pk in there
    ]
    sought = {row.outcome_id: row for row in Sought.objects.bulk_create(rows, batch_size=BATCH)}
    assets, some = _there(Asset, problem.offers.id.tolist()), answer.steps > 0
    chosen = zip(
        problem.wishes.id[answer.pairs.wish[some]].tolist(),
        problem.offers.id[answer.pairs.offer[some]].tolist(),
        answer.steps[some].tolist(),
        strict=True,
    )
    Found.objects.bulk_create(
        (
            Found(sought=sought[wish], asset_id=asset, minutes=steps * STEP)
            for wish, asset, steps in chosen
            if wish in sought and asset in assets
        ),
        batch_size=BATCH,
    )


def _there(model: type[Outcome] | type[Asset], ids: Sequence[int]) -> set[int]:
    """Those of these rows that are still there."""
    found: set[int] = set()
    for start in range(0, len(ids), BATCH):
        found.update(model._default_manager.filter(pk__in=ids[start : start + BATCH]).values_list("pk", flat=True))
    return found


def _taken(run: Run, but: Collection[int]) -> dict[int, Taken]:
    """What of each asset was found for others than these wishes."""
    rows = Found.objects.filter(sought__run=run, asset__isnull=False).exclude(sought__outcome__in=but)
    sums = rows.values_list("asset").annotate(minutes=Sum("minutes"), wishes=Count("pk")).order_by("asset")
    return {asset: Taken(minutes, wishes) for asset, minutes, wishes in sums}


def last_event() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
