"""Which person is at the page: the one, or by a number in its address one of several.

They hold the same key: the number keeps their letters apart, and guards nothing. It is the same
number at each start, though each start has a key of its own.

Earlier versions knew people by a cookie. Who still has that cookie, and the key, keeps the letters:
which id was theirs is noted in a file beside the database.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

log = logging.getLogger(__name__)

CHANNEL = "web"
FIRST = "1"
COOKIE = "demarche"
_NUMBER = re.compile(r"[2-9]|[1-9][0-9]")
_EARLIER = re.compile(r"web:[0-9a-f]{32}")


class People:
    """People by their number. `knows` says whether there is anything of a user."""

    def __init__(self, path: Path | None, knows: Callable[[str], bool]) -> None:
        self._path = path
        self._knows = knows
        self._earlier = _read(path)

    def of(self, number: str) -> str:
        """The user's id; of whatever is no number, the first one's."""
        number = number_in(number)
        return self._earlier.get(number, f"{CHANNEL}:{number}")

    def adopt(self, number: str, cookies: dict[str, str]) -> str:
        """Take over what was kept under the cookie of an earlier version.

        Its name, where it is of no use any more. Where somebody is here already under that number,
        it stays: it is all that leads to what was kept. Raises `StoreError`.
        """
        number = number_in(number)
        name = COOKIE if number == FIRST else f"{COOKIE}-{number}"
        if name not in cookies:
            return ""
        earlier = f"{CHANNEL}:{hashlib.sha256(cookies[name].encode()).hexdigest()[:32]}"
        if earlier in self._earlier.values() or not self._knows(earlier):
            return name
        if number in self._earlier or self._knows(self.of(number)):
            return ""
        self._earlier[number] = earlier
        self._write()
        return name

    def drop(self, user_id: str) -> None:
        """Nothing is noted of a user who was forgotten."""
        kept = {number: one for number, one in self._earlier.items() if one != user_id}
        if kept != self._earlier:
            self._earlier = kept
            self._write()

    def _write(self) -> None:
        if self._path is None:
            return
        try:
            if not self._earlier:
                self._path.unlink(missing_ok=True)
                return
            new = self._path.with_name(self._path.name + "-new")
            with open(new, "w", encoding="utf-8", opener=_private) as file:
                json.dump(self._earlier, file)
            new.replace(self._path)
        except OSError as error:
            log.warning("who is who at the page cannot be noted: %s", error.strerror)


def number_in(number: str) -> str:
    """A person's number as it stands in the address."""
    return number if _NUMBER.fullmatch(number) else FIRST


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _read(path: Path | None) -> dict[str, str]:
    """What was noted; nothing, where nothing of it can be made out."""
    found: object = None
    if path is not None:
        with suppress(OSError, ValueError):
            found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        return {}
    return {
        number: one
        for number, one in found.items()
        if number_in(number) == number and isinstance(one, str) and _EARLIER.fullmatch(one)
    }
