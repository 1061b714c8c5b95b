"""The front page, the gallery of components, the pages that explain, and the pages for when something is wrong."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from alongside.ground.people.doors import Request, public
from alongside.site import easy
from alongside.site.icons import ICONS
from alongside.site.wording import EXPLAINED, PROBLEMS


@public
def front(request: Request) -> HttpResponse:
    """Four doors, one field, one picture."""
    return render(request, "site/front.html", {"doors": doors()})


def doors() -> list[dict[str, str]]:
    """The four things most people come for."""
    return [
        {
            "room": "knowing", "icon": "pin", "title": _("Look around"), "url": reverse("search:look_around"),
            "words": _("See what people, groups and services offer near you."),
        },
        {
            "room": "planning", "icon": "plan", "title": _("Make my page"), "url": reverse("plans:my_page"),
            "words": _("Say what matters to you. Find who and what could help."),
        },
        {
            "room": "doing", "icon": "heart", "title": _("Share something"), "url": reverse("assets:offer"),
            "words": _("A skill, a bench, a kettle, an hour. Small is fine."),
        },
        {
            "room": "reviewing", "icon": "shoot", "title": _("See this place"), "url": reverse("assessment:place"),
            "words": _("What we have here, and what people wish for."),
        },
    ]  # fmt: skip


@public
@require_POST
def short_words(request: Request) -> HttpResponse:
    """Show short words and pictures on this device from now on, or the usual words again."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "front")
    easy.choose(response, request.POST.get("easy") == "yes", bool(settings.SECURE_COOKIES))
    return response


class GalleryForm(forms.Form):
    """One of each field, for the gallery."""

    what = forms.CharField(label=gettext_lazy("What could you offer?"), help_text=gettext_lazy("A skill, a room, an hour. Small is fine."), error_messages={"required": gettext_lazy("Write what you could offer, like “I can mend gates”")})  # fmt: skip
    hours = forms.IntegerField(label=gettext_lazy("How many hours a week?"), required=False, error_messages={"invalid": gettext_lazy("Enter a number, like 2")})  # fmt: skip
    words = forms.CharField(label=gettext_lazy("In your own words"), widget=forms.Textarea, required=False)
    day = forms.MultipleChoiceField(label=gettext_lazy("Which days?"), widget=forms.CheckboxSelectMultiple, required=False, choices=[("0", gettext_lazy("Monday")), ("1", gettext_lazy("Tuesday"))])  # fmt: skip
    one = forms.ChoiceField(label=gettext_lazy("Who may see this?"), widget=forms.RadioSelect, choices=[("me", gettext_lazy("Only me")), ("everyone", gettext_lazy("Everyone"))], error_messages={"required": gettext_lazy("Choose who may see this")})  # fmt: skip
    counted = forms.BooleanField(label=gettext_lazy("Count this in the figures for this place"), required=False)


@public
def gallery(request: Request) -> HttpResponse:
    """Every component in every state. If it is not here, it is on no page."""
    colours = [
        ("Paper", "#FBF6EC", _("ground")), ("Card", "#FFFDF8", _("things you act on")), ("Sand", "#F4EBDA", _("help, footer")),
        ("Ink", "#1F1B2E", _("words, lines")), ("Damson", "#7A1B4B", _("links, main button")), ("Marigold", "#FFC13B", _("focus, “here”")),
        ("Clay", "#9C3D14", _("a person")), ("Fern", "#17634E", _("a community")), ("Dusk", "#33458F", _("an organisation")),
        ("Rosehip", "#A81E1A", _("problems only")), ("Bark", "#857660", _("edges only")), ("Soft", "#4D4659", _("hints")),
        ("Lake", "#11596F", _("Knowing")), ("Straw", "#6A5100", _("Planning")), ("Leaf", "#42611A", _("Doing")), ("Sloe", "#5F3B87", _("Reviewing")),
    ]  # fmt: skip
    context = {
        "form": GalleryForm({"hours": "two-ish", "day": ["1"], "counted": "on"}),
        "unbound": GalleryForm(auto_id="u_%s"),
        "icons": sorted(ICONS),
        "colours": colours,
        "kinds": [("person", _("A person")), ("community", _("A community")), ("organisation", _("An organisation"))],
    }
    return render(request, "site/gallery.html", context)


def _explained(name: str) -> Any:
    @public
    def page(request: Request) -> HttpResponse:
        return render(request, "site/words.html", {"page": EXPLAINED[name]})

    return page


how = _explained("how")
privacy = _explained("privacy")
access = _explained("access")


def _problem(request: Request, status: int) -> HttpResponse:
    return render(request, "site/problem.html", {"problem": PROBLEMS[status]}, status=status)


def bad_request(request: Request, exception: Exception | None = None) -> HttpResponse:
    return _problem(request, 400)


def refused(request: Request, exception: Exception | None = None) -> HttpResponse:
    return _problem(request, 403)


def not_found(request: Request, exception: Exception | None = None) -> HttpResponse:
    return _problem(request, 404)


def stale_form(request: Request, reason: str = "") -> HttpResponse:
    """The safety token of a form was missing or old."""
    return render(request, "site/problem.html", {"problem": PROBLEMS[419]}, status=403)
