"""What went wrong, as problem details (RFC 9457): what it is, where, and how to mend it."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import HttpError, ValidationError

from alongside.ground.history.acting import Fault, Outdated, Refused

logger = logging.getLogger("alongside.api")
MEDIA = "application/problem+json"
PAGE = "/api/"


class Sort(NamedTuple):
    """One kind of problem: its status, what it is called, and how it is mended."""

    status: int
    title: str
    mend: str


SORTS: dict[str, Sort] = {
    "unreadable": Sort(400, "This cannot be read", "Send JSON in UTF-8, with every name once."),
    "no-token": Sort(401, "A token is needed", "Send the header Authorization: Bearer, with a token after it."),
    "token-over": Sort(401, "This token opens nothing", "Ask whoever gave you the token for a new one."),
    "not-let-in": Sort(403, "The program was not let in for this", "Ask for a token that names this scope."),
    "not-yours": Sort(403, "This is not allowed", "Only what belongs to the token's holder can be changed."),
    "not-here": Sort(404, "There is nothing here for you", "Look for it in the list that it came from."),
    "no-such-method": Sort(405, "This address does not do that", "Use one of the methods in the header Allow."),
    "outdated": Sort(
        412, "It was changed since you read it", "Read it again and make your change to what it says now."
    ),
    "too-large": Sort(413, "This is too large", "Send no more than 64 KB at a time."),
    "not-json": Sort(415, "Only JSON is taken", "Send the header Content-Type: application/json."),
    "not-taken": Sort(422, "Something in it cannot be taken", "Mend what is named under errors and send it again."),
    "no-revision": Sort(428, "Say which one you read", "Send the header If-Match with the ETag of what you read."),
    "too-many": Sort(429, "That was too often", "Wait as many seconds as the header Retry-After says."),
    "broken": Sort(500, "Something broke here", "Try again later. If it stays so, tell us the time at which it broke."),
}
# The names that fields of our actions have in the API.
NAMES = {"domains": "matters", "whens": "when", "place_words": "where", "precision": "where.precision"}


class Problem(Exception):
    """Raised anywhere below the door; the door answers with it."""

    def __init__(
        self, sort: str, detail: str = "", errors: Sequence[Mapping[str, str]] = (), **headers: str | int
    ) -> None:
        super().__init__(sort)
        self.sort, self.detail, self.errors = sort, detail, list(errors)
        self.headers = {name.replace("_", "-"): str(value) for name, value in headers.items()}

    def body(self) -> dict[str, Any]:
        """As RFC 9457 says it, with `mend` and, where single values are wrong, `errors`."""
        status, title, mend = SORTS[self.sort]
        body: dict[str, Any] = {"type": f"{PAGE}#{self.sort}", "title": title, "status": status}
        body |= {"detail": self.detail or title + ".", "mend": mend}
        return body | {"errors": self.errors} if self.errors else body

    def response(self) -> HttpResponse:
        text = json.dumps(self.body(), ensure_ascii=False)
        return HttpResponse(text, status=SORTS[self.sort].status, content_type=MEDIA, headers=self.headers)


def problem_of(error: Exception | type[Exception]) -> Problem:
    """The problem that an error of ours, of the framework or of nobody's planning is."""
    match error:
        case Problem():
            return error
        case Refused():
            return Problem("not-yours", error.sentence)
        case Fault():
            return Problem("not-taken", error.message, [{"where": where_of(error.field), "what": error.message}])
        case Outdated():
            return Problem("outdated")
        case Http404():
            return Problem("not-here")
        case ValidationError():
            errors = [{"where": _at(one), "what": str(one.get("msg", ""))} for one in error.errors[:20]]
            return Problem("not-taken", errors[0]["what"] if errors else "", errors)
        case RequestDataTooBig():
            return Problem("too-large")
        case HttpError():
            return Problem("unreadable", error.message)
        case _:
            logger.exception("the API broke")
            return Problem("broken")


def where_of(field: str) -> str:
    """The name by which a caller knows a field of an action."""
    return NAMES.get(field, field)


def _at(error: Mapping[str, Any]) -> str:
    """`body.title` for the place that the framework names ("body", "given", "title")."""
    first, *rest = (str(part) for part in error.get("loc", ("body",)))
    return ".".join([first, *(part for part in rest if part != "given")])


def answer(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """As the framework calls it."""
    return problem_of(error).response()
