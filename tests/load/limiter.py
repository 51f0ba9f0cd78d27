"""Telegram's limits: about 30 messages a second in all, and one a second in a chat, with bursts."""

from __future__ import annotations

import math

ALL, ALL_AT_ONCE = 30.0, 30.0
CHAT, CHAT_AT_ONCE = 1.0, 10.0


class Bucket:
    """So many at once, and so many more with each second."""

    __slots__ = ("_held", "_most", "_rate", "_seen")

    def __init__(self, rate: float, most: float) -> None:
        self._rate, self._most = rate, most
        self._held, self._seen = most, 0.0

    def lacks(self, number: int, now: float) -> float:
        """After how many seconds there would be so many."""
        self._held = min(self._most, self._held + (now - self._seen) * self._rate)
        self._seen = now
        return max(0.0, (number - self._held) / self._rate)

    def take(self, number: int) -> None:
        """Take so many out."""
        self._held -= number


class Limiter:
    """Says whether a message is taken, or after how many whole seconds it would be."""

    def __init__(self) -> None:
        self._all = Bucket(ALL, ALL_AT_ONCE)
        self._chats: dict[int, Bucket] = {}

    def wait(self, chat: int, number: int, now: float) -> int:
        """0 where it is taken."""
        own = self._chats.setdefault(chat, Bucket(CHAT, CHAT_AT_ONCE))
        lacks = max(self._all.lacks(number, now), own.lacks(number, now))
        if lacks > 0:
            return math.ceil(lacks)
        self._all.take(number)
        own.take(number)
        return 0
