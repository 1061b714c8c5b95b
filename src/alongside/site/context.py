"""What every page needs: the place it serves, who is looking, and who is helping."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from alongside.ground.people.doors import next_of
from alongside.ground.people.queries import is_steward
from alongside.ground.places.queries import installation

LONGEST = 1_000  # letters of an address that is carried along


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "actor": getattr(request, "actor", None),
        "map_tiles": settings.MAP_TILES,
        "place": installation(),
        "back_here": SimpleLazyObject(lambda: _back_here(request)),
        "staff": SimpleLazyObject(lambda: _has_a_desk(request)),
    }


def _back_here(request: HttpRequest) -> str:
    """What the way to sign in carries, so that somebody comes back to the page where they were: that page's address,
    if it can be asked for again and is worth coming back to; on the pages to sign in, what they carry already."""
    here = request.get_full_path()
    if request.path.startswith("/sign-in/"):
        here = next_of(request)
    plain = request.method in ("GET", "HEAD") and request.path not in ("/", "/sign-out/")
    safe = len(here) <= LONGEST and url_has_allowed_host_and_scheme(here, allowed_hosts=None)  # none but this one
    return f"?{urlencode({'next': here})}" if plain and safe else ""


def _has_a_desk(request: HttpRequest) -> bool:
    """Stewards find their desk in the menu; a steward who helps somebody just now does not."""
    actor = getattr(request, "actor", None)
    return bool(request.user.is_authenticated and actor and not actor.is_helping and is_steward(actor.person))
