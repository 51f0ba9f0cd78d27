"""A letter's page, set by Typst: PDF (PDF/UA-1) and PNG.

Data goes in as JSON through `sys_inputs`. A compiler is not shareable between threads: one per
thread. Fonts are the shipped ones; only where these lack a character are the system's asked.
"""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from bot.letters.model import paragraphs
from bot.resources import TEMPLATES

if TYPE_CHECKING:
    from bot.letters.model import Letter

FONTS = Path(__file__).resolve().parent / "fonts"
PREVIEW_PPI = 100
REPLACEMENT = "\ufffd"
"""Stands on the page for a character that no available font has."""

_MISSING = re.compile(r'the text `"((?:[^"`\\]|\\.)+)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_KEPT_LETTERS = 16
_thread = threading.local()


@dataclass(frozen=True, slots=True)
class Page:
    """A set letter. `missing` are the characters that the page could not show."""

    pdf: bytes
    missing: tuple[str, ...]
    data: str
    system_fonts: bool


@lru_cache(maxsize=2)
def _fonts(*, system: bool) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=system, include_embedded_fonts=False, font_paths=[FONTS]
    )


def _compiler(*, system: bool) -> typst.Compiler:
    compilers: dict[bool, typst.Compiler] = _thread.__dict__.setdefault("compilers", {})
    if system not in compilers:
        compilers[system] = typst.Compiler(
            TEMPLATES / "page.typ", root=TEMPLATES, font_paths=_fonts(system=system)
        )
    return compilers[system]


@lru_cache(maxsize=_KEPT_LETTERS)
def set_page(letter: Letter) -> Page:
    """The letter's PDF. Equal letters give equal bytes: the time stamp is the letter's date."""
    data = _data(letter)
    missing: tuple[str, ...] = ()
    for system in (False, True):
        page = _try(letter, data, system=system)
        if isinstance(page, Page):
            return page
        missing = page
    shown = data
    while missing:
        shown = _without(shown, missing)
        page = _try(letter, shown, system=True)
        if isinstance(page, Page):
            gone = tuple(sorted({char for char in data if char not in shown}))
            return replace(page, missing=gone)
        if _without(shown, page) == shown:
            break
        missing = page
    message = "the page could not be set"
    raise RuntimeError(message)


def to_pdf(letter: Letter) -> bytes:
    """The letter as PDF/UA-1."""
    return set_page(letter).pdf


def to_png(letter: Letter, ppi: int = PREVIEW_PPI) -> list[bytes]:
    """A picture of each page."""
    page = set_page(letter)
    pictures = _compiler(system=page.system_fonts).compile(
        format="png", ppi=ppi, sys_inputs={"letter": page.data}
    )
    return pictures if isinstance(pictures, list) else [pictures]  # type: ignore[list-item]


def _data(letter: Letter) -> str:
    return json.dumps(
        {
            "language": str(letter.language),
            "subject": letter.subject,
            "sections": [{"key": s.key, "text": s.text} for s in paragraphs(letter)],
        },
        ensure_ascii=False,
    )


def _try(letter: Letter, data: str, *, system: bool) -> Page | tuple[str, ...]:
    """The page, or the characters that no font could display."""
    stamp = datetime.combine(letter.date, time(12), tzinfo=UTC)
    try:
        pdf = _compiler(system=system).compile(
            format="pdf",
            sys_inputs={"letter": data},
            pdf_standards="ua-1",
            timestamp=stamp,
        )
    except typst.TypstError as error:
        missing = _MISSING.findall(str(error.diagnostic))
        if not missing:
            raise
        return tuple(_unescape(text) for text in missing)
    if not isinstance(pdf, bytes):
        raise TypeError(type(pdf).__name__)
    return Page(pdf, (), data, system)


def _unescape(text: str) -> str:
    text = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
    return text.replace('\\"', '"').replace("\\\\", "\\")


def _without(data: str, missing: tuple[str, ...]) -> str:
    for text in missing:
        for char in text:
            if char.isascii():
                continue
            data = data.replace(char, REPLACEMENT)
    return data
