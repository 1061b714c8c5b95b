"""Where this installation keeps its state, and what its environment says. Nothing here needs Django."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SOURCE = Path(__file__).resolve().parent.parent
PROJECT = SOURCE.parent.parent
SHORTEST = 20  # letters of a secret


def folder() -> Path:
    """The folder that holds everything this installation must not lose."""
    home = Path(os.environ.get("ALONGSIDE_HOME", PROJECT / "var")).resolve()
    home.mkdir(parents=True, exist_ok=True)
    return home


def secret(home: Path, name: str) -> str:
    """A secret made on first run and kept. Two processes that start at once agree on one."""
    path = home / "secrets" / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(48))
    found = path.read_text(encoding="ascii").strip()
    if len(found) < SHORTEST:
        raise SystemExit(f"{path} holds no secret. Put back the one of your backup. In an empty place, delete it.")
    return found


def older(home: Path, name: str) -> list[str]:
    """Secrets that were there before this one and still open what they locked: a line each, the newest first."""
    path = home / "secrets" / f"{name}.older"
    return path.read_text(encoding="ascii").split() if path.exists() else []


def _write_once(path: Path, words: str) -> None:
    """The file is there whole or not at all, whoever else writes it, and whenever somebody pulls the plug."""
    mine = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(mine, path)
    except FileExistsError:
        pass  # another process was first
    finally:
        mine.unlink()


def public_url() -> str:
    return os.environ.get("ALONGSIDE_URL", "http://localhost:8000").rstrip("/")


def proxies() -> int:
    """How many web servers of ours stand in front and say where somebody comes from: one, where there is TLS."""
    return int(os.environ.get("ALONGSIDE_PROXIES", "1" if public_url().startswith("https://") else "0"))


def hosts() -> list[str]:
    return [urlsplit(public_url()).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]


def tiles() -> str:
    """Address of a tile server for maps, or nothing: maps draw their own boundaries."""
    return os.environ.get("ALONGSIDE_TILES", "")


def leave_quickly() -> str:
    """The page that "Leave quickly" opens."""
    return os.environ.get("ALONGSIDE_LEAVE_TO", "https://www.bbc.co.uk/weather")


def tile_hosts() -> list[str]:
    parts = urlsplit(tiles())
    return [f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"] if parts.netloc else []


def has_welsh() -> bool:
    """Whether pages can be had in Welsh: only once there is a catalogue, so that no page is half in each."""
    catalogue = SOURCE / "site" / "locale" / "cy" / "LC_MESSAGES" / "django.mo"
    return catalogue.exists() or os.environ.get("ALONGSIDE_WELSH") == "1"


def mail_backend() -> str:
    kind = os.environ.get("ALONGSIDE_MAIL", "file")
    backends = {"file": "filebased", "console": "console", "smtp": "smtp", "memory": "locmem"}
    return f"django.core.mail.backends.{backends[kind]}.EmailBackend"


def texts() -> tuple[str, str]:
    """What sends text messages (nothing, until an operator connects it), and the token that lets replies in."""
    return os.environ.get("ALONGSIDE_TEXTS", ""), os.environ.get("ALONGSIDE_TEXT_TOKEN", "")


def database(home: Path) -> dict[str, Any]:
    """PostgreSQL where DATABASE_URL says so, else SQLite in the home folder."""
    url = os.environ.get("DATABASE_URL", "")
    if url:
        return _postgresql(url)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "alongside.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            # Deferred transactions lose most concurrent writes to "database is locked"; immediate ones lose none.
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-64000; PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY"
            ),
        },
        "CONN_MAX_AGE": 600,
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit(f"DATABASE_URL must start with postgresql:// (it starts with {parts.scheme}://)")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
