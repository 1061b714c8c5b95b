"""An authenticator app that is lost, or that no secret opens any more, counts nowhere."""

from __future__ import annotations

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.people import policy
from alongside.ground.people.models import Login, Party


@action("people.forget_apps", may=policy.may_forget_apps)
def forget_apps(*, by: Actor, logins: Collection[int] = (), email: str = "") -> list[Party]:
    """Forget the apps and spare codes of these logins, or of whoever signs in with this address. Whose they were.

    Another password that nobody knows ends every session of theirs: in none of them the lost app counts any more.
    """
    rows = Login.objects.filter(email=email.strip().lower()) if email else Login.objects.filter(pk__in=logins)
    mine = rows.filter(pk__in=Authenticator.objects.values("user"), party__isnull=False)
    found = list(mine.select_related("party").order_by("pk"))
    Authenticator.objects.filter(user__in=found).delete()
    for login in found:
        Login.objects.filter(pk=login.pk).update(password=make_password(None))
    return [login.party for login in found if login.party is not None]
