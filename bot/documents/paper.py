"""The paper of a letter: the letterhead's own where its Word file has one, else the one chosen."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.letters.layout import SIZES
from bot.letters.letterhead import Refused
from bot.letters.model import Letter

if TYPE_CHECKING:
    from bot.letters.bilingual import Sheet
    from bot.letters.layout import Layout
    from bot.letters.letterhead import Letterhead

_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWIPS = 1440 / 25.4
"""Word's twentieths of a point in a millimetre."""

_WIDTHS, _HEIGHTS = (140.0, 310.0), (190.0, 450.0)
"""Paper that the PDF can follow: from A5 to A3, upright."""

_KEPT_HEADS = 8


def layout_of(sheet: Sheet) -> Layout:
    """How the letter is laid out; both languages of a letter are alike."""
    return sheet.layout if isinstance(sheet, Letter) else sheet.first.layout


def paper_of(sheet: Sheet, head: Letterhead | None) -> tuple[float, float]:
    """Width and height in millimetres."""
    own = _own(head) if head and head.word else None
    return own or SIZES[layout_of(sheet).paper]


def made_anew(word: bytes) -> bytes:
    """A letterhead's file by the present rules; one that was kept before them is made anew."""
    if not word:
        return word
    from bot.documents.ooxml.rebuild import is_rebuilt, rebuilt  # noqa: PLC0415 -- few have one

    if is_rebuilt(word):
        return word
    found = rebuilt(word)
    return b"" if isinstance(found, Refused) else found.word


@lru_cache(maxsize=_KEPT_HEADS)
def _own(head: Letterhead) -> tuple[float, float] | None:
    """The paper of a letterhead's Word file."""
    word = made_anew(head.word)
    if not word:
        return None
    from lxml import etree  # noqa: PLC0415 -- few have a Word letterhead

    with zipfile.ZipFile(io.BytesIO(word)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    size = next(root.iter(f"{_WORDS}pgSz"), None)
    if size is None:
        return None
    width, height = (round(int(size.get(f"{_WORDS}{side}", 0)) / _TWIPS, 1) for side in "wh")
    fits = _WIDTHS[0] <= width <= _WIDTHS[1] and _HEIGHTS[0] <= height <= _HEIGHTS[1]
    return (width, height) if fits else None


def forget() -> None:
    """Keep no letterhead to be quick with."""
    _own.cache_clear()
