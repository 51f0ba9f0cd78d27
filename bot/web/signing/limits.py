"""Wrong tokens are limited: so many an hour from one address."""

from __future__ import annotations

from collections import OrderedDict
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

MOST = 30
SECONDS = 3600.0
ADDRESSES = 10_000
"""So many addresses are remembered, the latest; in memory alone."""


class Limits:
    """How often each address was wrong within the last hour."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()

    def is_reached(self, address: str, now: datetime) -> bool:
        """Whether the address has been wrong too often."""
        return len(self._recent(_of(address), now.timestamp())) >= MOST

    def note(self, address: str, now: datetime) -> None:
        """The address was wrong once more."""
        key, moment = _of(address), now.timestamp()
        self._wrong[key] = [*self._recent(key, moment), moment][-MOST:]
        self._wrong.move_to_end(key)
        while len(self._wrong) > ADDRESSES:
            self._wrong.popitem(last=False)

    def _recent(self, key: str, moment: float) -> list[float]:
        return [one for one in self._wrong.get(key, ()) if moment - one < SECONDS]


def _of(address: str) -> str:
    """Of IPv6 the network of one household: its owner has as many addresses as they like."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return found.exploded[:19] if isinstance(found, IPv6Address) else address
