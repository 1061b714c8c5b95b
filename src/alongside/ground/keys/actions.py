"""Note by which secrets a database is made, go on with others where those are lost, and forget apps that are lost."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import Fault, action, rule
from alongside.ground.history.actor import Actor
from alongside.ground.keys import queries
from alongside.ground.keys.models import KnownKey
from alongside.ground.people.actions import forget_apps
from alongside.ground.people.models import Party
from alongside.ground.people.queries import unopened


@rule(_("Only whoever keeps the computer can do that."))
def may_keep(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system


@action("keys.learn", may=may_keep)
def learn(*, by: Actor) -> None:
    """Note the secrets that are here, where none is noted yet; what is noted stays."""
    rows = [KnownKey(name=name, proof=queries.proofs(name)[0]) for name in queries.SECRETS]
    KnownKey.objects.bulk_create(rows, ignore_conflicts=True)


@action("keys.accept", may=may_keep)
def accept(*, by: Actor) -> list[Party]:
    """Go on with the secrets that are here: apps that they do not open are forgotten. Whose those were."""
    theirs = forget_apps(by=by, logins={app.user_id for app in unopened()})
    KnownKey.objects.all().delete()
    learn(by=by)
    return theirs


@action("keys.forget_app", may=may_keep)
def forget_app(*, by: Actor, email: str) -> Party:
    """Forget the app, and the spare codes, of somebody who lost them; they add one anew when they next sign in, and
    are signed out everywhere until then. Raises Fault where nobody with this address has an app."""
    found = forget_apps(by=by, email=email) if email.strip() else []
    if not found:
        raise Fault("email", str(_("Nobody here signs in with this address and an app")))
    return found[0]
