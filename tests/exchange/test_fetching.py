"""An address that somebody typed in leads to the open web or nowhere."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from alongside.exchange.fetching import queries as fetching
from alongside.exchange.fetching.queries import Unreachable, fetch, is_public
from tests.exchange.web import Site, served


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as found:
        yield found


def refused(address: str, **how: object) -> str:
    with pytest.raises(Unreachable) as told:
        fetch(address, **how)  # type: ignore[arg-type]
    return told.value.sentence


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "//example.org/",
        "example.org",
        "",
        "http://",
        "http://user:secret@example.org/",
        "http://exa mple.org/",
        "http://example.org/\r\nHost: other",
        "javascript:alert(1)",
        "http://[::1",
        "http://example.org:99999/",
        "https:///path",
    ],
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    assert refused(address) == fetching.NO_ADDRESS


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "fec0::1",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "ff02::1",
    ],
)
def test_numbers_that_lead_inwards_are_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_numbers_of_the_open_web_are_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0x7f000001", "127.1", "[::1]", "0"])
def test_this_machine_is_not_opened_under_any_of_its_names(host: str) -> None:
    assert refused(f"http://{host}/") in (fetching.NOT_PUBLIC, fetching.NOT_FOUND_NAME, fetching.NO_ADDRESS)


def test_a_name_that_stands_for_an_inner_number_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    outside = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))
    inside = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [outside, inside])
    assert refused("http://feed.example.org/") == fetching.NOT_PUBLIC


def test_odd_ports_are_not_knocked_at() -> None:
    assert refused("http://example.org:22/") == fetching.NO_PORT
    assert refused("http://example.org:5432/") == fetching.NO_PORT


def test_a_redirect_inwards_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.put("/", b"", 302, Location="http://169.254.169.254/latest/meta-data/")
    assert refused(site.root, near=True) == fetching.NOT_PUBLIC
    site.put("/", b"", 302, Location="file:///etc/passwd")
    assert refused(site.root, near=True) == fetching.NO_ADDRESS


def test_a_redirect_is_followed_and_one_without_end_is_not(site: Site) -> None:
    site.put("/old", b"", 301, Location="/new")
    site.put("/new", b"[]")
    assert fetch(f"{site.root}/old", near=True).body == b"[]"
    site.put("/round", b"", 302, Location="/round")
    assert refused(f"{site.root}/round", near=True) == fetching.TOO_MANY_HOPS


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site) -> None:
    def answer(headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if headers.get("if-none-match") == '"a"':
            return 304, {"ETag": '"a"'}, b""
        return 200, {"ETag": '"a"', "Last-Modified": "Sun, 01 Mar 2026 10:00:00 GMT"}, b"[]"

    site.pages["/"] = answer
    first = fetch(site.root, near=True)
    assert (first.etag, first.modified, first.same) == ('"a"', "Sun, 01 Mar 2026 10:00:00 GMT", False)
    assert fetch(site.root, near=True, etag=first.etag, modified=first.modified).same


def test_what_is_too_large_is_left_also_when_it_is_packed(site: Site) -> None:
    site.put("/", b"x" * 5000)
    assert refused(site.root, near=True, largest=4999) == fetching.TOO_LARGE
    site.put("/packed", gzip.compress(b"x" * 5_000_000), Content_Encoding="gzip")
    assert refused(f"{site.root}/packed", near=True, largest=100_000) == fetching.TOO_LARGE
    assert len(fetch(f"{site.root}/packed", near=True).body) == 5_000_000


def test_who_does_not_answer_in_time_is_not_waited_for(site: Site) -> None:
    def slow(_headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        time.sleep(0.6)
        return 200, {}, b"[]"

    site.pages["/"] = slow
    assert refused(site.root, near=True, patience=0.2) == fetching.TOO_SLOW


@pytest.mark.parametrize(
    "head",
    ["HTTP/1.1 200 OK\r\nX: ", "HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"],
)
def test_nobody_holds_us_by_sending_one_letter_at_a_time(head: str) -> None:
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            with listening.accept()[0] as to:
                to.recv(1000)
                to.sendall(head.encode())
                with contextlib.suppress(OSError):
                    while not over.wait(0.05):
                        to.sendall(b"a")

        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        with pytest.raises(Unreachable):
            fetch(f"http://127.0.0.1:{listening.getsockname()[1]}/", near=True, patience=0.3)
        over.set()
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(404, fetching.NOT_THERE), (410, fetching.NOT_THERE), (403, fetching.REFUSED), (500, fetching.BROKEN)],
)
def test_a_refusal_is_said_in_plain_words(site: Site, status: int, sentence: str) -> None:
    site.put("/", b"", status)
    with pytest.raises(Unreachable) as told:
        fetch(site.root, near=True)
    assert (told.value.sentence, told.value.status) == (sentence, status)


def test_nobody_there_and_nonsense_are_said_in_plain_words(site: Site) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/", near=True) == fetching.NO_REPLY
    site.put("/", b"not packed", Content_Encoding="gzip")
    assert refused(site.root, near=True) == fetching.NO_REPLY
    assert refused("http://no-such-name.invalid/") == fetching.NOT_FOUND_NAME
