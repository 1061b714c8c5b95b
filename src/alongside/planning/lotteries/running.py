"""Pages for those who have a panel drawn: write it, say which groups, have it worked out, draw, and fill places."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.ground.consent.actions import look_at_many
from alongside.ground.history.acting import Fault, demand
from alongside.ground.history.explaining import explain, kept
from alongside.ground.people.doors import Request, careful
from alongside.ground.people.models import Party
from alongside.planning.decisions.models import Decision
from alongside.planning.lotteries import actions, policy, queries, showing
from alongside.planning.lotteries.forms import LaterForm, LotteryForm, SeedForm, SheetForm
from alongside.planning.lotteries.models import Lottery, Stage
from alongside.planning.lotteries.reading import Read, read_rows, read_sheet

LOOK_AGAIN = "4"
FIRST = {"size": 24, "least_age": 16, "one_a_home": True, "answer_days": 10, "seed_way": "ours"}


def _mine(request: Request, key: UUID) -> Lottery:
    lottery = queries.lottery(request.actor, key)
    if lottery is None:
        raise Http404
    demand(policy.may_run, by=request.actor, lottery=lottery)
    return lottery


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Write down a new panel. It stays a draft."""
    owners = queries.owners(request.actor)
    if not owners:
        raise PermissionDenied(str(policy.may_open.sentence))
    decisions = queries.decisions_for(request.actor)
    form = LotteryForm(request.POST or None, owners=owners, decisions=decisions, initial=FIRST)
    if request.method == "POST" and form.is_valid():
        lottery = _opened(request, form, owners, decisions)
        if lottery is not None:
            return redirect("lotteries:groups", lottery.record.key)
    return render(request, "planning/lotteries/words.html", {"form": form, "lottery": None})


def _opened(request: Request, form: LotteryForm, owners: list[Party], decisions: list[Decision]) -> Lottery | None:
    given, key = dict(form.cleaned_data), request.POST.get("key", "")
    chosen, about = given.pop("owner", str(owners[0].key)), given.pop("decision", "")
    owner = next(party for party in owners if str(party.key) == chosen)
    decision = next((one for one in decisions if str(one.record.key) == about), None)
    return kept(
        form,
        lambda: actions.open_lottery(by=request.actor, owner=owner, decision=decision, key=key, **given),
    )


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: Request, key: UUID) -> HttpResponse:
    """Change what is written, while it is a draft."""
    lottery = _mine(request, key)
    form = LotteryForm.of(lottery, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(by=request.actor, lottery=lottery, key=request.POST.get("key", ""), **form.cleaned_data)
        except Fault as fault:
            explain(form, fault)
        else:
            return redirect("lotteries:run", key)
    return render(request, "planning/lotteries/words.html", {"form": form, "lottery": lottery})


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: Request, key: UUID) -> HttpResponse:
    """Say which groups are wanted, in a plain form. What cannot be taken is said by its row, and nothing is lost."""
    lottery = _mine(request, key)
    rows = showing.typed_rows(request.POST) if request.method == "POST" else showing.first_rows(lottery)
    read = Read(())
    if request.method == "POST" and request.POST.get("do") != "more":
        read = read_rows(rows, lottery.size)
        if not read.faults and _put(request, lottery, read):
            return redirect("lotteries:run", key)
    context = {"lottery": lottery, "rows": showing.rows_with_faults(rows, read), "faults": read.faults}
    return render(request, "planning/lotteries/groups.html", context)


@careful
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, key: UUID) -> HttpResponse:
    """The same from a sheet: first what would happen, with every fault by its row; then it is kept."""
    lottery = _mine(request, key)
    form = SheetForm(request.POST or None, request.FILES or None)
    read, text = None, ""
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["sheet"]
        read = read_sheet(text, lottery.size)
        if not read.faults and request.POST.get("do") == "keep" and _put(request, lottery, read):
            return redirect("lotteries:run", key)
        form = SheetForm(initial={"sheet": text})
    context = {"lottery": lottery, "form": form, "read": read, "text": text}
    return render(request, "planning/lotteries/sheet.html", context)


def _put(request: Request, lottery: Lottery, read: Read) -> bool:
    key = request.POST.get("key", "")
    try:
        actions.put_groups(by=request.actor, lottery=lottery, questions=read.questions, key=key)
    except Fault as fault:
        messages.warning(request, fault.message)
    return True


@careful
@never_cache
@require_safe
def run(request: Request, key: UUID) -> HttpResponse:
    """Where it stands, and the one thing that can be done next."""
    return _shown(request, _mine(request, key), SeedForm(), LaterForm())


def _shown(request: Request, lottery: Lottery, seed: SeedForm, later: LaterForm) -> HttpResponse:
    work = queries.latest_work(lottery)
    context = {
        "lottery": lottery,
        "record": lottery.record,
        "rows": showing.group_rows(lottery),
        "work": showing.far(lottery, work),
        "tight": showing.tight(work),
        "seats": queries.seats(request.actor, lottery) if lottery.stage == Stage.DRAWN else None,
        "draws": showing.draws(lottery),
        "seed_form": seed,
        "later": later,
        "stages": Stage,
    }
    response = render(request, "planning/lotteries/run.html", context)
    if work is not None and work.going_on:
        response["Refresh"] = LOOK_AGAIN
    return response


@careful
@require_POST
def do(request: Request, key: UUID) -> HttpResponse:
    """One press of a button on that page. What cannot be is said there, with what was typed."""
    lottery, what = _mine(request, key), request.POST.get("do", "")
    seed = SeedForm(request.POST if what == "draw" else None)
    later = LaterForm(request.POST if what == "later" else None)
    if what == "later" and lottery.stage == Stage.JOINING and not later.is_valid():
        return _shown(request, lottery, seed, later)
    try:
        _done(request, lottery, what)
    except Fault as fault:
        form = {Stage.READY: seed, Stage.JOINING: later}.get(Stage(lottery.stage))
        if form is not None and form.is_bound:  # it is on the page as that stands now
            form.is_valid()
            explain(form, fault)
            return _shown(request, lottery, seed, later)
        messages.warning(request, fault.message)
    return redirect("lotteries:run", key)


def _done(request: Request, lottery: Lottery, what: str) -> None:
    by, key = request.actor, request.POST.get("key", "")
    plain = {"start": actions.start, "begin": actions.begin, "stop": actions.stop, "fill": actions.fill}
    if what in plain:
        plain[what](by=by, lottery=lottery, key=key)
    elif what == "draw":
        actions.draw(by=by, lottery=lottery, seed=request.POST.get("seed", ""), key=key)
    elif what == "later":
        day = LaterForm(request.POST).day() or lottery.join_until
        actions.keep_open(by=by, lottery=lottery, join_until=day, key=key)
    elif re.fullmatch("way-[0-9]{1,3}", what) and (work := queries.latest_work(lottery)) is not None:
        actions.loosen(by=by, lottery=lottery, work=work, way=int(what[4:]), key=key)
    else:
        raise Http404


@careful
@never_cache
@require_safe
def names(request: Request, key: UUID) -> HttpResponse:
    """Who said yes to their place, for whoever runs the panel. Each look is written down, and the person reads it."""
    lottery = _mine(request, key)
    records = [place.record for place in queries.said_yes(request.actor, lottery)]
    purpose = _("To run the panel: %(panel)s") % {"panel": lottery.title[:150]}
    sights = look_at_many(by=request.actor, records=records, purpose=purpose) if records else []
    context = {"lottery": lottery, "members": queries.members(sights)}
    return render(request, "planning/lotteries/names.html", context)
