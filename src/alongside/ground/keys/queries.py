"""Which secrets lie beside a database that was made with others: as after a backup was put back without them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

from django.conf import settings

from alongside.ground.keys.models import KnownKey
from alongside.ground.people.queries import unopened

SECRETS = "secret-key", "token-pepper"  # as their files are called
WHAT = b"alongside: this secret, and no other"


def proofs(name: str) -> list[str]:
    """What the secret of this name gives; of one that was changed also what those before it gave."""
    older = settings.SECRET_KEY_FALLBACKS if name == "secret-key" else []
    mine = [str(settings.SECRET_KEY), *map(str, older)] if name == "secret-key" else [settings.TOKEN_PEPPER]
    return [hmac.new(secret.encode(), WHAT, hashlib.sha256).hexdigest() for secret in mine]


def strange() -> list[str]:
    """The names of secrets that are not those with which this database was made."""
    known = dict(KnownKey.objects.values_list("name", "proof"))
    return [name for name in SECRETS if name in known and known[name] not in proofs(name)]


def what_is_strange() -> Iterator[str]:
    """For `alongside check`: secrets that are others, and apps that no secret opens, with what to do."""
    for name in strange():
        yield f"this database was made with another {name}: put back the folder `secrets` of its backup"
    many = len(unopened())
    if many:
        lists = "1 app, or list of spare codes," if many == 1 else f"{many} apps, or lists of spare codes,"
        yield f"{lists} cannot be opened with the secret-key here: put back the one of the backup"
