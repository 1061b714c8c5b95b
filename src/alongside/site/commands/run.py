"""`alongside run`: everything up to date, the invented place where there is none, then the site and its worker."""

from __future__ import annotations

import argparse
import os
import sys

from django.conf import settings

from alongside.ground.history.actor import Actor
from alongside.ground.keys.actions import learn
from alongside.ground.keys.queries import strange
from alongside.site import running
from alongside.site.commands import Command, Done, Told
from alongside.site.commands.keys import told
from alongside.site.commands.opening import is_open
from alongside.site.demo import links
from alongside.site.demo.fill import fill


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    parser.add_argument("--people", type=int, default=600, help="how many people live in the invented place (600)")


def run(options: argparse.Namespace) -> Done:
    if not running.is_free(options.port):
        raise Told(f"Something else listens on port {options.port}. Try another: alongside run --port 8080")
    say("Getting the database ready …")
    running.migrate()
    if names := strange():
        raise Told(told(str(settings.HOME), names))
    learn(by=Actor.system("run"))
    if not is_open():
        if not running.is_only_here():
            raise Told("No place is open here yet. Open one first: alongside start")
        say("This is the first time, so we make up a town to look around in. It takes a few seconds …")
        fill(people=options.people, seed=1)
    running.collect(say)
    address = f"http://localhost:{options.port}"
    os.environ.setdefault("ALONGSIDE_URL", address)  # what the site and its worker write in pages and letters
    letter = links.letter(address)

    def ready() -> None:
        for line in (*letter, "", f"Alongside is at {address}", "Press Ctrl-C to stop."):
            out.write(line + "\n")
        out.flush()

    out = sys.stderr if options.json else sys.stdout
    well = running.serve(options.port, ready)
    return Done({"address": address}, well=well)


def say(words: str) -> None:
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


COMMANDS = {"run": Command(run, arguments, ("alongside run", "alongside run --port 8080"))}
