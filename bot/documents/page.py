"""A letter's page, set by Typst: PDF (PDF/UA-1) and PNG.

Data goes in as JSON through `sys_inputs`. A compiler is not shareable between threads: one per
thread. Fonts are the shipped ones; only where these lack a character are the system's asked.
"""

from __future__ import annotations

import base64
import json
import re
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from bot.documents.paper import paper_of
from bot.documents.prose import pieces, runs, unbroken
from bot.letters.bilingual import rows
from bot.letters.layout import SIGNED_BY_HAND
from bot.letters.marks import mark_of, titled
from bot.letters.model import Letter, Section, paragraphs
from bot.machine.resources import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.letters.bilingual import Sheet
    from bot.letters.letterhead import Letterhead, Logo

FONTS = Path(__file__).resolve().parent / "fonts"
PAGE = "page.typ"
PREVIEW_PPI = 100
REPLACEMENT = "\ufffd"
"""Stands on the page for a character that no available font has."""

IN_LINES = ("addressee", "reference", "place_date", "closing", "contact", "copies", "source")
"""Sections that are no running text."""

_PAGES = re.compile(rb"/Type ?/Pages\s*/Count (\d+)")
_BREAKS = dict.fromkeys(map(ord, "\t\v\f\x85\u2028\u2029"), " ")
"""Characters that would begin a line or a page of their own."""

_PAGE_CHARS, _PAGE_LINES = 16_000, 160
"""More than one page holds, whatever stands on it."""

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

    @property
    def count(self) -> int:
        """How many pages it has."""
        return max(map(int, _PAGES.findall(self.pdf)), default=1)


@lru_cache(maxsize=2)
def _fonts(*, system: bool) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=system, include_embedded_fonts=False, font_paths=[FONTS]
    )


def compiler(*, system: bool, template: str = PAGE) -> typst.Compiler:
    """The thread's own compiler of a template."""
    compilers: dict[tuple[str, bool], typst.Compiler] = _thread.__dict__.setdefault("compilers", {})
    if (template, system) not in compilers:
        compilers[template, system] = typst.Compiler(
            TEMPLATES / template, root=TEMPLATES, font_paths=_fonts(system=system)
        )
    return compilers[template, system]


def set_summary(data: Mapping[str, object], stamp: datetime) -> bytes:
    """The summary of letters to many States as PDF/UA-1; its words are ours and the data's."""
    return _pdf(
        compiler(system=False, template="summary.typ"),
        {"summary": json.dumps(data, ensure_ascii=False)},
        stamp,
    )


def set_data(template: str, data: str, stamp: datetime) -> bytes:
    """A page of a template of our own, of data in JSON, as PDF/UA-1.

    Names of people stand in it: where the shipped fonts lack a character, the system's are asked,
    and one that no font has is shown as `REPLACEMENT`.
    """
    return _set(template, "data", data, stamp).pdf


def _pdf(compiler: typst.Compiler, inputs: dict[str, str], stamp: datetime) -> bytes:
    """The page as PDF/UA-1. The time in a PDF is of whole seconds."""
    stamp = stamp.replace(microsecond=0)
    pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=stamp)
    if not isinstance(pdf, bytes):
        raise TypeError(type(pdf).__name__)
    return pdf


@lru_cache(maxsize=_KEPT_LETTERS)
def set_page(letter: Sheet, head: Letterhead | None = None) -> Page:
    """The letter's PDF. Equal letters give equal bytes: the time stamp is the letter's date."""
    stamp = datetime.combine(letter.date, time(12), tzinfo=UTC)
    return _set(PAGE, "letter", _data(letter, head), stamp)


def _set(template: str, name: str, data: str, stamp: datetime) -> Page:
    """A template with its data by that name; characters that no font has are replaced."""
    missing: tuple[str, ...] = ()
    attempt = partial(_try, template, name, stamp=stamp)
    for system in (False, True):
        page = attempt(data, system=system)
        if isinstance(page, Page):
            return page
        missing = page
    shown = data
    while missing:
        shown = _without(shown, missing)
        page = attempt(shown, system=True)
        if isinstance(page, Page):
            gone = tuple(sorted({char for char in data if char not in shown}))
            return replace(page, missing=gone)
        if _without(shown, page) == shown:
            break
        missing = page
    message = "the page could not be set"
    raise RuntimeError(message)


def forget() -> None:
    """Keep no letter to be quick with."""
    set_page.cache_clear()


def to_pdf(letter: Sheet, head: Letterhead | None = None) -> bytes:
    """The letter as PDF/UA-1."""
    return set_page(letter, head).pdf


def to_png(letter: Sheet, head: Letterhead | None = None, ppi: int = PREVIEW_PPI) -> list[bytes]:
    """A picture of each page."""
    return _drawn(set_page(letter, head), ppi)


def first_page(letter: Letter, head: Letterhead | None = None, ppi: int = PREVIEW_PPI) -> bytes:
    """A picture of the first page, at the cost of little more than that page."""
    whole = set_page(letter, head)
    start = replace(letter, sections=tuple(_start(letter)))
    shown = _without(_data(start, head), whole.missing)
    return _drawn(replace(whole, data=shown), ppi)[0]


def _start(letter: Letter) -> Iterator[Section]:
    """The sections that may reach onto the first page."""
    room = _PAGE_CHARS
    for section in letter.sections:
        many = section.key == "signatories"
        lines = section.text.split("\n")[: _PAGE_LINES if many else None]
        yield Section(section.key, "\n".join(lines))
        room -= len(section.text)
        if room < 0:
            return


def _drawn(page: Page, ppi: int) -> list[bytes]:
    pictures = compiler(system=page.system_fonts).compile(
        format="png", ppi=ppi, sys_inputs={"letter": page.data}
    )
    return pictures if isinstance(pictures, list) else [pictures]  # type: ignore[list-item]


def _data(letter: Sheet, head: Letterhead | None) -> str:
    data: dict[str, object] = {
        "subject": titled(letter, letter.subject.translate(_BREAKS)),
        "paper": paper_of(letter, head),
    }
    if mark := mark_of(letter):
        data["mark"] = mark
    if isinstance(letter, Letter):
        data |= _one(letter)
    elif letter.beside:
        data |= {
            "language": str(letter.first.language),
            "second_language": str(letter.second.language),
            "heading": letter.heading,
            "rows": [
                {
                    "first": _section(letter.first, row.key, row.first),
                    "second": _section(letter.second, row.key, row.second),
                }
                for row in rows(letter)
            ],
        }
    else:
        data |= {**_one(letter.first), "heading": letter.heading, "second": _one(letter.second)}
    if head and (head.logo or head.lines):
        lines = [line.translate(_BREAKS) for line in head.lines]
        data["head"] = {"lines": lines, **(_logo(head.logo) if head.logo else {})}
    return json.dumps(data, ensure_ascii=False)


def _one(letter: Letter) -> dict[str, object]:
    return {
        "language": str(letter.language),
        "sections": [_section(letter, one.key, one.text) for one in paragraphs(letter)],
    }


def _section(letter: Letter, key: str, text: str) -> dict[str, object]:
    """What the page is given of a section: its paragraphs, who signs, or text in lines."""
    text = text.translate(_BREAKS)
    if key == "signatories":
        entries = [[part.translate(_BREAKS) for part in one] for one in letter.entries()]
        by_hand = len(entries) <= SIGNED_BY_HAND
        in_two = letter.layout.in_two(len(entries))
        return {"key": key, "entries": entries, "by_hand": by_hand, "in_two": in_two}
    if key in IN_LINES:
        return {"key": key, "text": text}
    found = [pieces(one) for one in unbroken(text).split("\n\n")]
    return {
        "key": key,
        "paragraphs": [
            [{"mark": one.mark, "runs": runs(one.text)} for one in each] for each in found
        ],
    }


LOGO_HEIGHT, LOGO_WIDTH = 20.0, 70.0
"""The room for a logo at the head of the page, in millimetres."""


def _logo(logo: Logo) -> dict[str, object]:
    """The logo as a drawing: Typst takes text only, so a picture goes inside one."""
    scale = min(LOGO_HEIGHT / logo.height, LOGO_WIDTH / logo.width)
    return {"logo": _wrapped(logo), "width": logo.width * scale, "height": logo.height * scale}


def _wrapped(logo: Logo) -> str:
    size = f'width="{logo.width:g}" height="{logo.height:g}"'
    picture = base64.b64encode(logo.data).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:image/png;base64,{picture}"/></svg>'
    )


def _try(
    template: str, name: str, data: str, *, stamp: datetime, system: bool
) -> Page | tuple[str, ...]:
    """The page, or the characters that no font could display."""
    try:
        pdf = _pdf(compiler(system=system, template=template), {name: data}, stamp)
    except typst.TypstError as error:
        missing = _MISSING.findall(str(error.diagnostic))
        if not missing:
            raise
        return tuple(_unescape(text) for text in missing)
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
