"""A logo for the page, as it comes from a stranger: PNG, JPEG or SVG.

It is bounded before it is opened, drawn anew, and refused with a reason where that cannot be.
"""

from __future__ import annotations

from functools import lru_cache

from bot.documents.drawings import read_drawing
from bot.documents.rasters import read_raster
from bot.letters.file_kinds import DESIGNS, JPEG, PDF, PICTURES, PNG, SVG, kind_of
from bot.letters.letterhead import Fault, Letterhead, Logo, Refused, letterhead

MAX_LOGO = 2 * 1024 * 1024
_KEPT_LOGOS = 16


def read_logo(data: bytes) -> Logo | Refused:
    """The picture as it is kept, a PNG in sRGB, or why it is refused.

    Nothing else of the file is kept: no metadata, no words, no links, no colour profile.
    """
    if len(data) > MAX_LOGO:
        return Refused(Fault.TOO_LARGE)
    kind = kind_of(data)
    if kind in {PNG, JPEG}:
        return read_raster(data)
    if kind == SVG:
        return read_drawing(data)
    if kind == PDF:
        return Refused(Fault.PDF)
    if kind in PICTURES:
        return Refused(Fault.OTHER_PICTURE, kind)
    if kind in DESIGNS:
        return Refused(Fault.OTHER_DESIGN, kind)
    return Refused(Fault.NOT_PICTURE)


def with_drawn_logo(head: Letterhead) -> Letterhead | None:
    """The letterhead with a picture for a logo: drawings were once kept as they came."""
    if head.logo is None or head.logo.kind == "png":
        return head
    return letterhead(head.word, _redrawn(head.logo), head.lines)


@lru_cache(maxsize=_KEPT_LOGOS)
def _redrawn(logo: Logo) -> Logo | None:
    read = read_logo(logo.data)
    return None if isinstance(read, Refused) else read
