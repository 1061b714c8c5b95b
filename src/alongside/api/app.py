"""The API put together: version 1, all its operations, and its description."""

from __future__ import annotations

from alongside.api import finding, mine, parties, place, things, wishing
from alongside.api.calls import Api, CarefulParser, hear

WORDS = """What people, groups and organisations in this place have to share, what is wished for, and figures about
the place. Anyone may read what anyone may see. A person, or those who look after a group, may let a program in with
a token: for the scopes they tick, until a day they choose. Every reading of somebody's own things by a program is
written down and shown to them."""

api = Api(
    title="Alongside",
    version="1",
    description=WORDS,
    openapi_url=None,
    docs_url=None,
    parser=CarefulParser(),
    urls_namespace="api-1",
    servers=[{"url": "/api/v1"}],
)
for router in (place.router, finding.router, things.router, parties.router, wishing.router, mine.router):
    api.add_router("", router)
hear(api)


def description() -> dict[str, object]:
    """The OpenAPI document, with addresses counted from `servers`."""
    return dict(api.get_openapi_schema(path_prefix=""))
