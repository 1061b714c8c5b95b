"""`alongside search`, `suggest` and `assess`: what is here, what could help, and what an area has and wants."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from alongside.exchange.services.queries import foreign_ids
from alongside.ground.consent.actions import look
from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor, Source
from alongside.ground.places.queries import find_areas
from alongside.ground.postcodes.queries import meant
from alongside.knowing.assessment.actions import publish_if_due
from alongside.knowing.assessment.queries import assess as assessed
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import listed
from alongside.knowing.lexicon.actions import classify_waiting
from alongside.knowing.lexicon.queries import any_waiting
from alongside.knowing.search.actions import catch_up
from alongside.knowing.search.queries import Answer, best_for, distance, reasons, vectors_of
from alongside.methods.distance import Point
from alongside.methods.scoring import ALMOST, Hit
from alongside.planning.plans import queries as plans
from alongside.planning.plans.ideas import board
from alongside.site.commands import Command, Done, Progress, Wrong

ANYONE, MACHINE = Actor.anyone(), Actor.system("search")
PATIENCE = 20.0  # seconds of learning between two looks at what has changed meanwhile
HELP = [
    "If somebody is in danger now, ring 999.",
    "To talk to somebody at any hour, ring Samaritans on 116 123. It is free.",
    "",
]


def search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="?", default="", help="what matters, in any words")
    parser.add_argument("--near", default="", help="a street, neighbourhood or ward, or a postcode")
    parser.add_argument("--km", type=float, help="no further than this from there")
    parser.add_argument("--top", type=int, default=20, help="how many at most (20)")
    parser.add_argument(
        "--about", action="append", default=[], help="a key from an answer's about, or none; again for more"
    )
    parser.add_argument(
        "--statements", type=Path, help="a JSON file, a list of {id, text}, and about: answers for each"
    )


def search(options: argparse.Namespace) -> Done:
    if bool(options.words) == bool(options.statements):
        raise Wrong('Say what to look for, or name a file: alongside search "singing", or --statements FILE.json')
    if options.km is not None and not options.near:
        raise Wrong("Say near where: --near 'Old Quay' --km 2")
    near = _point(options.near) if options.near else None
    asked = (
        _statements(options.statements)
        if options.statements
        else [{"id": "", "text": options.words, "about": options.about}]
    )
    progress = Progress()
    get_ready(progress)
    found = []
    vectors = vectors_of([str(one["text"]) for one in asked])
    for n, statement in enumerate(asked):
        vector = None if vectors is None else vectors[n]
        about = statement["about"]
        found.append(best_for(ANYONE, str(statement["text"]), near, options.km, options.top, vector, about))
        progress(f"{n + 1} of {len(asked)} statements")
    answers = [{"id": statement["id"], **one} for statement, one in zip(asked, _answers(found, near), strict=True)]
    if options.statements:
        lines = [
            f"{one['id']}: {', '.join(hit['title'] for hit in one['results'][:3]) or 'nothing'}" for one in answers
        ]
        return Done({"answers": answers}, lines)
    (answer,) = answers
    del answer["id"]
    return Done(answer, [*(HELP if answer["help"] else []), *_lines(answer)])


def get_ready(progress: Progress) -> None:
    """Whatever has come since anybody looked is learnt first, so that it is found without a worker running."""
    more = True
    while more:
        learnt = catch_up(
            by=MACHINE, seconds=PATIENCE, wait=True, progress=lambda n, of: progress(f"read {n:,} of {of:,}")
        )
        more = learnt.more and learnt.known > 0
    if any_waiting():
        classify_waiting(by=MACHINE, progress=lambda n: progress(f"seen what {n:,} things may help with"))


def _answers(found: list[Answer], near: Point | None) -> list[dict[str, Any]]:
    """Each answer as machines read it: what everyone may see, best first."""
    ids = list(dict.fromkeys(hit.id for one in found for hit in one.hits))
    assets = {asset.pk: asset for asset in listed(ANYONE, ids)}
    foreign = foreign_ids(ANYONE, ids)
    return [
        {
            "results": [_result(assets[hit.id], hit, foreign, near) for hit in one.hits if hit.id in assets],
            "fits": any(hit.fits for hit in one.hits),
            "help": one.urgent,
            "meant": list(one.meant),
            "spelled": list(one.spelled),
            "about": [
                {"key": key, "label": label, "chosen": key in one.about.chosen} for key, label in one.about.choices
            ],
        }
        for one in found
    ]


def _result(asset: Asset, hit: Hit, foreign: dict[int, str], near: Point | None) -> dict[str, Any]:
    far = distance(asset, near)
    return {
        "id": str(asset.record.key),
        "source_id": foreign.get(asset.pk, ""),
        "title": asset.title,
        "holder": asset.record.owner.name,
        "kind": asset.record.owner.kind,
        "score": round(hit.score, 4),
        "fits": hit.fits,
        "km": None if far is None else round(far, 2),
        "why": reasons(hit.why),
    }


def _lines(answer: dict[str, Any]) -> list[str]:
    """The answer for people: what fits, or that nothing does and what comes near."""
    about = [f"What that may be about: {', '.join(answer['meant'])}."] if answer["meant"] else []
    if not any(one["chosen"] for one in answer["about"]):
        choices = ", ".join(f"{one['label']} ({one['key']})" for one in answer["about"])
        about += [f"Or choose with --about KEY: {choices}."] if choices else []
    if answer["fits"]:
        return [*about, *(_line(one) for one in answer["results"] if one["fits"])]
    near = [_line(one) for one in answer["results"] if one["score"] >= ALMOST][:5]
    return [*about, "Nothing fits.", *(["Not quite:", *near] if near else [])]


def _point(words: str) -> Point:
    postcode = meant(words)
    if postcode and postcode.point:
        return postcode.point
    area = find_areas(words).first()
    if area is None or area.lat is None or area.lng is None:
        raise Wrong(f"There is no place called “{words}” here.")
    return Point(area.lat, area.lng)


def _statements(path: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, list):
            raise TypeError(path)
        return [{"id": one["id"], "text": one["text"], "about": list(one.get("about", ()))} for one in found]
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise Wrong(f"{path} should be a JSON list of objects with id and text.") from problem


def _line(one: dict[str, Any]) -> str:
    return f"{one['score']:7.3f}  {one['title']}  ({one['holder']})  {'; '.join(one['why'])}"


def suggest_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", help="the key of a plan, as in its address")


def suggest(options: argparse.Namespace) -> Done:
    """The machine looks at the plan, which its owner can see, and then sees what its owner would see."""
    machine = Actor.system("suggest")
    try:
        plan = plans.plan(machine, options.plan)
    except ValidationError:
        plan = None
    if plan is None:
        raise Wrong("There is no plan with this key. It is the last part of the plan's address.")
    sight = look(by=machine, record=plan.record, parts=[plans.ALL], purpose="alongside suggest")
    owner = Actor(person=plan.record.owner, source=Source.MACHINE)
    suggestions = [
        {
            "outcome": outcome.words,
            "source": rung.source.name.lower(),
            "asset": card.asset.title,
            "holder": card.holder.name,
            "why": card.reasons,
        }
        for outcome in plans.wanted(sight, plan)
        for rung in board(owner, plan, outcome).rungs
        for card in rung.cards
    ]
    lines = [f"{one['outcome']}: {one['asset']} ({one['holder']}). {' '.join(one['why'])}" for one in suggestions]
    return Done({"suggestions": suggestions}, lines or ["No ideas yet."])


def assess_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("area", help="the code or name of an area, or the name of the whole place")
    parser.add_argument("--out", type=Path, help="a folder for the same figures as a CSV file")


def assess(options: argparse.Namespace) -> Done:
    publish_if_due()
    try:
        data = assessed(options.area)
    except Fault as fault:
        raise Wrong(fault.message) from fault
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        with (options.out / "figures.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ["area", "measure", "value", "suppressed"], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(data["figures"])
        sys.stderr.write(f"Written: {options.out / 'figures.csv'}\n")
    lines = [
        f"{one['area']:<12} {one['measure']:<36} {'hidden' if one['suppressed'] else one['value']}"
        for one in data["figures"]
    ]
    return Done(data, lines)


COMMANDS = {
    "search": Command(
        search,
        search_arguments,
        (
            'alongside search "somewhere to sing in the daytime" --near "Old Quay" --km 2',
            "alongside search --statements what-people-said.json --top 5 --json",
        ),
    ),
    "suggest": Command(suggest, suggest_arguments, ("alongside suggest 2f9c1c1e-7d0a-4c58-9d4e-0b7a2a9d4f11",)),
    "assess": Command(assess, assess_arguments, ('alongside assess "Old Quay"', "alongside assess Larkmere --json")),
}
