"""`alongside run`: everything up to date, the invented place where there is none, then the site and its worker."""

from __future__ import annotations

import argparse
import sys

from alongside.site import running
from alongside.site.commands import Command, Done
from alongside.site.commands.opening import is_open
from alongside.site.demo import links
from alongside.site.demo.fill import fill


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    parser.add_argument("--people", type=int, default=600, help="how many people live in the invented place (600)")


def run(options: argparse.Namespace) -> Done:
    say("Getting the database ready …")
    running.migrate()
    if not is_open():
        say("This is the first time, so we make up a town to look around in. It takes a few seconds …")
        fill(people=options.people, seed=1)
    running.collect(say)
    for line in links.letter(f"http://localhost:{options.port}"):
        say(line)
    say(f"\nAlongside is at http://localhost:{options.port}\nPress Ctrl-C to stop.")
    well = running.serve(options.port)
    return Done({"port": options.port}, well=well)


def say(words: str) -> None:
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


COMMANDS = {"run": Command(run, arguments, ("alongside run", "alongside run --port 8080"))}
