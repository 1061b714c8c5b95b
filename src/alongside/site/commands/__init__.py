"""What a command of `alongside` is, and which there are. Each lives in a module here, loaded when it is asked for."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# Name, module, and what it does in one line.
COMMANDS = {
    "run": ("run", "Start the site and its background worker; make the invented place if there is none yet."),
    "start": ("start", "Open an empty, real place by a few questions."),
    "demo": ("demo", "Fill an empty database with the invented town of Larkmere."),
    "places load": ("load", "Bring in areas from GeoJSON, with figures by code."),
    "places postcodes": ("postcodes", "Bring in postcodes near this place, from a file of ONS, OS or your own."),
    "services load": ("load", "Bring in a feed of services (Open Referral UK), or try it first with --dry-run."),
    "services validate": ("feeds", "Judge a feed by Open Referral UK 3.0 or HSDS 3, record by record."),
    "services export": ("feeds", "Write what communities and organisations offer as pages of Open Referral UK 3.0."),
    "map export": ("maps", "Write a community's whole map to files that another place can bring in."),
    "map import": ("maps", "Bring in a whole map, or try it first with --dry-run."),
    "search": ("ask", "Search everything that people, communities and organisations here offer."),
    "suggest": ("ask", "Ideas for a plan: what could help each thing wanted, and why."),
    "decide": ("decide", "Count a ballot file (Pabulib) by fair shares or by votes, and say why."),
    "choices export": ("choices", "Write a decision’s choices for somebody chosen to count them again."),
    "assess": ("ask", "What an area has and wants, in figures that are safe to publish."),
    "app forget": ("keys", "Forget the authenticator app of somebody who lost it, so that they add one anew."),
    "keys accept": ("keys", "Go on with other secrets than those with which the database was made."),
    "check": ("keep", "Prove that what is in the database fits together."),
    "nightly": ("keep", "End pages nobody claimed, and mark what has not been confirmed for a long time."),
}

# Computed from a file alone: the site and its database are not even loaded.
FROM_A_FILE = {"decide"}


class Wrong(Exception):
    """The command was used wrongly. Its words say what to do instead."""


class Told(Exception):
    """The command cannot be done here and now. Its words say why."""


@dataclass(frozen=True)
class Done:
    """What a command did: an object for machines, lines for people, and whether all went well."""

    data: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    well: bool = True


@dataclass(frozen=True)
class Command:
    """One command: its options, an example or two, and what it does."""

    run: Callable[[argparse.Namespace], Done]
    arguments: Callable[[argparse.ArgumentParser], None]
    examples: tuple[str, ...]


class Progress:
    """Says on standard error what is being done, once it has taken more than two seconds."""

    def __init__(self, patience: float = 2.0) -> None:
        self.began = time.monotonic()
        self.patience = patience

    def __call__(self, words: str) -> None:
        passed = time.monotonic() - self.began
        if passed > self.patience:
            sys.stderr.write(f"{passed:5.0f} s  {words}\n")
            sys.stderr.flush()
