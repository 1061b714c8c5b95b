"""Every address of the site, with the door its view wears, and ways to knock at it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

MOST_AT_ONE_ADDRESS = 60


@dataclass(frozen=True)
class Address:
    route: str
    name: str
    view: Callable[..., Any]
    converters: tuple[tuple[str, Any], ...]

    @property
    def door(self) -> str | None:
        return getattr(self.view, "door", None)

    @property
    def is_ours(self) -> bool:
        return self.view.__module__.startswith("alongside.")

    def paths(self, keys: list[str]) -> Iterator[str]:
        """The address with these keys in its places for keys, and plain words in its other places."""
        places = [keys if kind == "UUIDConverter" else plain(kind) for kind in (c for _, c in self.converters)]
        for count, chosen in enumerate(product(*places)):
            if count >= MOST_AT_ONE_ADDRESS:
                return
            path = self.route
            for (name, _kind), value in zip(self.converters, chosen, strict=True):
                path = re.sub(rf"<(?:\w+:)?{name}>", value, path)
            yield "/" + path


def plain(kind: str) -> list[str]:
    return ["1"] if kind == "IntConverter" else ["x"]


def addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns: list[Any], route: str, converters: tuple[tuple[str, Any], ...]) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        own = getattr(pattern.pattern, "converters", {})
        known = converters + tuple((name, type(one).__name__) for name, one in own.items())
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here, known)
        elif isinstance(pattern, URLPattern) and "(?P" not in here and "^" not in here:
            yield Address(here, pattern.name or here, pattern.callback, known)


def sends_to_sign_in(response: HttpResponse) -> bool:
    if response.status_code not in {301, 302, 303}:
        return False
    return urlsplit(response["Location"]).path == settings.LOGIN_URL


def is_refusal(response: HttpResponse) -> bool:
    """Sent to sign in, or told no, or told that there is nothing here, or that one does not knock like this."""
    return sends_to_sign_in(response) or response.status_code in {401, 403, 404, 405, 410}


def body(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def crawl(client: Client, starts: list[str], most: int = 400) -> Iterator[tuple[str, HttpResponse, str]]:
    """Follow every link that can be reached from these addresses, by GET."""
    waiting, seen = list(dict.fromkeys(starts)), set(starts)
    while waiting and most:
        most -= 1
        path = waiting.pop(0)
        response = client.get(path)
        text = body(response)
        yield path, response, text
        links = [response["Location"]] if response.has_header("Location") else []
        links += re.findall(r'(?:href|src|action|hx-get)="([^"]+)"', text)
        for link in links:
            inner = inside(link, path)
            if inner and inner not in seen:
                seen.add(inner)
                waiting.append(inner)


def inside(link: str, path: str) -> str:
    """The path and query of a link of ours; nothing for others, for files and for anchors."""
    parts = urlsplit(link.replace("&amp;", "&"))
    if parts.scheme not in {"", "http"} or (parts.netloc and parts.netloc != "testserver"):
        return ""
    if parts.path.startswith(settings.STATIC_URL):
        return ""
    where = parts.path or urlsplit(path).path
    return f"{where}?{parts.query}" if parts.query else where if parts.path else ""
