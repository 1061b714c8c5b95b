"""The one way in: how often, how much, by which methods, and what nobody gets by cookie."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from alongside.ground.limits.models import Allowance
from alongside.ground.tokens.models import Scope
from alongside.knowing.assets.models import Asset
from tests.api.asking import Asker, token
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_too_often_is_told_with_how_long_to_wait(cast: Cast, settings: Any) -> None:
    settings.API_A_MINUTE = {"address": 5, "token": 8, "writes": 2}
    assert cast.place.name
    answers = [Asker().get("/place") for _n in range(7)]
    if Allowance.objects.count() == 1:  # else the minute turned meanwhile
        assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
        assert 0 < int(answers[-1]["Retry-After"]) <= 60 and answers[-1].json()["type"] == "/api/#too-many"
        assert Asker(token(cast.resident)).get("/place").status_code == 200, "a token has a count of its own"


def test_writing_has_a_smaller_count(cast: Cast, settings: Any) -> None:
    settings.API_A_MINUTE = {"address": 50, "token": 50, "writes": 2}
    program = Asker(token(cast.resident, Scope.WISH, Scope.PAGE))
    answers = [program.post("/me/wishes", {"words": f"Wish {n}"}).status_code for n in range(3)]
    if Allowance.objects.count() == 2:
        assert answers == [201, 201, 429]
        assert program.get("/me/wishes").status_code == 200


def test_guessing_tokens_is_counted_by_address(cast: Cast, settings: Any) -> None:
    settings.API_A_MINUTE = {"address": 5, "token": 8, "writes": 2}
    answers = [Asker(f"alongside_{n:043}").get("/place").status_code for n in range(7)]
    if Allowance.objects.count() == 1:
        assert answers == [401] * 5 + [429] * 2


def test_a_reader_s_sign_in_opens_nothing(cast: Cast) -> None:
    """A page of another site could make a browser ask with its cookies; they are not looked at."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.cookies = cast.resident.client().cookies
    assert Asker(client=client).get("/me/assets").status_code == 401
    assert Asker(client=client).post("/assets", {"kind": "skill", "title": "Not hers"}).status_code == 401
    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    "header",
    ["Basic bWFpcjpwdWdo", "Bearer", "Bearer x", "alongside_x", "Bearer alongside_é" * 9, "Bearer " * 99],
)
def test_what_is_no_token_is_told_so(header: str) -> None:
    answer = Asker().get("/assets", Authorization=header)
    assert (answer.status_code, answer.json()["type"]) == (401, "/api/#token-over")
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "/assets", 405),
        ("DELETE", "/assets", 405),
        ("GET", "/no-such-thing", 404),
        ("GET", "/assets/not-a-key", 404),
        ("GET", "/assets/00000000-0000-0000-0000-000000000000", 404),
        ("GET", "/areas/galaxy/2023/x", 422),
        ("GET", "/assets?most=0", 422),
        ("GET", "/assets?most=101", 422),
        ("GET", "/assets?after=x", 422),
    ],
)
def test_wrong_ways_are_answered_as_problems(method: str, path: str, status: int) -> None:
    answer = Asker().ask(method, path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["mend"] and (status != 405 or "GET" in answer["Allow"])


def test_head_is_get_without_its_body(cast: Cast) -> None:
    assert cast.place.name
    head, get = Asker().ask("HEAD", "/place"), Asker().get("/place")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", get["ETag"])


def test_the_description_is_open_31_and_names_every_scope(cast: Cast) -> None:
    assert cast.place.name
    said = Client().get("/api/v1/openapi.json").json()
    assert said["openapi"].startswith("3.1") and said["servers"] == [{"url": "/api/v1"}]
    scopes = {one["x-scope"] for methods in said["paths"].values() for one in methods.values()} - {None}
    assert scopes == set(Scope.values) - {Scope.PUBLIC}


def test_the_page_names_every_operation_and_problem(cast: Cast) -> None:
    assert cast.place.name
    text = Client().get("/api/").content.decode()
    for methods in Client().get("/api/v1/openapi.json").json()["paths"].values():
        for one in methods.values():
            assert f'id="call-{one["operationId"]}"' in text
    assert 'id="outdated"' in text and "<script src" not in text.replace("/static/", "")
