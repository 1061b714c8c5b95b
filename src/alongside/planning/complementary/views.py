"""The page of the whole place: what is found for people's wishes, what is missing, and what one more would do."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.ground.people.doors import Request, public
from alongside.planning.complementary import showing
from alongside.planning.complementary.queries import area_lines, last_run, lines_with_before, more_lines, run_before


@public
@require_safe
def place(request: Request) -> HttpResponse:
    """Figures that pick nobody out, beside those of the time before."""
    lines = lines_with_before()
    context = {
        "run": last_run(),
        "before": run_before(),
        "domains": showing.domain_rows(lines),
        "bands": showing.band_rows(lines),
        "missing": showing.missing_rows(lines),
        "holders": showing.holder_rows(lines),
        "hours": showing.hours_rows(lines),
        "more": showing.more_rows(more_lines()),
        "areas": area_lines(),
    }
    return render(request, "planning/complementary/place.html", context)
