"""Reads Telegram's HTML into a text and its entities."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from tests.botapi.errors import bad

_TYPES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "a": "text_link",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(#[0-9]+|#x[0-9a-fA-F]+|lt|gt|amp|quot);")
_TAG = re.compile(r"<(/?)([^\s>/]*)((?:\s+[^\s=>\"']+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?)*)\s*>")
_ATTRIBUTE = re.compile(r"([^\s=]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")


@dataclass
class _Open:
    name: str
    begin: int
    attributes: dict[str, str] = field(default_factory=dict)


def units(text: str) -> int:
    """Count UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return text and entities of an HTML message, or refuse it."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._text = ""
        self._open: list[_Open] = []
        self._entities: list[dict[str, Any]] = []

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        place = 0
        while (start := self._source.find("<", place)) >= 0:
            self._text += _resolve(self._source[place:start])
            tag = _TAG.match(self._source, start)
            if not tag:
                self._refuse("Unclosed or malformed start tag", start)
            (self._end if tag[1] else self._start)(tag[2].lower(), tag[3], start)
            place = tag.end()
        self._text += _resolve(self._source[place:])
        if self._open:
            _refuse(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return self._text, self._entities

    def _start(self, name: str, attributes: str, at: int) -> None:
        given = {
            hit[1].lower(): _resolve(next((part for part in hit.groups()[1:] if part), ""))
            for hit in _ATTRIBUTE.finditer(attributes)
        }
        if name not in _TYPES:
            self._refuse(f'Unsupported start tag "{name}"', at)
        if name == "span" and given.get("class") != "tg-spoiler":
            self._refuse('Tag "span" must have class "tg-spoiler"', at)
        if name == "tg-emoji" and not given.get("emoji-id", "").isdigit():
            self._refuse('Tag "tg-emoji" must have a valid "emoji-id"', at)
        self._open.append(_Open(name, units(self._text), given))

    def _end(self, name: str, _attributes: str, at: int) -> None:
        if not self._open:
            self._refuse("Unexpected end tag", at)
        tag = self._open.pop()
        if name not in ("", tag.name):
            what = f'Unmatched end tag, expected "</{tag.name}>", found "</{name}>"'
            self._refuse(what, at)
        length = units(self._text) - tag.begin
        if length:
            self._add(tag, length)

    def _add(self, tag: _Open, length: int) -> None:
        entity: dict[str, Any] = {
            "type": _TYPES[tag.name],
            "offset": tag.begin,
            "length": length,
        }
        parent = self._open[-1] if self._open else None
        if tag.name == "a":
            if not _link(entity, tag.attributes.get("href", "")):
                return
        elif tag.name == "tg-emoji":
            entity["custom_emoji_id"] = tag.attributes["emoji-id"]
        elif tag.name == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "code" and parent and parent.name == "pre":
            language = tag.attributes.get("class", "")
            if language.startswith("language-") and parent.begin == tag.begin:
                parent.attributes["language"] = language.removeprefix("language-")
            return
        elif tag.name == "pre" and tag.attributes.get("language"):
            entity["language"] = tag.attributes["language"]
        self._entities.append(entity)

    def _refuse(self, what: str, at: int) -> NoReturn:
        _refuse(f"{what} at byte offset {len(self._source[:at].encode())}")


def _refuse(what: str) -> NoReturn:
    msg = f"can't parse entities: {what}"
    raise bad(msg)


def _link(entity: dict[str, Any], href: str) -> bool:
    if not re.match(r"(https?|tg|ton)://|mailto:|tel:|[\w.-]+\.\w", href):
        return False
    entity["url"] = href
    return True


def _resolve(text: str) -> str:
    def one(hit: re.Match[str]) -> str:
        name = hit[1]
        if not name.startswith("#"):
            return _NAMED[name]
        code = int("0" + name[1:], 0) if name[1] in "xX" else int(name[1:])
        return chr(code) if 0 < code < 0x110000 else hit[0]

    return _REFERENCE.sub(one, text)
