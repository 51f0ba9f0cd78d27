"""What the double keeps: chats, messages, files, queries and the bot's profile."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.botapi.errors import bad, forbidden
from tests.botapi.updates import Updates

Json = dict[str, Any]
FileKind = Literal["document", "photo", "sticker", "voice"]


@dataclass(frozen=True)
class StoredFile:
    """A file that can be sent again and fetched."""

    file_id: str
    unique_id: str
    kind: FileKind
    name: str
    mime: str
    path: str
    data: bytes = field(repr=False)
    size: tuple[int, int] = (0, 0)


@dataclass
class StoredMessage:
    """A message as it stands now."""

    raw: Json
    outgoing: bool
    file: StoredFile | None = None
    editable: bool = True


@dataclass
class Chat:
    """A private chat with one user."""

    user: Json
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    last_id: int = 0
    wrote: bool = False
    blocked: bool = False
    reply_keyboard: list[list[str]] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The chat's id, which is its user's."""
        return int(self.user["id"])

    @property
    def raw(self) -> Json:
        """The chat as updates and messages show it."""
        names = ("id", "first_name", "last_name", "username")
        return {"type": "private", **{name: self.user[name] for name in names if name in self.user}}

    def next_id(self) -> int:
        """Count one message on."""
        self.last_id += 1
        return self.last_id


@dataclass
class Query:
    """A tap on a button and how the bot answered it."""

    id: str
    chat_id: int
    message_id: int
    data: str
    answered: bool = False
    expired: bool = False
    excused: bool = False
    text: str = ""
    show_alert: bool = False
    url: str = ""


@dataclass
class World:
    """Everything behind the Bot API."""

    bot: Json
    updates: Updates = field(default_factory=Updates)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    actions: list[tuple[int, str]] = field(default_factory=list)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    profile: dict[str, dict[str, str]] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)
    albums: int = 0

    def chat(self, chat_id: int | str) -> Chat:
        """Return a chat, or refuse an unknown one."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            msg = "chat not found"
            raise bad(msg)
        return chat

    def open_chat(self, chat_id: int | str) -> Chat:
        """Return a chat the bot may write to, or refuse it."""
        chat = self.chat(chat_id)
        if chat.blocked:
            msg = "bot was blocked by the user"
            raise forbidden(msg, asked=True)
        if not chat.wrote:
            msg = "bot can't initiate conversation with a user"
            raise forbidden(msg)
        return chat

    def own_message(self, args: Json) -> tuple[Chat, StoredMessage]:
        """Return the bot's own message a call means to edit, or refuse it."""
        if "chat_id" not in args:
            msg = "chat_id is empty"
            raise bad(msg)
        if "message_id" not in args:
            msg = "message identifier is not specified"
            raise bad(msg)
        chat = self.open_chat(args["chat_id"])
        message = chat.messages.get(args["message_id"])
        if message is None:
            msg = "message to edit not found"
            raise bad(msg, asked=args["message_id"] in chat.removed)
        if not message.outgoing or not message.editable:
            msg = "message can't be edited"
            raise bad(msg)
        return chat, message

    def post(
        self, chat: Chat, content: Json, *, file: StoredFile | None = None, outgoing: bool
    ) -> StoredMessage:
        """Put a message into a chat."""
        author = self.bot_user if outgoing else chat.user
        raw = {
            "message_id": chat.next_id(),
            "from": author,
            "chat": chat.raw,
            "date": int(time.time()),
            **content,
        }
        message = StoredMessage(raw, outgoing=outgoing, file=file)
        chat.messages[raw["message_id"]] = message
        return message

    @property
    def bot_user(self) -> Json:
        """The bot as a message's author."""
        names = ("id", "is_bot", "first_name", "username")
        return {name: self.bot[name] for name in names}

    def keep(
        self, kind: FileKind, name: str, mime: str, data: bytes, size: tuple[int, int] = (0, 0)
    ) -> StoredFile:
        """Keep a file under a new id."""
        number = len(self.files) + 1
        unique = hashlib.sha256(kind.encode() + data).hexdigest()[:16]
        ending = {"photo": ".jpg", "voice": ".oga", "sticker": ".webp"}.get(kind, "")
        if kind == "document" and "." in name:
            ending = "." + name.rpartition(".")[2]
        file = StoredFile(
            file_id=f"{kind[:2].upper()}{number:06d}{unique}",
            unique_id=f"{kind[0]}{unique}",
            kind=kind,
            name=name,
            mime=mime,
            path=f"{kind}s/file_{number}{ending}",
            data=data,
            size=size,
        )
        self.files[file.file_id] = file
        return file


def describe(file: StoredFile) -> Json:
    """Return a file's part of a message."""
    base: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
    }
    width, height = file.size
    if file.kind == "photo":
        return {"photo": [{**base, "width": width, "height": height}]}
    if file.kind == "sticker":
        shape = {"type": "regular", "width": 512, "height": 512, "emoji": "👍"}
        return {"sticker": {**base, **shape, "is_animated": False, "is_video": False}}
    if file.kind == "voice":
        return {"voice": {**base, "duration": 1, "mime_type": file.mime}}
    return {"document": {**base, "file_name": file.name, "mime_type": file.mime}}
