"""`alongside start`: open an empty, real place by a few questions, in ten minutes."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from typing import Any

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.keys.actions import learn
from alongside.ground.people.actions import join, welcome
from alongside.ground.people.models import Kind, Login, Role, Sort
from alongside.ground.places.actions import open_place
from alongside.site import running
from alongside.site.commands import Command, Done, Wrong
from alongside.site.commands.opening import refuse_start

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SAFEGUARDING = (
    "If somebody is in danger now, ring 999. {name} answers every worry within one working day, and passes what must"
    " be passed on to the council's safeguarding team."
)


DIRECT = " You can also ring them yourself on {phone}."


@dataclass(frozen=True)
class Question:
    """One question: the option that answers it beforehand, the words on screen, and what is taken if left blank."""

    option: str
    words: str
    help: str
    may_be_blank: bool = False


QUESTIONS = (
    Question("name", "What is the place called?", "the name of the place"),
    Question("phone", "Which telephone number answers for it? It stands on every page.", "the number on every page"),
    Question("steward", "What is the first steward called? They look after the place.", "the first steward's name"),
    Question("email", "What is the steward's e-mail address? They sign in with it.", "the first steward's e-mail"),
    Question(
        "worry_phone",
        "Which number should a worry go to? (the same)",
        "the number for worries; the same as the first if left out",
        may_be_blank=True,
    ),
    Question(
        "safeguarding_phone",
        "Which number reaches the council's safeguarding team? (not known yet)",
        "the number of the council's safeguarding team",
        may_be_blank=True,
    ),
    Question(
        "paper",
        "Where can people pick up and hand in paper? (nowhere yet)",
        "where paper can be had and handed in",
        may_be_blank=True,
    ),
    Question(
        "paper_cy",
        "And how do you say that in Welsh? (leave it out)",
        "where paper can be had and handed in, in Welsh",
        may_be_blank=True,
    ),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    for question in QUESTIONS:
        parser.add_argument(f"--{question.option.replace('_', '-')}", default=None, help=question.help)


def run(options: argparse.Namespace) -> Done:
    running.migrate()
    refuse_start()
    given: dict[str, Any] = {question.option: _answer(question, options) for question in QUESTIONS}
    place, steward = open_real_place(by=Actor.system("start"), **given)
    learn(by=Actor.system("start"))
    lines = [
        f"{place} is open, and empty. {steward} is its steward.",
        "",
        "1. Start it:                alongside run",
        f"2. Sign in:                 with {given['email']}; the page asks for the code that we send there",
        "3. Set up a second step:    an authenticator app, which every steward needs",
        "4. Bring your areas in:     alongside places load wards.geojson --kind ward …  (when you have them)",
        "5. Offer the first thing:   a bench where people meet counts as much as a service",
    ]
    return Done({"place": place, "steward": steward, "email": given["email"]}, lines)


def _answer(question: Question, options: argparse.Namespace) -> str:
    """What was given beforehand, or what somebody types now; asked again until it can be taken."""
    given = getattr(options, question.option)
    asking = given is None and sys.stdin.isatty() and not options.json
    while True:
        words = " ".join((_ask(question) if asking else given or "").split())
        fault = _fault(question, words)
        if not fault:
            return words
        if not asking:
            raise Wrong(fault)
        sys.stderr.write(f"  {fault}\n")


def _ask(question: Question) -> str:
    sys.stderr.write(f"{question.words}\n> ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise Wrong("Nothing was opened.")
    return line


def _fault(question: Question, given: str) -> str:
    flag = f"--{question.option.replace('_', '-')}"
    if not given:
        return "" if question.may_be_blank else f"Say {question.help} ({flag})."
    if question.option == "email" and not EMAIL.fullmatch(given):
        return "Enter an e-mail address, like name@example.org (--email)."
    if "phone" in question.option and not (sum(letter.isdigit() for letter in given) >= 3 and len(given) <= 40):
        return f"Enter a telephone number, like 01632 960 001 ({flag})."
    if question.option == "name" and len(given) > 120:
        return "Use 120 letters or fewer for the name (--name)."
    return ""


@action("start.open")
def open_real_place(
    *,
    by: Actor,
    name: str,
    phone: str,
    steward: str,
    email: str,
    worry_phone: str,
    safeguarding_phone: str,
    paper: str,
    paper_cy: str,
) -> tuple[str, str]:
    """The place, the organisation that looks after it, and its first steward, who answers for worries too."""
    person = welcome(by=by, name=steward)
    host = welcome(by=by, name=name, kind=Kind.ORGANISATION, sort=Sort.USER_LED)
    join(by=by, member=person, of=host, role=Role.PLACE_STEWARD, shown=True)
    Login.objects.create_user(email=email, party=person)
    open_place(
        by=by,
        name=name,
        phone=phone,
        paper=paper,
        paper_cy=paper_cy,
        host=host,
        worry_person=person,
        worry_phone=worry_phone or phone,
        safeguarding=SAFEGUARDING.format(name=person.name)
        + (DIRECT.format(phone=safeguarding_phone) if safeguarding_phone else ""),
        demo=False,
    )
    return name, person.name


COMMANDS = {
    "start": Command(
        run,
        arguments,
        (
            "alongside start",
            "alongside start --name Larkfield --phone '01632 960 001' --steward 'Sam Doe' --email sam@example.org",
        ),
    )
}
