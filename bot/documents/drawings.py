"""An SVG from a stranger, drawn once: a picture is kept, and nothing of what the file says."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import typst
from lxml import etree
from PIL import Image

from bot.documents.page import compiler
from bot.documents.rasters import ROOM, kept
from bot.documents.svg_cost import FINEST, effort
from bot.documents.svg_plain import Plain, plain
from bot.documents.svg_text import parsed, text_of
from bot.letters.letterhead import Fault, Logo, Refused

_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


def read_drawing(data: bytes) -> Logo | Refused:
    """The drawing as a PNG with transparency, or why it is refused."""
    text = text_of(data)
    root = Refused(Fault.BROKEN) if text is None else parsed(text)
    if isinstance(root, Refused):
        return root
    drawing = plain(root)
    if isinstance(drawing, Refused):
        return drawing
    ppi = effort(drawing).resolution()
    if not ppi:
        return Refused(Fault.COSTLY_SVG)
    try:
        return _drawn(drawing, ppi)
    except typst.TypstError:
        return Refused(Fault.BROKEN)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust: its bindings give it no other base
            raise
        return Refused(Fault.BROKEN)


def _drawn(drawing: Plain, ppi: int) -> Logo | Refused:
    words = drawing.words()
    if words and not _shows(words):
        return Refused(Fault.TEXT_SVG)
    inputs = {
        "drawing": etree.tostring(drawing.root, encoding="unicode"),
        "room": json.dumps([side * ppi // FINEST for side in ROOM]),
    }
    picture = _compiler().compile(format="png", ppi=72, sys_inputs=inputs)
    if not isinstance(picture, bytes):
        return Refused(Fault.BROKEN)
    with Image.open(io.BytesIO(picture), formats=("PNG",)) as opened:
        drawn = opened.convert("RGBA")
    if not drawing.width:  # as large as what is drawn, which only its picture tells
        drawn = drawn.crop(drawn.getchannel("A").getbbox())
    logo = kept(drawn)
    return logo if isinstance(logo, Refused) else replace(logo, has_text=bool(words))


def _compiler() -> typst.Compiler:
    return compiler(system=False, template="logo.typ")


def _shows(words: str) -> bool:
    """Whether the shipped fonts have the characters: in a drawing, what they lack is left out."""
    try:
        _compiler().compile(
            format="pdf", sys_inputs={"words": words}, pdf_standards="ua-1", timestamp=_STAMP
        )
    except typst.TypstError:
        return False
    return True
