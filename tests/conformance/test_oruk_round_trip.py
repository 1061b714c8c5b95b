"""HSDS 3.0 in and out: every object and field of every example of the standard comes back as it went in."""

from __future__ import annotations

import json

import pytest

from alongside.exchange.openreferral import queries
from alongside.exchange.services.actions import load
from alongside.ground.history.actor import Actor
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
