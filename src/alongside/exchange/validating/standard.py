"""The objects of HSDS 3.0, 3.1 and Open Referral UK 3.0 as typed models of our own: fields, types, what is required.

One line an object. `name` is text, `name!` is required, `name:kind` has another type: `uuid`, `email`, `uri`, `time`
(RFC 3339), `number`, a choice `a|b`, an object of the standard, or a list of them in brackets. Plain data, no Django.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

HSDS, HSDS_31, ORUK = "HSDS-3.0", "HSDS-3.1", "HSDS-UK-3.0"
PROFILES = (ORUK, HSDS, HSDS_31)

_HSDS = """
service: id!:uuid organization_id:uuid program_id:uuid name! alternate_name description url:uri email:email
  status!:active|inactive|defunct|temporarily_closed interpretation_services application_process fees_description
  wait_time fees accreditations eligibility_description minimum_age:number maximum_age:number assured_date
  assurer_email:email licenses alert last_modified:time phones:[phone] schedules:[schedule]
  service_areas:[service_area] service_at_locations:[service_at_location] languages:[language]
  organization:organization funding:[funding] cost_options:[cost_option] program:program
  required_documents:[required_document] contacts:[contact] attributes:[attribute] metadata:[metadata]
organization: id!:uuid name! alternate_name description! email:email website:uri tax_status tax_id:uuid
  year_incorporated:number legal_status logo uri:uri parent_organization_id:uuid funding:[funding] contacts:[contact]
  phones:[phone] locations:[location] programs:[program] organization_identifiers:[organization_identifier]
  attributes:[attribute] metadata:[metadata]
location: id!:uuid location_type!:physical|postal|virtual url:uri organization_id:uuid name alternate_name description
  transportation latitude:number longitude:number external_identifier external_identifier_type languages:[language]
  addresses:[address] contacts:[contact] accessibility:[accessibility] phones:[phone] schedules:[schedule]
  attributes:[attribute] metadata:[metadata]
service_at_location: id!:uuid service_id:uuid location_id:uuid description contacts:[contact] phones:[phone]
  schedules:[schedule] location:location attributes:[attribute] metadata:[metadata]
address: id!:uuid location_id:uuid attention address_1! address_2 city! region state_province! postal_code! country!
  address_type!:physical|postal|virtual attributes:[attribute] metadata:[metadata]
phone: id!:uuid location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid service_at_location_id:uuid
  number! extension:number type description languages:[language] attributes:[attribute] metadata:[metadata]
schedule: id!:uuid service_id:uuid location_id:uuid service_at_location_id:uuid valid_from valid_to dtstart
  timezone:number until count:number wkst:MO|TU|WE|TH|FR|SA|SU freq:WEEKLY|MONTHLY interval:number byday byweekno
  bymonthday byyearday description opens_at closes_at schedule_link:uri attending_type notes attributes:[attribute]
  metadata:[metadata]
service_area: id!:uuid service_id:uuid name description extent extent_type uri attributes:[attribute]
  metadata:[metadata]
language: id!:uuid service_id:uuid location_id:uuid phone_id:uuid name code note attributes:[attribute]
  metadata:[metadata]
contact: id!:uuid organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid name title
  department email:email phones:[phone] attributes:[attribute] metadata:[metadata]
cost_option: id!:uuid service_id:uuid valid_from valid_to option currency amount:number amount_description
  attributes:[attribute] metadata:[metadata]
funding: id!:uuid organization_id:uuid service_id:uuid source attributes:[attribute] metadata:[metadata]
accessibility: id!:uuid location_id:uuid description details url:uri attributes:[attribute] metadata:[metadata]
required_document: id!:uuid service_id:uuid document uri:uri attributes:[attribute] metadata:[metadata]
program: id!:uuid organization_id:uuid name! alternate_name description! attributes:[attribute] metadata:[metadata]
organization_identifier: id!:uuid organization_id:uuid identifier_scheme identifier_type! identifier!
  attributes:[attribute] metadata:[metadata]
attribute: id!:uuid link_id:uuid taxonomy_term_id:uuid link_type link_entity value taxonomy_term:taxonomy_term
  metadata:[metadata]
taxonomy: id!:uuid name! description! uri:uri version metadata:[metadata]
taxonomy_term: id!:uuid code name! description! parent_id:uuid taxonomy taxonomy_detail:taxonomy language
  taxonomy_id:uuid term_uri:uri metadata:[metadata]
metadata: id!:uuid resource_id:uuid resource_type last_action_date! last_action_type! field_name! previous_value!
  replacement_value! updated_by!
meta_table_description: id!:uuid name language character_set attributes:[attribute] metadata:[metadata]
"""
_ADDED_31 = """
service: additional_urls:[url] capacities:[service_capacity]
organization: additional_websites:[url]
attribute: label
service_area: service_at_location_id:uuid
service_at_location: service_areas:[service_area]
service_capacity: id!:uuid service_id:uuid unit:unit unit_id:uuid available!:number maximum:number description
  updated!:time attributes:[attribute] metadata:[metadata]
unit: id!:uuid name! scheme identifier uri:uri attributes:[attribute] metadata:[metadata]
url: id!:uuid label url!:uri organization_id:uuid service_id:uuid attributes:[attribute] metadata:[metadata]
"""
_ADDED_UK = """
accessibility: accessibility
service_area: service_area
taxonomy: taxonomy_terms:[taxonomy_term]
taxonomy_term: term
"""
# What Open Referral UK takes out of HSDS, besides `metadata` everywhere.
_LEFT_OUT_UK = """
service: program_id phones interpretation_services required_documents program wait_time fees_description
  eligibility_description alternate_name licenses application_process
organization: contacts tax_id tax_status legal_status programs phones locations funding year_incorporated
  alternate_name
location: contacts url languages phones schedules alternate_name transportation organization_id
service_at_location: contacts schedules attributes description phones
address: address_2
attribute: value link_entity
contact: department email service_at_location_id location_id organization_id phones
cost_option: currency attributes
funding: attributes organization_id
language: attributes note location_id code name
phone: service_id attributes extension service_at_location_id location_id type organization_id
schedule: byweekno count wkst location_id timezone until byyearday attributes
service_area: attributes description
taxonomy_term: language taxonomy_detail code
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it may hold (`text`, a format, `number`, `choice`, `object`, `list`) and of what."""

    name: str
    holds: str
    of: tuple[str, ...] = ()
    required: bool = False


Fields = dict[str, Field]


@cache
def model(profile: str) -> dict[str, Fields]:
    """Every object of a profile, by name, with its fields by name."""
    objects = _read(_HSDS)
    if profile == HSDS_31:
        for name, fields in _read(_ADDED_31).items():
            objects.setdefault(name, {}).update(fields)
        objects["service_capacity"]["unit"] = Field("unit", "object", ("unit",), required=True)
    if profile == ORUK:
        for name, fields in _read(_LEFT_OUT_UK).items():
            for field in fields:
                del objects[name][field]
        for fields in objects.values():
            fields.pop("metadata", None)
        for name, fields in _read(_ADDED_UK).items():
            objects[name].update(fields)
    return objects


@cache
def known(kind: str) -> frozenset[str]:
    """Every field that any of the profiles knows for this object."""
    return frozenset(name for profile in PROFILES for name in model(profile).get(kind, {})) | EXTRA.get(kind, set())


# Inside a page or a whole organisation these hang below, though the object's own table has no such column.
EXTRA = {"organization": {"services"}, "service_at_location": {"service"}}


def _read(text: str) -> dict[str, Fields]:
    found: dict[str, Fields] = {}
    lines = text.replace("\n  ", " ").strip().splitlines()
    for line in lines:
        name, _colon, fields = line.partition(": ")
        found[name] = {field.name: field for field in map(_field, fields.split())}
    return found


def _field(word: str) -> Field:
    name, _colon, kind = word.partition(":")
    required, name = name.endswith("!"), name.removesuffix("!")
    if not kind:
        return Field(name, "text", (), required)
    if kind.startswith("["):
        return Field(name, "list", (kind.strip("[]"),), required)
    if "|" in kind:
        return Field(name, "choice", tuple(one.replace("_", " ") for one in kind.split("|")), required)
    if kind in {"uuid", "email", "uri", "time", "number"}:
        return Field(name, kind, (), required)
    return Field(name, "object", (kind,), required)
