"""A user's letterhead as a value: a Word file, a logo, lines of name and address."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

MAX_LINES, MAX_LINE = 6, 100
"""Lines of name and address, and characters of one."""


class Fault(StrEnum):
    """Why a file is refused."""

    TOO_LARGE = "too_large"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    PROTECTED = "protected"
    OLD_WORD = "old_word"
    NOT_WORD = "not_word"
    STRICT = "strict"
    MACROS = "macros"
    BROKEN = "broken"
    TOO_COSTLY = "too_costly"
    NOT_PICTURE = "not_picture"
    TOO_MANY_PIXELS = "too_many_pixels"
    ACTIVE_SVG = "active_svg"
    COSTLY_SVG = "costly_svg"
    TEXT_SVG = "text_svg"
    UNSEEN = "unseen"
    PDF = "pdf"
    OTHER_PICTURE = "other_picture"
    OTHER_DESIGN = "other_design"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken; `detail` names what to look for in it."""

    fault: Fault
    detail: str = ""


class LeftOut(StrEnum):
    """What a reader would miss of a Word file that was taken."""

    METAFILES = "metafiles"
    PICTURES = "pictures"
    OUTSIDE = "outside"
    DRAWINGS = "drawings"
    OBJECTS = "objects"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Taken:
    """A letterhead made anew of a Word file, and what of the file is not in it."""

    word: bytes = field(repr=False)
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that is safe to show: `kind` is png, and svg in old databases.

    The sides are of any unit. `has_text`: words of a drawing were set in the letter's own type.
    """

    kind: str
    data: bytes = field(repr=False)
    width: float
    height: float
    has_text: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the head of a user's letters; equal where its digest is."""

    digest: str
    word: bytes = field(default=b"", compare=False, repr=False)
    logo: Logo | None = field(default=None, compare=False, repr=False)
    lines: tuple[str, ...] = field(default=(), compare=False, repr=False)


def letterhead(word: bytes, logo: Logo | None, lines: tuple[str, ...]) -> Letterhead | None:
    """The letterhead of its parts; None where there are none."""
    if not (word or logo or lines):
        return None
    digest = hashlib.sha256(word)
    for part in (logo.data if logo else b"", "\n".join(lines).encode()):
        digest.update(b"\0" + hashlib.sha256(part).digest())
    return Letterhead(digest.hexdigest(), word, logo, lines)
