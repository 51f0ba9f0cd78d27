"""The sizes and shapes Telegram holds calls to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

from aiogram.types import InlineKeyboardButton

from tests.botapi.errors import RefusedError, bad
from tests.botapi.images import image_size

if TYPE_CHECKING:
    from tests.botapi.forms import Upload

DOCUMENT_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
BUTTONS_LIMIT = 100
ROW_LIMIT = 8
DATA_LIMIT = 64
TOAST_LIMIT = 200
COMMANDS_LIMIT = 100
COMMAND_TEXT_LIMIT = 256
ALBUM = range(2, 11)
PROFILE_LIMITS = {"description": 512, "short_description": 120, "name": 64}

_DRESS = {"text", "style", "icon_custom_emoji_id"}
ACTIONS = frozenset(InlineKeyboardButton.model_fields) - _DRESS


def check_keyboard(rows: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """Return the rows of an inline keyboard that will stand, or refuse them."""
    kept = [row for row in rows if row]
    if sum(map(len, kept)) > BUTTONS_LIMIT or any(len(row) > ROW_LIMIT for row in kept):
        msg = "reply markup is too long"
        raise bad(msg)
    for row in kept:
        for button in row:
            _check_button(button)
    return kept


def _check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        _refuse_button('Field "text" must be non-empty')
    actions = [name for name in button if name in ACTIONS]
    if not actions:
        _refuse_button("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        _refuse_button(f"More than one action is given: {', '.join(sorted(actions))}")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_LIMIT:
        msg = "BUTTON_DATA_INVALID"
        raise bad(msg)
    if "url" in button and not re.match(r"(https?://[^/\s]+\.[^/\s]+|tg://\S+)", button["url"]):
        msg = f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
        raise bad(msg)


def _refuse_button(what: str) -> NoReturn:
    msg = f"can't parse inline keyboard button: {what}"
    raise bad(msg)


def check_document(upload: Upload) -> None:
    """Refuse a document that is empty or too big."""
    if not upload.data:
        msg = "file must be non-empty"
        raise bad(msg)
    if len(upload.data) > DOCUMENT_LIMIT:
        raise RefusedError(413, "Request Entity Too Large")


def check_photo(upload: Upload) -> tuple[int, int]:
    """Return width and height of a photo, or refuse it."""
    check_document(upload)
    if len(upload.data) > PHOTO_LIMIT:
        msg = f"file of size {len(upload.data)} bytes is too big for a photo"
        raise bad(msg)
    size = image_size(upload.data)
    if size is None:
        msg = "IMAGE_PROCESS_FAILED"
        raise bad(msg)
    if sum(size) > PHOTO_SIDES or max(size) > PHOTO_RATIO * min(size):
        msg = "PHOTO_INVALID_DIMENSIONS"
        raise bad(msg)
    return size


def check_commands(commands: list[dict[str, Any]]) -> None:
    """Refuse a list of commands Telegram would not take."""
    if len(commands) > COMMANDS_LIMIT:
        msg = "BOT_COMMANDS_TOO_MUCH"
        raise bad(msg)
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            msg = "BOT_COMMAND_INVALID"
            raise bad(msg)
        if not 1 <= len(command["description"].strip()) <= COMMAND_TEXT_LIMIT:
            msg = "BOT_COMMAND_DESCRIPTION_INVALID"
            raise bad(msg)


def check_language(code: str) -> str:
    """Return a language code of two letters or none, or refuse it."""
    if code and not re.fullmatch(r"[a-z]{2}", code):
        msg = "invalid language code specified"
        raise bad(msg)
    return code
