"""The real areas of Bristol load whole: 263 small areas, 55 neighbourhoods, 35 wards, and their figures."""

import pytest
from django.db.models import Sum

from alongside.ground.places.models import Area, AreaFigure, AreaWithin
from tests.conformance.bristol import load_bristol

pytestmark = pytest.mark.django_db


def test_bristol_loads_whole_and_a_second_load_changes_nothing():
    first = load_bristol()
    assert {kind: done["created"] for kind, done in first.items()} == {"msoa": 55, "ward": 35, "lsoa": 263}
    assert all(done["faults"] == [] and done["rejected"] == 0 for done in first.values())
    assert first["lsoa"]["figures"] == {"created": 263 * 17, "updated": 0, "unchanged": 0, "elsewhere": 0}
    population = AreaFigure.objects.filter(measure="population").aggregate(all=Sum("value"))
    assert population["all"] == 463_377

    again = load_bristol()
    assert {kind: done["unchanged"] for kind, done in again.items()} == {"msoa": 55, "ward": 35, "lsoa": 263}
    assert again["lsoa"]["figures"]["unchanged"] == 263 * 17


def test_every_small_area_lies_whole_in_one_neighbourhood_and_in_wards_by_shares():
    load_bristol()
    nested = AreaWithin.objects.filter(part__kind="lsoa", whole__kind="msoa", share=1.0)
    assert nested.values("part").distinct().count() == 263
    for area in Area.objects.filter(kind="lsoa"):
        shares = [row.share for row in area.wholes.filter(whole__kind="ward")]
        assert 0.95 < sum(shares) <= 1.01, area.name
