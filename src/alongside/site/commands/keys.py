"""`alongside keys accept` and `alongside app forget`: what to do when secrets, or somebody's telephone, are lost."""

from __future__ import annotations

import argparse

from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.keys import actions, queries
from alongside.site.commands import Command, Done, Wrong

STRANGE = """This database was made with other secrets than those in {folder}: {names}.
Most likely a backup was put back without its folder `secrets`.

1. Put the folder `secrets` of that backup back into {home}, and start again.
2. Only if it is lost for good: alongside keys accept
   Staff add their authenticator apps anew. Everybody signs in anew. Programs need new tokens. In votes that
   are open now, codes, receipts and paper from before work no more: stop these votes, and begin them anew."""


def told(home: str, names: list[str]) -> str:
    """What is to be done where these secrets are not those of the database."""
    return STRANGE.format(folder=f"{home}/secrets", home=home, names=", ".join(names))


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """This takes none."""


def accept(options: argparse.Namespace) -> Done:
    """Go on with the secrets that are here."""
    before = queries.strange()
    theirs = [party.name for party in actions.accept(by=Actor.system("keys accept"))]
    lines = [
        f"From now on this database goes with the secrets that are here ({', '.join(before) or 'as before'}).",
        *(f"{name} adds an authenticator app anew at their next sign-in." for name in theirs),
    ]
    return Done({"accepted": before, "apps_forgotten": len(theirs)}, lines)


def email(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="the e-mail address with which they sign in")


def forget(options: argparse.Namespace) -> Done:
    """Forget the app of somebody who lost it. Make sure beforehand that it is they who ask."""
    try:
        party = actions.forget_app(by=Actor.system("app forget"), email=options.email)
    except Fault as fault:
        raise Wrong(f"{fault.message}.") from fault
    lines = [f"{party.name} is signed out everywhere, and adds an authenticator app anew at the next sign-in."]
    return Done({"forgotten": party.name}, lines)


COMMANDS = {
    "keys accept": Command(accept, no_arguments, ("alongside keys accept",)),
    "app forget": Command(forget, email, ("alongside app forget sam@example.org",)),
}
