"""`alongside choices export`: the choices of a decision as a file, also where so few took part that they stay closed.

For whoever keeps the computer, in front of somebody whom those who took part have chosen to count again (an auditor).
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from uuid import UUID

from alongside.exchange.recount import queries
from alongside.ground.history.actor import Actor
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import decision
from alongside.planning.results.queries import sum_now
from alongside.site.commands import Command, Done, Told, Wrong


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("decision", help="its key: what stands in its address after /decide/")
    parser.add_argument("file", type=Path, help="where to write the choices; what is there already stays")


def export(options: argparse.Namespace) -> Done:
    found = queries.kept(_decision(options.decision))
    if found is None:
        raise Told("Nothing was counted in this decision, or nobody held a say in it.")
    try:
        handle = os.open(options.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Wrong(f"{options.file} cannot be written: {error.strerror}.") from error
    with os.fdopen(handle, "wb") as file:
        file.write(queries.written(found.result))
    told, now = found.result.ballots_sha, sum_now(found.result)
    data = {"file": str(options.file), "sum_told": told, "sum_now": now, "same": told == now, "open": found.is_open}
    lines = [
        f"The choices are in {options.file}.",
        f"The sum on the page is  {told}",
        f"These choices give       {now}",
    ]
    lines.append(
        "Nothing was changed since the count." if told == now else "They are not what was counted on that day."
    )
    if options.file.suffix == ".pb":
        lines.append(f"Count them again on any computer: alongside decide {options.file.name}")
    if not found.is_open:
        lines.append("Few took part: they could tell what somebody chose. Show them to nobody else, then delete them.")
    return Done(data, lines, well=told == now)


def _decision(key: str) -> Decision:
    try:
        found = decision(Actor.system("recount"), UUID(key))
    except ValueError:
        found = None
    if found is None:
        raise Wrong(f"There is no decision {key}. Look in its address, after /decide/.")
    return found


COMMANDS = {
    "choices export": Command(
        export,
        arguments,
        ("alongside choices export 3f2c41a0-5d6b-4c77-9a41-0c8e51d2b7aa choices.pb",),
    )
}
