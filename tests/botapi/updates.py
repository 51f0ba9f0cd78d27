"""The queue of updates, the rules by which it is read, and where it is brought otherwise."""

from __future__ import annotations

import re
from typing import Any

from aiogram.enums import UpdateType

from tests.botapi.errors import bad, conflict
from tests.botapi.schema import check_update

Json = dict[str, Any]

_KNOWN = frozenset(str(item.value) for item in UpdateType)
_USUAL = _KNOWN - {"chat_member", "message_reaction", "message_reaction_count"}
_PAGE = 100
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_FIRST = 700_000_001


class Updates:
    """Updates wait here until the bot confirms them."""

    def __init__(self) -> None:
        self.every: dict[int, Json] = {}
        self.delivered: dict[int, int] = {}
        self.pending: list[Json] = []
        self.allowed: frozenset[str] = _USUAL
        self.webhook = ""
        self.secret = ""
        self.most = 0
        self.failed: tuple[int, str] | None = None
        self.poll = 0
        self.polling = False
        self._again: list[Json] = []
        self._next = _FIRST

    def add(self, body: Json) -> int:
        """Queue an update the bot lets through; return its id either way."""
        number = int(body.get("update_id", self._next))
        self._next = max(self._next, number) + 1
        update = {"update_id": number, **body}
        check_update(update)
        kinds = set(update) - {"update_id"}
        if len(kinds) != 1:
            msg = f"an update holds one thing, not {sorted(kinds)}"
            raise ValueError(msg)
        self.every[number] = update
        if kinds <= self.allowed:
            self.pending.append(update)
        return number

    def repeat(self, number: int) -> None:
        """Deliver an update once more, confirmed or not."""
        self._again.append(self.every[number])

    def allow(self, names: list[str]) -> None:
        """Let through only updates of these kinds from now on."""
        unknown = set(names) - _KNOWN
        if unknown:
            msg = f"unknown update types {sorted(unknown)} in allowed_updates"
            raise bad(msg)
        self.allowed = frozenset(names) or _USUAL

    def begin_poll(self, args: Json) -> int:
        """Take over polling: confirm what the offset confirms, end any earlier poll."""
        if self.webhook:
            msg = (
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
            raise conflict(msg)
        if "allowed_updates" in args:
            self.allow(args["allowed_updates"])
        offset = args.get("offset", 0)
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [item for item in self.pending if item["update_id"] >= offset]
        self.poll += 1
        self.polling = True
        return self.poll

    def ready(self) -> bool:
        """Tell whether a poll would return something."""
        return bool(self.pending or self._again)

    def take(self, limit: int) -> list[Json]:
        """Deliver what waits, without confirming it."""
        page = (self._again + self.pending)[: max(1, min(limit, _PAGE))]
        self._again = self._again[len(page) :]
        for update in page:
            self.note(update)
        return page

    def note(self, update: Json) -> None:
        """Count that an update was handed over."""
        number = update["update_id"]
        self.delivered[number] = self.delivered.get(number, 0) + 1

    def waiting(self) -> list[Json]:
        """What is to be brought, in its order, without bringing it."""
        return self._again + self.pending

    def settle(self, update: Json) -> None:
        """It was brought and confirmed."""
        for where in (self._again, self.pending):
            if update in where:
                where.remove(update)
                return

    def end_poll(self, poll: int) -> None:
        """Note that a poll is over."""
        if poll == self.poll:
            self.polling = False

    def set_webhook(self, url: str, secret: str = "", most: int = 40) -> None:
        """Deliver to an address instead, which ends any poll."""
        if url and not url.startswith("https://"):
            msg = "bad webhook: An HTTPS URL must be provided for webhook"
            raise bad(msg)
        if not _SECRET.fullmatch(secret):
            msg = "secret token contains unallowed characters"
            raise bad(msg)
        self.webhook, self.secret, self.most = url, secret, max(1, min(most, _PAGE))
        if url:
            self.poll += 1
            self.polling = False
