"""Makes other people's text safe and plain: HTML to paragraphs, odd characters out, lengths kept.

Descriptions are kept as plain text with line breaks, never as HTML: nothing a feed brings can then be
more than words on any page, in a print, in a text message or read aloud. Links stay as "words (address)".
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

import nh3

LOOKED_AT = 250_000  # characters of one description that are looked at at all; pasted pictures are longer
BLOCKS = {"p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"}
BLOCKS |= {"blockquote", "figure", "header", "main", "footer", "dl", "pre", "hr"}
LINES = {"br", "li", "tr", "dt", "dd"}
CELLS = {"td", "th"}

# Control characters (line ends and tabs apart) and halves of surrogate pairs: no database keeps them all.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
SPACES = re.compile(r"[ \t\xa0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
LOOKS_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});|<!--")
LAYOUT = re.compile(r"<(?:p|br|li|div|h[1-6]|tr|section)\b", re.IGNORECASE)
TAG = re.compile(r'<(/?)([a-z0-9]+)(?: href="([^"]*)")?[^>]*>')
MANY_LINES = re.compile(r"\n{3,}")


def fit(text: str) -> str:
    """The text without characters that a database or a page would choke on."""
    if UNFIT.search(text):
        text = UNFIT.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """A name or a label: HTML entities undone, tags out, all spaces single."""
    text = fit(text[:LOOKED_AT])
    if LOOKS_HTML.search(text):
        text = html.unescape(nh3.clean(text, tags=set()))
        text = fit(text)
    return " ".join(text.split())


@lru_cache(maxsize=256)  # an organisation's words come again with each of its services
def paragraphs(text: str) -> str:
    """A description as plain paragraphs: a blank line between them, list items on lines of their own."""
    text = fit(text[:LOOKED_AT])
    if LOOKS_HTML.search(text):
        text = fit(_from_html(text))
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _from_html(text: str) -> str:
    safe = nh3.clean(
        text,
        tags=BLOCKS | LINES | CELLS | {"a"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    if LAYOUT.search(safe):
        safe = " ".join(safe.split())
    return _Flat().read(safe)


class _Flat:
    """Turns the small, well-formed HTML that nh3 leaves into text."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.link = ""
        self.link_from = 0

    def read(self, safe: str) -> str:
        at = 0
        for tag in TAG.finditer(safe):
            self.out.append(html.unescape(safe[at : tag.start()]))
            self._meet(closing=bool(tag[1]), name=tag[2], href=tag[3] or "")
            at = tag.end()
        self.out.append(html.unescape(safe[at:]))
        return "".join(self.out)

    def _meet(self, *, closing: bool, name: str, href: str) -> None:
        if name == "a":
            self._close_link() if closing else self._open_link(href)
        elif name in BLOCKS:
            self.out.append("\n\n")
        elif name == "li":
            self.out.append("" if closing else "\n– ")
        elif name in LINES:
            self.out.append("\n")
        elif name in CELLS:
            self.out.append(" ")

    def _open_link(self, href: str) -> None:
        self.link = html.unescape(href).strip()
        self.link_from = len(self.out)

    def _close_link(self) -> None:
        address = self.link.removeprefix("mailto:").removeprefix("tel:")
        words = "".join(self.out[self.link_from :]).strip()
        if address and not _same(words, address):
            self.out.append(f" ({address})" if words else address)
        self.link = ""


def _same(words: str, address: str) -> bool:
    def bare(text: str) -> str:
        text = re.sub(r"^https?://(www\.)?|^www\.", "", text.strip().lower())
        return re.sub(r"[\s/]+$|\s", "", text)

    return bare(address) in bare(words)
