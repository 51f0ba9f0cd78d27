"""The record of calls the bot made."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Call:
    """One call; its status is None while it is under way, 0 when it got no answer.

    `port` is that of the connection's other end, by which its process is found.
    """

    method: str
    parameters: dict[str, Any] = field(default_factory=dict)
    response: Any = None
    status: int | None = None
    fault: str = ""
    port: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def ok(self) -> bool:
        """Whether the bot was told it worked."""
        return self.status == 200

    @property
    def result(self) -> Any:  # noqa: ANN401 - any JSON value
        """What the method returned."""
        return self.response["result"]
