"""What every page needs: the place it serves, who is looking, and who is helping."""

from django.conf import settings
from django.http import HttpRequest

from alongside.ground.places.queries import installation


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "actor": getattr(request, "actor", None),
        "map_tiles": settings.MAP_TILES,
        "place": installation(),
    }
