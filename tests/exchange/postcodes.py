"""Made-up tables of postcodes, in the forms in which they are published. None of these postcodes exists."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from alongside.exchange.postcodes.actions import Loaded, load_file
from alongside.exchange.postcodes.around import Around, around_point
from alongside.exchange.postcodes.opening import Unreadable, opened
from alongside.exchange.postcodes.reading import slices
from alongside.ground.history.actor import Actor
from alongside.ground.postcodes.models import EAST, NORTH, SOUTH, WEST, Postcode

MACHINE = Actor.system("tests")
MARKET = (52.315, -4.735)
ONS = '"pcd","pcd2","pcds","dointr","doterm","oslaua","lat","long","imd"'
CODE_POINT = [
    '"LM1 1AB",10,213671,272067,"E92000001","","E18000009","","E07000093","E05012936"',
    '"LM1 1AD",10,213771,272167,"E92000001","","E18000009","","E07000093","E05012936"',
    '"LM1 1AE",90,0,0,"E92000001","","E18000009","","E07000093","E05012936"',
]


def ons(code: str, lat: float | str, lng: float | str, ended: str = "") -> str:
    return f'"{code[:-4]:<4}{code[-3:]}","{code[:-4]:<4} {code[-3:]}","{code}","199606","{ended}","W06",{lat},{lng},9'


DIRECTORY = [
    ONS,
    ons("LM1 1AB", 52.315, -4.735),
    ons("LM1 1AD", 52.3161, -4.7362),
    ons("LM1 1AE", 52.317, -4.737, ended="201906"),
    ons("LM1 1AF", 99.999999, 0.0),
    ons("ZZ9 9ZZ", 57.1, -2.1),
]


def write(folder: Path, lines: list[str] | bytes | str, name: str = "postcodes.csv") -> Path:
    path = folder / name
    text = "\r\n".join(lines) + "\r\n" if isinstance(lines, list) else lines
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def packed(folder: Path, parts: Mapping[str, Any], name: str = "postcodes.zip") -> Path:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, lines in parts.items():
            archive.writestr(part, "\n".join(lines) if isinstance(lines, list) else lines)
    return write(folder, held.getvalue(), name)


def near(km: float = 10) -> Around:
    return around_point(*MARKET, km)


def load(path: Path, *, around: Around | None = None, dated: str = "", **more: Any) -> Loaded:
    """Load what lies near the market cross, and see that every line is accounted for."""
    given: dict[str, Any] = {"by": MACHINE, "around": around or near(), **more}
    done = load_file(path, dated=date.fromisoformat(dated) if dated else None, **given)
    counts = (done.created, done.updated, done.unchanged, done.rejected, done.elsewhere)
    assert done.read == sum(counts) + done.ended + done.placeless + done.newer + done.unlicensed
    assert done.rejected >= len(done.faults)
    return done


def table() -> dict[str, tuple[float, float]]:
    return {code: (lat, lng) for code, lat, lng in Postcode.objects.order_by("code").values_list("code", "lat", "lng")}


def sound_tables() -> list[bytes]:
    own = ["postcode,lat,lng", "LM1 1AB,52.315,-4.735", "LM1 1AD,52.316,-4.736"]
    return ["\r\n".join(lines).encode() for lines in (DIRECTORY, CODE_POINT, own)]


def sound_zips() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        parts = {"Data/CSV/lm.csv": CODE_POINT, "Data/ONSPD_FEB_2026_UK.csv": DIRECTORY, "Doc/metadata.txt": "x"}
        return [packed(Path(folder), parts).read_bytes()]


def account_for(data: bytes) -> None:
    """What the reader promises of any bytes at all: every row is a place in these islands, one that its source knows
    no place for, or a fault that says which line, what stands there and why."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), data)
        try:
            with opened(path) as found:
                assert date(1980, 1, 1) <= found.dated <= date(2100, 1, 1)
                for name, lines in found.tables:
                    for layout, rows in slices(name, lines):
                        assert rows.read == len(rows.lines) + rows.placeless + len(rows.faults)
                        assert len(rows.lines) == len(rows.codes) == len(rows.ended) == len(rows.lat) == len(rows.lng)
                        assert rows.lines == sorted(set(rows.lines)) and layout.publisher
                        inside = (rows.lat >= SOUTH) & (rows.lat <= NORTH) & (rows.lng >= WEST) & (rows.lng <= EAST)
                        assert inside.all()
                        for fault in rows.faults:
                            assert fault.record and fault.reason and len(fault.value) <= 90
                            str(fault).encode()
        except Unreadable as told:
            assert str(told) and str(told).isprintable()
