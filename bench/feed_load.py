"""A feed comes in at 400 services or more a CPU second, in at most 40 statements for 500 records.

The services are invented ones in the nested form with place, time, cost and access, the fullest there is;
each statement is counted as the database sees it. A load for the first time, one that changes every service,
and one that changes nothing.
"""

from __future__ import annotations

import json
import time
from typing import Any

from bench.claim import Claim, scratch_house

SERVICES = 2_000
LIMIT, STATEMENTS = 400, 40
PARAGRAPH = "<p>Come&nbsp;along, <b>everybody</b> is welcome.</p><ul><li>Tea</li><li>Company</li></ul>" * 6


def service(n: int, *, name: str = "Lunch club") -> dict[str, Any]:
    place = {
        "id": f"place-{n}",
        "location_type": "physical",
        "name": "Village hall",
        "latitude": 51.4 + (n % 500) / 5000,
        "longitude": -2.6 + (n % 300) / 3000,
        "addresses": [{"address_1": f"{n} High Street", "city": "Alderbrook", "postal_code": "ZZ1 1AA"}],
        "accessibility": [{"id": f"a-{n}", "description": "Step-free, with a hearing loop."}],
    }
    return {
        "id": f"service-{n}",
        "name": f"{name} {n}",
        "description": PARAGRAPH,
        "url": f"https://lunch{n}.example.org",
        "email": f"lunch{n}@example.org",
        "status": "active",
        "organization": {"id": f"org-{n % 1400}", "name": f"Lunch Together {n % 1400}", "description": PARAGRAPH},
        "service_at_locations": [{"id": f"at-{n}", "location": place}],
        "schedules": [
            {
                "id": f"t-{n}",
                "freq": "WEEKLY",
                "byday": "TU,TH",
                "dtstart": "2025-01-07",
                "opens_at": "12:00",
                "closes_at": "14:00",
            }
        ],
        "cost_options": [{"id": f"c-{n}", "amount": 3.5}],
    }


def measure() -> list[Claim]:
    scratch_house()
    from django.db import connection

    from alongside.exchange.services.actions import load
    from alongside.ground.history.actor import Actor

    machine = Actor.system("bench")
    spent: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        spent.append(sql[:40])
        return execute(sql, params, many, context)

    claims = []
    first = [service(n) for n in range(SERVICES)]
    changed = [service(n, name="Supper club") for n in range(SERVICES)]
    for what, feed in (("new", first), ("changed", changed), ("as before", changed)):
        data = json.dumps(feed).encode()
        spent.clear()
        with connection.execute_wrapper(count):
            began = time.process_time()
            report = load(by=machine, source="Bench", data=data)
            seconds = time.process_time() - began
        assert report.read == SERVICES and report.gone == 0
        claims.append(
            Claim(
                what=f"A feed comes in: services that are {what}",
                measured=SERVICES / seconds,
                limit=LIMIT,
                unit="services a CPU second",
                beside=f"{SERVICES} nested services",
                at_least=True,
            )
        )
        claims.append(
            Claim(
                what=f"… in few statements: services that are {what}",
                measured=len(spent) / (SERVICES / 500),
                limit=STATEMENTS,
                unit="statements for 500 records",
                beside="the limit of the design",
            )
        )
    return claims
