"""What somebody reads on a page: its words, without what makes it a page."""

from __future__ import annotations

import re
from typing import Any

TAG = re.compile(r"<[^>]+>")


def words_of(page: Any) -> str:
    """The words of a page that was shown."""
    assert page.status_code == 200, page.status_code
    return " ".join(TAG.sub(" ", page.content.decode()).split())
