"""A translation service, asked only when a user wishes it: LibreTranslate's HTTP interface."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

SECONDS = 15.0
"""For the whole answer; a service that is slower is not waited for."""

MAX_ANSWER = 200_000


@dataclass(frozen=True, slots=True)
class LibreTranslate:
    """The service at an address, such as https://translate.example/ (no path)."""

    url: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS
    clock: Callable[[], float] = time.monotonic

    def translate(self, text: str, source: str, target: str) -> str:
        """The text in the other language; empty where the service fails, for whatever reason."""
        question = {"q": text, "source": source, "target": target, "format": "text"}
        if self.key:
            question["api_key"] = self.key
        try:
            answer = json.loads(self._asked(question))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            log.warning("the translation service failed: %s", type(error).__name__)
            return ""
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        return found.strip() if isinstance(found, str) else ""

    def _asked(self, question: dict[str, str]) -> bytes:
        """What the service answers; bounded in time and size."""
        ends = self.clock() + self.seconds
        address = f"{self.url.rstrip('/')}/translate"
        with (
            httpx.Client(timeout=self.seconds) as client,
            client.stream("POST", address, json=question) as response,
        ):
            response.raise_for_status()
            answer = b""
            for chunk in response.iter_bytes():
                answer += chunk
                if len(answer) > MAX_ANSWER or self.clock() > ends:
                    message = "too long an answer"
                    raise ValueError(message)
            return answer
