"""What two people read on a ballot paper: the same, or not."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from alongside.ground.people.queries import hash_token
from alongside.planning.decisions.models import Decision
from alongside.planning.papers.models import Keying, KeyingMark, Sheet


@dataclass(frozen=True)
class Reading:
    """The marks that somebody read, by the options' numbers; or that nobody can tell what was meant."""

    marks: dict[int, int] = field(default_factory=dict)
    spoilt: bool = False


def hashed(decision: Decision, number: str) -> str:
    """What is kept of a paper's own number; it leads to no ballot and to no slip."""
    return hash_token(f"ballot paper|{decision.record.key}|{number}")


def readings(sheet: Sheet) -> list[Reading]:
    """What has been read on a paper, in no order."""
    found = []
    for keying in sorted(sheet.keyings.all(), key=lambda one: one.key):
        marks = dict(keying.marks.values_list("option__n", "value"))
        found.append(Reading(dict(sorted(marks.items())), keying.spoilt))
    return found


def note(sheet: Sheet, by: int, reading: Reading, options: dict[int, int], *, settles: bool = False) -> None:
    """Write down what somebody read. Called inside an action."""
    keying = Keying(key=secrets.token_hex(32), sheet=sheet, by_id=by, settles=settles, spoilt=reading.spoilt)
    keying.save(force_insert=True)
    rows = [
        KeyingMark(key=secrets.token_hex(32), keying=keying, option_id=options[n], value=value)
        for n, value in reading.marks.items()
    ]
    KeyingMark.objects.bulk_create(rows)


def forget_marks(sheet: Sheet) -> None:
    """What was read is a ballot now, or counts for nothing: the readings go. Called inside an action."""
    KeyingMark.objects.filter(keying__sheet=sheet).delete()
