"""What something helps with, for its holder; what people say and what it means here, for stewards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.ground.history.actor import Actor
from alongside.ground.history.explaining import kept
from alongside.ground.people.doors import Request, resident, role
from alongside.ground.people.models import Role
from alongside.knowing.assets.queries import asset as asset_of
from alongside.knowing.lexicon import actions, forms, policy, queries

steward = role(Role.PLACE_STEWARD)
both = require_http_methods(["GET", "HEAD", "POST"])


@resident
@both
def helps(request: Request, key: UUID) -> HttpResponse:
    """The holder says what it helps with."""
    one = asset_of(request.actor, key)
    if one is None or not policy.may_tick(by=request.actor, asset=one):
        raise Http404
    ticked, offered = queries.ticks(one.pk, one.title, one.words)
    form = forms.Ticks(request.POST or None, offered=offered, initial={"concepts": ticked})
    if request.method == "POST" and form.is_valid():
        given = {"asset": one, "concepts": form.cleaned_data["concepts"], "key": request.POST.get("key", "")}
        kept(form, lambda: actions.tick(by=request.actor, **given))
        if not form.errors:
            return redirect("assets:check", key=key)
    return render(request, "knowing/lexicon/helps.html", {"form": form, "asset": one, "here": "mine"})


@steward
@require_GET
def book(request: Request) -> HttpResponse:
    """Everything that may matter, by part of life, with how many things here serve it."""
    return render(request, "knowing/lexicon/book.html", {"parts": queries.parts()})


@steward
@both
def concept(request: Request, concept: str) -> HttpResponse:
    """One concept: what people say, what things say, and what stewards here added."""
    found = queries.lexicon().by_key.get(concept)
    if found is None:
        raise Http404
    form = forms.AddPhrase(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "concept": concept, "key": request.POST.get("key", "")}
        kept(form, lambda: actions.add_phrase(by=request.actor, **given))
        if not form.errors:
            messages.success(request, _("It is added. Everything here is looked at again."))
            return redirect("lexicon:concept", concept)
    context = {"concept": found, "form": form, "added": queries.phrases(concept), "own": queries.own(concept)}
    return render(request, "knowing/lexicon/concept.html", context)


@steward
@require_POST
def take_out(request: Request, number: int) -> HttpResponse:
    phrase = queries.phrase(number)
    if phrase is None:
        raise Http404
    actions.take_out(by=request.actor, phrase=phrase, key=request.POST.get("key", ""))
    messages.success(request, _("It is taken out. It stays in the history."))
    return redirect("lexicon:concept", phrase.concept)


@steward
@both
def new(request: Request) -> HttpResponse:
    """Something that matters here and is not there yet."""
    form = forms.AddConcept(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "key": request.POST.get("key", "")}
        kept(form, lambda: actions.add_concept(by=request.actor, **given))
        if not form.errors:
            messages.success(request, _("It is added. Everything here is looked at again."))
            return redirect("lexicon:book")
    return render(request, "knowing/lexicon/new.html", {"form": form})


@steward
@both
def serves(request: Request, key: UUID) -> HttpResponse:
    """What one thing serves and how that is known; a steward may say otherwise."""
    one = asset_of(request.actor, key)
    if one is None:
        raise Http404
    form = forms.Correct(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, said = form.cleaned_data, request.POST.get("key", "")
        kept(form, lambda: _say(request.actor, one, given["concept"], given["serves"], said))
        if not form.errors:
            return redirect("lexicon:serves", key)
    context = {"asset": one, "form": form, "rows": queries.served(one.pk)}
    return render(request, "knowing/lexicon/serves.html", context)


def _say(by: Actor, asset: Any, concept: str, serves: str, key: str) -> None:
    if serves == "guess":
        actions.let_guess(by=by, asset=asset, concept=concept, key=key)
    else:
        actions.correct(by=by, asset=asset, concept=concept, serves=serves == "yes", key=key)
