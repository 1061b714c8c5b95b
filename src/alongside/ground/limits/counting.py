"""How often one caller may ask or try, in a minute or a day: one count in the database, whichever process answers."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache
from django.db.models import F, QuerySet
from django.utils import timezone

from alongside.ground.limits.models import Allowance

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
    who = hashed(f"{caller}|{minute}")
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
    return take_one(caller=caller, most=most, seconds=DAY)


def take_one(*, caller: str, most: int, seconds: int) -> bool:
    """Take one of the `most` times that this caller has in the whole minutes, hours or days that the clock of UTC is
    cut into (`seconds` long); False once they are used. Each is one write; all processes count together."""
    who, minute = _now(caller, seconds)
    return bool(_take(who, minute, most, 1))


def give_back(*, caller: str, seconds: int) -> None:
    """Forget what this caller has used of now, because they have shown who they are."""
    who, minute = _now(caller, seconds)
    Allowance.objects.filter(caller=who, minute=minute).delete()


def for_the_first_time(*, what: str, until: int) -> bool:
    """Whether this is asked for the first time, whichever process is asked: of two at once one is the first. It is
    known until this second (since 1970), and has to be asked with the same one each time."""
    return bool(_take(hashed(f"{what}|once"), until // MINUTE, 1, 1))


def forget_old() -> int:
    """Take out counts of what is over: once a night, for a place where nobody comes. How many."""
    return Allowance.objects.filter(minute__lt=int(timezone.now().timestamp() // MINUTE) - KEPT).delete()[0]


def hashed(caller: str) -> str:
    """How a caller stands in the table: keyed, so that whoever has a copy of it cannot try out addresses."""
    return hmac.new(settings.TOKEN_PEPPER.encode(), f"allowance|{caller}".encode(), hashlib.sha256).hexdigest()


def _now(caller: str, seconds: int) -> tuple[str, int]:
    """The hash of a caller, another each time, and the minute with which this time ends."""
    turn = int(timezone.now().timestamp() // seconds)
    return hashed(f"{caller}|{seconds}|{turn}"), (turn + 1) * seconds // MINUTE - 1


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
    forget_old()
    Allowance.objects.bulk_create([Allowance(caller=who, minute=minute)], ignore_conflicts=True)
    return _fitting(rows, most, wanted)


def _fitting(rows: QuerySet[Allowance], most: int, wanted: int) -> int:
    """Each try is one statement, so that two processes never take the same."""
    for amount in (wanted, 1):
        if rows.filter(used__lte=most - amount).update(used=F("used") + amount):
            return amount
    return 0
