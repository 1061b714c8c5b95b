"""The test database: migrated once, then put back after each test that really commits.

Append-only triggers refuse DELETE, so nothing is ever flushed. On SQLite the file is overwritten in place from a
template (open connections see it as one more transaction); on PostgreSQL rows are deleted as a replica does it, which
no trigger hinders, and the few that migrations make are copied back.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

from tests import earlier

ROOT = Path(__file__).resolve().parent.parent
METHODS = ROOT / "tests/methods"
KEPT_TEMPLATES = 3
NUMBERS = """SELECT table_name, column_name, pg_get_serial_sequence(format('public.%I', table_name), column_name)
    FROM information_schema.columns
    WHERE table_schema = 'public' AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')"""
BY_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="leave out tests that use no database")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Nor is read, then, what cannot use one: the methods are plain Python."""
    return True if config.getoption("--only-database") and collection_path == METHODS else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --only-database, tests that are the same on any database are left out."""
    wrong = [item.nodeid for item in items if METHODS in item.path.parents and uses_database(item)]
    if wrong:
        raise pytest.UsageError(f"Methods are plain Python, and so are their tests: {wrong[0]} uses the database.")
    if config.getoption("--only-database"):
        leave = [item for item in items if not uses_database(item)]
        config.hook.pytest_deselected(items=leave)
        items[:] = [item for item in items if uses_database(item)]


def uses_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    # A class of Django's own needs no mark.
    own = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    return bool(own or item.get_closest_marker("django_db") or names & BY_DATABASE)


class SqliteStore:
    """A file, and a template beside it that is made again only when a migration changes."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        self.folder = Path(tempfile.mkdtemp(prefix="alongside-db-"))
        self.template = cache / f"template-{fingerprint()}.sqlite3"
        self.before = cache / f"template-{fingerprint()}-earlier.sqlite3"

    def make(self) -> None:
        options = connections.settings["default"]["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        with one_at_a_time(self.cache):
            if not self.template.exists():
                self._make_template()
        self._point_at(Path(shutil.copy(self.template, self.folder / "test.sqlite3")))

    def _make_template(self) -> None:
        self._point_at(self.folder / "new.sqlite3")
        earlier.migrate_as_far()
        connection.close()
        shutil.copy(self.folder / "new.sqlite3", self.before)
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()
        copy = shutil.copy(self.folder / "new.sqlite3", f"{self.template}.{os.getpid()}")
        Path(copy).replace(self.template)
        self._tidy()

    def _point_at(self, path: Path) -> None:
        connection.close()
        for known in (connections.settings["default"], connection.settings_dict, settings.DATABASES["default"]):
            known["NAME"] = str(path)

    def _tidy(self) -> None:
        templates = sorted(self.cache.glob("template-*.sqlite3"), key=lambda path: path.stat().st_mtime)
        for old in templates[: -2 * KEPT_TEMPLATES]:
            old.unlink(missing_ok=True)

    @contextlib.contextmanager
    def earlier(self) -> Iterator[None]:
        """The empty database of an earlier version, in place of the one of now."""
        now = Path(connection.settings_dict["NAME"])
        self._point_at(Path(shutil.copy(self.before, self.folder / "earlier.sqlite3")))
        try:
            yield
        finally:
            self._point_at(now)

    def restore(self) -> None:
        connection.ensure_connection()
        source = sqlite3.connect(self.template)
        try:
            source.backup(connection.connection)
        finally:
            source.close()

    def drop(self) -> None:
        connections.close_all()
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgresqlStore:
    """A test database for each worker in the cluster at DATABASE_URL, with a copy of what migrations put in it.

    They are copies of one that the first worker migrates.
    """

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        self.before = connection.settings_dict["NAME"]
        self.template = f"test_{self.before}_made_{fingerprint()}"
        self.name = f"test_{self.before}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        self.template_before = f"{self.template}_old"

    def make(self) -> None:
        with one_at_a_time(self.cache):
            if not self._ask("SELECT 1 FROM pg_database WHERE datname = %s", self.template):
                self._make_template()
        self._ask(f'DROP DATABASE IF EXISTS "{self.name}"')
        self._ask(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')
        self._point_at(self.name)
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'kept'")
            self.kept = [name for (name,) in cursor.fetchall()]
            cursor.execute(NUMBERS)
            self.numbers: dict[str, list[tuple[str, str]]] = {}
            for table, column, number in cursor.fetchall():
                self.numbers.setdefault(table, []).append((number, column))

    def _make_template(self) -> None:
        """Under another name until it is whole."""
        new = f"{self.template}_new"
        self._ask(f'DROP DATABASE IF EXISTS "{new}"')
        self._ask(f'CREATE DATABASE "{new}"')
        self._point_at(new)
        earlier.migrate_as_far()
        self._point_at(self.before)
        self._ask(f'DROP DATABASE IF EXISTS "{self.template_before}"')
        self._ask(f'CREATE DATABASE "{self.template_before}" TEMPLATE "{new}"')
        self._point_at(new)
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA kept")
            for table in self._filled():
                cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')
        self._point_at(self.before)
        for (old,) in self._ask("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", self._made_before):
            if old not in (new, self.template_before):
                self._ask(f'DROP DATABASE "{old}"')
        self._ask(f'ALTER DATABASE "{new}" RENAME TO "{self.template}"')

    @contextlib.contextmanager
    def earlier(self) -> Iterator[None]:
        """The empty database of an earlier version, in place of the one of now."""
        self._ask(f'DROP DATABASE IF EXISTS "{self.name}_old"')
        self._ask(f'CREATE DATABASE "{self.name}_old" TEMPLATE "{self.template_before}"')
        self._point_at(f"{self.name}_old")
        try:
            yield
        finally:
            self._point_at(self.name)
            self._ask(f'DROP DATABASE "{self.name}_old"')

    @property
    def _made_before(self) -> str:
        return f"test_{self.before}_made_"

    def _ask(self, words: str, *given: str) -> list[Any]:
        """Asked of the cluster, outside any test database."""
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(words, given or None)
            return list(cursor.fetchall()) if cursor.description else []

    def _point_at(self, name: str) -> None:
        connection.close()
        for known in (connections.settings["default"], connection.settings_dict, settings.DATABASES["default"]):
            known["NAME"] = name

    def _filled(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            tables = [name for (name,) in cursor.fetchall()]
            asked = " UNION ALL ".join(
                f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM public.\"{name}\")" for name in tables
            )
            cursor.execute(asked)
            return [name for (name,) in cursor.fetchall()]

    def restore(self) -> None:
        """Rows are deleted and not cut off with their files: a test leaves few."""
        filled = self._filled()
        with connection.cursor() as cursor:
            # Rows of migrations refer to each other in any order; nor do triggers hinder.
            words = ["SET session_replication_role = replica"]
            words += [f'DELETE FROM public."{name}"' for name in filled]
            words += [
                f"SELECT setval('{number}', 1, false)" for name in filled for number, _ in self.numbers.get(name, ())
            ]
            words += [f'INSERT INTO public."{name}" TABLE kept."{name}"' for name in self.kept]
            words += [
                f'SELECT setval(\'{number}\', (SELECT max("{column}") FROM public."{name}"))'
                for name in self.kept
                for number, column in self.numbers.get(name, ())
            ]
            cursor.execute(";".join([*words, "SET session_replication_role = DEFAULT"]))

    def drop(self) -> None:
        connection.creation.destroy_test_db(self.before, verbosity=0)


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Workers who need the same thing made wait for the one who makes it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "making.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fingerprint() -> str:
    """Changes whenever a migration, something installed beside the tables, or a locked package does."""
    digest = hashlib.sha256()
    sources = [ROOT / "requirements/all.txt", ROOT / "tests/earlier.py"]
    for pattern in ("**/migrations/*.py", "**/installed.py", "**/apps.py"):
        sources += sorted((ROOT / "src/alongside").glob(pattern))
    for path in sources:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


@pytest.fixture(scope="session")
def store(request: pytest.FixtureRequest, django_test_environment: None) -> SqliteStore | PostgresqlStore:
    """Where the databases of this worker come from."""
    on_sqlite = connection.vendor == "sqlite"
    return (SqliteStore if on_sqlite else PostgresqlStore)(request.config.cache.mkdir("alongside"))


@pytest.fixture(scope="session")
def django_db_setup(store: SqliteStore | PostgresqlStore, django_db_blocker: Any) -> Iterator[None]:
    """In place of pytest-django's own: one migrated database, restored and never flushed."""
    flush = TransactionTestCase._fixture_teardown
    from alongside.knowing.lexicon.queries import get_ready

    with django_db_blocker.unblock():
        store.make()
    get_ready()  # the vectors of what people say, which no page waits for: kept for all tests of this machine
    TransactionTestCase._fixture_teardown = lambda _case: store.restore()
    yield
    TransactionTestCase._fixture_teardown = flush
    with django_db_blocker.unblock():
        store.drop()
