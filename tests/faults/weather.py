"""Failures by chance: of every call, at every moment, before or after the server acted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from tests.botapi.faults import Fault, Faults, Kind

if TYPE_CHECKING:
    from random import Random

    from tests.botapi.wake import Wake

CALM = ("getMe", "deleteWebhook", "setMyCommands", "setMyDescription", "setMyShortDescription")
"""What is asked once, at the start."""

WEIGHTS: dict[Kind, float] = {"429": 3, "500": 3, "502": 3, "drop": 3, "timeout": 0.3}


class Weather(Faults):
    """Meets each call with a failure, or not; counts which.

    `rate` is the share of calls that fail; of getUpdates, after which the library waits, few do.
    """

    def __init__(self, rng: Random, rate: float, wake: Wake) -> None:
        super().__init__()
        self.met: Counter[str] = Counter()
        self._rng = rng
        self._rate = rate
        self._wake = wake

    def calm(self) -> None:
        """No further call fails."""
        self._rate = -1.0

    def take(self, method: str, chat_id: str) -> Fault | None:
        """The failure that meets this call, whichever chat it goes to."""
        del chat_id
        rate = min(0.004, self._rate) if method == "getUpdates" else self._rate
        if method in CALM or self._rng.random() >= rate:
            return None
        kind = self._rng.choices(get_args(Kind)[:5], [WEIGHTS[one] for one in get_args(Kind)[:5]])[
            0
        ]
        after = kind != "429" and self._rng.random() < 0.4
        if method == "getUpdates":
            kind, after = "502", False
        when = "" if kind == "429" else ", after the server acted" if after else ", before"
        self.met[f"{_NAMES[kind]}{when}"] += 1
        html = self._rng.random() < 0.3
        fault = Fault(method, kind, 1, 0, after, html, None, self._wake)
        fault.hits = 1
        return fault


class Chosen(Faults):
    """One call hangs, the so-many-th of those that go to a chat, before or after it acted."""

    def __init__(self, wake: Wake) -> None:
        super().__init__()
        self._wake = wake
        self._left = -1
        self._after = False
        self.hit = ""

    def choose(self, number: int, *, after: bool) -> None:
        """The next so-many-th call from now on."""
        self._left, self._after, self.hit = number, after, ""

    def spare(self) -> None:
        """None any more, where none was met yet."""
        self._left = -1

    def take(self, method: str, chat_id: str) -> Fault | None:
        """The failure that meets this call."""
        if self._left < 0 or not (chat_id or method == "answerCallbackQuery"):
            return None
        self._left -= 1
        if self._left >= 0:
            return None
        self.hit = f"{'after' if self._after else 'before'} {method}"
        return Fault(
            method, "timeout", 1, 0, self._after, html=False, chat_id=None, wake=self._wake
        )


_NAMES = {
    "429": "429 with retry_after",
    "500": "500",
    "502": "502",
    "drop": "connection dropped",
    "timeout": "time-out",
}
