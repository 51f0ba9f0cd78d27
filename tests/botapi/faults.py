"""Failures a test asks for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from tests.botapi.wake import Wake

Kind = Literal["429", "500", "502", "timeout", "drop", "blocked"]
KINDS: tuple[str, ...] = get_args(Kind)

_BODIES = {
    "429": (429, "Too Many Requests: retry after {retry_after}"),
    "500": (500, "Internal Server Error"),
    "502": (502, "Bad Gateway"),
    "blocked": (403, "Forbidden: bot was blocked by the user"),
}


@dataclass
class Fault:
    """One failure, asked for ahead of the calls it will meet."""

    method: str
    kind: Kind
    times: int | None
    retry_after: int
    after: bool
    html: bool
    chat_id: int | None
    wake: Wake = field(repr=False)
    hits: int = 0
    released: bool = False

    def meets(self, method: str, chat_id: str) -> bool:
        """Tell whether this failure waits for such a call."""
        return (
            self.method in ("*", method)
            and (self.chat_id is None or str(self.chat_id) == chat_id)
            and (self.times is None or self.hits < self.times)
        )

    def release(self) -> None:
        """Let the calls a time-out holds go on as if nothing had happened."""
        with self.wake.change():
            self.released = True
            self.times = self.hits

    def cancel(self) -> None:
        """Meet no further call."""
        with self.wake.change():
            self.times = self.hits

    def answer(self) -> tuple[int, str, bytes]:
        """Return status, content type and body of the failure."""
        code, description = _BODIES[self.kind]
        description = description.format(retry_after=self.retry_after)
        if self.html:
            page = f"<html><head><title>{code} {description}</title></head><body></body></html>"
            return code, "text/html", page.encode()
        body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
        if self.kind == "429":
            body["parameters"] = {"retry_after": self.retry_after}
        return code, "application/json", json.dumps(body).encode()


class Faults:
    """The failures still to come."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Put a failure behind those already asked for."""
        self._faults.append(fault)

    def take(self, method: str, chat_id: str) -> Fault | None:
        """Return the failure that meets this call, counting the hit."""
        for fault in self._faults:
            if fault.meets(method, chat_id):
                fault.hits += 1
                return fault
        return None
