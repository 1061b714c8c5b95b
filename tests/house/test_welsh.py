"""Everything that the site says, it says in Welsh too."""

from __future__ import annotations

import ast
import re

import pytest
from babel.messages.catalog import Catalog
from django.test import Client
from django.utils import translation

from tests.house.code import modules, tree
from tools import languages

PLACEHOLDER = re.compile(r"%\(\w+\)\w")
# Names and signs that are the same in both languages.
SAME = 3


@pytest.fixture(scope="module")
def welsh() -> Catalog:
    return languages.read(languages.LOCALE / "cy" / "LC_MESSAGES" / "django.po")


@pytest.fixture(scope="module")
def said(welsh: Catalog) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each text with its Welsh, both as their forms."""
    return [(_forms(one.id), _forms(one.string)) for one in welsh if one.id]


def _forms(text: object) -> tuple[str, ...]:
    return tuple(str(form) for form in text) if isinstance(text, (tuple, list)) else (str(text),)


def test_every_text_of_the_source_has_its_welsh(welsh: Catalog) -> None:
    missing = languages.missing(welsh)
    words = "\n".join(missing[:40])
    assert not missing, f"{len(missing)} texts have no Welsh yet (python -m tools.languages gather):\n{words}"


def test_the_source_is_read_whole() -> None:
    """Texts of Python, of templates, of forms and with numbers: each kind is found."""
    known = {languages._key(one.id) for one in languages.texts() if one.id}
    assert {"Something to join in", "What are you looking for?", "%(n)s service", "There is a problem"} <= known


def test_every_gap_in_a_text_stays_a_gap(said: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    wrong = [
        form
        for english, forms in said
        for form in forms
        if form and set(PLACEHOLDER.findall(form)) not in [set(PLACEHOLDER.findall(one)) for one in english]
    ]
    assert wrong == []


def test_no_sentence_was_left_in_english(said: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    left = [english[0] for english, forms in said if english[0] in forms and len(_words(english[0])) > SAME]
    assert left == []


def test_texts_have_no_blank_edges_that_english_lacks(said: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    assert [
        forms for english, forms in said if any(f != f.strip() and english[0] == english[0].strip() for f in forms)
    ] == []


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", PLACEHOLDER.sub("", text))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/look-around/", "/place/", "/offer/", "/sign-in/", "/worry/", "/how-this-works/"]
)
def test_a_page_asked_for_in_welsh_is_in_welsh(client: Client, address: str) -> None:
    languages.compile_all()
    translation.trans_real._translations.pop("cy", None)
    page = client.get(address, headers={"Accept-Language": "cy"}).content.decode()
    assert '<html lang="cy">' in page
    assert "Mae rhywbeth yn fy mhoeni" in page  # the foot of every page
    assert "Something worries me" not in page


def test_nobody_calls_a_text_by_a_name_that_is_not_gathered() -> None:
    """`from … import gettext as now`: what is said with it would never be put into Welsh."""
    found = [
        f"{path.name}:{node.lineno} {name.asname}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name and name.asname not in (None, "_")
    ]
    assert not found
