"""What changed in something one shares, and back again; and the changes that a community's own people look at first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event, Standing, Version
from alongside.ground.people.doors import Request, careful, resident
from alongside.knowing.assets import actions, forms, queries
from alongside.knowing.assets.comparing import Changed, compare
from alongside.knowing.assets.views import own


@dataclass(frozen=True)
class Line:
    """One version as a page shows it: what it changed, whose hand it was, and whether it stands now."""

    version: Version
    changed: list[Changed]
    who: str
    now: bool


def lines(versions: list[Version], viewer: Actor) -> list[Line]:
    """Newest first. Each is set against the one before it that counted."""
    made: list[Line] = []
    counted: Version | None = None
    for version in reversed(versions):
        changed = compare(counted.body, version.body) if counted else []
        made.append(Line(version, changed, who(version.event, viewer), now=False))
        counted = version if version.standing == Standing.COUNTS else counted
    made.reverse()
    return [Line(one.version, one.changed, one.who, one.version == counted) for one in made]


def who(event: Event, viewer: Actor) -> str:
    """Whose hand it was, as the holder may know it."""
    if event.actor is None:
        return _("The computer")
    if viewer.person is not None and event.actor_id == viewer.person.pk:
        return _("You")
    if event.on_behalf_id and event.on_behalf_id != event.actor_id:
        return _("%(name)s, who helps you") % {"name": event.actor.shown_name}
    return event.actor.shown_name


@resident
@never_cache
@require_safe
def history(request: Request, key: UUID) -> HttpResponse:
    """Every version, for the holder alone."""
    viewer = request.actor
    asset = own(viewer, key)
    context = {"asset": asset, "lines": lines(queries.versions_of(viewer, asset), viewer), "here": "mine"}
    return render(request, "knowing/assets/changes.html", context)


@resident
@require_POST
def restore(request: Request, key: UUID, n: int) -> HttpResponse:
    """Bring an earlier version back in one press."""
    viewer = request.actor
    asset = own(viewer, key)
    version = next((one for one in queries.versions_of(viewer, asset) if one.n == n), None)
    if version is None:
        raise Http404
    actions.restore(by=viewer, asset=asset, version=version, key=request.POST.get("key", ""))
    waits = queries.waiting_change(viewer, asset)
    told = _("It is back, and waits for a look.") if waits else _("It is back as it was. Nothing else changed.")
    messages.success(request, told)
    return redirect("assets:changes", key=key)


@careful
@never_cache
@require_GET
def waiting(request: Request) -> HttpResponse:
    """What waits in the communities that this viewer looks after."""
    viewer = request.actor
    found = [_line(asset, version) for asset, version in queries.edits_waiting(viewer)]
    return render(request, "knowing/assets/waiting.html", {"found": found, "here": "mine"})


def _line(asset: Any, version: Version) -> dict[str, Any]:
    return {"asset": asset, "version": version, "changed": compare(queries.stands(asset), version.body)}


@careful
@never_cache
def look(request: Request, version: int) -> HttpResponse:
    """Let a change count, or send it back with words."""
    viewer = request.actor
    rows = {row.pk: (asset, row) for asset, row in queries.edits_waiting(viewer)}
    if version not in rows:
        raise Http404
    asset, row = rows[version]
    form = forms.SendBack(request.POST if request.POST.get("do") == "back" else None)
    key = request.POST.get("key", "")
    if request.method == "POST" and request.POST.get("do") == "count":
        actions.let_edit(by=viewer, version=row, key=key)
        return redirect("assets:waiting")
    if form.is_valid():
        actions.send_back(by=viewer, version=row, words=form.cleaned_data["words"], key=key)
        return redirect("assets:waiting")
    return render(request, "knowing/assets/look_over.html", {"form": form, **_line(asset, row), "here": "mine"})
