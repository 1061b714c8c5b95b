"""Any file that may be brought in, told by its bytes: GeoJSON, a calendar, a sheet, or a packed map."""

from __future__ import annotations

import io
import zipfile

from alongside.exchange.calendar import reading as calendar
from alongside.exchange.carrying.document import Reading
from alongside.exchange.geo import reading as geo
from alongside.exchange.sheets import reading as sheets

LARGEST = 50 * 1024 * 1024


def read(data: bytes, name: str = "") -> Reading:
    """What the file says; never raises. A packed map is read from its GeoJSON, which holds all of it."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith((b"{", b"[")):
        return geo.read(data)
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return calendar.read(data)
    packed = _geojson_in(data) if start.startswith(b"PK") else b""
    return geo.read(packed) if packed else sheets.read(data, name)


def _geojson_in(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            part = next((one for one in file.infolist() if one.filename.endswith(".geojson")), None)
            return file.read(part) if part is not None and part.file_size <= LARGEST else b""
    except Exception:  # zipfile raises many kinds over broken bytes; the sheets' reader says what is wrong
        return b""
