"""Whether what a turn gives can be shown: Telegram's limits, and JSON in strict UTF-8."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.conversation.talk.effects import SendText, Show, Toast
from bot.documents.text import split, utf16_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.conversation.talk.effects import Effect
    from bot.conversation.talk.values import Screen

MESSAGE, BUTTONS, DATA, TOAST, LABEL = 4096, 100, 64, 200, 256
"""Characters of a message, buttons below it, bytes behind one; characters of an answer to a tap.

core.telegram.org/bots/api and limits.tginfo.me; of a label no limit is written down.
"""


def faults(effects: Iterable[Effect]) -> Iterator[str]:
    """What cannot be shown, in a few words."""
    for effect in effects:
        if isinstance(effect, Show):
            yield from _of_screen(effect.screen)
        elif isinstance(effect, Toast):
            yield from _of_texts("toast", [effect.text], TOAST)
        elif isinstance(effect, SendText):
            yield from of_messages(split(effect.text))


def of_messages(texts: Iterable[str]) -> Iterator[str]:
    """Messages of their own."""
    yield from _of_texts("message", list(texts), MESSAGE)


def _of_screen(screen: Screen) -> Iterator[str]:
    yield from _of_texts("title", [screen.title], MESSAGE - 2)
    yield from _of_texts("text", [f"{screen.title}\n\n{screen.text}"], MESSAGE)
    yield from _of_texts("hint", [screen.hint or "-"], MESSAGE)
    buttons = [button for row in screen.rows for button in row]
    yield from _of_texts("label", [button.label for button in buttons], LABEL)
    if len(buttons) > BUTTONS:
        yield f"{len(buttons)} buttons"
    if any(not 0 < len(button.data.encode(errors="replace")) <= DATA for button in buttons):
        yield "data behind a button"
    if any(not row for row in screen.rows):
        yield "an empty row"


def _of_texts(what: str, texts: list[str], limit: int) -> Iterator[str]:
    try:
        json.dumps(texts, ensure_ascii=False).encode("utf-8", "strict")
    except UnicodeEncodeError:
        yield f"{what} is no text"
        return
    for text in texts:
        if not text.strip():
            yield f"{what} is empty"
        if utf16_units(text) > limit:
            yield f"{what} of {utf16_units(text)}"
        if "\x00" in text:
            yield f"{what} with NUL"
