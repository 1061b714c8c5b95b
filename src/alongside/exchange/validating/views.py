"""A page on which anyone may have a list of services judged by the standard. Nothing that is given is kept."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.exchange.validating import queries
from alongside.exchange.validating.finding import Finding
from alongside.exchange.validating.forms import CheckForm
from alongside.ground.people.doors import Request, public, used_second_factor
from alongside.ground.people.queries import is_staff

SHOWN = 50  # of each sort in full; above them stands how often each thing was found


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request) -> HttpResponse:
    form = CheckForm(request.POST or None, request.FILES or None, may_open=may_open(request))
    verdict = None
    if request.method == "POST" and form.is_valid():
        verdict = judged(form)
    context = {"form": form, "verdict": verdict, "parts": parts(verdict) if verdict else []}
    return render(request, "exchange/validating/check.html", context)


def may_open(request: Request) -> bool:
    """Only staff have us open addresses, so that nobody makes this place knock at others' doors."""
    return request.user.is_authenticated and is_staff(request.user.party) and used_second_factor(request)


def judged(form: CheckForm) -> queries.Verdict | None:
    """The verdict on what was given; an address that cannot be had is said at its field."""
    given = form.cleaned_data
    how: dict[str, Any] = {"profile": given["profile"], "strict": given["strict"]}
    if given["file"]:
        return queries.validate(given["file"].read(), **how)
    if given["text"]:
        return queries.validate(given["text"].encode("utf-8", "replace"), **how)
    try:
        return queries.validate_at(given["address"], **how)
    except queries.Unreachable as problem:
        form.add_error("address", _(problem.sentence))
        return None


def parts(verdict: queries.Verdict) -> list[dict[str, Any]]:
    """What was found, the gravest first: how often each thing, and the first of each in full."""
    named = [
        (_("The standard refuses this"), "errors", verdict.errors),
        (_("How the feed answers"), "interface", verdict.interface),
        (_("It passes, and is worth putting right"), "warnings", verdict.warnings),
    ]
    return [
        {"title": title, "all": verdict.counts[name], "found": found[:SHOWN], "reasons": _often(found)}
        for title, name, found in named
        if found
    ]


def _often(found: list[Finding]) -> list[tuple[str, str, str, int]]:
    counted = Counter((one.field.partition("[")[0], one.reason, one.mend) for one in found)
    return [(field, reason, mend, n) for (field, reason, mend), n in counted.most_common(20)]
