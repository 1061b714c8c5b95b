"""The database as a place has it that runs an earlier version: how far its migrations go, and what lies in it.

A version that is out moves these names on; what lies in it should have something of whatever a migration touches.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps
from django.utils import timezone

VERSION = {
    "ground": "0006_the_readers_language",
    "instruments": None,
    "knowing": "0007_how_many_it_takes",
    "planning": "0003_deciding_together",
    "doing": "0002_unasked",
    "exchange": "0005_as_fresh_as_their_feed",
}


def targets(executor: MigrationExecutor) -> list[tuple[str, str]]:
    """As far as that version went; what is not ours goes all the way."""
    ours = [(app, name) for app, name in VERSION.items() if name]
    return ours + [(app, name) for app, name in executor.loader.graph.leaf_nodes() if app not in VERSION]


def migrate_as_far() -> None:
    """Migrate an empty database to that version."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets(executor))


def as_it_was() -> StateApps:
    """The models of that version."""
    executor = MigrationExecutor(connection)
    return executor.loader.project_state(targets(executor)).apps


def put_things_in() -> None:
    """A person with a page, and staff with an app that lies open; a decision with a place and a paper; a thing."""
    was = as_it_was()

    def put(model: str, **given: Any) -> Any:
        return was.get_model(model)._default_manager.create(**given)

    mair = put("ground.Party", kind="person", sort="person", name="Mair Pugh", state="live", lang="cy")
    council = put("ground.Party", kind="organisation", sort="public", name="Testford Council", state="live")
    login = put("ground.Login", party=mair, email="mair@example.org", password="!")
    put("ground.PersonFacts", party=mair)
    put("ground.Membership", member=mair, of=council, role="place_steward")
    put("ground.Allowance", caller="a" * 64, minute=1, used=3)
    put("mfa.Authenticator", user=login, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    put("mfa.Authenticator", user=login, type="recovery_codes", data={"seed": "ab" * 40, "used_mask": 5})
    record = put("ground.Record", kind="decision", owner=council, level="wide_area", audience="everyone")
    put("ground.Event", actor=mair, verb="decisions.ask", record=record, source="screen", at=timezone.now())
    decision = put("planning.Decision", record=record, question="Which benches?", stage="draft")
    put("planning.Terms", decision=decision, basis="shared", rule="approval")
    group = put("planning.DecisionGroup", decision=decision, key="people", name="People", side="people", position=1)
    seat = put("planning.Seat", decision=decision, group=group, way="list", party=mair, code_hash="c" * 64, batch="B-1")
    put("planning.Roll", seat=seat, decision=decision, channel="paper", day=timezone.localdate())
    put("planning.Sheet", number_hash="f" * 64, decision=decision, group=group, batch="B-1", state="once")
    put("planning.Ballot", key="d" * 64, decision=decision, group=group)
