"""Fetches an address that somebody typed in: only public web addresses, with limits of time and size.

An address is looked up once, every number it stands for must be public, and the connection goes to that very
number, so that a name cannot be made to point inwards in between. Each hop of a redirect is checked again.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import os
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.utils.translation import gettext_noop as _

LARGEST = 50 * 1024 * 1024
PATIENCE = 30.0  # seconds for one page, from the first word to the last
HOPS = 4
PORTS = {80, 443, 8000, 8080, 8443}
CHUNK = 65_536
AGENT = "Alongside (Open Referral reader)"

NO_ADDRESS = _("This is not a web address. Start it with https://")
NOT_PUBLIC = _("This address does not lead to a public website, so we do not open it.")
NO_PORT = _("We only open web addresses on the usual ports.")
NOT_FOUND_NAME = _("There is no website of that name.")
NO_REPLY = _("The website did not answer.")
TOO_SLOW = _("The website took too long.")
TOO_LARGE = _("What the website sent is too large.")
TOO_MANY_HOPS = _("The website sends us from one address to another without end.")
REFUSED = _("The website refused to give it.")
NOT_THERE = _("The website has no such page.")
BROKEN = _("The website said that something is wrong with it.")
BAD_CERTIFICATE = _("The website could not prove that it is the right one.")


class Unreachable(Exception):
    """The page cannot be had. `sentence` is an English sentence that is marked for translation."""

    def __init__(self, sentence: str, status: int = 0) -> None:
        super().__init__(sentence)
        self.sentence, self.status = sentence, status


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it came. `same` says that it has not changed since it was last fetched."""

    body: bytes
    address: str
    etag: str = ""
    modified: str = ""
    same: bool = False


def fetch(
    address: str,
    *,
    etag: str = "",
    modified: str = "",
    near: bool = False,
    largest: int = LARGEST,
    patience: float = PATIENCE,
) -> Answer:
    """The page at an address, following a few redirects. Raises Unreachable with the reason in plain words.

    `near` also opens addresses of this very machine: for the command line, whose user could read them anyway.
    """
    until = time.monotonic() + patience
    for _hop in range(HOPS):
        parts = checked(address, near=near)
        response, connection, sock = _ask(parts, near=near, headers=_headers(etag, modified), until=until)
        try:
            where = response.getheader("Location", "")
            if response.status in (301, 302, 303, 307, 308) and where:
                address = urljoin(address, where)
                continue
            with _cut_off(sock, until):
                return _answer(response, sock, address, largest, until)
        finally:
            response.close()
            connection.close()
    raise Unreachable(TOO_MANY_HOPS)


def checked(address: str, *, near: bool = False) -> SplitResult:
    """The parts of an address that may be opened as far as can be said without looking it up."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Unreachable(NO_ADDRESS) from None
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password:
        raise Unreachable(NO_ADDRESS)
    if any(ord(letter) <= 32 or ord(letter) == 127 for letter in address.strip()):
        raise Unreachable(NO_ADDRESS)
    if port is not None and port not in PORTS and not near:
        raise Unreachable(NO_PORT)
    return parts


def is_public(number: str) -> bool:
    """Whether this number is one of the open web, also where it hides inside a newer one."""
    found = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None or found in ipaddress.ip_network("64:ff9b::/96"):
            return False
        if found.is_site_local:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _look_up(parts: SplitResult, *, near: bool) -> tuple[Any, ...]:
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(NOT_FOUND_NAME) from None
    for _family, _kind, _protocol, _name, number in found:
        here = ipaddress.ip_address(str(number[0]).partition("%")[0]).is_loopback
        if not (is_public(str(number[0])) or (near and here)):
            raise Unreachable(NOT_PUBLIC)
    return found[0]


def _ask(
    parts: SplitResult, *, near: bool, headers: dict[str, str], until: float
) -> tuple[http.client.HTTPResponse, http.client.HTTPConnection, socket.socket]:
    family, kind, protocol, _name, number = _look_up(parts, near=near)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_left(until))
    try:
        connection.sock = sock = _open(parts, family, kind, protocol, number, until)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.putrequest("GET", _ascii(path), skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": _host(parts), **headers}.items():
            connection.putheader(name, value)
        with _cut_off(sock, until):
            connection.endheaders()
            return connection.getresponse(), connection, sock
    except Unreachable:
        connection.close()
        raise
    except TimeoutError:
        connection.close()
        raise Unreachable(TOO_SLOW) from None
    except ssl.SSLError:
        connection.close()
        raise Unreachable(BAD_CERTIFICATE) from None
    except (OSError, http.client.HTTPException, UnicodeError, ValueError):
        connection.close()
        _left(until)
        raise Unreachable(NO_REPLY) from None


def _open(parts: SplitResult, family: int, kind: int, protocol: int, number: Any, until: float) -> socket.socket:
    plain = socket.socket(family, kind, protocol)
    try:
        plain.settimeout(_left(until))
        plain.connect(number)
        if parts.scheme == "http":
            return plain
        with _cut_off(plain, until):
            return ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)
    except BaseException:
        plain.close()
        raise


@contextlib.contextmanager
def _cut_off(sock: socket.socket, until: float) -> Iterator[None]:
    """Hang up when the time is over. A limit for each word that comes would let a website that sends one letter at a
    time hold us for days."""
    left = _left(until)
    same = socket.socket(fileno=os.dup(sock.fileno()))

    def hang_up() -> None:
        with contextlib.suppress(OSError):
            same.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(left, hang_up)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
        same.close()


def _answer(
    response: http.client.HTTPResponse,
    sock: socket.socket,
    address: str,
    largest: int,
    until: float,
) -> Answer:
    etag, modified = response.getheader("ETag", "")[:200], response.getheader("Last-Modified", "")[:60]
    if response.status == 304:
        return Answer(b"", address, etag, modified, same=True)
    if not 200 <= response.status < 300:
        raise Unreachable(_said(response.status), response.status)
    return Answer(_body(response, sock, largest, until), address, etag, modified)


def _body(response: http.client.HTTPResponse, sock: socket.socket, largest: int, until: float) -> bytes:
    """All of it, unpacked where it came packed, and never more than was allowed."""
    packed = response.getheader("Content-Encoding", "").strip().lower()
    unpack = zlib.decompressobj(47) if packed in {"gzip", "deflate", "x-gzip"} else None
    found: list[bytes] = []
    size = 0
    while True:
        left = _left(until)
        sock.settimeout(left)
        try:
            part = response.read1(CHUNK)
        except TimeoutError:
            raise Unreachable(TOO_SLOW) from None
        except (OSError, http.client.HTTPException):
            _left(until)
            raise Unreachable(NO_REPLY) from None
        if not part:
            _left(until)  # what was cut off is no whole page
            return b"".join(found)
        try:
            part = unpack.decompress(part, largest + 1) if unpack else part
        except zlib.error:
            raise Unreachable(NO_REPLY) from None
        size += len(part)
        if size > largest or (unpack and unpack.unconsumed_tail):
            raise Unreachable(TOO_LARGE)
        found.append(part)


def _headers(etag: str, modified: str) -> dict[str, str]:
    said = {"User-Agent": AGENT, "Accept": "application/json, */*;q=0.5", "Accept-Encoding": "gzip"}
    given = {"If-None-Match": etag, "If-Modified-Since": modified}
    return said | {name: _ascii(value) for name, value in given.items() if value.strip()}


def _said(status: int) -> str:
    if status in (401, 403, 407, 451):
        return REFUSED
    return NOT_THERE if status in (404, 410) else BROKEN


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise Unreachable(TOO_SLOW)
    return left


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    name = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    return f"{name}:{parts.port}" if parts.port else name


def _ascii(text: str) -> str:
    """As a request may carry it: what is not ASCII is written in its percent form, line ends never."""
    return quote(text.replace("\r", "").replace("\n", ""), safe="!#$%&'()*+,/:;=?@[]~\"-._ ").replace(" ", "%20")
