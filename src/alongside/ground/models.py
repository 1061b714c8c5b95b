"""Gathers the models of the ground's kits for Django."""

from alongside.ground.consent.models import CirclePlace, Consent, Grant, GrantPart, Look
from alongside.ground.helping.models import HelpAsked, HelpAskedScope
from alongside.ground.history.models import Event, Request, Version
from alongside.ground.keys.models import KnownKey
from alongside.ground.limits.models import Allowance
from alongside.ground.notices.models import Notice
from alongside.ground.people.models import (
    Basis,
    BasisScope,
    Block,
    Card,
    Device,
    Login,
    Membership,
    Party,
    PersonFacts,
)
from alongside.ground.places.models import Area, AreaFigure, AreaWithin, Installation
from alongside.ground.postcodes.models import Postcode, PostcodeFile
from alongside.ground.records.models import Holding, Record, Spot, SpotExact
from alongside.ground.thread.models import Link
from alongside.ground.tokens.models import Token, TokenScope
from alongside.ground.worries.models import Worry

__all__ = [
    "Allowance",
    "Area",
    "AreaFigure",
    "AreaWithin",
    "Basis",
    "BasisScope",
    "Block",
    "Card",
    "CirclePlace",
    "Consent",
    "Device",
    "Event",
    "Grant",
    "GrantPart",
    "HelpAsked",
    "HelpAskedScope",
    "Holding",
    "Installation",
    "KnownKey",
    "Link",
    "Login",
    "Look",
    "Membership",
    "Notice",
    "Party",
    "PersonFacts",
    "Postcode",
    "PostcodeFile",
    "Record",
    "Request",
    "Spot",
    "SpotExact",
    "Token",
    "TokenScope",
    "Version",
    "Worry",
]
