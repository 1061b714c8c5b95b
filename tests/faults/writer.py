"""Writes people one after another and says the number of each once it is safe, until somebody kills it."""

from __future__ import annotations

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings"


def main() -> None:
    import django

    django.setup()
    from alongside.ground.history.actor import Actor
    from alongside.ground.people.actions import welcome

    machine = Actor.system("killed at work")
    n = 0
    while True:
        n += 1
        party = welcome(by=machine, name=f"Person {os.getpid()} {n}", key=f"{os.getpid()}-{n}")
        sys.stdout.write(f"{party.pk}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
