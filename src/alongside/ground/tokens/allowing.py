"""How often one caller may ask, in a minute or a day: one count in the database, whichever process answers."""

from __future__ import annotations

from django.core.cache import cache
from django.db.models import F, QuerySet
from django.utils import timezone

from alongside.ground.people.queries import hash_token
from alongside.ground.tokens.models import Allowance

MINUTE = 60
DAY = 24 * 60 * MINUTE
KEPT = 5  # minutes for which counts stay
AT_ONCE = 10  # a process takes so many from the common count at once, and writes once for all of them


def ask(*, caller: str, most: int) -> int:
    """Take one of the `most` times that this caller may ask in a minute. Seconds to wait; 0 means go on.

    Together all processes never allow more than `most`. A caller stands in the table as a keyed hash that is
    another each minute, so that the table says of nobody when they came. Called inside no action: it is no
    business of the history.
    """
    now = timezone.now().timestamp()
    minute = int(now // MINUTE)
    who = hash_token(f"{caller}|{minute}")
    if _from_those_held(who):
        return 0
    took = _take(who, minute, most, max(min(AT_ONCE, most // AT_ONCE), 1))
    if took > 1:
        cache.set(f"allowance-{who}", took - 1, MINUTE)
    return 0 if took else max(1, round((minute + 1) * MINUTE - now))


def still_today(*, caller: str, most: int) -> bool:
    """Take one of the `most` times that this caller may do something today, such as sending others a message; False
    once they are used. Days are those of UTC.

    Counted as `ask` counts, one by one. What an action takes that is refused afterwards is given back with it.
    """
    day = int(timezone.now().timestamp() // DAY)
    who = hash_token(f"{caller}|day {day}")
    return bool(_take(who, (day + 1) * DAY // MINUTE - 1, most, 1))


def _from_those_held(who: str) -> bool:
    """Use one that this process took already."""
    try:
        return cache.decr(f"allowance-{who}") >= 0
    except ValueError:
        return False


def _take(who: str, minute: int, most: int, wanted: int) -> int:
    """Take as many as wanted from the common count, or one, or none where all are used."""
    rows = Allowance.objects.filter(caller=who, minute=minute)
    taken = _fitting(rows, most, wanted)
    if taken or rows.filter(used__gte=most).exists():
        return taken
    Allowance.objects.filter(minute__lt=int(timezone.now().timestamp() // MINUTE) - KEPT).delete()
    Allowance.objects.bulk_create([Allowance(caller=who, minute=minute)], ignore_conflicts=True)
    return _fitting(rows, most, wanted)


def _fitting(rows: QuerySet[Allowance], most: int, wanted: int) -> int:
    """Each try is one statement, so that two processes never take the same."""
    for amount in (wanted, 1):
        if rows.filter(used__lte=most - amount).update(used=F("used") + amount):
            return amount
    return 0
