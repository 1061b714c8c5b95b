"""Files of a whole map for anyone, calendars to follow, and bringing a file in for a community."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.exchange.maps import actions, forms, packing, policy, queries
from alongside.exchange.sheets.writing import template_csv, template_xlsx
from alongside.ground.pages.queries import party_page
from alongside.ground.people.doors import Request, public, signed_in
from alongside.ground.people.models import Sort
from alongside.ground.places.queries import installation
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import assets
from alongside.knowing.maps.queries import community_map

both = require_http_methods(["GET", "HEAD", "POST"])
CALENDAR = packing.FORMATS["ics"][1]
TEMPLATES = {"xlsx": (template_xlsx, packing.FORMATS["xlsx"][1]), "csv": (template_csv, packing.FORMATS["csv"][1])}


@public
@require_safe
def file(request: Request, key: UUID, kind: str) -> HttpResponse:
    """The whole map in one format. What leaves is what anyone may see, whoever asks."""
    found = community_map(queries.ANYONE, key)
    if found is None or kind not in packing.FORMATS:
        raise Http404
    name, content_type = packing.FORMATS[kind]
    return _download(packing.pack(found, kind), name, content_type)


@public
@require_safe
def template(_request: Request, kind: str) -> HttpResponse:
    if kind not in TEMPLATES:
        raise Http404
    write, content_type = TEMPLATES[kind]
    return _download(write(), f"template.{kind}", content_type)


@public
@require_safe
def what_is_on(_request: Request) -> HttpResponse:
    """All that is on in this place, as a calendar to follow."""
    place = installation()
    return _calendar(place.name if place else _("What is on"), queries.on_calendar(queries.ANYONE))


@public
@require_safe
def of_party(_request: Request, key: UUID) -> HttpResponse:
    """What a community or organisation has on. A person has no calendar that others could follow."""
    party = party_page(queries.ANYONE, str(key))
    if party is None or party.is_person or party.sort == Sort.HOUSEHOLD:
        raise Http404
    found = assets(queries.ANYONE).filter(record__owner=party)
    return _calendar(party.name, queries.on_calendar(queries.ANYONE, found))


@public
@require_safe
def of_asset(_request: Request, key: UUID) -> HttpResponse:
    """The times of one thing."""
    found = queries.on_calendar(queries.ANYONE, assets(queries.ANYONE).filter(record__key=key))
    if not found:
        raise Http404
    return _calendar(found[0].title, found)


@signed_in
@never_cache
@both
def bring(request: Request, key: UUID) -> HttpResponse:
    """Choose a file for a community. It is looked at first; nothing comes in yet."""
    by = request.actor
    community = party_page(by, str(key))
    if community is None or not policy.may_open(by=by, community=community):
        raise Http404
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, once = form.cleaned_data["file"], request.POST.get("key", "")
        row = actions.open_bringing(by=by, community=community, name=file.name, data=file.read(), key=once)
        return redirect("carried:bringing", row.key) if row else redirect("carried:bring", key)
    return render(request, "exchange/maps/bring.html", {"form": form, "community": community})


@signed_in
@never_cache
@both
def bringing(request: Request, key: UUID) -> HttpResponse:
    """What the file would do, with all that is wrong in it; and the yes."""
    by = request.actor
    row = queries.bringing(by, key)
    if row is None:
        raise Http404
    form = forms.YesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report = actions.bring_in(by=by, bringing=row, ours=form.cleaned_data["ours"])
        if report is not None:
            messages.success(request, _("It is in. The numbers below say what came of each row."))
        return redirect("carried:bringing", key)
    waits = row.done is None and bool(row.document)
    report = actions.look(row.community, bytes(row.document), row.name) if waits else None
    return render(request, "exchange/maps/bringing.html", {"row": row, "form": form, "report": report})


def _calendar(name: str, found: list[Asset]) -> HttpResponse:
    response = HttpResponse(packing.on_calendar(name, found), content_type=CALENDAR)
    response["Content-Disposition"] = 'inline; filename="what-is-on.ics"'
    return response


def _download(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
