"""A place that runs an earlier version moves on: to the same tables as a new one, and with everything it had."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from alongside.ground.history.installed import install, missing
from tests import earlier

Rows = dict[str, list[dict[str, Any]]]

SHAPE = {
    "sqlite": ["SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%%'"],
    "postgresql": [
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default,"
        " ordinal_position, identity_generation FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
        "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    ],
}


def asked(query: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(query.replace("%%", "%"))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def shape() -> set[str]:
    """Every table, column, index, constraint and trigger, as the database itself says it; and what was migrated."""
    found = {repr(sorted(row.items())) for query in SHAPE[connection.vendor] for row in asked(query)}
    return found | {repr(sorted(row.items())) for row in asked("SELECT app, name FROM django_migrations")}


def rows() -> Rows:
    """Everything that lies in tables of ours and of the front door. Search tables are made anew each time."""
    ours = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in (*earlier.VERSION, "mfa")}
    tables = sorted(ours & set(connection.introspection.table_names()))
    return {table: found for table in tables if (found := asked(f'SELECT * FROM "{table}"'))}


def test_an_earlier_version_moves_on_to_the_same_tables_and_loses_nothing(
    django_db_setup: None, store: Any, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        new = shape()
        with store.earlier():
            earlier.put_things_in()
            install(connection)
            before = rows()
            assert len(before) >= 15
            call_command("migrate", verbosity=0, interactive=False)
            assert shape() == new and missing(connection) == []
            after = rows()
            secrets = sorted(decrypt(one) for app in Authenticator.objects.all() for one in locked(app.data))
    assert secrets == ["JBSWY3DPEHPK3PXP", "ab" * 40]
    for table, had in before.items():
        has = after[table]
        assert len(has) == len(had), table
        for old, row in zip(had, has, strict=True):
            assert table == "mfa_authenticator" or old.items() <= row.items(), table


def locked(data: dict[str, Any]) -> list[str]:
    return [one for one in data.values() if isinstance(one, str) and one.startswith("locked:")]
