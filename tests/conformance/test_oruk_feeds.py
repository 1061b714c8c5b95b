"""Open Referral's own examples, and the mock feeds of the national validator, come in without a word lost."""

import json
import os
from pathlib import Path

import pytest

from alongside.exchange.services import faults
from alongside.exchange.services.actions import load
from alongside.exchange.services.models import ForeignId
from alongside.exchange.services.reading import read
from alongside.ground.history.actor import Actor
from alongside.knowing.assets.models import Asset

HERE = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("ALONGSIDE_SHARED_DATA", HERE.parent / "shared" / "data")) / "hsds"
MOCKS = DATA / "oruk-validator-3.0" / "mocks"
EXAMPLES = [DATA / version / "examples" for version in ("hsds-3.0", "hsds-3.1-dev", "oruk-3.0")]
MACHINE = Actor.system("services.load")
pytestmark = [
    pytest.mark.skipif(not DATA.exists(), reason="the standard's files are not beside the repository"),
    pytest.mark.django_db,
]
SERVICES = ("service_full.json", "service_list.json", "service_at_location_full.json", "organization_full.json")
SOUND = [path for kind in ("Default", "Warn") for path in sorted((MOCKS / f"V3.0-UK-{kind}").glob("*.json"))]
SOUND = [path for path in SOUND if path.name in (*SERVICES, "organization.json", "service_at_location_list.json")]


@pytest.mark.parametrize("path", SOUND, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_sound_mock_feed_comes_in(path: Path) -> None:
    report = load(by=MACHINE, source="Mock", data=path.read_bytes())
    assert (report.read, report.created, report.rejected) == (1, 1, 0)
    assert {fault.reason for fault in report.faults} <= {faults.OFF_THE_GLOBE}
    assert Asset.objects.get().title == "Community Counselling"


def test_the_failing_mock_feed_is_told_what_fails() -> None:
    report = load(by=MACHINE, source="Mock", data=(MOCKS / "V3.0-UK-Fail" / "service_full.json").read_bytes())
    told = {(fault.field, fault.reason) for fault in report.faults}
    assert {("url", faults.BAD_URL), ("email", faults.BAD_EMAIL)} <= told
    listed = load(by=MACHINE, source="List", data=(MOCKS / "V3.0-UK-Fail" / "service_list.json").read_bytes())
    assert (listed.read, listed.created, listed.rejected) == (4, 0, 4)
    assert sum(fault.reason == faults.NAMELESS for fault in listed.faults) == 4


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("name", SERVICES)
def test_every_example_of_the_standard_comes_in_and_a_second_time_changes_nothing(folder: Path, name: str) -> None:
    data = (folder / name).read_bytes()
    assert load(by=MACHINE, source="Examples", data=data).created == 1
    assert load(by=MACHINE, source="Examples", data=data).unchanged == 1


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: path.parent.name)
def test_what_an_example_says_is_kept(folder: Path) -> None:
    data = (folder / "service_full.json").read_bytes()
    said = json.loads(data)
    [service] = read(data).services
    assert (service.name, service.words) == (said["name"], said["description"].strip())
    assert (service.lowest_age, service.highest_age) == (said["minimum_age"], said["maximum_age"])
    assert (service.url, service.email, service.alert) == (said["url"], said["email"], said["alert"])
    assert "£35 per 1 hour session" in service.cost and said["fees"] in service.cost
    assert service.times[0].rule == "FREQ=WEEKLY;BYDAY=TH,FR"
    assert service.organisation is not None and service.organisation.name == said["organization"]["name"]
    assert service.places[0].name == "MyCity Civic Center"
    assert "Persona" not in repr(service)


@pytest.mark.parametrize(
    "name", ["organization_list.json", "taxonomy.json", "taxonomy_term.json", "taxonomy_list.json"]
)
def test_a_page_of_something_else_is_kept_beside_and_not_taken_for_services(name: str) -> None:
    report = load(by=MACHINE, source="Mock", data=(MOCKS / "V3.0-UK-Default" / name).read_bytes())
    assert report.created == report.read >= 1 and report.rejected == 0
    assert not ForeignId.objects.exists() and not Asset.objects.exists()
