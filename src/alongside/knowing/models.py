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
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.duplicates.models import LikelyPair, Merging
from alongside.knowing.maps.models import CommunityMap, MapLayer, MapPin, MapSteward
from alongside.knowing.outcomes.models import Barrier, Outcome, Wish

__all__ = [
    "Asset",
    "AssetAccess",
    "AssetDay",
    "AssetDomain",
    "AssetWhen",
    "Barrier",
    "CommunityMap",
    "Contribution",
    "LikelyPair",
    "MapLayer",
    "MapPin",
    "MapSteward",
    "Merging",
    "Offer",
    "Outcome",
    "PublishedFigure",
    "PublishedRow",
    "PublishedTable",
    "Wish",
]
