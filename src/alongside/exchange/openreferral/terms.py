"""Our own lists of terms as taxonomies of the standard: parts of life, kinds of asset, and what matters to people."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any

from django.utils import translation

from alongside import frameworks
from alongside.knowing.assets.models import AssetKind

SPACE = uuid.UUID("b0c3d8f4-5a0b-5a53-8d0f-3f4a8d0c9e21")
DOMAINS, KINDS, CONCEPTS = "life_domains", "kinds", "what_matters"
VERSION = "1"
Term = dict[str, Any]


def made_id(*words: str) -> str:
    """The id of something that is named and has no row: always the same for the same words."""
    return str(uuid.uuid5(SPACE, ":".join(words)))


@cache
def taxonomies() -> dict[str, Term]:
    """Our taxonomies, by key."""
    named = {
        DOMAINS: ("Parts of life", "The parts of a life in which somebody may want something."),
        KINDS: ("Kinds of asset", "What people, communities and organisations have and may bring."),
        CONCEPTS: ("What matters to people", "What people say matters to them, and what may help with it."),
    }
    found = {
        key: {"id": made_id(key), "name": name, "description": words, "version": VERSION}
        for key, (name, words) in named.items()
    }
    return found if _concepts() else {key: one for key, one in found.items() if key != CONCEPTS}


@cache
def terms() -> dict[str, Term]:
    """Every term of ours by id, in the order of the lists. A concept has its part of life as its parent."""
    found: list[Term] = []
    for domain in frameworks.load("life_domains")["domain"]:
        found.append(_term(DOMAINS, domain["key"], domain["label"]["en"], domain["hint"]["en"]))
    for kind in AssetKind:
        found.append(_term(KINDS, kind.value, kind.name.capitalize(), _described(kind)))
    for concept in _concepts():
        words = "; ".join(concept["says"][:3])
        parent = made_id(DOMAINS, concept["domain"])
        found.append(_term(CONCEPTS, concept["key"], concept["label"]["en"], words) | {"parent_id": parent})
    return {term["id"]: term for term in found}


def meaning(term_id: str) -> tuple[str, str]:
    """(list, key) of a term of ours; two empty words for anybody else's."""
    term = terms().get(term_id)
    return (_list_of(term), term["code"]) if term else ("", "")


def attribute(record: uuid.UUID, listed: str, key: str) -> Term:
    """A service's link to one of our terms."""
    term = terms()[made_id(listed, key)]
    return {"id": made_id(str(record), term["id"]), "link_entity": "service", "taxonomy_term": term}


def _list_of(term: Term) -> str:
    return next(key for key, one in taxonomies().items() if one["id"] == term["taxonomy_id"])


def _term(listed: str, key: str, name: str, words: str) -> Term:
    taxonomy = taxonomies()[listed]
    return {
        "id": made_id(listed, key),
        "code": key,
        "name": name,
        "description": words or name,
        "taxonomy": taxonomy["name"],
        "taxonomy_detail": taxonomy,
        "taxonomy_id": taxonomy["id"],
        "language": "en",
    }


def _described(kind: AssetKind) -> str:
    with translation.override("en"):
        return str(kind.label)


@cache
def _concepts() -> tuple[dict[str, Any], ...]:
    files = frameworks.load_all("what_matters").values()
    return tuple({**concept, "domain": file["domain"]} for file in files for concept in file.get("concept", []))
