"""What every page needs: the place it serves, who is looking, and who is helping."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from alongside.ground.people.queries import is_steward
from alongside.ground.places.queries import installation


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "actor": getattr(request, "actor", None),
        "map_tiles": settings.MAP_TILES,
        "place": installation(),
        "staff": SimpleLazyObject(lambda: _has_a_desk(request)),
    }


def _has_a_desk(request: HttpRequest) -> bool:
    """Stewards find their desk in the menu; a steward who helps somebody just now does not."""
    actor = getattr(request, "actor", None)
    return bool(request.user.is_authenticated and actor and not actor.is_helping and is_steward(actor.person))
