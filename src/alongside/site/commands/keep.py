"""`alongside check` and `alongside nightly`: prove that all fits together, and do what has to be done once a day."""

from __future__ import annotations

import argparse

from alongside.doing.connecting.actions import tend as tend_introductions
from alongside.exchange.maps.actions import forget_files as forget_map_files
from alongside.exchange.openreferral.actions import note_published
from alongside.exchange.services.actions import forget_files, refresh_due
from alongside.ground.consent.actions import close
from alongside.ground.helping.actions import end_with_roles, lapse
from alongside.ground.history.actor import Actor
from alongside.ground.limits.actions import forget_old
from alongside.ground.records.actions import close_audiences, end_unclaimed
from alongside.knowing.assessment.actions import publish_if_due
from alongside.knowing.assets.actions import age, count_edits
from alongside.knowing.barriers.actions import tell_due
from alongside.knowing.duplicates.actions import look_for
from alongside.knowing.freshness.actions import tend
from alongside.knowing.maps.actions import remind
from alongside.knowing.search.actions import catch_up
from alongside.knowing.workshops.actions import wipe_due
from alongside.planning.answers.actions import tend as tend_answers
from alongside.planning.ballots.actions import close_due
from alongside.planning.complementary.actions import look_through
from alongside.planning.ideas.actions import list_due
from alongside.planning.lotteries.actions import delete_due
from alongside.planning.results.actions import count_due
from alongside.site.commands import Command, Done, Progress
from alongside.site.commands.invariants import INVARIANTS

SHOWN = 50  # broken things told in words; --json has them all


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """These take none."""


def check(options: argparse.Namespace) -> Done:
    progress, broken = Progress(), []
    for name, find in INVARIANTS.items():
        progress(name)
        broken += [{"check": name, "what": what} for what in find()]
    lines = [f"{one['check']}: {one['what']}" for one in broken[:SHOWN]]
    told = f"{len(INVARIANTS)} checks, {len(broken)} broken." if broken else f"{len(INVARIANTS)} checks, all well."
    return Done({"checked": len(INVARIANTS), "broken": broken}, [*lines, told], well=not broken)


def nightly(options: argparse.Namespace) -> Done:
    by = Actor.system("nightly")
    ended = end_unclaimed(by=by)
    closed = close_audiences(by=by) + close(by=by)
    lapse(by=by)
    end_with_roles(by=by)
    boxes = close_due(by=by)
    list_due(by=by)
    counted = count_edits(by=by)
    stale = age(by=by)
    fresh, met = tend(by=by), tend_introductions(by=by)
    published, told = publish_if_due(), tell_due(by=by)
    forget_files(by=by)
    forget_map_files(by=by)
    forget_old()
    delete_due(by=by)
    remind(by=by)
    wipe_due(by=by)
    tend_answers(by=by)
    look_for(by=by)
    catch_up(by=by, whole=True, wait=True)
    run = look_through(by=by)
    refresh_due(by=by)
    count_due(by=by)
    note_published(by=by)
    proof = check(options)
    data = {
        "ended": ended,
        "closed": closed,
        "boxes": boxes,
        "edits": counted,
        "stale": stale,
        **fresh,
        **met,
        "published": published,
        "barriers_told": told,
        "wishes": run.wishes,
        "run": {"from": run.digest, "made_with": run.made_with, "found": run.answer},
        **proof.data,
    }
    lines = [f"{ended} unclaimed pages ended, {stale} things not confirmed for a year marked.", *proof.lines]
    return Done(data, lines, well=proof.well)


COMMANDS = {
    "check": Command(check, no_arguments, ("alongside check", "alongside check --json")),
    "nightly": Command(nightly, no_arguments, ("alongside nightly",)),
}
