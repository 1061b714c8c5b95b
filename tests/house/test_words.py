"""Residents' pages speak in residents' words, at a reading age of about nine to eleven."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html import unescape
from statistics import median

import pytest
import textstat

from alongside import frameworks
from tests.cast import Cast
from tests.house.addresses import addresses, crawl

FEWEST_WORDS = 60  # a shorter page says too little to be graded
GRADE_MEDIAN, GRADE_MOST = 6.5, 8.0
# Pages that are not written for residents, though anyone may read them.
FOR_OTHERS = ("/gallery/", "/services/", "/desk/", "/api/")

LEFT_OUT = re.compile(r"<(script|style|svg|nav|footer|head|table|datalist|select)\b.*?</\1>", re.S | re.I)
LAWS = re.compile(r"Mental Capacity Act")  # a law is called what it is called
BLOCK = re.compile(r"</(?:p|li|h\d|dt|dd|label|legend|div|button|summary|caption|figcaption)>", re.I)


def words_of(html: str) -> str:
    """What a page says in sentences: headings and lines of lists end like one."""
    text = BLOCK.sub(". ", LEFT_OUT.sub(" ", html))
    text = unescape(re.sub(r"<[^>]*>", " ", text))
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"(?:\s*[.:?!…]\s*){2,}", ". ", text).strip()


@pytest.fixture
def pages(cast: Cast) -> Iterator[list[tuple[str, str]]]:
    """Every page that a resident can reach without a key, with the words on it."""
    logging.disable(logging.CRITICAL)
    assert cast.place.name
    client = cast.resident.client()
    client.raise_request_exception = False
    starts = [
        f"/{address.route}"
        for address in addresses()
        if address.door in {"public", "resident", "signed_in"} and not address.converters
    ]
    starts = [path for path in starts if "sign-out" not in path and "demo" not in path]
    found: dict[str, str] = {}
    for path, response, text in crawl(client, starts, most=150):
        plain = path.split("?")[0]
        is_page = response.status_code == 200 and "text/html" in response.headers.get("Content-Type", "")
        if is_page and not path.startswith(FOR_OTHERS) and plain not in found:
            found[plain] = words_of(text)
    yield list(found.items())
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
def test_no_term_of_the_field_stands_on_a_resident_s_page(pages: list[tuple[str, str]]) -> None:
    banned = frameworks.load("words")["banned"]
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, banned)) + r")s?\b", re.I)
    found = sorted(
        {f"{path}: {match.group()}" for path, text in pages for match in pattern.finditer(LAWS.sub("", text))}
    )
    assert not found


@pytest.mark.django_db
def test_residents_pages_are_easy_to_read(pages: list[tuple[str, str]]) -> None:
    grades = {path: textstat.flesch_kincaid_grade(text) for path, text in pages if len(text.split()) >= FEWEST_WORDS}
    assert grades
    hard = {path: grade for path, grade in grades.items() if grade > GRADE_MOST}
    assert not hard
    assert median(grades.values()) <= GRADE_MEDIAN


def test_the_words_file_bans_the_terms_it_should() -> None:
    """The first test would pass if the file banned nothing."""
    assert {"stakeholder", "co-production", "caseload"} <= set(frameworks.load("words")["banned"])
