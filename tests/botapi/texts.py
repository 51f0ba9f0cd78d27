"""What Telegram makes of a text: trimming, entities, lengths."""

from __future__ import annotations

import re
from typing import Any

from aiogram.enums import MessageEntityType

from tests.botapi.errors import bad, not_modelled
from tests.botapi.markup import parse_html, units

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_TYPES = frozenset(str(item.value) for item in MessageEntityType)
_NEEDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
_CONTROLS = dict.fromkeys([*range(10), 11, 12, *range(14, 32)], " ")
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'])"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z]\w{3,31}(?!\w))"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
)
_LITERAL = frozenset({"code", "pre", "text_link", "text_mention", "url"})

Entities = list[dict[str, Any]]


def read_text(values: dict[str, Any], key: str, entities_key: str) -> tuple[str, Entities]:
    """Return text and entities as they will stand in the message."""
    text = str(values.get(key, ""))
    mode = values.get("parse_mode")
    given: Entities = values.get(entities_key) or []
    if mode and given:
        msg = f"both parse_mode and {entities_key} are given"
        raise bad(msg)
    if mode:
        if str(mode).lower() != "html":
            if str(mode).lower() in ("markdown", "markdownv2"):
                what = f"parse mode {mode}"
                raise not_modelled(what)
            msg = "unsupported parse_mode"
            raise bad(msg)
        text, given = parse_html(text)
    check_entities(text, given)
    text, entities = finish(text, given)
    if key == "text" and not text:
        msg = "message text is empty"
        raise bad(msg)
    if units(text) > (TEXT_LIMIT if key == "text" else CAPTION_LIMIT):
        msg = "message is too long" if key == "text" else "message caption is too long"
        raise bad(msg)
    return text, entities


def check_entities(text: str, entities: Entities) -> None:
    """Refuse entities that do not fit the text."""
    coded = text.encode("utf-16-le", "surrogatepass")
    total = len(coded) // 2
    for entity in entities:
        kind, begin, length = entity["type"], entity["offset"], entity["length"]
        if kind not in _TYPES:
            msg = "can't parse MessageEntity: Unsupported type specified"
            raise bad(msg)
        if kind in _NEEDS and not entity.get(_NEEDS[kind]):
            msg = f'can\'t parse MessageEntity: Field "{_NEEDS[kind]}" is missing'
            raise bad(msg)
        if begin < 0 or length <= 0:
            msg = f"entity at UTF-16 offset {begin} has incorrect offset or length {length}"
            raise bad(msg)
        if begin + length > total:
            msg = (
                f"entity beginning at UTF-16 offset {begin} "
                f"ends after the end of the text at UTF-16 offset {begin + length}"
            )
            raise bad(msg)
        for edge in (begin, begin + length):
            if edge < total and 0xDC <= coded[edge * 2 + 1] <= 0xDF:
                msg = f"entity beginning at UTF-16 offset {begin} splits a UTF-16 symbol at {edge}"
                raise bad(msg)


def finish(text: str, given: Entities) -> tuple[str, Entities]:
    """Trim a text as Telegram does and add the entities it finds by itself."""
    text = text.translate(_CONTROLS)
    if not given:
        text = text.replace("\r", "")
    text = text.rstrip()
    first = min((entity["offset"] for entity in given), default=len(text))
    leading = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[leading:]
    total = units(text)
    entities = []
    for entity in given:
        begin = entity["offset"] - leading
        length = min(entity["length"], total - begin)
        if length > 0:
            entities.append({**entity, "offset": begin, "length": length})
    entities += _found(text, entities)
    return text, sorted(entities, key=lambda item: (item["offset"], -item["length"], item["type"]))


def _found(text: str, given: Entities) -> Entities:
    found = []
    for hit in _FOUND.finditer(text):
        begin, length = units(text[: hit.start()]), units(hit[0])
        if not any(
            item["type"] in _LITERAL
            and item["offset"] < begin + length
            and begin < item["offset"] + item["length"]
            for item in given
        ):
            found.append({"type": hit.lastgroup, "offset": begin, "length": length})
    return found
