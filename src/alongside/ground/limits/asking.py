"""May somebody try once more? Every page where codes, words or receipts could be guessed asks this, and asks it alike.

What is allowed stands in `settings.TRIES`: so many in so many seconds, from one address, for
one key, or for one key from one address.
"""

from __future__ import annotations

import ipaddress

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from alongside.ground.limits.counting import give_back, take_one

HOME = 64  # bits: whoever has one address of version 6 has all that begin with these


def may_try(request: HttpRequest, what: str, key: str = "") -> bool:
    """Count a try, and say whether it is one too many. `key` is what is tried, or who tries, where that is counted."""
    return all(
        take_one(caller=_caller(request, what, of, key), most=most, seconds=seconds)
        for most, seconds, of in settings.TRIES[what]
    )


def was_right(request: HttpRequest, what: str, key: str) -> None:
    """Forget the tries at this key: somebody has shown that they know it. Those of an address stay."""
    for _most, seconds, of in settings.TRIES[what]:
        if of == "key":
            give_back(caller=_caller(request, what, of, key), seconds=seconds)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as far as the servers of ours in front can say: one home, one address."""
    try:
        told = str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return "unknown"
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return told
    return str(ipaddress.ip_network(f"{told}/{HOME}", strict=False)) if address.version == 6 else told


def _caller(request: HttpRequest, what: str, of: str, key: str) -> str:
    address = "" if of == "key" else address_of(request)
    return f"{what}|{of}|{address}|{'' if of == 'address' else key}"
