"""`alongside demo`: the invented town of Larkmere, any size up to 3,000 people, the same again for the same seed."""

from __future__ import annotations

import argparse

from alongside.site import running
from alongside.site.commands import Command, Done, Progress, Wrong
from alongside.site.commands.opening import refuse_demo
from alongside.site.demo.fill import LEAST, MOST, fill


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=600, help=f"how many people, {LEAST} to {MOST} (600)")
    parser.add_argument("--seed", type=int, default=1, help="another number makes another town (1)")


def run(options: argparse.Namespace) -> Done:
    if not LEAST <= options.people <= MOST:
        raise Wrong(f"Choose between {LEAST} and {MOST} people: alongside demo --people 600")
    progress = Progress()
    running.migrate()
    refuse_demo()
    made = fill(people=options.people, seed=options.seed, tell=progress)
    lines = ["Larkmere is there. Nobody in it is real."]
    lines += [f"  {number:6,} {name}" for name, number in made.items()]
    return Done(made, [*lines, "Start it with:  alongside run"])


COMMANDS = {"demo": Command(run, arguments, ("alongside demo", "alongside demo --people 3000 --seed 7 --json"))}
