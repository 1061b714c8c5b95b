"""Something worries me, on every page; and the named person's list with its clock."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from alongside.ground.people.doors import Request, careful, public, resident
from alongside.ground.worries.actions import answer, pass_on, raise_worry, take
from alongside.ground.worries.forms import AnswerForm, WorryForm
from alongside.ground.worries.models import Worry
from alongside.ground.worries.queries import WAITING, raised_by, to_handle


@public
@never_cache
def raise_(request: Request) -> HttpResponse:
    form = WorryForm(request.POST or None, initial={"page": request.GET.get("page", "")[:300]})
    if request.method == "POST" and form.is_valid():
        worry = raise_worry(by=request.actor, key=request.POST.get("key", ""), **form.cleaned_data)
        if worry is not None:  # pressed twice: the receipt of the first press stands
            request.session["worry"] = str(worry.key)
        return redirect("worries:received")
    return render(request, "ground/worries/raise.html", {"form": form})


@public
@never_cache
@require_GET
def received(request: Request) -> HttpResponse:
    """The receipt: a reference and what happens next. It opens only where the worry was sent."""
    key = request.session.get("worry")
    worry = Worry.objects.filter(key=key).first() if key else None
    return render(request, "ground/worries/received.html", {"worry": worry}) if worry else redirect("worries:raise")


@resident
@never_cache
@require_GET
def mine(request: Request, key: str) -> HttpResponse:
    """Whoever raised a worry reads what came of it; nobody who helps them does."""
    worry = get_object_or_404(raised_by(request.actor), key=key)
    return render(request, "ground/worries/mine.html", {"worry": worry})


@careful
@never_cache
@require_GET
def desk(request: Request) -> HttpResponse:
    return render(request, "ground/worries/desk.html", {"worries": to_handle(request.actor)[:200]})


@careful
@never_cache
def one(request: Request, key: str) -> HttpResponse:
    worry = get_object_or_404(to_handle(request.actor), key=key)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = pass_on if request.POST.get("do") == "pass_on" else answer
        act(by=request.actor, worry=worry, words=form.cleaned_data["words"])
        return redirect("worries:desk")
    given = {"worry": worry, "form": form, "waits": worry.state in WAITING, "now": timezone.now()}
    return render(request, "ground/worries/one.html", given)


@careful
@require_POST
def take_it(request: Request, key: str) -> HttpResponse:
    take(by=request.actor, worry=get_object_or_404(to_handle(request.actor), key=key))
    return redirect("worries:one", key=key)
