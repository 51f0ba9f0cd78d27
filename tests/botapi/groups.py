"""Groups, supergroups and channels: the bot is added to them, and others write there."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiogram.types import ChatMemberAdministrator

from tests.botapi.state import Chat, Json, World

if TYPE_CHECKING:
    from tests.botapi.wake import Wake

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
"""Who writes for an administrator that does not show themselves: Telegram's own bot."""


RIGHTS = tuple(
    name
    for name, one in ChatMemberAdministrator.model_fields.items()
    if one.is_required() and one.annotation is bool
)
"""What must be said of every administrator."""


@dataclass
class Together(Chat):
    """A chat of many; `user` holds its id and title, `wrote` is whether the bot is in it."""

    kind: str = "supergroup"

    @property
    def raw(self) -> Json:
        """The chat as updates and messages show it."""
        return {"type": self.kind, "id": self.user["id"], "title": self.user["title"]}


class Group:
    """What happens in one of them."""

    def __init__(self, world: World, wake: Wake, chat: Together) -> None:
        self._world = world
        self._wake = wake
        self.chat = chat

    def add_bot(self, by: Json, status: str = "member") -> int:
        """Somebody adds the bot; return the update's id."""
        return self._moves(by, "left", status)

    def remove_bot(self, by: Json) -> int:
        """Somebody takes it out."""
        return self._moves(by, "member", "left")

    def promote_bot(self, by: Json) -> int:
        """Somebody makes it an administrator."""
        return self._moves(by, "member", "administrator")

    def say(self, by: Json, text: str, **more: Any) -> int:  # noqa: ANN401 -- any fields of a message
        """Somebody writes, or a channel posts; return the update's id."""
        posts = self.chat.kind == "channel"
        with self._wake.change():
            length = len(text.split(maxsplit=1)[0])
            commands = [{"type": "bot_command", "offset": 0, "length": length}]
            content = {"text": text, **({"entities": commands} if text.startswith("/") else {})}
            message = self._world.post(self.chat, {"from": by, **content, **more}, outgoing=False)
            if posts:
                del message.raw["from"]
            name = "channel_post" if posts else "message"
            return self._world.updates.add({name: message.raw})

    @property
    def said(self) -> list[Json]:
        """What the bot has written there, oldest first."""
        with self._wake.held():
            return [one.raw for one in self.chat.messages.values() if one.outgoing]

    def _moves(self, by: Json, old: str, new: str) -> int:
        with self._wake.change():
            self.chat.wrote = new != "left"
            change = {
                "chat": self.chat.raw,
                "from": by,
                "date": int(time.time()),
                "old_chat_member": self._member(old),
                "new_chat_member": self._member(new),
            }
            return self._world.updates.add({"my_chat_member": change})

    def _member(self, status: str) -> Json:
        rights = dict.fromkeys(RIGHTS, True) if status == "administrator" else {}
        return {"status": status, "user": self._world.bot_user, **rights}
