"""Text that is text: what comes in from outside, made sound once, at the door.

A string of Python may hold what no file, message or database takes: half an emoji (a lone
surrogate, which JSON can write, or bytes of another encoding on the command line), NUL and
other control characters, code points that are no characters. Unicode 15, chapters 3.9 and 23.7.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

REPLACEMENT = "\ufffd"
"""Stands for half a character, as Unicode has it."""

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def _nothing() -> Iterator[str]:
    """Ranges of what is dropped: controls but for tabs and line breaks, and noncharacters."""
    yield "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef"
    for plane in range(0x11):
        yield chr(plane << 16 | 0xFFFE) + "-" + chr(plane << 16 | 0xFFFF)


_DROPPED = re.compile(f"[{''.join(_nothing())}]")
_BREAK = re.compile("\r\n?|[\v\f\x85\u2029]")
_HALF = re.compile("[\ud800-\udfff]")
_HALF_IN_JSON = "\\ud"


def sound(text: str) -> str:
    """The text as any file, message or database takes it; what is sound stays as it is.

    Halves are made whole; what is no character and what controls a machine is dropped. Tabs stay,
    and every kind of line break (Word puts vertical tabs on the clipboard) is a line feed. A line
    separator, which stands within a name where a page was laid out, is a blank.
    """
    return _BREAK.sub("\n", _DROPPED.sub("", whole(text))).replace("\u2028", " ")


def sound_line(text: str) -> str:
    """The same in one line: where a name has line breaks, they are blanks."""
    return sound(text).replace("\n", " ")


def whole(text: str) -> str:
    """The text without halves: two of one character are joined, a lone one becomes U+FFFD."""
    if not _HALF.search(text):
        return text
    return _HALF.sub(REPLACEMENT, _PAIR.sub(lambda pair: _joined(pair[0]), text))


def read_json(text: str) -> Any:  # noqa: ANN401 -- whatever the JSON holds
    """What our own JSON holds, its texts whole: a reader gives half a character for half of one."""
    found = json.loads(text)
    return _mended(found) if _HALF_IN_JSON in text else found


def _mended(value: Any) -> Any:  # noqa: ANN401 -- the same
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, list):
        return [_mended(one) for one in value]
    if isinstance(value, dict):
        return {whole(key): _mended(one) for key, one in value.items()}
    return value


def _joined(pair: str) -> str:
    high, low = map(ord, pair)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
