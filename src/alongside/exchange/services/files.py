"""Gets the bytes of a feed: from a file or folder, from standard input, or all of a feed from its address."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

from alongside.exchange.fetching.queries import Unreachable
from alongside.exchange.services import crawling, document, tables

LARGEST = 200 * 1024 * 1024


class Unreadable(Exception):
    """The file cannot be had. Its words say why."""


def fetch(where: str) -> bytes:
    """The bytes of a file, of a folder of pages or tables put together, of `-` for standard input, or of all that
    lives at an address: every page, each service whole. Raises Unreadable."""
    try:
        data = _bytes(where)
    except OSError as problem:
        raise Unreadable(f"{where} cannot be read: {problem.strerror or problem}") from problem
    if len(data) > LARGEST:
        raise Unreadable(f"{where} is larger than {LARGEST // 1024 // 1024} MB")
    return data


def name_of(where: str) -> str:
    """What to call a feed that was given no name: its file's."""
    if where == "-":
        return "Standard input"
    return Path(urlsplit(where).path).stem[:120] or where[:120]


def _bytes(where: str) -> bytes:
    if where == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    if where.startswith(("http://", "https://")):
        try:
            return crawling.gather(where, near=True).data
        except Unreachable as problem:
            raise Unreadable(f"{where}: {problem.sentence}") from problem
    path = Path(where)
    return _folder(path) if path.is_dir() else path.read_bytes()


def _folder(folder: Path) -> bytes:
    """The pages of a folder as one row of pages, or its tables as one object of tables."""
    pages = sorted(path for path in folder.iterdir() if path.suffix.lower() in {".json", ".jsonl", ".ndjson"})
    rows = {path.name.lower(): path.read_bytes() for path in sorted(folder.glob("*.csv"))}
    if rows:
        return json.dumps(tables.from_files(rows)).encode()
    found = []
    for page in pages:
        opened = document.open_document(page.read_bytes())
        found.extend([*opened.entries] if opened.readable else [page.name])
    return document.plain(found).encode()
