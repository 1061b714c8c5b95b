"""Judges whole documents and sets of pages: every record, every page, and what they say of each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from alongside.exchange.validating import checking, documents, finding, standard
from alongside.exchange.validating.documents import PAGE, Opened
from alongside.exchange.validating.finding import Finding
from alongside.methods.loose_json import Doubled, too_deep
from alongside.methods.shorten import shorten

MOST = 5_000  # findings kept of each sort; the counts go on
# A feed need not have these, so what is wrong in them is a warning: the national validator does the same.
OPTIONAL = {"taxonomy", "taxonomy_term"}
STRICT = {finding.BLANK, finding.TWICE}


@dataclass(slots=True)
class Verdict:
    """`errors` is what the standard itself refuses, `warnings` what it lets pass and somebody will trip over,
    `interface` how the feed answers, apart from what its records say."""

    profile: str
    records: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    interface: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def valid(self) -> bool:
        return not self.counts["errors"] and not self.counts["interface"]

    def add(self, where: str, found: Finding) -> None:
        self.counts[where] += 1
        kept: list[Finding] = getattr(self, where)
        if len(kept) < MOST:
            kept.append(found)

    def as_dict(self) -> dict[str, Any]:
        return {
            "valid": self.valid,
            "profile": self.profile,
            "records": self.records,
            "kinds": dict(self.kinds),
            "counts": {name: self.counts[name] for name in ("errors", "warnings", "interface")},
            "errors": [one.as_row() for one in self.errors],
            "warnings": [one.as_row() for one in self.warnings],
            "interface": [one.as_row() for one in self.interface],
        }


def judge(parts: Sequence[Opened], profile: str = "", *, strict: bool = False) -> Verdict:
    """The verdict on one document or a set of pages. `strict` takes blanks and second uses of an id as errors."""
    verdict = Verdict(profile or guess(parts))
    seen: set[tuple[str, str]] = set()
    for part in parts:
        for broken in part.broken:
            reason = finding.TOO_DEEP if broken == "nested too deeply" else finding.UNREADABLE
            verdict.add("errors", Finding("file", "file", broken, reason))
        for front in part.fronts:
            _front(front, verdict)
        for n, record in enumerate(part.records):
            kind = documents.kind_of(record) if isinstance(record, dict) else ""
            known = set() if part.whole else seen
            _record(record, kind, verdict, known, strict=strict, on_page=n in part.on_pages)
        for kind, row in part.rows:
            _record(row, kind if isinstance(row, dict) else "", verdict, seen, strict=strict, in_table=True)
    _pages([page for part in parts if not part.judged for page in part.pages], verdict)
    if not verdict.records and not any(part.broken or part.fronts for part in parts):
        verdict.add("warnings", Finding("file", "contents", "", finding.EMPTY_FEED))
    return verdict


def guess(parts: Sequence[Opened]) -> str:
    """Which standard a document means to keep: what its front page says, else what only one of them has."""
    said = " ".join(str(front.get("version", "")) for part in parts for front in part.fronts).upper()
    if "UK" in said:
        return standard.ORUK
    if "3.1" in said:
        return standard.HSDS_31
    used = {name for part in parts for record in part.records[:200] for name in _fields_used(record)}
    if used & {"service.capacities", "service.additional_urls", "organization.additional_websites"}:
        return standard.HSDS_31
    uk = {f"{kind}.{name}" for kind, fields in standard.model(standard.ORUK).items() for name in fields}
    hsds = {f"{kind}.{name}" for kind, fields in standard.model(standard.HSDS).items() for name in fields}
    return standard.HSDS if used & (hsds - uk) else standard.ORUK


def _fields_used(record: Any) -> list[str]:
    if not isinstance(record, dict):
        return []
    kind = documents.kind_of(record)
    return [f"{kind}.{name}" for name in record]


def _record(
    record: Any,
    kind: str,
    verdict: Verdict,
    seen: set[tuple[str, str]],
    *,
    strict: bool,
    on_page: bool = False,
    in_table: bool = False,
) -> None:
    verdict.records += 1
    label, title = _label(verdict.records, record)
    lenient = verdict.profile == standard.ORUK and kind in OPTIONAL

    def note(path: str, value: Any, reason: str, is_error: bool) -> None:
        if in_table and reason in (finding.NOT_TEXT, finding.NOT_NUMBER) and isinstance(value, str | int | float):
            return  # a table has no types
        if in_table and path == "tax_id":
            is_error = False  # the schema wants a UUID and the standard's own tables have none
        is_error = (is_error or (strict and reason in STRICT)) and not lenient
        if on_page and kind == "organization" and "[" in path:
            is_error = False  # a page of organisations answers for their own fields alone
        found = Finding(label, shorten(path) or "(no name)", shorten(value), reason, title)
        verdict.add("errors" if is_error else "warnings", found)

    if not kind:
        note("record", record, finding.NOT_RECORD, True)
        return
    verdict.kinds[kind] += 1
    if too_deep(record):
        note("record", "", finding.TOO_DEEP, True)
        return
    if isinstance(record, Doubled):
        for key in record.twice:
            note(key, record.get(key), finding.KEY_TWICE, False)
    own = record.get("id")
    if isinstance(own, str) and own.strip() and (kind, own) in seen:
        note("id", own, finding.TWICE, False)
    seen.add((kind, str(own)))
    if kind in standard.model(verdict.profile) or kind in standard.model(standard.HSDS_31):
        profile = verdict.profile if kind in standard.model(verdict.profile) else standard.HSDS_31
        checking.check(record, kind, profile, note, blanks_are_missing=strict)
        _hanging(record, kind, profile, note)


def _hanging(record: dict[str, Any], kind: str, profile: str, note: checking.Note) -> None:
    """What a whole organisation or a service at a place carries though its own table has no such column."""
    if kind == "service_at_location" and "service" in record:
        if isinstance(record["service"], dict):
            checking.check(record["service"], "service", profile, note, "service")
        else:
            note("service", record["service"], finding.NOT_OBJECT, True)
    if kind == "organization" and "services" in record:
        services = record["services"]
        if not isinstance(services, list):
            note("services", services, finding.NOT_LIST, True)
            return
        for n, one in enumerate(services):
            if isinstance(one, dict):
                checking.check(one, "service", profile, note, f"services[{n}]")
            else:
                note(f"services[{n}]", one, finding.NOT_OBJECT, True)


def _label(position: int, record: Any) -> tuple[str, str]:
    if not isinstance(record, dict):
        return f"record {position}", ""
    own, name = record.get("id"), record.get("name")
    label = shorten(own) if isinstance(own, str | int) and own != "" else f"record {position}"
    return label or f"record {position}", shorten(name) if isinstance(name, str) else ""


def _front(front: dict[str, Any], verdict: Verdict) -> None:
    for name in ("version", "profile", "openapi_url"):
        value = front.get(name)
        if not isinstance(value, str) or not value.strip():
            verdict.add("interface", Finding("/", name, shorten(value), finding.NO_API_FIELD))
        elif name != "version" and not checking.URI.fullmatch(value):
            verdict.add("interface", Finding("/", name, shorten(value), finding.NOT_URI))


def _pages(pages: Sequence[dict[str, Any]], verdict: Verdict) -> None:
    """What each page says of itself, against what stands on it. A page in a file of its own may be any of them."""
    for n, page in enumerate(pages, start=1):
        for name, reason in page_faults(page):
            number = page.get("page_number")
            label = f"page {number if isinstance(number, int) else n}"
            verdict.add("warnings", Finding(label, name, shorten(page.get(name)), reason))


def page_faults(page: dict[str, Any], asked: int = 0) -> list[tuple[str, str]]:
    """(field, why) for each thing that a page says of itself and that is not so."""
    found = [(name, finding.NO_PAGE_FIELD) for name in PAGE if name not in page]
    contents = page.get("contents")
    if not isinstance(contents, list):
        return [*found, ("contents", finding.NO_PAGE_FIELD)]
    number, last = page.get("page_number"), page.get("total_pages")
    if "size" in page and page["size"] != len(contents):
        found.append(("size", finding.WRONG_SIZE))
    if isinstance(page.get("empty"), bool) and page["empty"] != (not contents):
        found.append(("empty", finding.WRONG_EMPTY))
    if isinstance(number, int) and isinstance(page.get("first_page"), bool) and page["first_page"] != (number == 1):
        found.append(("first_page", finding.WRONG_FIRST))
    told = isinstance(number, int) and isinstance(last, int) and isinstance(page.get("last_page"), bool)
    if told and page["last_page"] != (number >= last):  # type: ignore[operator]
        found.append(("last_page", finding.WRONG_LAST))
    if asked and number != asked:
        found.append(("page_number", finding.WRONG_NUMBER))
    return found
