"""Breaks files on purpose: in their own structure where it is known, and byte by byte. The same seed breaks alike."""

from __future__ import annotations

import io
import json
import random
import zipfile
from copy import deepcopy
from typing import Any

ODD: list[Any] = [
    None, True, False, 0, -1, 10**30, 1e308, -0.0, float("nan"), "", " ", "\x00", "\ud800", "x" * 20_000,
    "é\u202e🙂" * 40, "=1+1", "@SUM(A1)", "&#0;", "<script>", "../../etc/passwd", "2025-13-45", "99:99", "9999-12-31",
    "0000-00-00T00:00:00Z", "FREQ=SECONDLY", "FREQ=DAILY;COUNT=99999999", "http://[::", "TRUE", "1,5", "½", "-", "nul",
    [], {}, [[]], [None, 1, "a", {}], {"id": None}, {"type": "Polygon"}, [[[0, 0], [0, 0]]], [1e400, 0], [[[[]]]],
]  # fmt: skip
LUMPS = [
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"{", b"[", b']"}', b'"', b"'", b",", b";", b"\t", b"\r", b"\n\n",
    b"NaN", b"-", b"9" * 400, b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"<a>", b"]]>", b"<!DOCTYPE x>", b"\xed\xa0\x80",
    b"PK\x03\x04", b"=cmd|",
]  # fmt: skip


def bytes_broken(data: bytes, draw: random.Random) -> bytes:
    """Cut, spilt, repeated and scrambled."""
    made = bytearray(data)
    for _n in range(draw.randint(1, 5)):
        if not made:
            return bytes(made)
        at = draw.randrange(len(made))
        to = min(len(made), at + draw.randint(1, 60))
        match draw.randrange(7):
            case 0:
                del made[at:]
            case 1:
                made[at] = draw.randrange(256)
            case 2:
                made[at:at] = draw.choice(LUMPS)
            case 3:
                del made[at:to]
            case 4:
                made[at:at] = made[at:to] * draw.randint(1, 20)
            case 5:
                made[at] ^= 1 << draw.randrange(8)
            case _:
                other = draw.randrange(len(made))
                made[at:to] = made[other : other + draw.randint(1, 60)]
    if draw.random() < 0.05:
        return bytes(made).decode("utf-8", "replace").encode(draw.choice(["utf-16", "utf-32", "cp1252"]), "replace")
    return bytes(made)


def spots(thing: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value inside."""
    inner = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    return [way for key, value in inner for way in ((*at, key), *spots(value, (*at, key)))]


def json_broken(data: bytes, draw: random.Random) -> bytes:
    """Values replaced, taken away, doubled, renamed, put into one another and moved."""
    whole = json.loads(data)
    for _n in range(draw.randint(1, 4)):
        ways = spots(whole)
        if not ways:
            break
        *before, last = draw.choice(ways)
        at = whole
        for key in before:
            at = at[key]
        match draw.randrange(6):
            case 0:
                del at[last]
            case 1 if isinstance(at, list):
                at[last:last] = [deepcopy(at[last])] * draw.randint(1, 3)
            case 2 if isinstance(at, dict):
                at[draw.choice(["id", "type", "", "ID ", "x" * 300])] = at.pop(last)
            case 3:
                at[last] = [at[last]] if draw.random() < 0.5 else {"a": at[last]}
            case _:
                at[last] = deepcopy(draw.choice(ODD))
    text = json.dumps(whole, ensure_ascii=draw.random() < 0.8)
    return text.encode("utf-8", "surrogatepass")


def table_broken(data: bytes, draw: random.Random) -> bytes:
    """Cells, rows and columns of a CSV file changed, moved, doubled and lost."""
    rows = [line.split(",") for line in data.decode("utf-8-sig").splitlines()]
    for _n in range(draw.randint(1, 5)):
        row = draw.choice(rows)
        cell = draw.randrange(len(row)) if row else 0
        match draw.randrange(7):
            case 0:
                rows.insert(draw.randrange(len(rows) + 1), list(row))
            case 1 if len(rows) > 1:
                rows.remove(row)
            case 2:
                for one in rows:
                    del one[cell : cell + 1]
            case 3:
                row.insert(cell, str(draw.choice(ODD)))
            case 4:
                draw.shuffle(row)
            case _ if row:
                row[cell] = str(draw.choice(ODD))
        rows = rows or [[]]
    comma = draw.choice([",", ",", ",", ";", "\t", "|"])
    text = draw.choice(["\r\n", "\n", "\r"]).join(comma.join(row) for row in rows)
    return text.encode(draw.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"]), "replace")


def calendar_broken(data: bytes, draw: random.Random) -> bytes:
    """Lines of a calendar lost, doubled, swapped, folded wrongly and given other values."""
    lines = data.decode().split("\r\n")
    for _n in range(draw.randint(1, 6)):
        at = draw.randrange(len(lines))
        name, colon, _value = lines[at].partition(":")
        match draw.randrange(7):
            case 0:
                del lines[at]
            case 1:
                lines.insert(draw.randrange(len(lines) + 1), lines[at])
            case 2:
                other = draw.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = f"{lines[at][:5]}\r\n {lines[at][5:]}"
            case 4:
                lines[at] = f"{name};TZID=Nowhere/Else;VALUE=DATE{colon}{_value}"
            case 5:
                lines[at] = f"{name}{colon}{draw.choice(ODD)}"
            case _:
                lines[at] = f"{draw.choice(['DTSTART', 'DTEND', 'RRULE', 'UID', 'GEO', 'DURATION'])}:{_value}"
        lines = lines or [""]
    return "\r\n".join(lines).encode("utf-8", "replace")


def packed_broken(data: bytes, draw: random.Random) -> bytes:
    """A packed file whose parts are broken, lost, doubled or of another name, packed again."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        broken = draw.randrange(len(old.infolist()))
        for number, part in enumerate(old.infolist()):
            text, name = old.read(part), part.filename
            if number == broken:
                match draw.randrange(5):
                    case 0:
                        continue
                    case 1:
                        name = draw.choice(["../up.xml", "xl/worksheets/sheet99.xml", "x.geojson", name.upper()])
                    case _:
                        text = bytes_broken(text, draw)
            new.writestr(name, text)
    return made.getvalue()
