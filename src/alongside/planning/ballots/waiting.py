"""Between one page of a ballot and the next: what somebody filled in travels locked in their own browser, for ten
minutes. The server keeps nothing of it, and once it is cast only the receipt is left. So each page has an address of
its own, and Back in the browser sends nothing twice and shows no choice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from alongside.ground.people.device import keeps
from alongside.ground.people.locking import Unopened, locks
from alongside.planning.decisions.models import Decision

COOKIE, PATH = "alongside_ballot", "/decide/"
keeps(COOKIE, PATH)  # so that it goes with the rest when somebody forgets the device
SECONDS = 600
MOST = 3_600  # letters; browsers refuse cookies from 4,096 on
FOR = b"alongside: a ballot on its way from page to page"


@dataclass(frozen=True)
class Waiting:
    """For whom, what stands in the form and the receipt drawn for it; `trouble` is what was wrong with a receipt that
    was typed. Once it is cast, `done`: the receipt and no choice."""

    voter: str
    receipt: str = ""
    sent: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""
    done: bool = False
    changed: bool = False
    keeps: bool = False


def waiting(request: HttpRequest, decision: Decision) -> Waiting | None:
    """What this browser carries for a decision; None where it carries nothing, or what is old or not ours."""
    try:
        opened = locks(FOR).decrypt(request.COOKIES.get(COOKIE, "").encode(), ttl=SECONDS)
        of, given = json.loads(opened)
    except (Unopened, TypeError, ValueError):
        return None
    return _read(given) if of == decision.record.key.hex and isinstance(given, dict) else None


def _read(given: dict[str, Any]) -> Waiting | None:
    """As far as it can be read: a newer version of the house may have locked more than this one knows, or an older one
    less. What was marked is kept; without a voter it is nothing."""
    plain = Waiting("")
    known = {
        one.name: given[one.name]
        for one in fields(Waiting)
        if one.name in given and isinstance(given[one.name], type(getattr(plain, one.name)))
    }
    known["sent"] = {str(name): value for name, value in known.get("sent", {}).items() if isinstance(value, str)}
    return Waiting(**known) if known.get("voter") else None


def carry(request: HttpRequest, response: HttpResponse, decision: Decision, what: Waiting) -> bool:
    """Have the browser carry it on to the next page. False where it is too much for one."""
    words = json.dumps([decision.record.key.hex, asdict(what)], separators=(",", ":"))
    locked = locks(FOR).encrypt(words.encode()).decode()
    if len(locked) > MOST:
        return False
    secure = settings.SECURE_COOKIES or request.is_secure()
    response.set_cookie(COOKIE, locked, max_age=SECONDS, path=PATH, httponly=True, samesite="Lax", secure=secure)
    return True
