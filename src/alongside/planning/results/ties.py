"""Where ideas were level, and what put one of them first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from alongside.planning.results.models import Result


def ties_told(result: Result) -> list[str]:
    """Each tie that the count met, in a sentence, in their order."""
    titles = {str(option.option.n): option.option.idea.title for option in result.options.all()}
    ties = result.ties.select_related("chosen").order_by("n")
    return [_tie(tie.among.split(","), str(tie.chosen.n), tie.broken_by, titles) for tie in ties]


def _tie(among: Sequence[str], chosen: str, by: str, titles: Mapping[str, str]) -> str:
    said = {
        "ideas": get_text_list([f"“{titles[key]}”" for key in among if key in titles], _("and")),
        "first": titles.get(chosen, ""),
    }
    return {
        "cost": _("%(ideas)s were level. “%(first)s” went first, because it costs less."),
        "votes": _("%(ideas)s were level. “%(first)s” went first, because more people picked it."),
    }.get(
        by, _("%(ideas)s were level in everything. The lot that was drawn before the vote put “%(first)s” first.")
    ) % said
