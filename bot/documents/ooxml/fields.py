"""Fields: those that count pages or tell the day stay; of all others what they show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.documents.ooxml.names import q

if TYPE_CHECKING:
    from lxml import etree

_FORMAT = (
    r"\\\*\s*(?:MERGEFORMAT|CHARFORMAT|Arabic|ArabicDash|alphabetic|roman|Upper|Lower|Ordinal)"
)
_PICTURE = (
    r"""\\@\s*(?:"(?:[dMyhHmsAaPp/:.,\s-]|'?\b(?:de|del|of|le|à)\b'?){1,60}"|[dMyhHms/.:-]{1,20})"""
)
_ALLOWED = re.compile(
    rf"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|(?:DATE|TIME)(?:\s+{_PICTURE})?)(?:\s+(?:{_FORMAT}|\\[lsh]))*\s*",
    re.IGNORECASE,
)
"""Word's field names know no case. Whatever else an instruction says, the field is none of these."""

_CHAR, _INSTRUCTION = q("w:fldChar"), q("w:instrText")
_KIND = q("w:fldCharType")


def simple(instruction: str) -> bool:
    """Whether a field does nothing but count pages or tell the day."""
    return _ALLOWED.fullmatch(instruction) is not None


@dataclass(slots=True)
class _Open:
    """A field of which the end has not come: its marks, instruction, and whether it shows."""

    marks: list[etree._Element]
    instruction: list[etree._Element] = field(default_factory=list)
    shows: bool = False
    plain: bool = True

    def is_allowed(self) -> bool:
        said = "".join(piece.text or "" for piece in self.instruction)
        return self.plain and simple(said)


def settle(root: etree._Element) -> None:
    """Take the marks and instructions of other fields away, in runs however they are split.

    A field stands in other fields' instructions, or over several paragraphs; what has no end, or
    no beginning, is none.
    """
    gone: list[etree._Element] = []
    stack: list[_Open] = []
    for item in [item for run in root.iter(q("w:r")) for item in run]:
        if item.tag == _CHAR:
            _mark(item, stack, gone)
        elif item.tag == _INSTRUCTION:
            if stack and not stack[-1].shows:
                stack[-1].instruction.append(item)
            else:
                gone.append(item)
        elif item.tag != q("w:rPr") and any(not outer.shows for outer in stack):
            gone.append(item)
    for unfinished in stack:
        gone += [*unfinished.marks, *unfinished.instruction]
    for item in gone:
        parent = item.getparent()
        if parent is not None:
            parent.remove(item)


def _mark(item: etree._Element, stack: list[_Open], gone: list[etree._Element]) -> None:
    kind = item.get(_KIND)
    if kind == "begin":
        if stack and not stack[-1].shows:
            stack[-1].plain = False
        stack.append(_Open([item]))
    elif not stack:
        gone.append(item)
    elif kind == "separate":
        stack[-1].marks.append(item)
        stack[-1].shows = True
    else:
        done = stack.pop()
        done.marks.append(item)
        inside = any(not outer.shows for outer in stack)
        if inside or not done.is_allowed():
            gone += [*done.marks, *done.instruction]
