"""What the ground's tests share."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No limit on tries and no place from the test before."""
    cache.clear()
