"""Triggers by which everything on offer waits to be looked at when it is new or its words have changed."""

from __future__ import annotations

from alongside.ground.history.installed import Installed

TABLE = "knowing_assetsense"
TABLES = ("knowing_asset", TABLE)
READ = ("title", "words", "open_to")
CHANGED = {
    "sqlite": " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in READ),
    "postgresql": " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in READ),
}


def _trigger(name: str, event: str, does: str, conditional: bool = False) -> Installed:
    name = f"{TABLE}_{name}"
    when = {vendor: f"WHEN ({condition}) " if conditional else "" for vendor, condition in CHANGED.items()}
    return Installed(
        name=name,
        kind="trigger",
        tables=TABLES,
        sqlite=(
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} AFTER {event} ON knowing_asset {when['sqlite']}BEGIN {does}; END",
        ),
        postgresql=(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {does}; RETURN NULL; END $$"
            " LANGUAGE plpgsql",
            f"DROP TRIGGER IF EXISTS {name} ON knowing_asset",
            f"CREATE TRIGGER {name} AFTER {event} ON knowing_asset FOR EACH ROW {when['postgresql']}"
            f"EXECUTE FUNCTION {name}()",
        ),
    )


NEW = f"INSERT INTO {TABLE} (asset_id, lexicon) VALUES (NEW.record_id, '') ON CONFLICT DO NOTHING"
AGAIN = f"UPDATE {TABLE} SET lexicon = '' WHERE asset_id = NEW.record_id"
THINGS = [
    _trigger("new", "INSERT", NEW),
    _trigger("changed", f"UPDATE OF {', '.join(READ)}", AGAIN, conditional=True),
]
