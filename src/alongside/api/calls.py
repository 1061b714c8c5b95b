"""How operations are written down: their address, their scope, and the problems they may answer with."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from alongside.api.problems import SORTS, Problem, answer
from alongside.api.shapes.bases import ProblemOut
from alongside.ground.people.doors import Request
from alongside.ground.people.models import Party

Call = Callable[..., Any]
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
ALWAYS = ("token-over", "too-many")


class CarefulParser(Parser):
    """JSON as RFC 8259 has it: no NaN, no half letters, no name twice, and no deeper than we can go."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            text = request.body.decode("utf-8")
            read = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
            json.dumps(read, ensure_ascii=False).encode("utf-8")
            return read
        except (ValueError, RecursionError) as error:
            raise HttpError(400, "The body is not JSON in UTF-8.") from error


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


class Api(NinjaAPI):
    """The framework's own, with our problems and our description."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(*args, **kwargs)
        for methods in schema["paths"].values():
            for one in methods.values():  # the framework says the summary twice where there is no more to say
                if one.get("description", "").strip() == one["summary"]:
                    one.pop("description")
        components = schema["components"]
        problem = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
        components["schemas"] |= {**problem.pop("$defs", {}), "ProblemOut": problem}
        components["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer", "description": "A token that somebody made for a program."}
        }
        return schema


def call(
    router: Router,
    method: str,
    path: str,
    shape: Any,
    *,
    scope: str = "",
    status: int = 200,
    problems: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
) -> Callable[[Call], Call]:
    """Write an operation down. With a scope it needs a token that names it; the documents say so too."""

    def decorate(function: Call) -> Call:
        @functools.wraps(function)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
            if scope:
                need(request, scope)
            return function(request, *args, **kwargs)

        # The framework reads the types of a function where it was written, not where it was wrapped.
        guarded.__signature__ = inspect.signature(function, eval_str=True)  # type: ignore[attr-defined]
        named = [*ALWAYS, *problems, *(("no-token", "not-let-in") if scope else ())]
        named += ["not-taken"] if "{" in path or method == "get" else []
        named += ["unreadable", "too-large", "not-json", "not-taken", "not-yours"] if method != "get" else []
        named += ["not-here"] if "{" in path else []
        extra: dict[str, Any] = {
            "responses": _said(named),
            "security": [{"token": [scope]}] if scope else [{}, {"token": []}],
            "x-scope": scope or None,
        }
        if method == "get":
            extra["responses"]["304"] = {"description": "You have this already"}
        router.api_operation(
            [method.upper()],
            path,
            response={status: shape},
            operation_id=function.__name__,
            summary=(function.__doc__ or "").strip().splitlines()[0],
            description="\n".join(line.strip() for line in (function.__doc__ or "").strip().splitlines()[1:]).strip(),
            tags=list(tags) or None,
            openapi_extra=extra,
        )(guarded)
        return guarded

    return decorate


def _said(named: list[str]) -> dict[str, Any]:
    """The problems an operation may answer with, by status."""
    found: dict[str, Any] = {}
    for sort in sorted(set(named), key=lambda one: SORTS[one].status):
        status = str(SORTS[sort].status)
        before = found.get(status, {}).get("description")
        title = SORTS[sort].title
        found[status] = {"description": f"{before}; or {title.lower()}" if before else title, "content": PROBLEM}
    return found


def need(request: Request, scope: str) -> None:
    """Raise the problem of whoever comes without a token, or with one that does not name this scope."""
    program = request.actor.program
    if program is None:
        raise Problem("no-token", WWW_Authenticate="Bearer")
    if scope not in program.scopes:
        raise Problem("not-let-in", f"This token does not name the scope “{scope}”.")


def me(request: Request) -> Party:
    """The party this token acts for."""
    return request.actor.me


def here(found: Any) -> Any:
    """What was found, or the problem that there is nothing here for this caller."""
    if found is None:
        raise Http404
    return found


def revision(header: str | None) -> int | None:
    """The revision that a caller read, from If-Match: `"7"`, as the ETag says it. Raises what says how to mend it."""
    if header is None:
        return None
    number = header.strip().removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise Problem("outdated", "If-Match holds no ETag of ours.")
    return int(number)


def once(header: str | None) -> str:
    """The key by which a caller's second try is known to be the first."""
    return (header or "")[:200]


def hear(api: Api) -> None:
    """Let every error be answered as a problem."""
    for sort in (Exception, Http404, HttpError, ValidationError):
        api.add_exception_handler(sort, answer)
