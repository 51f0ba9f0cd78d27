"""What is limited to so many an hour from one address: wrong tokens, forms."""

from __future__ import annotations

from collections import OrderedDict
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

SECONDS = 3600.0
ADDRESSES = 10_000
"""So many addresses are remembered, the latest; in memory alone."""


class Limits:
    """How often each address did something within the last hour; at most so often."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._times: OrderedDict[str, list[float]] = OrderedDict()

    def is_reached(self, address: str, now: datetime) -> bool:
        """Whether the address did it too often."""
        return len(self._recent(_of(address), now.timestamp())) >= self._most

    def note(self, address: str, now: datetime) -> None:
        """The address did it once more."""
        key, moment = _of(address), now.timestamp()
        self._times[key] = [*self._recent(key, moment), moment][-self._most :]
        self._times.move_to_end(key)
        while len(self._times) > ADDRESSES:
            self._times.popitem(last=False)

    def _recent(self, key: str, moment: float) -> list[float]:
        # A clock that was wrong for a while locks nobody out: what is to come does not count.
        return [one for one in self._times.get(key, ()) if 0 <= moment - one < SECONDS]


def _of(address: str) -> str:
    """Of IPv6 the network of one household: its owner has as many addresses as they like."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return found.exploded[:19] if isinstance(found, IPv6Address) else address
