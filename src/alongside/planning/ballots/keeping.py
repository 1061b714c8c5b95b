"""What a voter has their own device keep, if they tick it: their choice, locked, so that only it can be told "your
vote paid for …". The server keeps nothing of it; whoever forgets the device forgets it too."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from alongside.ground.people.device import keeps
from alongside.ground.people.locking import Unopened, locks
from alongside.planning.decisions.models import Decision

COOKIE, PATH = "alongside_choices", "/decide/"
keeps(COOKIE, PATH)  # so that it goes with the rest when somebody forgets the device
DAYS = 400  # browsers keep nothing longer
MOST = 3_600  # letters; browsers refuse cookies from 4,096 on
FOR = b"alongside: choices kept on a voter's own device"


def kept(request: HttpRequest, decision: Decision) -> dict[int, int] | None:
    """What this device keeps of a choice in this decision: values by the options' numbers; None where it keeps none."""
    marks = _all(request).get(decision.record.key.hex)
    return None if marks is None else {int(n): value for n, value in marks.items()}


def _is_choice(marks: object) -> bool:
    """Whether this is a choice as we keep it now: another version of the house may have written it otherwise."""
    return isinstance(marks, dict) and all(n.isdecimal() and isinstance(value, int) for n, value in marks.items())


def keep(request: HttpRequest, response: HttpResponse, decision: Decision, marks: Mapping[int, int]) -> None:
    """Have the device keep a choice, locked; the oldest go where there are too many."""
    found = {key: value for key, value in _all(request).items() if key != decision.record.key.hex}
    _write(request, response, found | {decision.record.key.hex: {str(n): value for n, value in marks.items()}})


def let_go(request: HttpRequest, response: HttpResponse, decision: Decision) -> None:
    """The device keeps this choice no longer: what stood there would be another than what was cast."""
    found = _all(request)
    if found.pop(decision.record.key.hex, None) is not None:
        _write(request, response, found)


def _write(request: HttpRequest, response: HttpResponse, found: dict[str, dict[str, int]]) -> None:
    while found:
        locked = locks(FOR).encrypt(json.dumps(found, separators=(",", ":")).encode()).decode()
        if len(locked) <= MOST:
            secure = settings.SECURE_COOKIES or request.is_secure()
            response.set_cookie(
                COOKIE, locked, max_age=DAYS * 86_400, path=PATH, httponly=True, samesite="Lax", secure=secure
            )
            return
        found.pop(next(iter(found)))
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def _all(request: HttpRequest) -> dict[str, dict[str, int]]:
    """Everything this device keeps; nothing where the cookie is not one of ours."""
    try:
        found = json.loads(locks(FOR).decrypt(request.COOKIES.get(COOKIE, "").encode()))
    except (Unopened, ValueError):
        return {}
    return {key: marks for key, marks in found.items() if _is_choice(marks)} if isinstance(found, dict) else {}
