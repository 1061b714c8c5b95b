"""HSDS 3.0 in and out: every object and field of every example of the standard comes back as it went in."""

from __future__ import annotations

import json

import pytest

from alongside.exchange.openreferral import holders, queries
from alongside.exchange.openreferral.asking import Asked
from alongside.exchange.services.actions import load, load_file
from alongside.ground.history.actor import Actor
from tests.conformance.bristol import shared_data
from tests.conformance.standard import VERSIONS, example, lost, refused

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("services.load")


def bring_in(document: object) -> None:
    report = load(by=MACHINE, source="Examples", data=json.dumps(document).encode())
    assert report.rejected == 0


@pytest.mark.parametrize("version", VERSIONS)
def test_a_whole_service_comes_back_whole(version: str) -> None:
    said = example(version, "service_full")
    bring_in(said)
    [out] = queries.everything(MACHINE)
    assert lost(said, out) == [] and lost(out, said) == []
    assert queries.service(MACHINE, said["id"]) == out
    assert refused(out, "service", version) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_the_public_feed_names_no_contact_and_is_sound(version: str) -> None:
    bring_in(example(version, "service_full"))
    [out] = queries.everything(Actor.anyone())
    assert "Persona" not in json.dumps(out)
    assert refused(out, "service", version) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_a_service_at_a_place_comes_back_whole(version: str) -> None:
    said = example(version, "service_at_location_full")
    bring_in(said)
    out = queries.place(MACHINE, said["id"])
    assert out is not None and lost(said, out) == []
    assert refused(out, "service_at_location", version) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_an_organisation_with_its_services_comes_back_whole(version: str) -> None:
    said = example(version, "organization_full")
    bring_in(said)
    out = holders.organisation(MACHINE, said["id"], Asked(full_service=True))
    assert out is not None and lost(said, out) == []
    assert refused(out, "organization", version) == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["service_list", "service_at_location_list"])
def test_a_page_of_services_comes_back(version: str, name: str) -> None:
    page = example(version, name)
    bring_in(page)
    asked = Asked()
    out = queries.services(MACHINE, asked) if name == "service_list" else queries.places(MACHINE, asked)
    assert lost(page["contents"], out.contents) == []
    assert [words for one in out.contents for words in refused(one, name, version)] == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", ["taxonomy", "taxonomy_term", "organization"])
def test_lists_of_terms_and_of_organisations_come_back(version: str, kind: str) -> None:
    page = example(version, f"{kind}_list")
    bring_in(page)
    assert lost(page["contents"], holders.kept(MACHINE, kind)) == []
    given = {
        "taxonomy": holders.taxonomies(Actor.anyone(), Asked()),
        "taxonomy_term": holders.taxonomy_terms(Actor.anyone(), Asked()),
        "organization": holders.organisations(Actor.anyone(), Asked(full=True)).contents,
    }[kind]
    assert {one["id"] for one in page["contents"]} <= {one["id"] for one in given}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", ["taxonomy", "taxonomy_term"])
def test_a_list_or_a_term_alone_comes_back(version: str, kind: str) -> None:
    said = example(version, kind)
    bring_in(said)
    assert holders.kept(MACHINE, kind) == [said]


@pytest.mark.parametrize("version", ["hsds-3.0", "hsds-3.1-dev"])
def test_a_place_alone_comes_back(version: str) -> None:
    said = example(version, "location")
    bring_in(said)
    assert holders.kept(MACHINE, "location") == [said]


@pytest.mark.parametrize("version", ["hsds-3.0", "hsds-3.1-dev"])
def test_tables_are_put_together_and_no_cell_of_them_is_lost(version: str) -> None:
    tables = example(version, "tabular")
    report = load(by=MACHINE, source="Tables", data=json.dumps(tables).encode())
    told = {fault.field for fault in report.faults if fault.rejected}
    assert told <= {"attribute", "metadata", "meta_table_description", "contact", "unit"}, "they name nothing here"
    assert report.read == report.created + report.rejected
    out = json.dumps([*queries.everything(MACHINE), *holders.kept(MACHINE, "taxonomy"), json.loads(report.rejects)])
    for rows in tables.values():
        for row in rows:
            assert [value for value in row.values() if json.dumps(str(value))[1:-1] not in out] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_a_folder_of_tables_and_a_folder_of_pages_come_in(version: str) -> None:
    folder = shared_data() / "hsds" / version / "examples"
    tables = load_file(str(folder / "csv"), source="Tables")
    assert tables["created"] >= 1
    pages = load_file(str(folder), source="Pages")
    assert pages["read"] == pages["created"] + pages["rejected"]
