"""Publishes the figures about people: looked at once a day at most, renewed only as disclosure control allows."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Prefetch
from django.utils import timezone

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.places.models import Area, Installation
from alongside.knowing.assessment import policy
from alongside.knowing.assessment.counting import tables
from alongside.knowing.assessment.models import PublishedFigure, PublishedRow, PublishedTable
from alongside.knowing.assessment.placing import level_here, rows_here
from alongside.knowing.assessment.queries import kept_level
from alongside.methods.disclosure import Release, Table
from alongside.methods.disclosure import publish as may_show
from alongside.methods.disclosure_sums import Sums, publish_sums

EVERY = timedelta(days=1)


def publish_if_due() -> bool:
    """Publish where nothing was, or where the last look is a day old. Whether it did."""
    last = PublishedTable.objects.order_by("looked_at").values_list("looked_at", flat=True).first()
    if (last is not None and timezone.now() - last < EVERY) or not rows_here(level_here(kept_level())):
        return False
    publish(by=Actor.system("figures"))
    return True


@action("assessment.publish", may=policy.may_publish)
def publish(*, by: Actor) -> int:
    """Work out the fixed tables and keep what may be shown of them, row by row. How many rows were renewed.

    Safe to run at any time: an area keeps its figures until 20 people more, or fewer, stand behind them.
    Publishes nothing where no areas are loaded.
    """
    level = level_here(kept_level())
    rows = rows_here(level)
    if level is None or not rows:
        return 0
    Installation.objects.select_for_update().first()  # one publisher at a time
    return sum(_keep(table, rows) for table in tables(rows, level))


@action("assessment.publish_table", may=policy.may_publish)
def publish_table(*, by: Actor, table: Table | Sums, areas: list[Area]) -> int:
    """Keep what may be shown of one more fixed table about people, worked out in another kit: counts of them, or sums
    of what each of them stands for. `areas` are the rows of the table. How many were renewed. Raises
    `methods.disclosure.Unpublishable` as that does."""
    Installation.objects.select_for_update().first()  # one publisher at a time
    return _keep(table, areas)


def _keep(table: Table | Sums, rows: list[Area]) -> int:
    """Put what may be shown of one table beside what was shown before."""
    kept, _new = PublishedTable.objects.update_or_create(
        measure=table.measure,
        defaults={"level": table.level, "edition": table.edition, "looked_at": timezone.now()},
    )
    before = {row.area.code: row for row in _rows(kept)}
    earlier = _release(kept, before) if before else None
    _figures, release = publish_sums(table, earlier) if isinstance(table, Sums) else may_show(table, earlier)
    fresh = 0
    for area in rows:
        row = before.get(area.code)
        if row is None:
            row = PublishedRow.objects.create(table=kept, area=area, people=release.people[area.code])
        elif row.people == release.people[area.code] and _cells(row) == release.cells[area.code]:
            continue
        fresh += 1
        PublishedRow.objects.filter(pk=row.pk).update(people=release.people[area.code])
        row.figures.all().delete()
        PublishedFigure.objects.bulk_create(
            PublishedFigure(row=row, category=name, value=value) for name, value in release.cells[area.code].items()
        )
    return fresh


def _rows(kept: PublishedTable) -> list[PublishedRow]:
    figures = Prefetch("figures", PublishedFigure.objects.order_by("pk"))
    return list(kept.rows.select_related("area").prefetch_related(figures))


def _release(kept: PublishedTable, rows: dict[str, PublishedRow]) -> Release:
    """What was published before, as disclosure control wants it."""
    cells = {code: _cells(row) for code, row in rows.items()}
    return Release(kept.level, kept.edition, cells, {code: row.people for code, row in rows.items()})


def _cells(row: PublishedRow) -> dict[str, int | None]:
    return {one.category: one.value for one in row.figures.all()}
