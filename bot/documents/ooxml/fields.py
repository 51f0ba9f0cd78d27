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
"""Word's field names know no case. With anything more in the instruction it is another field."""

_CHAR, _INSTRUCTION, _PROPERTIES = q("w:fldChar"), q("w:instrText"), q("w:rPr")
_KIND = q("w:fldCharType")


def simple(instruction: str) -> bool:
    """Whether a field does nothing but count pages or tell the day."""
    return _ALLOWED.fullmatch(instruction) is not None


@dataclass(slots=True)
class _Field:
    """A field of which the end has not come: its marks, its instruction, whether it shows yet."""

    marks: list[etree._Element]
    instruction: list[etree._Element] = field(default_factory=list)
    shows: bool = False
    is_plain: bool = True

    def is_allowed(self) -> bool:
        """Whether it may stay; one that another field stands in the instruction of may not."""
        return self.is_plain and simple("".join(piece.text or "" for piece in self.instruction))


@dataclass(slots=True)
class _Fields:
    """The fields of a part as they are come by, in runs however they are split.

    One may stand in another's instruction or in what another shows, or over several paragraphs;
    what has no end, or no beginning, is none.
    """

    gone: list[etree._Element] = field(default_factory=list)
    _open: list[_Field] = field(default_factory=list)
    _instructing: int = 0

    def take(self, item: etree._Element) -> None:
        """The next thing in a run."""
        if item.tag == _CHAR:
            self._mark(item)
        elif item.tag == _INSTRUCTION:
            inside = bool(self._open) and not self._open[-1].shows
            (self._open[-1].instruction if inside else self.gone).append(item)
        elif item.tag != _PROPERTIES and self._instructing:
            self.gone.append(item)

    def end(self) -> None:
        """The part ends: no field does any more."""
        for unfinished in self._open:
            self.gone += [*unfinished.marks, *unfinished.instruction]

    def _mark(self, item: etree._Element) -> None:
        kind = item.get(_KIND)
        current = self._open[-1] if self._open else None
        if kind == "begin":
            if current is not None and not current.shows:
                current.is_plain = False
            self._open.append(_Field([item]))
            self._instructing += 1
        elif current is None or (kind == "separate" and current.shows):
            self.gone.append(item)
        elif kind == "separate":
            current.marks.append(item)
            current.shows = True
            self._instructing -= 1
        else:
            current.marks.append(item)
            self._close(self._open.pop())

    def _close(self, done: _Field) -> None:
        self._instructing -= not done.shows
        if self._instructing or not done.is_allowed():
            self.gone += [*done.marks, *done.instruction]


def settle(root: etree._Element) -> None:
    """Take the marks and instructions of all other fields out of a part; what they show stays."""
    fields = _Fields()
    for item in [item for run in root.iter(q("w:r")) for item in run]:
        fields.take(item)
    fields.end()
    for item in fields.gone:
        parent = item.getparent()
        if parent is not None:
            parent.remove(item)
