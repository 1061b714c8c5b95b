"""Triggers and search tables: one declarative list, installed after every migrate and tested present.

Django's rebuild of a SQLite table drops its triggers silently, so nothing of this lives in migrations.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

_ALL: list["Installed"] = []


@dataclass(frozen=True)
class Installed:
    """One trigger or search table: its name, and the statements that make it anew on each database.

    Statements drop what they make first, so installing twice is the same as once. `tables` are those
    that must exist before it can be installed.
    """

    name: str
    kind: str  # "trigger" or "table"
    tables: tuple[str, ...]
    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]


def declare(*things: Installed) -> None:
    """Add to the list. Called once at start-up by each room's `apps.py`."""
    for thing in things:
        if thing.name not in {known.name for known in _ALL}:
            _ALL.append(thing)


def declared() -> list[Installed]:
    return list(_ALL)


def install(connection: BaseDatabaseWrapper) -> None:
    """Install everything whose tables exist by now."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for thing in _ALL:
            if set(thing.tables) <= present:
                for statement in getattr(thing, connection.vendor):
                    cursor.execute(statement)
                present.add(thing.name)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger off before migrations run; neither database changes a table that one speaks of.

    `install` puts them back when the migrations are done.
    """
    if connection.vendor == "sqlite":
        query, on = "SELECT name, '' FROM sqlite_master WHERE type = 'trigger'", ""
    else:
        query, on = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal", " ON "
    with connection.cursor() as cursor:
        cursor.execute(query)
        for name, relation in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"{on}{relation}')


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of what should be in the database and is not."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master"
    else:
        query = (
            "SELECT tgname FROM pg_trigger UNION SELECT relname FROM pg_class"
            " WHERE relnamespace = current_schema()::regnamespace"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [thing.name for thing in _ALL if thing.name not in present]


def append_only(table: str) -> Installed:
    """A trigger that refuses to change or delete a row of `table`."""
    name = f"{table}_append_only"
    words = f"{table} is append-only"
    return Installed(
        name=name,
        kind="trigger",
        tables=(table,),
        sqlite=(
            f"DROP TRIGGER IF EXISTS {name}",
            f"DROP TRIGGER IF EXISTS {name}_delete",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{words}'); END",
            f"CREATE TRIGGER {name}_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{words}'); END",
        ),
        postgresql=(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN"
            " RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$ LANGUAGE plpgsql",
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        ),
    )
