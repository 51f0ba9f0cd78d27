"""The user's side of a private chat: writes, taps and reads."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.botapi.images import png
from tests.botapi.markup import units
from tests.botapi.state import Chat, FileKind, Json, Query, StoredFile, World, describe
from tests.botapi.texts import TEXT_LIMIT, finish

if TYPE_CHECKING:
    from tests.botapi.state import StoredMessage
    from tests.botapi.wake import Wake


class Sent(NamedTuple):
    """What a user's message became."""

    update_id: int
    message_id: int


@dataclass(frozen=True)
class Shown:
    """A message as it stands in the chat."""

    message_id: int
    outgoing: bool
    text: str
    caption: str
    entities: list[Json]
    buttons: list[list[Json]]
    file: StoredFile | None
    raw: Json

    @property
    def labels(self) -> list[str]:
        """The labels of the inline keyboard, row after row."""
        return [button["text"] for row in self.buttons for button in row]

    @property
    def album(self) -> str:
        """The album the message belongs to, if any."""
        return str(self.raw.get("media_group_id", ""))

    @property
    def document(self) -> bytes | None:
        """The bytes of the document."""
        return self.file.data if self.file and self.file.kind == "document" else None

    @property
    def photo(self) -> bytes | None:
        """The bytes of the photo."""
        return self.file.data if self.file and self.file.kind == "photo" else None


class User:
    """One user and the private chat with the bot."""

    def __init__(self, world: World, wake: Wake, chat: Chat) -> None:
        self._world = world
        self._wake = wake
        self.chat = chat

    @property
    def id(self) -> int:
        """The user's id, which is the chat's."""
        return self.chat.id

    def send(self, text: str) -> Sent:
        """Write a text, in several messages where it is too long for one."""
        if not text.strip():
            msg = "a user cannot send an empty text"
            raise ValueError(msg)
        return [self._text(part) for part in _parts(text)][-1]

    def edit(self, message_id: int, text: str) -> int:
        """Change an own text; return the update's id."""
        with self._wake.change():
            message = self.chat.messages[message_id]
            if message.outgoing:
                msg = "a user can only edit own messages"
                raise ValueError(msg)
            kept = {name: item for name, item in message.raw.items() if name != "entities"}
            message.raw = {**kept, **_text(text), "edit_date": message.raw["date"] + 1}
            return self._world.updates.add({"edited_message": message.raw})

    def send_document(
        self, name: str, data: bytes, mime: str = "application/octet-stream", caption: str = ""
    ) -> Sent:
        """Send a file."""
        return self._file("document", name, mime, data, caption=caption)

    def send_photo(self, data: bytes | None = None, caption: str = "") -> Sent:
        """Send a photo, a plain grey one by default."""
        return self._file("photo", "photo.png", "image/png", data or png(), caption=caption)

    def send_sticker(self) -> Sent:
        """Send a sticker."""
        return self._file("sticker", "sticker.webp", "image/webp", b"RIFF\0\0\0\0WEBP")

    def send_contact(self, first_name: str, last_name: str = "", vcard: str = "") -> Sent:
        """Share a contact."""
        content: Json = {"phone_number": "+0000000", "first_name": first_name}
        content |= {"last_name": last_name} if last_name else {}
        content |= {"vcard": vcard} if vcard else {}
        return self._post({"contact": content}, None)

    def send_voice(self) -> Sent:
        """Send a voice message."""
        return self._file("voice", "voice.oga", "audio/ogg", b"OggS\0")

    def tap(self, label: str) -> Query:
        """Tap the newest button of this label, or of the one label it begins."""
        with self._wake.change():
            return self._tap_in([item for item in reversed(self.messages) if item.buttons], label)

    def tap_message(self, message_id: int, label: str) -> Query:
        """Tap a button of one message."""
        with self._wake.change():
            found = [item for item in self.messages if item.message_id == message_id]
            return self._tap_in(found, label)

    def tap_data(self, message_id: int, data: str) -> Query:
        """Send a tap's data as it is, from a button that may no longer stand."""
        with self._wake.change():
            self._writes()
            number = len(self._world.queries) + 1
            query = Query(f"{self.id}{number:06d}", self.id, message_id, data)
            self._world.queries[query.id] = query
            message = self.chat.messages.get(message_id)
            gone = {"chat": self.chat.raw, "message_id": message_id, "date": 0}
            self._world.updates.add(
                {
                    "callback_query": {
                        "id": query.id,
                        "from": self.chat.user,
                        "message": message.raw if message else gone,
                        "chat_instance": f"-{self.id}",
                        "data": data,
                    }
                }
            )
            return query

    def delete(self, message_id: int) -> None:
        """Delete a message for both sides."""
        with self._wake.change():
            del self.chat.messages[message_id]
            self.chat.removed.add(message_id)

    def block(self, *, notify: bool = True) -> None:
        """Block the bot."""
        self._set_blocked(blocked=True, notify=notify)

    def unblock(self, *, notify: bool = True) -> None:
        """Let the bot write again."""
        self._set_blocked(blocked=False, notify=notify)

    @property
    def messages(self) -> list[Shown]:
        """All messages that stand in the chat, oldest first."""
        with self._wake.held():
            return [_shown(message) for message in self.chat.messages.values()]

    @property
    def replies(self) -> list[Shown]:
        """The bot's messages, oldest first."""
        return [message for message in self.messages if message.outgoing]

    @property
    def texts(self) -> list[str]:
        """The texts or captions of the bot's messages, oldest first."""
        return [message.text or message.caption for message in self.replies]

    def card(self) -> Shown | None:
        """Return the newest message with an inline keyboard."""
        return next((item for item in reversed(self.messages) if item.buttons), None)

    def labels(self) -> list[str]:
        """Return the labels of the newest inline keyboard."""
        card = self.card()
        return card.labels if card else []

    def documents(self) -> list[StoredFile]:
        """Return the documents the bot sent that still stand, oldest first."""
        files = [message.file for message in self.replies]
        return [file for file in files if file and file.kind == "document"]

    def photos(self) -> list[StoredFile]:
        """Return the photos the bot sent that still stand, oldest first."""
        files = [message.file for message in self.replies]
        return [file for file in files if file and file.kind == "photo"]

    def queries(self) -> list[Query]:
        """Return the taps, oldest first."""
        with self._wake.held():
            return [query for query in self._world.queries.values() if query.chat_id == self.id]

    def _text(self, text: str) -> Sent:
        return self._post(_text(text), None)

    def _file(
        self, kind: FileKind, name: str, mime: str, data: bytes, *, caption: str = ""
    ) -> Sent:
        size = (120, 80) if kind == "photo" else (0, 0)
        with self._wake.change():
            file = self._world.keep(kind, name, mime, data, size)
            content = describe(file)
            if caption:
                text = _text(caption)
                content["caption"] = text["text"]
                if "entities" in text:
                    content["caption_entities"] = text["entities"]
            return self._post(content, file)

    def _post(self, content: Json, file: StoredFile | None) -> Sent:
        with self._wake.change():
            self._writes()
            message = self._world.post(self.chat, content, file=file, outgoing=False)
            number = self._world.updates.add({"message": message.raw})
            return Sent(number, message.raw["message_id"])

    def _writes(self) -> None:
        if self.chat.blocked:
            msg = "a user who blocked the bot cannot reach it"
            raise ValueError(msg)
        self.chat.wrote = True

    def _tap_in(self, messages: list[Shown], label: str) -> Query:
        for fits in (str.__eq__, str.startswith):
            for message in messages:
                buttons = [button for row in message.buttons for button in row]
                found = [button for button in buttons if fits(button["text"], label)]
                if len({button["text"] for button in found}) == 1:
                    return self._press(message, found[0])
        shown = [message.labels for message in messages]
        msg = f"no button {label!r} among {shown}"
        raise LookupError(msg)

    def _press(self, message: Shown, button: Json) -> Query:
        if "callback_data" not in button:
            msg = f"button {button['text']!r} does not call the bot"
            raise LookupError(msg)
        return self.tap_data(message.message_id, button["callback_data"])

    def _set_blocked(self, *, blocked: bool, notify: bool) -> None:
        bot = self._world.bot_user
        here = {"status": "member", "user": bot}
        gone = {"status": "kicked", "user": bot, "until_date": 0}
        with self._wake.change():
            self.chat.blocked = blocked
            if notify:
                change: dict[str, Any] = {
                    "chat": self.chat.raw,
                    "from": self.chat.user,
                    "date": int(time.time()),
                    "old_chat_member": here if blocked else gone,
                    "new_chat_member": gone if blocked else here,
                }
                self._world.updates.add({"my_chat_member": change})


def _shown(message: StoredMessage) -> Shown:
    raw = message.raw
    return Shown(
        message_id=raw["message_id"],
        outgoing=message.outgoing,
        text=raw.get("text", ""),
        caption=raw.get("caption", ""),
        entities=raw.get("entities") or raw.get("caption_entities") or [],
        buttons=raw.get("reply_markup", {}).get("inline_keyboard", []),
        file=message.file,
        raw=raw,
    )


def _text(text: str) -> Json:
    text, entities = finish(text, [])
    return {"text": text, "entities": entities} if entities else {"text": text}


def _parts(text: str) -> list[str]:
    parts = [""]
    size = 0
    for sign in text:
        width = units(sign)
        if size + width > TEXT_LIMIT:
            parts.append("")
            size = 0
        parts[-1] += sign
        size += width
    return [part for part in parts if part.strip()]
