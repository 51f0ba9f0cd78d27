"""Text in a paragraph of Word: its directions, its language, what is raised in it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.text.paragraph import Paragraph

_RIGHT_TO_LEFT = {"R", "AL", "AN"}


def write(paragraph: Paragraph, text: str, locale: str = "") -> None:
    """The text in runs of one direction, in a language of its own where one is given."""
    for number, line in enumerate(writable(text).split("\n")):
        if number:
            paragraph.add_run().add_break()
        for run_text, right_to_left, raised in _raised(_runs(line)):
            run = paragraph.add_run()
            if "\t" in run_text or "\r" in run_text:
                run.text = run_text
            else:
                run._r.add_t(run_text)  # noqa: SLF001 -- the public way looks at each character
            if raised:
                run.font.superscript = True
            if right_to_left:
                run.font.rtl = True
            if locale:
                language = OxmlElement("w:lang")
                language.set(qn("w:val"), locale)
                run._r.get_or_add_rPr().append(language)  # noqa: SLF001 -- no public way


_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """The text without what no XML may hold: control characters and halves of characters."""
    return _UNWRITABLE.sub("", text)


def _runs(line: str) -> list[tuple[str, bool]]:
    if not any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in set(line)):
        return [(line, False)] if line else []
    runs: list[tuple[str, bool]] = []
    for word in re.split("( )", line):
        kinds = {unicodedata.bidirectional(char) for char in word}
        rtl = bool(kinds & _RIGHT_TO_LEFT)
        if not (kinds & _RIGHT_TO_LEFT) and "L" not in kinds and runs:
            rtl = runs[-1][1]
        if runs and runs[-1][1] == rtl:
            runs[-1] = (runs[-1][0] + word, rtl)
        elif word:
            runs.append((word, rtl))
    return runs


_FIRST = re.compile("(?<=\\b1)er(?=\u00a0)")
"""The ending of a French date's 1ᵉʳ; only dates have the no-break blank."""


def _raised(runs: list[tuple[str, bool]]) -> Iterator[tuple[str, bool, bool]]:
    """The same runs, parted so that what is raised stands alone."""
    for text, right_to_left in runs:
        start = 0
        for found in _FIRST.finditer(text):
            yield text[start : found.start()], right_to_left, False
            yield found[0], right_to_left, True
            start = found.end()
        if start < len(text):
            yield text[start:], right_to_left, False
