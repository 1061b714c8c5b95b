"""A directory's file is read, whatever its form; what is wrong in it is named so that it can be mended."""

import json
from datetime import date, time

import pytest

from alongside.exchange.services import faults
from alongside.exchange.services.reading import read
from alongside.exchange.services.records import Reading, ServiceRecord
from tests.exchange.feeds import as_bytes, listed, messy, nested


def only(data: object) -> ServiceRecord:
    reading = read(as_bytes(data))
    assert [fault for fault in reading.faults if fault.rejected] == []
    [service] = reading.services
    return service


def found(reading: Reading, reason: str) -> list[str]:
    return [fault.record for fault in reading.faults if fault.reason == reason]


def test_every_record_of_a_messy_feed_is_a_service_or_a_reject() -> None:
    reading = read(as_bytes(messy()))
    assert (reading.read, len(reading.services), reading.rejected) == (30, 28, 2)
    assert len(reading.seen) == 29


def test_a_second_use_of_an_id_is_left_out_and_named() -> None:
    reading = read(as_bytes(messy()))
    [twice] = [fault for fault in reading.faults if fault.reason == faults.TWICE]
    assert (twice.position, twice.field, twice.rejected) == (5, "id", True)
    assert twice.record == twice.value == messy()[3]["id"]


def test_a_service_without_a_name_is_left_out_but_its_id_was_seen() -> None:
    reading = read(as_bytes(messy()))
    assert found(reading, faults.NAMELESS) == [messy()[9]["id"]]
    assert messy()[9]["id"] in reading.seen


def test_blanks_count_as_missing() -> None:
    reading = read(as_bytes(messy()))
    blank = [fault for fault in reading.faults if fault.reason == faults.REQUIRED]
    assert len(blank) == 6
    assert {fault.field for fault in blank} == {"organization.description", "name"}


def test_services_without_an_organisation_come_in_and_are_named() -> None:
    reading = read(as_bytes(messy()))
    assert len(found(reading, faults.NO_ORGANISATION)) == 3
    assert sum(service.organisation is None for service in reading.services) == 2


@pytest.mark.parametrize(
    ("n", "field", "reason"),
    [
        (20, "email", faults.BAD_EMAIL),
        (21, "url", faults.BAD_URL),
        (22, "assured_date", faults.BAD_DATE),
        (23, "description", faults.NO_WORDS),
    ],
)
def test_each_fault_names_its_record_field_and_value(n: int, field: str, reason: str) -> None:
    reading = read(as_bytes(messy()))
    [fault] = [fault for fault in reading.faults if fault.reason == reason]
    assert (fault.record, fault.field, fault.rejected) == (messy()[n]["id"], field, False)
    assert fault.value and fault.value in messy()[n][field]


def test_the_list_form_says_who_it_is_for_and_how_to_join() -> None:
    service = only(
        [
            listed(
                1,
                pc_targetAudience=[
                    {"id": "a", "audienceType": "Carers "},
                    {"id": "b", "audienceType": "Parents>Grandparents "},
                    {"id": "c", "audienceType": "Carers"},
                ],
                attending_access="Drop-in",
                pc_attendingAccess_additionalInfo="Knock at the side door.",
                deliverable_type="Peer group",
            )
        ]
    )
    assert service.audience == ("Carers", "Parents", "Grandparents")
    assert service.joining == "Drop-in\nKnock at the side door."
    assert service.topics == ("Peer group",)
    assert service.checked_on == date(2024, 3, 5)


def test_the_nested_form_says_where_and_when_and_what_it_costs() -> None:
    service = only([nested(1)])
    [place], [when] = service.places, service.times
    assert (place.latitude, place.longitude, place.postcode) == (51.451, -2.58, "ZZ1 1AA")
    assert place.address == "1 High Street, Alderbrook, Somerset, ZZ1 1AA"
    assert (when.rule, when.weekdays) == ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", (1, 3))
    assert (when.starts, when.ends) == (date(2025, 1, 7), date(2030, 12, 31))
    assert (when.opens, when.closes, when.minutes) == (time(12), time(14, 30), 150)
    assert (service.cost, service.free) == ("Lunch: £3.50", False)
    assert service.access == ("Step-free, with a hearing loop.",)


def test_the_person_to_ask_for_is_never_read() -> None:
    contacts = [{"id": "c", "name": "Ann Persona", "email": "ann@example.org", "phones": [{"number": "01632 960001"}]}]
    service = only([nested(1, contacts=contacts)])
    assert "Person" not in repr(service) and "ann@" not in repr(service)
    assert service.phone == "01632 960001"


def test_a_nested_service_of_the_first_version_is_read_too() -> None:
    service = only(
        [
            {
                "id": "7",
                "name": "Walks",
                "description": "We walk.",
                "organization": {"id": "o", "name": "Walkers", "description": "We walk."},
                "eligibilitys": [{"eligibility": "Anyone", "minimum_age": 18, "maximum_age": 99}],
                "languages": [{"language": "Welsh"}],
                "service_areas": [{"service_area": "All of Alderbrook"}],
                "service_taxonomys": [{"taxonomy": {"id": "t", "name": "Walking"}}],
                "regular_schedules": [{"weekday": "Monday", "opens_at": "10:00", "closes_at": "11:15"}],
                "service_at_locations": [
                    {
                        "location": {
                            "id": "l",
                            "name": "The green",
                            "latitude": "51.4",
                            "longitude": "-2.5",
                            "physical_addresses": [{"address_1": "The Green", "postal_code": "ZZ1 2BB"}],
                            "accessibility_for_disabilities": [{"accessibility": "Wheelchair access"}],
                        }
                    }
                ],
            }
        ]
    )
    assert (service.lowest_age, service.highest_age, service.languages) == (18, 99, ("Welsh",))
    assert (service.topics, service.audience, service.areas) == (("Walking",), ("Anyone",), ("All of Alderbrook",))
    assert service.times[0].rule == "FREQ=WEEKLY;BYDAY=MO"
    assert service.first_point is not None and service.first_point.latitude == 51.4
    assert service.access == ("Wheelchair access",)


@pytest.mark.parametrize(
    "wrapped",
    [
        [nested(1), nested(2)],
        {"contents": [nested(1), nested(2)], "total_items": 2},
        {"content": [nested(1), nested(2)]},
        {"services": [nested(1), nested(2)]},
        [{"contents": [nested(1)]}, {"contents": [nested(2)]}],
    ],
)
def test_every_wrapping_of_a_feed_holds_the_same_services(wrapped: object) -> None:
    reading = read(as_bytes(wrapped))
    assert [service.foreign for service in reading.services] == ["nested-1", "nested-2"]
    assert reading.whole and reading.read == 2


def test_one_record_a_line_is_read_and_a_broken_line_is_a_reject() -> None:
    lines = [json.dumps(nested(1)), '{"id": "nested-2", "na', "", json.dumps(nested(3))]
    reading = read("\n".join(lines).encode())
    assert (reading.read, len(reading.services), reading.rejected) == (3, 2, 1)
    assert reading.rejects == ('{"id": "nested-2", "na',)
    assert not reading.whole, "what the broken line held is unknown, so nothing may count as gone"


@pytest.mark.parametrize(
    "part",
    [
        nested(1),
        {"contents": [nested(1)], "total_items": 900},
        {"rejects_of": "A feed", "contents": [nested(1)]},
        {"id": "o", "name": "Lunch Together", "description": "We cook.", "services": [nested(1)]},
        {"id": "at", "location": {"id": "l", "location_type": "virtual"}, "service": nested(1)},
    ],
)
def test_a_part_of_a_feed_is_known_to_be_a_part(part: object) -> None:
    reading = read(as_bytes(part))
    assert [service.foreign for service in reading.services] == ["nested-1"]
    assert not reading.whole


def test_services_under_an_organisation_are_its_services() -> None:
    holder = {"id": "o", "name": "Good Cooks", "description": "Yes.", "services": [nested(1, organization=None)]}
    service = only(holder)
    assert service.organisation is not None and service.organisation.name == "Good Cooks"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32-le"])
def test_letters_arrive_whole_in_every_encoding(encoding: str) -> None:
    data = json.dumps([nested(1, name="Caffi’r Gornel – têŵ")], ensure_ascii=False).encode(encoding)
    assert read(data).services[0].name == "Caffi’r Gornel – têŵ"


def test_a_file_from_an_old_windows_machine_is_read_with_a_note() -> None:
    reading = read(json.dumps([nested(1, name="Café £5")], ensure_ascii=False).encode("cp1252"))
    assert reading.services[0].name == "Café £5"
    assert found(reading, faults.NOT_UTF8) == ["file"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", faults.FILE_EMPTY),
        (b"[]", faults.FILE_EMPTY),
        (b'[{"id": "1", "name"', faults.FILE_UNREADABLE),
        (b"<html>Not found</html>", faults.FILE_UNREADABLE),
        (b"[" * 200_000, faults.FILE_TOO_DEEP),
    ],
)
def test_a_file_that_cannot_be_read_says_so_and_takes_nothing_away(data: bytes, reason: str) -> None:
    reading = read(data)
    assert [fault.reason for fault in reading.faults] == [reason]
    assert (reading.read, reading.whole) == (0, False)


@pytest.mark.parametrize("entry", [None, 7, "words", [1], True, 1.5])
def test_an_entry_that_is_no_service_is_a_reject(entry: object) -> None:
    reading = read(as_bytes([entry, nested(1)]))
    assert (reading.read, len(reading.services)) >= (2, 1)
    assert reading.read == len(reading.services) + reading.rejected


def test_an_organisation_or_a_term_is_not_taken_for_a_service() -> None:
    organisation = {"id": "o", "name": "Cooks", "description": "We cook.", "website": "https://a.example.org"}
    term = {"id": "t", "name": "Walking", "description": "On foot.", "taxonomy": "activities"}
    reading = read(as_bytes({"contents": [organisation, term, term | {"id": ""}]}))
    assert [(one.kind, one.foreign) for one in reading.beside] == [("organization", "o"), ("taxonomy_term", "t")]
    assert found(reading, faults.NOT_A_SERVICE) == ["record 3"], "without an id it could not be known again"
    assert not reading.whole and reading.read == 3


@pytest.mark.parametrize("wrong", [None, "", "  ", {}, [], True, float("nan")])
def test_a_service_without_an_id_is_left_out(wrong: object) -> None:
    reading = read(as_bytes([nested(1, name="Walks") | {"id": wrong}]))
    assert [fault.reason for fault in reading.faults if fault.rejected] == [faults.WITHOUT_ID]
    assert not reading.whole


def test_an_id_may_be_a_number_and_need_not_be_a_uuid() -> None:
    reading = read(as_bytes([nested(1) | {"id": 12}, nested(2) | {"id": "12"}]))
    assert [service.foreign for service in reading.services] == ["12"]
    assert found(reading, faults.TWICE) == ["12"]


@pytest.mark.parametrize(
    ("latitude", "longitude", "field", "reason"),
    [
        (100, 101, "latitude", faults.OFF_THE_GLOBE),
        (51, 200, "longitude", faults.OFF_THE_GLOBE),
        (0, 0, "latitude", faults.NOWHERE),
        (-2.58, 51.45, "latitude", faults.SWAPPED),
        (51.45, None, "longitude", faults.HALF_A_POINT),
        ("north", -2.5, "latitude", faults.BAD_NUMBER),
        (51.45, True, "longitude", faults.BAD_NUMBER),
        (float("inf"), 1, "latitude", faults.BAD_NUMBER),
    ],
)
def test_a_place_that_cannot_be_is_not_on_the_map(latitude: object, longitude: object, field: str, reason: str) -> None:
    entry = nested(1)
    entry["service_at_locations"][0]["location"] |= {"latitude": latitude, "longitude": longitude}
    reading = read(as_bytes([entry]))
    assert reading.services[0].first_point is None
    where = f"service_at_locations[0].location.{field}"
    assert (where, reason) in {(fault.field, fault.reason) for fault in reading.faults}


@pytest.mark.parametrize(
    ("schedule", "rule", "reasons"),
    [
        ({"byday": "MO"}, "FREQ=WEEKLY;BYDAY=MO", []),
        ({"byday": "2TU"}, "FREQ=MONTHLY;BYDAY=2TU", []),
        ({"freq": "MONTHLY", "bymonthday": "1,15"}, "FREQ=MONTHLY;BYMONTHDAY=1,15", []),
        ({"freq": "MONTHLY", "bymonthday": "1,40"}, "FREQ=MONTHLY;BYMONTHDAY=1", [faults.BAD_RULE]),
        ({"freq": "WEEKLY", "byday": "TH,FR", "bymonthday": "2"}, "FREQ=WEEKLY;BYDAY=TH,FR", []),
        ({"freq": "WEEKLY", "byday": "1MO,TU"}, "FREQ=WEEKLY;BYDAY=TU", [faults.BAD_RULE]),
        ({"freq": "FORTNIGHTLY", "byday": "MO"}, None, [faults.BAD_RULE]),
        ({"freq": "DAILY", "count": 5}, "FREQ=DAILY;COUNT=5", []),
        ({"opens_at": "10am", "closes_at": "2.30 pm"}, "", []),
        ({"opens_at": "midday"}, None, [faults.BAD_TIME]),
        ({"dtstart": "2025-02-01", "valid_to": "2025-01-01"}, "", [faults.ENDS_FIRST]),
    ],
)
def test_times_become_rules_of_the_calendar_standard(
    schedule: dict[str, object], rule: str | None, reasons: list[str]
) -> None:
    reading = read(as_bytes([nested(1, schedules=[{"id": "s"} | schedule])]))
    times = reading.services[0].times
    assert [when.rule for when in times] == ([] if rule is None else [rule])
    assert [fault.reason for fault in reading.faults] == reasons


def test_hours_are_read_as_people_write_them() -> None:
    [when] = only([nested(1, schedules=[{"id": "s", "opens_at": "10am", "closes_at": "2.30 pm"}])]).times
    assert (when.opens, when.closes, when.minutes) == (time(10), time(14, 30), 270)


@pytest.mark.parametrize(
    ("changes", "cost", "free"),
    [
        ({"cost_options": [{"amount": 0}]}, "free", True),
        ({"cost_options": [], "fees": "Free of charge"}, "Free of charge", True),
        ({"cost_options": [], "fees": "£2 a visit"}, "£2 a visit", None),
        ({"cost_options": [{"option": "Under 18", "amount": 35, "currency": "gbp"}]}, "Under 18: £35", False),
        ({"cost_options": [{"amount": 2, "currency": "EUR"}]}, "EUR 2", False),
        ({"cost_options": [{"amount": "lots"}]}, "", None),
    ],
)
def test_what_it_costs(changes: dict[str, object], cost: str, free: bool | None) -> None:
    [service] = read(as_bytes([nested(1, **changes)])).services
    assert (service.cost, service.free) == (cost, free)


def test_ages_that_cross_are_not_used() -> None:
    reading = read(as_bytes([nested(1, minimum_age=60, maximum_age=18)]))
    assert reading.services[0].lowest_age is None
    assert found(reading, faults.AGES_CROSSED) == ["nested-1"]


def test_a_web_address_is_mended_where_it_can_be() -> None:
    addresses = {
        "www.a.example.org": "http://www.a.example.org",
        "http:www.a.example.org": "http://www.a.example.org",
        "https://a.example.org/b?c=d": "https://a.example.org/b?c=d",
        "a.example.org:8080/x": "http://a.example.org:8080/x",
        "javascript:alert(1)": "",
        "http://[broken": "",
        "data:text/html,hi": "",
    }
    feed = [nested(n, url=address) for n, address in enumerate(addresses)]
    assert [service.url for service in read(as_bytes(feed)).services] == list(addresses.values())


def test_a_field_nobody_knows_is_named_once_and_a_key_used_twice_each_time() -> None:
    reading = read(as_bytes([nested(1, favourite_colour="blue"), nested(2, favourite_colour="red")]))
    assert found(reading, faults.UNKNOWN_FIELD) == ["nested-1"]
    doubled = read(b'[{"id": "1", "name": "A", "name": "B", "status": "active", "organization": null}]')
    assert doubled.services[0].name == "B"
    assert found(doubled, faults.KEY_TWICE) == ["1"]


def test_the_same_words_give_the_same_digest_wherever_they_stand() -> None:
    one, two = read(as_bytes([nested(1), nested(2)])), read(as_bytes([nested(2), nested(1)]))
    assert one.services[0].digest == two.services[1].digest
    changed = read(as_bytes([nested(1, name="Supper club")]))
    assert changed.services[0].digest != one.services[0].digest


def test_an_unknown_status_is_taken_as_active() -> None:
    reading = read(as_bytes([nested(1, status="open"), nested(2, status="Defunct")]))
    assert [service.status for service in reading.services] == ["active", "defunct"]
    assert found(reading, faults.BAD_STATUS) == ["nested-1"]
