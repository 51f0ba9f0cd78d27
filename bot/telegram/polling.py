"""Asking Telegram for updates: only when the last are on disk, and past what cannot be read.

An update that the library cannot read would come back for ever, and nobody else's with it: it is
passed over by its number. An answer that is cut off is asked for again, one update at a time.
"""

from __future__ import annotations

import asyncio
import logging
import re
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.telegram.watching import WatchedBot

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

TRIES = 3
"""So often an answer is asked for that could not be read: the network may have cut it off."""

_NUMBER = re.compile(rb'"update_id"\s*:\s*(\d{1,18})')


class UnreadableError(TelegramError):
    """An answer that is no JSON; `number` is that of its first update, None where none is seen."""

    def __init__(self, number: int | None) -> None:
        super().__init__("Invalid server response")
        self.number = number


class CarefulRequest(HTTPXRequest):
    """Says of an answer that it cannot read with which update it begins."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer's JSON. Raises `UnreadableError`."""
        try:
            return HTTPXRequest.parse_json_payload(payload)
        except TelegramError as error:
            found = _NUMBER.search(payload)
            raise UnreadableError(int(found[1]) if found else None) from error


def _sound(update: Update) -> Update:
    """The update, if people and chats have numbers; else its own number alone.

    The library takes anything, and fails where none can: outside of every handler, so that the
    update would never be confirmed.
    """
    found = (update.effective_user, update.effective_chat)
    is_sound = all(one is None or type(one.id) is int for one in found)
    return update if is_sound else Update(update.update_id)


class PatientBot(WatchedBot):
    """Asks for new updates only when all it has fetched are on disk.

    `heard` is called whenever Telegram has answered. What Telegram brings itself (see `hook`) is
    read and waited for here, too.
    """

    __slots__ = ("_failed", "_heard", "_unsaved")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- ExtBot's own
        heard: Callable[[], None] | None = None,
        **kwargs: Any,  # noqa: ANN401 -- ExtBot's own
    ) -> None:
        super().__init__(*args, **kwargs)
        with self._unfrozen():
            self._heard = heard
            self._unsaved: dict[int, asyncio.Future[None]] = {}
            self._failed = 0

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:  # noqa: ANN401 -- ExtBot's own
        """The next updates, after the last ones were saved; of one not readable, its number.

        Asking confirms what is before the offset. What was fetched at the moment of a stop is not:
        nobody took it up, so that it is not waited for, and it comes again at the next start.
        """
        offset = kwargs.get("offset")
        while waited := [
            until for number, until in self._unsaved.items() if offset is None or number < offset
        ]:
            await asyncio.wait(waited)
        if self._failed:
            kwargs["limit"] = 1
        try:
            updates = await self._fetched(*args, **kwargs)
        except UnreadableError as error:
            updates = self._passed_over(error)
        else:
            self._set_failed(0)
        if self._heard:
            self._heard()
        updates = tuple(_sound(one) for one in updates)
        for update in updates:
            self.awaited(update.update_id)
        return updates

    async def _fetched(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:  # noqa: ANN401 -- ExtBot's own
        try:
            return await super().get_updates(*args, **kwargs)
        except TelegramError:
            raise
        except Exception:  # noqa: BLE001 -- whatever the library makes of an update it cannot read
            asked = ("offset", "limit", "allowed_updates")
            data = {key: kwargs[key] for key in asked if kwargs.get(key) is not None}
            found = await self._post("getUpdates", {**data, "timeout": 0})
            return tuple(self.read(one) for one in found)

    def read(self, data: dict[str, Any]) -> Update:
        """The update; where the library cannot read it, its number alone, which nobody sent."""
        try:
            return _sound(Update.de_json(data, self))
        except Exception as error:  # noqa: BLE001 -- the same
            number = int(data["update_id"])
            log.warning("update %s is passed over: %s", number, type(error).__name__)
            return Update(number)

    def _passed_over(self, error: UnreadableError) -> tuple[Update, ...]:
        """Nothing yet, so that it is asked for again; at last the number of what stays unread."""
        self._set_failed(self._failed + 1)
        if self._failed <= TRIES or error.number is None:
            raise error
        log.warning("update %s is passed over: it cannot be read", error.number)
        self._set_failed(0)
        return (Update(error.number),)

    def _set_failed(self, times: int) -> None:
        with self._unfrozen():
            self._failed = times

    def awaited(self, update_id: int) -> tuple[asyncio.Future[None], bool]:
        """What is done once the update is saved; and whether it was awaited before."""
        is_known = update_id in self._unsaved
        self.watching.arrived(update_id)
        if not is_known:
            self._unsaved[update_id] = asyncio.get_running_loop().create_future()
        return self._unsaved[update_id], is_known

    def saved(self, update_id: int) -> None:
        """What the update changed is on disk."""
        until = self._unsaved.pop(update_id, None)
        if until is not None and not until.done():
            until.set_result(None)
