"""Gathers the models of this room's kits for Django."""

from alongside.knowing.assessment.models import PublishedFigure, PublishedRow, PublishedTable
from alongside.knowing.assets.models import (
    Asset,
    AssetAccess,
    AssetDay,
    AssetDomain,
    AssetWhen,
    Offer,
)
from alongside.knowing.barriers.models import Barrier, BarrierAnswer, MeToo
from alongside.knowing.contributions.models import Asked, Contribution
from alongside.knowing.duplicates.models import LikelyPair, Merging
from alongside.knowing.freshness.models import CodeTry, FreshAsk
from alongside.knowing.lexicon.models import AssetConcept, AssetSense, Helped, OwnConcept, Phrase
from alongside.knowing.maps.models import CommunityMap, MapLayer, MapPin, MapSteward
from alongside.knowing.networks.models import KeptNear, Knows, Near, Network, Said
from alongside.knowing.outcomes.models import Outcome, Wish
from alongside.knowing.workshops.models import Card, GroupAsk, Guest, Step, Workshop

__all__ = [
    "Asked",
    "Asset",
    "AssetAccess",
    "AssetConcept",
    "AssetDay",
    "AssetDomain",
    "AssetSense",
    "AssetWhen",
    "Barrier",
    "BarrierAnswer",
    "Card",
    "CodeTry",
    "CommunityMap",
    "Contribution",
    "FreshAsk",
    "GroupAsk",
    "Guest",
    "Helped",
    "KeptNear",
    "Knows",
    "LikelyPair",
    "MapLayer",
    "MapPin",
    "MapSteward",
    "MeToo",
    "Merging",
    "Near",
    "Network",
    "Offer",
    "Outcome",
    "OwnConcept",
    "Phrase",
    "PublishedFigure",
    "PublishedRow",
    "PublishedTable",
    "Said",
    "Step",
    "Wish",
    "Workshop",
]
