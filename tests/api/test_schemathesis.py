"""The API attacked by its own description: no server error, no status and no body that the description lacks.

Schemathesis makes what the description allows and what it forbids; the real application answers in this process.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from alongside.api.app import description
from tests.api.asking import token
from tests.api.test_access import World, operations
from tests.api.test_access import world as world
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PROVE = os.environ.get("ALONGSIDE_PROVE") == "1"
EXAMPLES = 200 if PROVE else 3
NAMES = sorted(operations())


@cache
def schema() -> Any:
    found = schemathesis.openapi.from_dict(dict(description()))
    found.app = get_wsgi_application()
    return found


@cache
def operation(name: str) -> Any:
    return next(one.ok() for one in schema().get_all_operations() if one.ok().definition.raw["operationId"] == name)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """No log of what is meant to be refused; and one connection for all, which the server would close."""
    logging.disable(logging.CRITICAL)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_sent_is_answered_as_described(name: str, world: World, cast: Cast) -> None:
    ids = st.sampled_from([None, *world.ids.values()])
    tokens = st.sampled_from([{}, {"Authorization": f"Bearer {token(cast.resident)}"}, {"Authorization": "Bearer x"}])
    modes = st.one_of(*(operation(name).as_strategy(generation_mode=mode) for mode in GenerationMode))

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @given(case=modes, headers=tokens, known=ids)
    def attack(case: Any, headers: dict[str, str], known: str | None) -> None:
        if known and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = known
        # What no description can say is refused all the same: the mark of an older reading, a word that is no key.
        case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

    attack()
