"""An invented feed with the faults that real ones have, for tests and nothing else."""

from __future__ import annotations

import json
from typing import Any

Service = dict[str, Any]


def listed(n: int, **changes: Any) -> Service:
    """A service in the older list form, with the extensions that one maker of directories adds."""
    entry: Service = {
        "id": f"0000{n:04d}-aaaa-bbbb-1111-ccccdddd0000",
        "name": f"Knitting group {n}",
        "description": "<p>Come and knit&nbsp;with us.</p><ul><li>Tea</li><li>Wool</li></ul>",
        "url": f"https://knitting{n}.example.org/",
        "email": f"hello{n}@example.org",
        "status": "active",
        "fees": "",
        "accreditations": "",
        "deliverable_type": "",
        "attending_type": "",
        "attending_access": "",
        "pc_attendingAccess_additionalInfo": "",
        "assured_date": "2024-03-05",
        "organization": {
            "id": f"org-{n % 7}",
            "name": f"Wool Circle {n % 7}",
            "description": "People who knit.",
            "url": "https://wool.example.org",
            "logo": "",
            "uri": "",
        },
        "pc_metadata": {"date_created": "2023-01-01", "date_assured": "2024-03-05", "assured_by": ""},
        "pc_targetAudience": [],
    }
    return without_none({**entry, **changes})


def nested(n: int, **changes: Any) -> Service:
    """A service in the nested form of Open Referral UK 3.0."""
    entry: Service = {
        "id": f"nested-{n}",
        "name": f"Lunch club {n}",
        "description": "A warm meal in good company.",
        "status": "active",
        "organization": {"id": "org-lunch", "name": "Lunch Together", "description": "We cook."},
        "service_at_locations": [
            {
                "id": f"at-{n}",
                "location": {
                    "id": f"hall-{n}",
                    "location_type": "physical",
                    "name": "Village hall",
                    "latitude": 51.45 + n / 1000,
                    "longitude": -2.58,
                    "addresses": [
                        {
                            "id": f"address-{n}",
                            "address_1": f"{n} High Street",
                            "city": "Alderbrook",
                            "state_province": "Somerset",
                            "postal_code": "zz1 1aa",
                            "country": "GB",
                            "address_type": "physical",
                            "attention": "A. Person",
                        }
                    ],
                    "accessibility": [{"id": f"access-{n}", "description": "Step-free, with a hearing loop."}],
                },
            }
        ],
        "schedules": [
            {
                "id": f"time-{n}",
                "freq": "WEEKLY",
                "interval": 2,
                "byday": "TU,TH",
                "dtstart": "2025-01-07",
                "valid_to": "2030-12-31",
                "opens_at": "12:00:00",
                "closes_at": "14:30:00",
            }
        ],
        "cost_options": [{"id": f"cost-{n}", "option": "Lunch", "amount": 3.5}],
    }
    return without_none({**entry, **changes})


def without_none(entry: Service) -> Service:
    return {key: value for key, value in entry.items() if value is not None}


def messy() -> list[Service]:
    """Thirty services; among them a second use of an id, a nameless one, three alone, five half-blank."""
    feed = [listed(n) for n in range(30)]
    feed[4]["id"] = feed[3]["id"]
    feed[9]["name"] = "  "
    for n in (9, 10, 11):
        del feed[n]["organization"]
    for n in range(12, 17):
        feed[n]["organization"]["description"] = " "
        feed[n]["organization"]["id"] = f"org-blank-{n}"
    feed[20]["email"] = "ring us"
    feed[21]["url"] = "The community centre"
    feed[22]["assured_date"] = "last spring"
    feed[23]["description"] = "<p><br></p>"
    feed[24]["pc_targetAudience"] = [{"id": "1", "audienceType": "Parents>Grandparents "}]
    return feed


def as_bytes(feed: Any) -> bytes:
    return json.dumps(feed).encode()
