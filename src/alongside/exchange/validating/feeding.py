"""Judges a feed where it lives: its front page, the first, middle and last page of each list, and one of each whole.

The addresses the standard asks for must answer; the others may answer with 404, 501 or 503 and nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from alongside.exchange.fetching.queries import Unreachable
from alongside.exchange.validating import documents, finding, judging, standard
from alongside.exchange.validating.documents import Opened
from alongside.exchange.validating.finding import Finding
from alongside.exchange.validating.judging import Verdict
from alongside.methods.shorten import shorten

Get = Callable[[str], bytes]
LISTS = ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")
REQUIRED = {"services"}
MAY_ANSWER = {404, 501, 503}


class _Feed:
    def __init__(self, root: str, get: Get) -> None:
        self.root, self.get = root, get
        self.parts: list[Opened] = []
        self.found: list[tuple[str, Finding]] = []

    def note(self, record: str, field: str, value: object, reason: str, where: str = "interface") -> None:
        self.found.append((where, Finding(record, field, shorten(value), reason)))

    def front(self) -> None:
        opened = self._open(f"{self.root}/", "/", required=True)
        if opened is None:
            return
        if opened.fronts:
            self.parts.append(opened)
        else:
            self.note("/", "version", "", finding.NO_API_FIELD)

    def listed(self, name: str) -> None:
        """The first, middle and last page, and the first record whole."""
        required = name in REQUIRED
        first = self._page(name, 1, required)
        if first is None:
            return
        pages = first.pages[0].get("total_pages") if first.pages else 1
        last = pages if isinstance(pages, int) and pages > 1 else 1
        for number in dict.fromkeys(((last + 1) // 2, last)):
            if number > 1:
                self._page(name, number, required)
        if not first.records:
            self.note(f"/{name}", "contents", "", finding.EMPTY_FEED, "warnings")
        own = next((one.get("id") for one in first.records if isinstance(one, dict) and one.get("id")), None)
        if isinstance(own, str):
            whole = self._open(f"{self.root}/{name}/{own}", f"/{name}/{own}", required=required)
            if whole is not None:
                self.parts.append(Opened(records=whole.records, broken=whole.broken, whole=True))

    def _page(self, name: str, number: int, required: bool) -> Opened | None:
        where = f"/{name}?page={number}"
        opened = self._open(f"{self.root}{where}", where, required=required)
        if opened is None:
            return None
        if not opened.pages:
            self.note(where, "contents", "", finding.NO_PAGE_FIELD)
        for page in opened.pages:
            for field, reason in judging.page_faults(page, asked=number):
                self.note(where, field, page.get(field), reason)
        opened.judged = True
        self.parts.append(opened)
        return opened

    def _open(self, address: str, where: str, *, required: bool) -> Opened | None:
        try:
            return documents.open_bytes(self.get(address))
        except Unreachable as problem:
            if required:
                self.note(where, "status", problem.status or problem.sentence, finding.NO_ANSWER)
            elif problem.status not in MAY_ANSWER:
                self.note(where, "status", problem.status or problem.sentence, finding.NO_ANSWER_OPTIONAL, "warnings")
            return None


def judge_address(address: str, get: Get, profile: str = "", *, strict: bool = False) -> Verdict:
    """The verdict on what lives at an address: a whole interface, or a single file. Raises Unreachable where
    nothing answers at all."""
    data = get(address)
    opened = documents.open_bytes(data)
    root = root_of(address, opened)
    if root is None:
        return judging.judge([opened], profile, strict=strict)
    feed = _Feed(root, get)
    feed.front()
    for name in LISTS:
        feed.listed(name)
    verdict = judging.judge(feed.parts, profile or (standard.ORUK if not feed.parts else ""), strict=strict)
    for where, found in feed.found:
        verdict.add(where, found)
    return verdict


def root_of(address: str, opened: Opened) -> str | None:
    """The root of the interface that this address belongs to; None where it is a file."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    last = path.rpartition("/")[2]
    if opened.fronts and not path.endswith(".json"):
        return urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    if opened.pages and last in LISTS:
        return urlunsplit((parts.scheme, parts.netloc, path.rpartition("/")[0], "", ""))
    return None
