"""A lean double of the Bot API: it answers at once, checks nothing costly, and sees every answer.

The strict one (tests/botapi) takes milliseconds for a call, which would be what is measured.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from typing import TYPE_CHECKING

from tests.load.chats import ERRORS, ZIP, Chat
from tests.load.limiter import Limiter
from tests.load.polls import Polls

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.load.wire import Call, Wire

BOT = (
    '{"id":4242,"is_bot":true,"first_name":"Example","username":"example_bot",'
    '"can_join_groups":false,"can_read_all_group_messages":false,"supports_inline_queries":false}'
)
TRUE = '{"ok":true,"result":true}'
SETTINGS = frozenset(
    {
        "setMyCommands",
        "deleteMyCommands",
        "setMyName",
        "setMyDescription",
        "setMyShortDescription",
        "setChatMenuButton",
        "deleteWebhook",
        "logOut",
        "close",
    }
)
BEFORE = SETTINGS | {"getMe", "getUpdates", "setWebhook", "getWebhookInfo"}
"""Not for anybody's letter."""

PHOTO = (
    '"photo":[{"file_id":"p","file_unique_id":"p","width":90,"height":128,"file_size":1000},'
    '{"file_id":"P","file_unique_id":"P","width":905,"height":1280,"file_size":90000}]'
)
DOCUMENT = '"document":{"file_id":"d","file_unique_id":"d","file_name":"letter","file_size":50000}'


class Double:
    """Everybody's chat. `clock` is the time of the people's loop."""

    def __init__(self, clock: Callable[[], float], *, limits: bool = False) -> None:
        self._clock = clock
        self._limiter = Limiter() if limits else None
        self.polls = Polls(clock)
        self.chats: dict[int, Chat] = {}
        self.calls: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.refused = 0
        self.webhook: dict[str, str] = {}
        self.hooked = asyncio.Event()

    def chat(self, number: int) -> Chat:
        """The chat of that number."""
        return self.chats.setdefault(number, Chat(number))

    def answer(self, call: Call, wire: Wire) -> str | None:
        """What the Bot API would say; None where it comes later."""
        method = call.method
        self.calls[method] += 1
        if method == "getUpdates":
            return self.polls.poll(call.fields(), wire)
        if method == "getMe":
            return f'{{"ok":true,"result":{BOT}}}'
        if method in SETTINGS:
            return TRUE
        if method == "setWebhook":
            self.webhook = call.fields()
            self.hooked.set()
            return TRUE
        if method == "getWebhookInfo":
            return self._webhook_info()
        return self._of_chat(method, call.fields())

    def _webhook_info(self) -> str:
        url = json.dumps(self.webhook.get("url", ""))
        return (
            f'{{"ok":true,"result":{{"url":{url},"has_custom_certificate":false,'
            '"pending_update_count":0}}'
        )

    def _of_chat(self, method: str, fields: dict[str, str]) -> str:
        if method == "answerCallbackQuery":
            chat = self.chat(int(fields["callback_query_id"].partition("-")[0]))
            chat.calls[method] += 1
            self._heard(chat, fields.get("text", ""))
            chat.hear(self._clock())
            return TRUE
        chat = self.chat(int(fields["chat_id"]))
        chat.calls[method] += 1
        now = self._clock()
        if self._limiter and method != "sendChatAction":
            number = fields.get("media", "").count('"type"') if method == "sendMediaGroup" else 1
            wait = self._limiter.wait(chat.number, number, now)
            if wait:
                self.refused += 1
                return _refusal(429, f"Too Many Requests: retry after {wait}", wait)
        answer = self._done(chat, method, fields)
        chat.look(now)
        return answer

    def _done(self, chat: Chat, method: str, fields: dict[str, str]) -> str:
        if method.startswith("send") and method != "sendChatAction":
            return self._sent(chat, method, fields)
        if method.startswith("edit"):
            return self._edited(chat, fields)
        if method in {"deleteMessage", "deleteMessages"}:
            if fields.get("message_id") == str(chat.card):
                chat.card, chat.markup = 0, ""
            return TRUE
        if method == "sendChatAction":
            return TRUE
        self.errors[f"the double does not know {method or 'what was asked'}"] += 1
        return _refusal(404, "Not Found")

    def _sent(self, chat: Chat, method: str, fields: dict[str, str]) -> str:
        text = fields.get("text", fields.get("caption", ""))
        self._heard(chat, text)
        if method == "sendMediaGroup":
            kinds = [one["type"] for one in json.loads(fields["media"])]
            messages = [self._message(chat, kind, {}, "") for kind in kinds]
            return f'{{"ok":true,"result":[{",".join(messages)}]}}'
        kind = method.removeprefix("send").lower()
        return f'{{"ok":true,"result":{self._message(chat, kind, fields, text)}}}'

    def _message(self, chat: Chat, kind: str, fields: dict[str, str], text: str) -> str:
        number = chat.next_id()
        if kind == "photo":
            chat.photos += 1
        elif kind == "document":
            chat.documents += 1
            if chat.step and chat.step.kind == ZIP:
                chat.step.shown = False  # the cards before it told how far it was
        markup = fields.get("reply_markup", "")
        if '"callback_data"' in markup:
            chat.show(number, text, markup)
        return _written(chat.number, number, kind, fields, text)

    def _edited(self, chat: Chat, fields: dict[str, str]) -> str:
        number = int(fields["message_id"])
        text, markup = fields.get("text", fields.get("caption", "")), fields.get("reply_markup", "")
        if number > chat.last:
            return _refusal(400, "Bad Request: message to edit not found")
        if '"callback_data"' in markup and number >= chat.card:
            if (number, text, markup) == (chat.card, chat.text, chat.markup):
                chat.show(number, text, markup)
                return _refusal(400, "Bad Request: message is not modified")
            chat.show(number, text, markup)
        elif number == chat.card:
            chat.card, chat.markup = 0, ""
        return f'{{"ok":true,"result":{_written(chat.number, number, "message", fields, text)}}}'

    def _heard(self, chat: Chat, text: str) -> None:
        """Note where the bot says that it could not."""
        for words in ERRORS:
            if words in text:
                self.errors[f"the bot says: {words}"] += 1
                chat.fail(words)


def _written(chat: int, number: int, kind: str, fields: dict[str, str], text: str) -> str:
    """A message as the Bot API gives it back: its reader takes it apart again, as in earnest."""
    parts = [
        f'"message_id":{number},"date":{int(time.time())},"from":{BOT}',
        f'"chat":{{"id":{chat},"type":"private","first_name":"A."}}',
    ]
    if kind == "photo":
        parts.append(PHOTO)
    elif kind == "document":
        parts.append(DOCUMENT)
    if text:
        parts.append(f'"{"text" if kind == "message" else "caption"}":{json.dumps(text)}')
    parts.extend(
        f'"{name}":{fields[name]}' for name in ("entities", "reply_markup") if fields.get(name)
    )
    return f"{{{','.join(parts)}}}"


def _refusal(code: int, words: str, wait: int = 0) -> str:
    after = f',"parameters":{{"retry_after":{wait}}}' if wait else ""
    return f'{{"ok":false,"error_code":{code},"description":"{words}"{after}}}'
