"""Pages of somebody who helps: the people they help, a page opened together, cards, letters and calls."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from alongside.ground.helping import forms
from alongside.ground.helping.actions import let_go, name_helper, object_to, open_page_with, record_basis
from alongside.ground.helping.policy import may_name, may_open_page_with
from alongside.ground.helping.queries import (
    asked_by,
    asked_of,
    bases_to_note,
    card_of,
    left,
    my_helpers,
    people_i_help,
    written_down_by,
)
from alongside.ground.history.acting import Fault, demand
from alongside.ground.history.actor import Actor, Source
from alongside.ground.history.explaining import explain
from alongside.ground.notices.actions import hand_over
from alongside.ground.notices.queries import calls, letters
from alongside.ground.people.actions import give_card, note_capacity
from alongside.ground.people.doors import Request, careful, helper, role
from alongside.ground.people.models import Basis, Login, Role
from alongside.ground.people.policy import may_give_card
from alongside.ground.people.queries import person_at

steward = role(Role.PLACE_STEWARD)


def _me(request: Request) -> Actor:
    """The helper as themselves, whomever they are helping just now."""
    return Actor(person=request.actor.person, proved=request.actor.proved)


def _mine(request: Request, key: str) -> Basis:
    return get_object_or_404(people_i_help(request.actor), key=key)


def _theirs(basis: Basis, source: str) -> Actor:
    return Actor(person=basis.supporter, on_behalf_of=basis.person, basis=basis, source=source)


@careful
@never_cache
@require_GET
def home(request: Request) -> HttpResponse:
    me = _me(request)
    given = {
        "asked": asked_of(me),
        "bases": people_i_help(me),
        "left": left(me),
        "calls": calls(me),
        "letters": letters(me).count(),
        "may_open": may_open_page_with(by=me),
        "now_helping": request.session.get("helping"),
    }
    return render(request, "ground/helping/home.html", given)


@helper
@never_cache
@sensitive_post_parameters("word")
def open_page(request: Request) -> HttpResponse:
    form = forms.OpenPageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        by = _me(request).by_way_of(answers.pop("source"))
        try:
            opened = open_page_with(by=by, key=request.POST.get("key", ""), **answers)
        except Fault as fault:
            explain(form, fault)
        else:
            return redirect("helping:card", key=opened.basis.key) if opened else redirect("helping:home")
    return render(request, "ground/helping/open_page.html", {"form": form})


@careful
@never_cache
@require_GET
def card(request: Request, key: str) -> HttpResponse:
    """The card to print. The word is not on it: only the person knows it."""
    basis = _mine(request, key)
    demand(may_give_card, by=_theirs(basis, Source.SCREEN), party=basis.person)
    given = {"basis": basis, "card": card_of(basis), "large_print": basis.person.facts.large_print}
    return render(request, "ground/helping/card.html", given)


@careful
@never_cache
@sensitive_post_parameters("word")
def new_card(request: Request, key: str) -> HttpResponse:
    basis = _mine(request, key)
    form = forms.WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_card(by=_theirs(basis, "visit"), party=basis.person, word=form.cleaned_data["word"])
        except Fault as fault:
            explain(form, fault)
        else:
            return redirect("helping:card", key=key)
    return render(request, "ground/helping/new_card.html", {"form": form, "basis": basis})


@careful
@never_cache
def start(request: Request, key: str) -> HttpResponse:
    """From here on what the helper does is done for the person, by the channel they say."""
    basis = _mine(request, key)
    form = forms.StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session["helping"] = str(basis.key)
        request.session["helping_by"] = form.cleaned_data["source"]
        return redirect("/my-page/")
    return render(request, "ground/helping/start.html", {"form": form, "basis": basis})


@careful
@never_cache
def end(request: Request, key: str) -> HttpResponse:
    """The help ends for good, on the person's word."""
    basis = _mine(request, key)
    if request.method == "POST":
        act = object_to if request.POST.get("do") == "object" else let_go
        act(by=_me(request), basis=basis)
        request.session.pop("helping", None)
        return redirect("helping:home")
    return render(request, "ground/helping/end.html", {"basis": basis})


@careful
@never_cache
def post(request: Request) -> HttpResponse:
    """Letters to print, one a sheet; then to say that they were posted."""
    waiting = letters(_me(request))
    if request.method == "POST":
        for notice in waiting.filter(key__in=request.POST.getlist("letter")):
            hand_over(by=_me(request), notice=notice)
        return redirect("helping:home")
    large = any(notice.to.facts.large_print for notice in waiting)
    return render(request, "ground/helping/post.html", {"letters": waiting, "large_print": large})


@careful
@require_POST
def told(request: Request, key: str) -> HttpResponse:
    hand_over(by=_me(request), notice=get_object_or_404(calls(_me(request)), key=key))
    return redirect("helping:home")


@careful
@never_cache
def mine(request: Request) -> HttpResponse:
    """Who helps me, and why they may; to name somebody, and to stop anybody."""
    form = forms.HelperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        supporter = person_at(form.cleaned_data["who"])
        parts = forms.pairs(form.cleaned_data["parts"], form.cleaned_data["write"])
        try:
            key = request.POST.get("key", "")
            name_helper(by=request.actor, supporter=supporter, parts=parts, until=form.until(), key=key)
        except Fault as fault:
            explain(form, fault)
        else:
            return redirect("helping:mine")
    actor = request.actor
    given = {"form": form, "bases": my_helpers(actor), "waiting": asked_by(actor), "may_name": may_name(by=actor)}
    return render(request, "ground/helping/mine.html", given)


@careful
@require_POST
def stop_mine(request: Request, key: str) -> HttpResponse:
    basis = get_object_or_404(my_helpers(request.actor), key=key)
    act = object_to if request.POST.get("do") == "object" else let_go
    card = card_of(basis)
    act(by=_me(request), basis=basis)
    me = request.user
    if isinstance(me, Login) and me.party == basis.person and card is not None and card_of(basis) is None:
        me.refresh_from_db()
        update_session_auth_hash(request, me)  # they themselves stay in, and choose a new word
        return redirect("helping:my_card")
    return redirect("helping:mine")


@careful
@never_cache
@sensitive_post_parameters("word")
def my_card(request: Request) -> HttpResponse:
    """Somebody who is signed in chooses a new word, and reads the number of the new card."""
    form = forms.WordForm(request.POST or None)
    form.fields["word"].label = _("The new word")
    if request.method == "POST" and form.is_valid():
        try:
            made = give_card(by=request.actor, party=request.actor.me, word=form.cleaned_data["word"])
        except Fault as fault:
            explain(form, fault)
        else:
            number = f"{made.number[:4]} {made.number[4:]}"
            messages.success(
                request, _("The number of your new card is %(number)s. Write it down.") % {"number": number}
            )
            return redirect("helping:mine")
    return render(request, "ground/helping/new_card.html", {"form": form, "basis": None})


@steward
@never_cache
def desk(request: Request) -> HttpResponse:
    """Stewards write down a basis that a paper gives."""
    form = forms.BasisForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        answers["parts"] = forms.pairs(answers["parts"], answers.pop("write"))
        for name in ("person", "supporter"):
            answers[name] = person_at(answers[name])
            if answers[name] is None:
                form.add_error(name, form.fields[name].error_messages["required"])
        if form.is_valid():
            try:
                record_basis(by=_me(request), key=request.POST.get("key", ""), **answers)
                return redirect("helping:desk")
            except Fault as fault:
                explain(form, fault)
    return render(
        request,
        "ground/helping/desk.html",
        {"form": form, "bases": bases_to_note(_me(request)), "waiting": written_down_by(_me(request))},
    )


@steward
@require_POST
def capacity(request: Request, key: str) -> HttpResponse:
    basis = get_object_or_404(bases_to_note(_me(request)), key=key)
    seen_by = request.POST.get("evidence_seen_by", "").replace("\x00", "").strip() or _me(request).me.name
    note_capacity(by=_me(request), basis=basis, lost=request.POST.get("lost") == "yes", evidence_seen_by=seen_by)
    return redirect("helping:desk")
