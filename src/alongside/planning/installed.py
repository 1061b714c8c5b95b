"""Triggers that keep a declared decision as it was declared, whatever is written past the actions.

Its terms, groups and ways in take no change once it is open, and neither do the day of opening, the sum that was told
and the lot. Nobody gets a place by a way that the decision does not have. Somebody's decision about their own life
still goes with their page when they leave for good.
"""

from alongside.ground.history.installed import Installed

DECISION, TERMS, GROUPS, WAYS = "planning_decision", "planning_terms", "planning_decisiongroup", "planning_wayin"
SEAT = "planning_seat"
TOLD = ("declared_at", "terms_sha", "lot_seed")  # columns
WORDS = "stands still once a decision is declared"


def _declared(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {DECISION} d WHERE d.record_id = {row} AND d.declared_at IS NOT NULL)"


def _shared(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {TERMS} t WHERE t.decision_id = {row} AND t.basis <> 'own_life')"


def _refusing(name: str, event: str, table: str, when: str) -> tuple[str, str]:
    return (
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN"
        f" SELECT RAISE(ABORT, '{table} {WORDS}'); END",
    )


def stands_still(table: str) -> Installed:
    """A trigger that refuses every change to rows of `table` that belong to a declared decision."""
    name = f"{table}_stands_still"
    gone = f"{_declared('OLD.decision_id')} AND {_shared('OLD.decision_id')}"
    return Installed(
        name=name,
        kind="trigger",
        tables=(DECISION, TERMS, table),
        sqlite=(
            *_refusing(name, "INSERT", table, _declared("NEW.decision_id")),
            *_refusing(
                f"{name}_update", "UPDATE", table, f"{_declared('OLD.decision_id')} OR {_declared('NEW.decision_id')}"
            ),
            *_refusing(f"{name}_delete", "DELETE", table, gone),
        ),
        postgresql=(
            f"CREATE OR REPLACE FUNCTION planning_stands_still() RETURNS trigger AS $$ BEGIN"
            f" IF TG_OP = 'DELETE' THEN IF {gone} THEN RAISE EXCEPTION '% {WORDS}', TG_TABLE_NAME; END IF;"
            f" RETURN OLD; END IF;"
            f" IF {_declared('NEW.decision_id')} THEN RAISE EXCEPTION '% {WORDS}', TG_TABLE_NAME; END IF;"
            f" IF TG_OP = 'UPDATE' THEN IF {_declared('OLD.decision_id')} THEN"
            f" RAISE EXCEPTION '% {WORDS}', TG_TABLE_NAME; END IF; END IF;"
            f" RETURN NEW; END $$ LANGUAGE plpgsql",
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION planning_stands_still()",
        ),
    )


def _told() -> Installed:
    """A trigger that refuses to change when a decision was declared, the sum told then, and its lot."""
    name = f"{DECISION}_as_told"
    changed = {}
    for vendor, differs in (("sqlite", "IS NOT"), ("postgresql", "IS DISTINCT FROM")):
        any_of = " OR ".join(f"NEW.{one} {differs} OLD.{one}" for one in TOLD)
        changed[vendor] = f"OLD.declared_at IS NOT NULL AND ({any_of})"
    return Installed(
        name=name,
        kind="trigger",
        tables=(DECISION,),
        sqlite=_refusing(name, f"UPDATE OF {', '.join(TOLD)}", DECISION, changed["sqlite"]),
        postgresql=(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN"
            f" RAISE EXCEPTION '{DECISION} {WORDS}'; END $$ LANGUAGE plpgsql",
            f"DROP TRIGGER IF EXISTS {name} ON {DECISION}",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {DECISION} FOR EACH ROW WHEN ({changed['postgresql']})"
            f" EXECUTE FUNCTION {name}()",
        ),
    )


def _one_place() -> Installed:
    """A trigger that refuses a place by a way that the decision does not have: so no code that is bound to nobody lies
    beside names, and nobody has one of each. Organisations stand on a list everywhere, each under its own name."""
    name, words = "planning_seat_one_place", "this way in would count one person twice"
    has = {way: _allows(way) for way in ("member", "code", "vouched")}
    own = f"EXISTS (SELECT 1 FROM {TERMS} t WHERE t.decision_id = NEW.decision_id AND t.basis = 'own_life')"
    body = "EXISTS (SELECT 1 FROM ground_party p WHERE p.id = NEW.party_id AND p.kind <> 'person')"
    refused = (
        f"(NEW.way = 'code' AND NOT {has['code']}) OR (NEW.way = 'vouched' AND NOT {has['vouched']})"
        f" OR (NEW.way = 'member' AND NOT {has['member']} AND NOT {own})"
        f" OR (NEW.way = 'list' AND {has['code']} AND NOT {body})"
    )
    again = f"{name}_update"
    raising = f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
    return Installed(
        name=name,
        kind="trigger",
        tables=(TERMS, WAYS, SEAT, "ground_party"),
        sqlite=(
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE INSERT ON {SEAT} WHEN {refused} {raising}",
            f"DROP TRIGGER IF EXISTS {again}",
            f"CREATE TRIGGER {again} BEFORE UPDATE OF way, decision_id ON {SEAT} WHEN {refused} {raising}",
        ),
        postgresql=(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN"
            f" IF {refused} THEN RAISE EXCEPTION '{words}'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql",
            f"DROP TRIGGER IF EXISTS {name} ON {SEAT}",
            f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF way, decision_id ON {SEAT}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()",
        ),
    )


def _allows(way: str) -> str:
    return f"EXISTS (SELECT 1 FROM {WAYS} w WHERE w.decision_id = NEW.decision_id AND w.way = '{way}')"


THINGS = [*(stands_still(table) for table in (TERMS, GROUPS, WAYS)), _told(), _one_place()]
