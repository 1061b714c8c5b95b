"""Gathers the models of the ground's kits for Django."""

from alongside.ground.consent.models import CirclePlace, Grant, GrantPart, Look
from alongside.ground.history.models import Event, Request, Version
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
from alongside.ground.records.models import Record, Spot, SpotExact
from alongside.ground.thread.models import Link
from alongside.ground.worries.models import Worry

__all__ = [
    "Area",
    "AreaFigure",
    "AreaWithin",
    "Basis",
    "BasisScope",
    "Block",
    "Card",
    "CirclePlace",
    "Device",
    "Event",
    "Grant",
    "GrantPart",
    "Installation",
    "Link",
    "Login",
    "Look",
    "Membership",
    "Notice",
    "Party",
    "PersonFacts",
    "Record",
    "Request",
    "Spot",
    "SpotExact",
    "Version",
    "Worry",
]
