"""What belongs to whoever made the token: who they are here, their plan, whom they let see what, and who looked."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router
from ninja.responses import Status

from alongside.api import saying
from alongside.api.calls import call, here, me
from alongside.api.paging import Most, next_link, page
from alongside.api.problems import Problem
from alongside.api.shapes import mine as shapes
from alongside.api.shapes.bases import Moment
from alongside.api.things import Id
from alongside.ground.consent.actions import take_back as take_back_grant
from alongside.ground.consent.models import Grant, Look
from alongside.ground.consent.queries import grants_of, looks_of
from alongside.ground.people.doors import Request
from alongside.ground.tokens.models import Scope
from alongside.ground.tokens.queries import token_of
from alongside.planning.plans import queries as plans
from alongside.planning.plans.actions import read as read_plan

router = Router(tags=["My own"])
Before = Annotated[Moment | None, Query(None, alias="after", description="Where the page begins: see `next`.")]


@call(router, "get", "/me", shapes.Me, problems=("no-token",))
def who_am_i(request: Request) -> Any:
    """Whom this token acts for, and what it opens"""
    token = token_of(request.actor)
    if token is None:
        raise Problem("no-token", WWW_Authenticate="Bearer")
    return {
        "holder": saying.holder(token.holder),
        "program": token.name,
        "starts_with": f"alongside_{token.prefix}",
        "scopes": sorted(one.scope for one in token.scopes.all()),
        "until": token.until,
    }


@call(router, "get", "/me/plan", shapes.Plan, scope=Scope.PLAN, problems=("not-here",))
def my_plan(request: Request) -> Any:
    """My plan: what matters, what I have, what I want and who does what

    People who do something in it are not named: they said yes to the holder, and to no program.
    """
    row = here(plans.plan_of(request.actor, me(request)))
    sight = read_plan(by=request.actor, plan=row, purpose=request.actor.program.name if request.actor.program else "")
    written = plans.answers(sight, row)
    labels = plans.have_labels(row.template)
    return {
        "id": row.record.key,
        "rev": row.record.rev,
        "lang": row.record.lang,
        "matters": written.get("matters", ""),
        "have": [{"question": words, "words": written[key]} for key, words in labels if written.get(key)],
        "wanted": [_wanted(one) for one in plans.who_does_what(sight, row)],
        "review_on": row.review_on,
    }


def _wanted(one: plans.Wanted) -> dict[str, Any]:
    outcome = one.outcome
    return {
        "id": outcome.record.key,
        "words": outcome.words,
        "lang": outcome.record.lang,
        "matters": outcome.domain,
        "measure": outcome.measure,
        "progress": outcome.progress,
        "doing": [_doing(row) for row in one.rows],
        "not_found_yet": [wish.words for wish in one.wishes],
    }


def _doing(row: plans.Row) -> dict[str, Any]:
    party = row.it.party
    said = {"words": row.it.words, "how_much": row.it.how_much, "state": row.it.state}
    if row.own:
        return said | {"by": "you", "name": None}
    return said | {"by": party.kind, "name": None if party.is_person else party.name}


@call(router, "get", "/me/sharing", shapes.Sharings, scope=Scope.SHARING)
def sharing(request: Request, after: Before = None, most: Most = 50) -> Any:
    """Who may see which of my things just now, for what and until when, newest first"""
    rows = grants_of(request.actor)
    rows = rows.filter(since__lt=after) if after else rows
    return page(request, rows, most, lambda found: [_grant(row) for row in found], lambda row: row.since.isoformat())


def _grant(row: Grant) -> dict[str, Any]:
    return {
        "record": row.record.key,
        "kind": row.record.kind,
        "with_party": saying.holder(row.grantee),
        "parts": [part.part.split(":")[0] for part in row.parts.all()],
        "purpose": row.purpose,
        "since": row.since,
        "until": row.until,
    }


@call(router, "delete", "/me/sharing/{uuid:id}/{uuid:party}", None, scope=Scope.SHARING, status=204)
def take_back(request: Request, id: Id, party: UUID) -> Any:
    """Take back what a party may see of one of my things, at once"""
    rows = list(grants_of(request.actor).filter(record__key=id, grantee__key=party))
    here(rows or None)
    for row in rows:
        take_back_grant(by=request.actor, grant=row)
    return Status(204, None)


@call(router, "get", "/me/looks", shapes.Looks, scope=Scope.SHARING)
def looks(request: Request, after: Before = None, most: Most = 50) -> Any:
    """Who has looked at what of mine, people and programs alike, newest first"""
    rows = looks_of(request.actor)
    rows = rows.filter(at__lt=after) if after else rows
    found = list(rows[: most + 1])
    following = next_link(request, found[most - 1].at.isoformat()) if len(found) > most else None
    return {"items": [_look(row) for row in found[:most]], "next": following}


def _look(row: Look) -> dict[str, Any]:
    by = row.token.name if row.token else row.reader.shown_name if row.reader else "Alongside"
    said = {"at": row.at, "record": row.record.key, "kind": row.record.kind, "part": row.part.split(":")[0]}
    return said | {"purpose": row.purpose, "by": by, "by_program": row.token_id is not None}
