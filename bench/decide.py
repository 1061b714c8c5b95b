"""Fair shares against pabutools 1.2.3 on fourteen real ballots, in the same run: the same winners, and how much sooner.

pabutools is set up in a throw-away environment of its own for this run alone. One run is base equal shares; exact is
its default, in fractions; grouped is its float mode on equal ballots put together, its own remedy for large ones.
CPU seconds of the count alone, reading apart. The ballots are read where they lie (Pabulib; see the reference).
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from alongside.exchange.pabulib import count, declared, problem_in, read
from alongside.methods.equal_shares import run
from bench._complement_peers import DATA
from bench._decide_say import weighed

PEER = "pabutools==1.2.3"
TIMES = 5
EXACT, GROUPED, LARGEST, SMALLEST, STEPS = 80.0, 10.0, 2.0, 10.0, 3.0
LODZ, BUDAPEST = "Poland_Lodz_2022.pb", "Hungary_Budapest_2022_VIII_Jozsefvaros.pb"
# Files on which pabutools completes by steps in under half a minute.
STEPPED = (
    "Netherlands_Assen_2024.pb",
    "Switzerland_Zurich_D5.pb",
    "Canada_Stanford_Dataset_PB_Dieppe_2018_vote_approvals.pb",
    "Poland_Swiecie_2023.pb",
    "US_Stanford_Dataset_PB_Cambridge_2019_vote_approvals.pb",
    "Netherlands_Amsterdam_309.pb",
)


def main() -> int:
    files = sorted((DATA / "pabulib").glob("*.pb"))
    if not files:
        print(f"the ballots are not at {DATA / 'pabulib'}: nothing was measured")
        return 0
    largest, steps = completed(LODZ)
    print(f"reading Łódź 2022 and completing it in {steps} steps: {largest:.2f} CPU s (limit {LARGEST:g})")
    smallest, steps = completed(BUDAPEST)
    print(
        f"completing Budapest VIII 2022 by one forint each, {steps:,} steps: {smallest:.2f} CPU s (limit {SMALLEST:g})"
    )
    own = largest <= LARGEST and smallest <= SMALLEST
    own &= weighed(DATA / "pabulib")
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as home:
        python = environment(Path(home))
        if python is None:
            print(f"{PEER} could not be set up here: it was not measured against")
            return 0 if own else 1
        kept = against(python, files)
    return 0 if kept and own else 1


def environment(home: Path) -> Path | None:
    """An environment with pabutools, and what it needs, in a folder that goes away again; None where that fails."""
    python = home / "peer" / "bin" / "python"
    steps = ([sys.executable, "-m", "venv", str(home / "peer")], [str(python), "-m", "pip", "install", "-q", PEER])
    for step in steps:
        if subprocess.run(step, capture_output=True, check=False).returncode:
            return None
    return python


def completed(name: str) -> tuple[float, int]:
    """CPU seconds to read one ballot and count it, completed by steps, and how many steps that took."""
    began = time.process_time()
    file = read((DATA / "pabulib" / name).read_bytes())
    result = count(file, declared(file.meta, {"rule": "equal-shares", "complete": "add1", "ties": "id"}))
    return time.process_time() - began, result.completion.runs


def against(python: Path, files: list[Path]) -> bool:
    """Both on every file: prints each, and whether all claims hold."""
    tasks = [
        {"file": str(file), "grouped": grouped, "add1": add1}
        for file in files
        for grouped, add1 in ((False, False), (False, True), (True, False))
        if not add1 or file.name in STEPPED
    ]
    ratios: dict[str, list[float]] = {"exact": [], "grouped": [], "by steps": [], "reading": []}
    same = 0
    command = [str(python), str(Path(__file__).with_name("_decide_peer.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        assert peer.stdin and peer.stdout
        peer.stdin.write(json.dumps(tasks))
        peer.stdin.close()
        for line in peer.stdout:
            theirs = json.loads(line)
            ours = measured(theirs)
            kind = "grouped" if theirs["grouped"] else "by steps" if theirs["add1"] else "exact"
            ratios[kind].append(theirs["cpu"] / ours["cpu"])
            same += theirs["winners"] == ours["winners"]
            if kind == "exact":
                ratios["reading"].append(theirs["read"] / ours["read"])
            name = f"{Path(theirs['file']).stem}, {ours['ballots']:,} ballots, {kind}"
            print(f"{name}: {theirs['cpu']:.4g} s and {ours['cpu']:.3g} s, {ratios[kind][-1]:,.0f} times", flush=True)
    print(f"the same winners: {same} of {len(tasks)} runs (limit all)")
    kept = same == len(tasks)
    for kind, limit in (("exact", EXACT), ("grouped", GROUPED), ("by steps", STEPS), ("reading", 1.0)):
        middle = statistics.median(ratios[kind])
        span = f"from {min(ratios[kind]):,.0f} to {max(ratios[kind]):,.0f}"
        print(f"{kind}, median of {len(ratios[kind])}: {middle:,.0f} times ({span}; limit at least {limit:g})")
        kept &= middle >= limit
    return kept


def measured(task: dict[str, Any]) -> dict[str, Any]:
    """The same by our own engine: the middle of several runs, each from the problem as read."""
    began = time.process_time()
    file = read(Path(task["file"]).read_bytes())
    how = declared(file.meta, {"rule": "equal-shares", "complete": "add1" if task["add1"] else "none", "ties": "id"})
    problem = problem_in(file, how)
    reading, took = time.process_time() - began, []
    for _ in range(TIMES):
        began = time.process_time()
        result = run(problem, how.rule)
        took.append(time.process_time() - began)
    won = sorted(result.winners)
    return {"cpu": statistics.median(took), "read": reading, "winners": won, "ballots": problem.voters}


if __name__ == "__main__":
    sys.exit(main())
