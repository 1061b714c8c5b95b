"""A feed comes in at 400 services or more a CPU second, in at most 40 statements for 500 records.

The services are invented ones in the nested form with place, time, cost and access, the fullest there is; each
statement is counted as a private temporary database sees it. Three loads: the first, one that changes every
service, and one that changes nothing.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

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
        "description": f"<h3>{name} {n}</h3>{PARAGRAPH}",
        "url": f"https://lunch{n}.example.org",
        "email": f"lunch{n}@example.org",
        "status": "active",
        "organization": {
            "id": f"org-{n % 1400}",
            "name": f"Lunch Together {n % 1400}",
            "description": f"<p>{n % 1400}</p>{PARAGRAPH}",
        },
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


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as home:
        os.environ |= {"ALONGSIDE_HOME": home, "DJANGO_SETTINGS_MODULE": "alongside.site.settings_test"}
        import django

        django.setup()
        return run(Path(home))


def run(home: Path) -> int:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(home / "bench.sqlite3")
    call_command("migrate", verbosity=0)
    first = [service(n) for n in range(SERVICES)]
    changed = [service(n, name="Supper club") for n in range(SERVICES)]
    kept = True
    for what, feed in (("new", first), ("changed", changed), ("as before", changed)):
        speed, statements = load(json.dumps(feed).encode())
        print(f"services that are {what}: {speed:,.0f} a CPU second (limit at least {LIMIT})")
        print(f"services that are {what}: {statements:.1f} statements for 500 records (limit {STATEMENTS})")
        kept &= speed >= LIMIT and statements <= STATEMENTS
    return 0 if kept else 1


def load(data: bytes) -> tuple[float, float]:
    """Services a CPU second, and statements for 500 records."""
    from django.db import connection

    from alongside.exchange.services import actions
    from alongside.ground.history.actor import Actor

    spent: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        spent.append(sql[:40])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        began = time.process_time()
        report = actions.load(by=Actor.system("bench"), source="Bench", data=data)
        seconds = time.process_time() - began
    assert report.read == SERVICES == report.created + report.updated + report.unchanged
    return SERVICES / seconds, len(spent) / (SERVICES / 500)


if __name__ == "__main__":
    sys.exit(main())
