"""Runs pabutools in an environment of its own: tasks as JSON in, one line of JSON out for each.

pabutools is under the GPL and is only ever measured against; nothing of the product imports it.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from typing import Any

BY_TYPE = {
    "AbstractApprovalProfile": "Cost_Sat",
    "AbstractCumulativeProfile": "Additive_Cardinal_Sat",
    "AbstractOrdinalProfile": "Additive_Borda_Sat",
}


def main() -> None:
    election, rules, fractions = (import_module(f"pabutools.{name}") for name in ("election", "rules", "fractions"))
    file, instance, profile, read = None, None, None, 0.0
    for task in json.load(sys.stdin):
        if (task["file"], task["grouped"]) != file:
            file = task["file"], task["grouped"]
            fractions.FRACTION = "float" if task["grouped"] else "gmpy2"
            began = time.process_time()
            instance, profile = election.parse_pabulib(task["file"])
            read = time.process_time() - began
        ballots: Any = profile.as_multiprofile() if task["grouped"] else profile  # type: ignore[union-attr]
        worth = next(name for kind, name in BY_TYPE.items() if isinstance(profile, getattr(election, kind)))
        more = {"voter_budget_increment": 1} if task["add1"] else {}
        began = time.process_time()
        won = rules.method_of_equal_shares(instance, ballots, sat_class=getattr(election, worth), **more)
        cpu = time.process_time() - began
        print(json.dumps(task | {"cpu": cpu, "read": read, "winners": sorted(one.name for one in won)}), flush=True)


if __name__ == "__main__":
    main()
