"""The page of a party; opening and looking after a group; what a person settles about their own page."""

from __future__ import annotations

from django.contrib.auth import logout, update_session_auth_hash
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from alongside.ground.history.acting import Refused
from alongside.ground.pages.forms import GroupForm, GroupWordsForm, InviteForm, MeForm
from alongside.ground.pages.queries import (
    belonging,
    blocked_by,
    members,
    my_groups,
    newcomer_at,
    party_page,
    sees_whole_page,
    shown_groups,
)
from alongside.ground.people.actions import (
    block,
    join,
    leave,
    note_facts,
    rename,
    show_membership,
    unblock,
    welcome,
)
from alongside.ground.people.doors import Request, careful, public, resident, signed_in
from alongside.ground.people.models import Login, Party
from alongside.ground.people.queries import may_speak_for
from alongside.ground.records.actions import leave_for_good, pause_page
from alongside.ground.records.queries import export

FACTS = ("contact_by", "phone", "address", "access_needs", "large_print")


def _page(request: Request, key: str) -> Party:
    found = party_page(request.actor, key)
    if found is None:
        raise Http404
    return found


@public
@require_GET
def party(request: Request, key: str) -> HttpResponse:
    found = _page(request, key)
    given = {
        "party": found,
        "belonging": None if found.is_person else belonging(request.actor, found),
        "groups": shown_groups(found) if found.is_person else [],
        "is_me": request.actor.party == found,
    }
    return render(request, "ground/pages/party.html", given)


@careful
@require_POST
def join_group(request: Request, key: str) -> HttpResponse:
    join(by=request.actor, member=request.actor.me, of=_page(request, key), shown=bool(request.POST.get("shown")))
    return redirect("people:party", key=key)


@signed_in
@require_POST
def my_membership(request: Request, key: str) -> HttpResponse:
    """Leave, show me or hide me; and for those who look after a group, take somebody out."""
    membership = get_object_or_404(my_groups(request.actor), key=key)
    if request.POST.get("do") == "leave":
        leave(by=request.actor, membership=membership)
    else:
        show_membership(by=request.actor, membership=membership, shown=request.POST.get("do") == "show")
    return redirect("people:groups")


@signed_in
@never_cache
@require_GET
def groups(request: Request) -> HttpResponse:
    return render(request, "ground/pages/groups.html", {"memberships": my_groups(request.actor)})


@signed_in
@never_cache
def new_group(request: Request) -> HttpResponse:
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "sort", "about")}
        group = welcome(by=request.actor, kind=form.kind, key=request.POST.get("key", ""), **said)
        return redirect("people:party", key=group.key) if group else redirect("people:groups")
    return render(request, "ground/pages/new_group.html", {"form": form})


@careful
@never_cache
def keep(request: Request, key: str) -> HttpResponse:
    """Look after a group: its words and its members."""
    group = _page(request, key)
    if group.is_person or not may_speak_for(request.actor, group):
        raise Http404
    form = GroupWordsForm(request.POST or None, initial={"name": group.name, "about": group.about})
    if request.method == "POST" and form.is_valid():
        rename(by=request.actor, party=group, **form.cleaned_data)
        return redirect("people:party", key=key)
    given = {"form": form, "party": group, "members": members(request.actor, group), "invite": InviteForm()}
    return render(request, "ground/pages/keep.html", given)


@careful
@never_cache
def invite(request: Request, key: str) -> HttpResponse:
    """Bring in somebody who gave you the address of their page."""
    group = _page(request, key)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = newcomer_at(request.actor, group, form.cleaned_data["who"])
        if person is not None:
            join(by=request.actor, member=person, of=group)
            return redirect("people:keep", key=key)
        form.add_error("who", form.fields["who"].error_messages["required"])
    return render(request, "ground/pages/invite.html", {"form": form, "party": group})


@careful
@require_POST
def take_out(request: Request, key: str, membership: str) -> HttpResponse:
    row = get_object_or_404(members(request.actor, _page(request, key)), key=membership)
    leave(by=request.actor, membership=row)
    return redirect("people:keep", key=key)


@resident
@never_cache
def me(request: Request) -> HttpResponse:
    """My name, how I want to be reached, and the doors to everything else I can settle."""
    mine = request.actor.me
    if not sees_whole_page(request.actor):
        raise Refused(_("This part of the page is not part of the help that was agreed."))
    facts = getattr(mine, "facts", None)
    now = {"name": mine.name, "about": mine.about, "contact_by": "page"}
    now |= {name: getattr(facts, name) for name in FACTS} if facts else {}
    form = MeForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        rename(by=request.actor, party=mine, name=said["name"], about=said["about"])
        note_facts(by=request.actor, party=mine, **{name: said[name] for name in FACTS})
        return redirect("people:me")
    address = request.build_absolute_uri(f"/p/{mine.key}/")
    return render(request, "ground/pages/me.html", {"form": form, "me": mine, "address": address})


@resident
@never_cache
@require_GET
def blocks(request: Request) -> HttpResponse:
    return render(request, "ground/pages/blocks.html", {"parties": blocked_by(request.actor)})


@resident
@never_cache
def block_party(request: Request, key: str) -> HttpResponse:
    other = _page(request, key)
    if request.method == "POST":
        block(by=request.actor, other=other)
        me = request.user
        if isinstance(me, Login) and not request.actor.is_helping:
            me.refresh_from_db()
            update_session_auth_hash(request, me)  # where their card ended with the help, they themselves stay in
        return redirect("people:blocks")
    return render(request, "ground/pages/block.html", {"party": other})


@resident
@require_POST
def unblock_party(request: Request, key: str) -> HttpResponse:
    other = next((party for party in blocked_by(request.actor) if str(party.key) == str(key)), None)
    if other is not None:
        unblock(by=request.actor, other=other)
    return redirect("people:blocks")


@resident
@require_POST
def pause_mine(request: Request) -> HttpResponse:
    pause_page(by=request.actor, party=request.actor.me, on=request.POST.get("on") == "yes")
    return redirect("people:me")


@resident
@never_cache
def leave_alongside(request: Request) -> HttpResponse:
    """Erase my page for good, after saying so twice."""
    error = ""
    if request.method == "POST":
        if request.POST.get("sure") == "yes":
            leave_for_good(by=request.actor, party=request.actor.me)
            if not request.actor.is_helping:
                logout(request)
            request.session.pop("helping", None)
            return redirect("people:gone")
        error = _("Tick the box if you are sure")
    return render(request, "ground/pages/leave.html", {"error": error})


@public
@require_GET
def gone(request: Request) -> HttpResponse:
    return render(request, "ground/pages/gone.html")


@resident
@never_cache
@require_GET
def take_away(request: Request) -> HttpResponse:
    """Everything kept about me, as a file."""
    everything = export(request.actor, request.actor.me)
    response = JsonResponse(everything, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-alongside.json"'
    return response


@public
@require_POST
def stop_helping(request: Request) -> HttpResponse:
    """From here on what I do is for myself again."""
    request.session.pop("helping", None)
    request.session.pop("helping_by", None)
    return redirect("/helping/" if request.user.is_authenticated else "/")
