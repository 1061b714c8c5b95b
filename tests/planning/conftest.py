"""What tests of planning share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from alongside.ground.people.actions import welcome
from alongside.ground.places.actions import keep_areas
from alongside.ground.places.models import Area, Installation
from tests.cast import MACHINE, Cast, Somebody
from tests.planning.everybody import wants


@pytest.fixture
def town(cast: Cast) -> Callable[[int, Area], list[Somebody]]:
    """Two wards in a district; `town(n, ward)` brings n people there who want to sing."""
    assert cast.place
    keep_areas(by=MACHINE, kind="district", edition="2013", rows=[{"code": "D1", "name": "Testford"}])
    Installation.objects.update(area=Area.objects.get(kind="district"))

    def people(many: int, ward: Area) -> list[Somebody]:
        found = [Somebody(welcome(by=MACHINE, name=f"Qname {n}", area=ward)) for n in range(many)]
        for one in found:
            wants(one)
        return found

    return people
