"""The documents of a letter: to look at, as files, in one language or two."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING

from bot.documents import page, paper
from bot.documents.mail import plain_subject, to_eml
from bot.documents.page import first_page, set_page, to_pdf, to_png
from bot.documents.text import in_messages, to_text
from bot.letters.bilingual import Bilingual
from bot.letters.layout import COLUMNS_FROM
from bot.letters.marks import name_of, titled
from bot.letters.model import Letter
from bot.machine.figures import DOCUMENTS, took
from bot.reference.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.letters.bilingual import Sheet
    from bot.letters.letterhead import Letterhead

MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
    "eml": "message/rfc822",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send; `seconds` is how long it took to make, where that is measured."""

    name: str
    data: bytes
    mime: str
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter to look at: pictures of its pages, the text in messages, a line of warning.

    `pages` is how many the letter has, where not all of them are shown; `subject` is for an e-mail.
    """

    pictures: tuple[bytes, ...]
    texts: tuple[str, ...]
    alt: str
    missing: tuple[str, ...] = ()
    notice: str = ""
    pages: int = 0
    subject: str = ""
    seconds: float = field(default=0.0, compare=False)


SHOWN_PAGES = 2
"""Of a letter that has more, and of one with many co-signers, the first page alone is shown."""


def preview(letter: Letter, head: Letterhead | None) -> Preview:
    """The letter to look at."""
    begun = perf_counter()
    sheet = set_page(letter, head)
    text, subject = tuple(in_messages(letter)), plain_subject(letter)
    alt = titled(letter, letter.subject)
    shown = Preview((), text, alt, sheet.missing, subject=subject)
    many = letter.text_of("signatories").count("\n") + 1 >= COLUMNS_FROM
    if sheet.count > SHOWN_PAGES or (many and sheet.count > 1):
        shown = replace(shown, pictures=(first_page(letter, head),), pages=sheet.count)
    else:
        shown = replace(shown, pictures=tuple(to_png(letter, head)))
    return replace(shown, seconds=perf_counter() - begun)


def files(sheet: Sheet, formats: tuple[str, ...], head: Letterhead | None) -> Iterator[Document]:
    """The letter's files, in the order asked for."""
    stem = file_stem(sheet)
    for kind in formats:
        begun = perf_counter()
        if kind == "png":
            pages = to_png(sheet, head)
            each = (perf_counter() - begun) / len(pages)
            for number, picture in enumerate(pages, start=1):
                name = stem if len(pages) == 1 else f"{stem}-{number}"
                yield Document(f"{name}.png", picture, MIME["png"], each)
        else:
            data = as_file(sheet, kind, head)
            yield Document(f"{stem}.{kind}", data, MIME[kind], perf_counter() - begun)


def counted(documents: Iterable[Document]) -> tuple[Document, ...]:
    """The documents, counted: here, as they may have been made in a process of their own."""
    documents = tuple(documents)
    for one in documents:
        if one.seconds:  # else it is none of a letter's
            took(DOCUMENTS, one.seconds, one.name.rpartition(".")[2])
    return documents


def all_files(
    sheet: Sheet, formats: tuple[str, ...], head: Letterhead | None
) -> tuple[Document, ...]:
    """The same, at once."""
    return tuple(files(sheet, formats, head))


def as_file(sheet: Sheet, kind: str, head: Letterhead | None = None) -> bytes:
    """The letter in one format: docx, pdf, eml or txt."""
    if kind == "docx":
        from bot.documents.word import to_docx  # noqa: PLC0415 -- see `warm_up`

        return to_docx(sheet, head)
    if kind == "pdf":
        return to_pdf(sheet, head)
    if kind == "eml" and isinstance(sheet, Letter):
        return to_eml(sheet, head, f"{file_stem(sheet)}.pdf")
    return to_text(sheet).encode()


def file_stem(sheet: Sheet) -> str:
    """A file name that sorts by treaty, or campaign, and State: OPSC-GUY-fr-2010-07-26.

    A letter to an office that is no mission has it behind the State: OPSC-GUY-ministry-fr-….
    """
    if isinstance(sheet, Bilingual):
        language, letter = f"{sheet.first.language}-{sheet.second.language}", sheet.first
    else:
        language, letter = str(sheet.language), sheet
    mark = f"-{name_of(sheet)}" if name_of(sheet) else ""
    whose = f"{letter.state}-{letter.office}" if letter.office else letter.state
    return f"{letter.stem}-{whose}-{language}-{letter.date.isoformat()}{mark}"


def warm_up() -> None:
    """Load what the first Word file needs: slow to import, and nothing to wait for at a start."""
    from bot.documents.word import to_docx  # noqa: F401, PLC0415 -- as this says


def forget() -> None:
    """Keep no letter, no letterhead and nothing that was typed to be quick with."""
    page.forget()
    paper.forget()
    if "bot.documents.word_base" in sys.modules:
        sys.modules["bot.documents.word_base"].forget()
    fold.cache_clear()
