"""One page that asks, and the note as a page to print, a sheet or FHIR. Nothing is kept here, and nothing sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.exchange.surgery.forms import NoteForm
from alongside.exchange.surgery.writing import Note, as_fhir, as_sheet
from alongside.ground.people.doors import Request, public
from alongside.ground.places.queries import installation

FILES = {
    "sheet": (as_sheet, "text/csv; charset=utf-8", "note-for-my-surgery.csv"),
    "fhir": (as_fhir, "application/fhir+json; charset=utf-8", "note-for-my-surgery.json"),
}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: Request) -> HttpResponse:
    """What my surgery may know; the answer is the note itself."""
    form = NoteForm(request.POST or None, initial={"day": timezone.localdate(), "what": "taken"})
    if request.method != "POST" or not form.is_valid():
        return render(request, "exchange/surgery/ask.html", {"form": form, "here": "mine"})
    place = installation()
    made = Note(**form.cleaned_data, source=place.name if place else "")
    if request.POST.get("as") not in FILES:
        return render(request, "exchange/surgery/note.html", {"note": made, "here": "mine"})
    write, kind, name = FILES[request.POST["as"]]
    answer = HttpResponse(write(made), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
