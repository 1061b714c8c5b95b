"""Bring postcodes in, file by file and batch by batch, so that nobody waits while a large one is loaded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.postcodes import policy
from alongside.ground.postcodes.models import Postcode, PostcodeFile, Publisher
from alongside.ground.records.bulk import wide_statements

Row = tuple[str, float, float]  # the code in capitals without its space, latitude, longitude


@dataclass(slots=True)
class Kept:
    """What came of a batch. `newer` rows stand already from a later file; `twice` are codes that this very file
    has put somewhere else before."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    newer: int = 0
    dropped: int = 0
    twice: list[str] = field(default_factory=list)


@action("postcodes.begin", may=policy.may_keep)
def begin(*, by: Actor, publisher: str, name: str, dated: date) -> PostcodeFile:
    """Note the file that is about to be loaded. Refuses whoever does not look after the place."""
    return PostcodeFile.objects.create(publisher=Publisher(publisher), name=name[:120], dated=dated)


@action("postcodes.keep", may=policy.may_keep)
def keep(*, by: Actor, file: PostcodeFile, rows: Sequence[Row], ended: Collection[str] = ()) -> Kept:
    """Bring in a batch of rows (WGS84 degrees, in these islands), and drop those of `ended` that are no longer used.

    For each postcode the file with the later date counts, and of two with the same date the one that was begun
    later; so loads may run at once and be done again. Of two rows for one postcode in one file the first counts.
    """
    list(PostcodeFile.objects.select_for_update().order_by("pk").values_list("pk"))  # one batch at a time
    codes = {code for code, _lat, _lng in rows}
    here = {
        code: (point, (dated, pk))
        for code, *point, dated, pk in Postcode.objects.filter(code__in=codes | set(ended)).values_list(
            "code", "lat", "lng", "file__dated", "file"
        )
    }
    done, fresh, mine = Kept(), dict[str, Postcode](), (file.dated, file.pk)
    for code, lat, lng in rows:
        point, order = here.get(code, ([], None))
        if order == mine:
            done.twice += [code] if point != [lat, lng] else []
            done.unchanged += point == [lat, lng]
            continue
        if order is not None and order > mine:
            done.newer += 1
            continue
        done.created += order is None
        done.updated += order is not None and point != [lat, lng]
        done.unchanged += point == [lat, lng]
        fresh[code] = Postcode(code=code, lat=lat, lng=lng, file=file)
        here[code] = ([lat, lng], mine)
    _write(fresh.values())
    gone = [code for code in ended if code in here and here[code][1] < mine]
    done.dropped = Postcode.objects.filter(code__in=gone).delete()[0]
    return done


def _write(rows: Iterable[Postcode]) -> None:
    with wide_statements():
        Postcode.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"], update_fields=["lat", "lng", "file"]
        )


@action("postcodes.finish", may=policy.may_keep)
def finish(*, by: Actor, file: PostcodeFile, areas: Collection[str] = ()) -> int:
    """Drop what earlier files of the same publisher said of these postcode areas (the letters a code begins with)
    and this one no longer says. How many were dropped."""
    older = Q(dated__lt=file.dated) | Q(dated=file.dated, pk__lt=file.pk)
    files = PostcodeFile.objects.filter(older, publisher=file.publisher)
    old = Postcode.objects.filter(file__in=files)
    gone = [code for code in old.values_list("code", flat=True).iterator() if area_of(code) in areas]
    dropped = 0
    for at in range(0, len(gone), 2_000):
        dropped += Postcode.objects.filter(code__in=gone[at : at + 2_000], file__in=files).delete()[0]
    return dropped


def area_of(code: str) -> str:
    """The letters a postcode begins with."""
    return code[:2] if code[1:2].isalpha() else code[:1]
