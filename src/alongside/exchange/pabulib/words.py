"""What is wrong with a file, in the reader's language; and in English where no site is running, nor loaded for it."""

from __future__ import annotations

import sys


def said(words: str) -> str:
    """These words in the language of the page. `alongside decide` counts a file without the site, and says them as
    they are."""
    apps, translation = sys.modules.get("django.apps"), sys.modules.get("django.utils.translation")
    return str(translation.gettext(words)) if apps and translation and apps.apps.ready else words
