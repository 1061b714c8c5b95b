"""Says in everyday words why two things are taken for one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SAID: dict[str, Any] = {
    "same_title": _("the same name"),
    "like_title": _("nearly the same name"),
    "same_holder": _("offered by the same"),
    "like_holder": _("offered by nearly the same name"),
    "same_words": _("they say the same"),
    "like_words": _("they say much the same"),
    "same_phone": _("the same telephone number"),
    "same_email": _("the same e-mail address"),
    "same_website": _("the same website"),
    "same_address": _("the same address"),
    "near": _("close to each other"),
    "other_title": _("another name"),
    "other_words_in_title": _("other words in the name"),
    "more_in_title": _("one name says more"),
    "other_holder": _("offered by others"),
    "other_words": _("they say other things"),
    "other_phone": _("another telephone number"),
    "other_email": _("another e-mail address"),
    "other_website": _("another website"),
    "other_address": _("another address"),
    "far": _("far from each other"),
    "apart": _("some way from each other"),
    "other_number": _("another day or number in the name"),
}
AGAINST = ("other_", "more_", "far", "apart")


def for_and_against(reasons: str) -> tuple[list[str], list[str]]:
    """The evidence of a pair in words: what speaks for it, and what against."""
    codes = [code for code in reasons.split() if code in SAID]
    against = [code for code in codes if code.startswith(AGAINST)]
    return [str(SAID[code]) for code in codes if code not in against], [str(SAID[code]) for code in against]
