"""People: each reads the card that stands in the chat, and taps or types what it asks for."""

from __future__ import annotations

import asyncio
import json
import random
import time
from typing import TYPE_CHECKING, Any

from tests.load.chats import DOCUMENT, TAP, TYPED, ZIP, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.load.chats import Chat

STATES = ("Kenya", "Ghana", "Tonga", "Liberia", "Somalia", "Cameroon", "Palau", "Barbados")
"""Party to neither OPSC nor OPIC."""

WAYS = IN_ONE_LINE, STEP_BY_STEP = "in one line", "step by step"
"""How letters are begun: the fastest way, and by every question."""

FASTEST = 0.5
"""The share of letters that are begun in one line."""

LOOKS = 0.5
"""The share of letters of which their writer looks at another page, too."""


class LostError(Exception):
    """The card is not the one that was to come."""


class Person:
    """One person in one chat. `sends` hands in an update."""

    def __init__(
        self,
        chat: Chat,
        thinking: float,
        sends: Callable[[Chat, str, dict[str, Any], Step], None],
        clock: Callable[[], float],
    ) -> None:
        self.chat = chat
        self.rng = random.Random(chat.number)  # noqa: S311 -- to be repeated, not to be secret
        self._thinking = thinking
        self._sends = sends
        self._clock = clock
        self._written = self.rng.randrange(len(STATES))
        self._user = {
            "id": chat.number,
            "is_bot": False,
            "first_name": "A.",
            "language_code": "en",
        }
        self._chat = {"id": chat.number, "type": "private", "first_name": "A."}

    # What people do

    async def letter(self) -> str:
        """A letter with its text and picture, as PDF and as Word; in which way it was begun."""
        way = IN_ONE_LINE if self.rng.random() < FASTEST else STEP_BY_STEP
        await self._drafted(self.rng.choice(("OPSC", "OPIC")), way)
        await self.tap("PDF", DOCUMENT, documents=1)
        await self.tap("Word", DOCUMENT, documents=1)
        return way

    async def one_of_many(self) -> None:
        """A letter that 144 States are to have; the quickest way to it."""
        await self._drafted("OPIC", IN_ONE_LINE)

    async def _drafted(self, treaty: str, way: str) -> None:
        """All questions, to the letter's text and picture."""
        self._written += 1
        state = STATES[self._written % len(STATES)]
        if way == IN_ONE_LINE:
            await self.type(f"{state} {treaty} English")
        else:
            await self._begun(treaty, state)
        number = self.chat.number
        await self.type(f"A. Example {number}, Example Organisation\nB. Example, Chair, Second")
        await self.tap("Done")
        await self.tap("Geneva")
        await self.tap("Geneva", DOCUMENT, photos=1)

    async def look(self) -> None:
        """Now and then at another page, and back: it belongs to no letter's calls."""
        if self.rng.random() < LOOKS:
            await self.tap("More")
            await self.tap("‹ The letter")

    async def look_at_many(self) -> None:
        """Now and then at the next of the letters to many States."""
        if self.rng.random() < LOOKS:
            await self.tap("Next ▶")

    async def _begun(self, treaty: str, state: str) -> None:
        await self.tap("New letter")
        await self.tap(treaty)
        await self.type(state)
        if self.offers("Choose anew"):
            await self.tap("Choose anew")
        await self.tap("English")

    async def many(self) -> Step:
        """The same letter to 144 States; what is waited for then."""
        await self.tap("Many States")
        await self.tap("☐ All that are not party")
        await self.tap("Write ")
        await self.tap("Write the letters", thinks=False)
        return self._awaits_zip()

    # How

    async def type(self, text: str) -> None:
        """Write a message."""
        message: dict[str, Any] = {
            "message_id": self.chat.next_id(),
            "from": self._user,
            "chat": self._chat,
            "date": int(time.time()),
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        await self._do("message", message, self._step(TYPED, 0, 0))
        await self._think()

    def offers(self, label: str) -> bool:
        """Whether the card has a button that begins like that."""
        return any(one.startswith(label) for one, _data in self.chat.buttons)

    async def tap(
        self,
        label: str,
        kind: str = TAP,
        *,
        photos: int = 0,
        documents: int = 0,
        thinks: bool = True,
    ) -> None:
        """Tap the button of the card that begins like that."""
        chat = self.chat
        data = next((data for one, data in chat.buttons if one.startswith(label)), None)
        if data is None:
            message = f"no button {label!r} on {chat.title!r}"
            raise LostError(message)
        query = {
            "id": f"{chat.number}-{chat.next_id()}",
            "from": self._user,
            "chat_instance": str(chat.number),
            "data": data,
            "message": {
                "message_id": chat.card,
                "date": int(time.time()),
                "chat": self._chat,
                "text": chat.text,
                "reply_markup": json.loads(chat.markup),
            },
        }
        await self._do("callback_query", query, self._step(kind, photos, documents))
        if thinks:
            await self._think()

    async def _do(self, name: str, content: dict[str, Any], step: Step) -> None:
        self.chat.step = step
        self._sends(self.chat, name, content, step)
        await step.over

    async def _think(self) -> None:
        await asyncio.sleep(self._thinking * self.rng.uniform(0.5, 1.5))

    def _awaits_zip(self) -> Step:
        """Wait for a file that comes by itself, and the card below it."""
        step = self._step(ZIP, 0, 1)
        step.handed = step.pressed
        self.chat.step = step
        return step

    def _step(self, kind: str, photos: int, documents: int) -> Step:
        chat = self.chat
        over = asyncio.get_running_loop().create_future()
        wanted = chat.photos + photos, chat.documents + documents
        return Step(kind, self._clock(), *wanted, over, files=bool(documents))
