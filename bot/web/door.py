"""Who may ask the page's program for anything: its own page, in a tab that holds the key.

The key is new at each start and stands in the fragment of the one address that the program says: so
it is in no log, no Referer and no bookmark of the bare address. The tab keeps it and sends it as a
header. A cookie would go to every other server of this computer, as cookies know no ports. A key
that outlived the program would go to whoever has its port next, from a tab that was left open.
"""

from __future__ import annotations

import hmac
from enum import Enum, auto
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.requests import Request

KEY_HEADER = "x-demarche-key"
FRAGMENT = "key="


class Shut(Enum):
    """Why somebody is not let in."""

    FOREIGN = auto()
    """It is no page of ours that asks."""

    NO_KEY = auto()
    OLD_KEY = auto()


class Door:
    """Opens by one key."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def shut(self, request: Request) -> Shut | None:
        """Why the request is not taken; None where it is."""
        if not is_own(request):
            return Shut.FOREIGN
        keys = request.headers.getlist(KEY_HEADER)
        if keys in ([], [""]):
            return Shut.NO_KEY
        given = keys[0].encode("latin-1", "replace")
        same = hmac.compare_digest(given, self._key)
        return None if same and len(keys) == 1 else Shut.OLD_KEY


def is_own(request: Request) -> bool:
    """Whether a page of this very address has sent it, as every browser says of a script's POST."""
    hosts, origins = request.headers.getlist("host"), request.headers.getlist("origin")
    sites = request.headers.getlist("sec-fetch-site")
    own = [f"http://{host}" for host in hosts]
    return len(own) == 1 and origins == own and sites in ([], ["same-origin"])


def may_be_own(request: Request, address: str) -> bool:
    """Whether a form of a page of this address may have sent it; the form's own proof is beside.

    Where a page sends no Referer its forms have the origin "null", and old browsers say nothing at
    all: neither tells anything. What does tell is believed. `address` is where the pages are
    reached, if that is known: a proxy may hand on another host.
    """
    sites, origins = request.headers.getlist("sec-fetch-site"), request.headers.getlist("origin")
    if sites not in ([], ["same-origin"], ["none"]):
        return False
    own = {f"{request.url.scheme}://{host}" for host in request.headers.getlist("host")}
    public = urlsplit(address)
    own.add(f"{public.scheme}://{public.netloc}")
    return origins in ([], ["null"]) or (len(origins) == 1 and origins[0] in own)
