"""The page that explains the API to somebody who writes programs, and its description for programs."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.api.app import description
from alongside.api.gate import MOST_BYTES
from alongside.api.problems import SORTS
from alongside.ground.people.doors import public
from alongside.ground.tokens.models import Scope


@public
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation with its scope, every problem with how it is mended, and how much one may ask."""
    given = {
        "groups": operations(),
        "problems": [(slug, *sort) for slug, sort in SORTS.items()],
        "scopes": list(Scope.choices),
        "limits": settings.API_A_MINUTE,
        "most": MOST_BYTES // 1024,
        "root": request.build_absolute_uri("/api/v1"),
    }
    return render(request, "api/reference.html", given)


@public
@require_safe
def document(request: HttpRequest) -> JsonResponse:
    """The OpenAPI document."""
    response = JsonResponse(_description(), json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


@cache
def _description() -> dict[str, Any]:
    return description()


@cache
def operations() -> list[tuple[str, list[dict[str, Any]]]]:
    """The operations by group, in the order in which the document has them."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in _description()["paths"].items():
        for method, one in methods.items():
            groups.setdefault(one["tags"][0], []).append(
                {
                    "id": one["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "summary": one["summary"],
                    "words": one.get("description", ""),
                    "scope": one["x-scope"] or "",
                    "asks": [parameter for parameter in one["parameters"] if parameter["in"] != "path"],
                    "sends": _fields(one.get("requestBody")),
                }
            )
    return list(groups.items())


def _fields(body: dict[str, Any] | None) -> list[tuple[str, bool, str]]:
    """What a body holds: each name, whether it must be there, and what it is where its name does not say so."""
    if body is None:
        return []
    name = body["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
    schema = _description()["components"]["schemas"][name]
    needed = set(schema.get("required", ()))
    return [(field, field in needed, said.get("description", "")) for field, said in schema["properties"].items()]
