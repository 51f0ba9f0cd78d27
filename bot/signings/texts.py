"""The frozen text: a letter without its co-signers, its canonical form, and its SHA-256.

The canonical form is what the signing page gives for download, so that anyone can compute the
digest with `sha256sum`: the letter as plain text in UTF-8, in Unicode's form NFC; a blank line
between paragraphs; no blank at the end of a line; lines end with one line feed (U+000A), the last
one, too. The co-signers' names are no part of it, nor is the line that names one for an answer.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from bot.letters.layout import Columns, Layout, Paper
from bot.letters.model import Language, Letter, Section, Signatory, Stage, paragraphs

PLACES = (Signatory("⟦0⟧"), Signatory("⟦1⟧"))
"""Whom a letter is composed with that is put to its co-signers: nobody, and it says “we”."""

FIRST = PLACES[0].name
OF_NAMES = frozenset({"signatories", "contact"})
"""Sections that name co-signers."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of one version, by its key ("GUY.fr")."""

    key: str
    letter: Letter
    digest: str

    @property
    def language(self) -> Language:
        """The language it is in."""
        return self.letter.language


def frozen(letter: Letter) -> Text:
    """The text of a letter that was composed with `PLACES`."""
    return Text(f"{letter.state}.{letter.language}", letter, digest_of(letter))


def canonical(letter: Letter) -> str:
    """See above."""
    body = tuple(one for one in letter.sections if not _names(one))
    text = "\n\n".join(one.text for one in paragraphs(replace(letter, sections=body)))
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines) + "\n"


def digest_of(letter: Letter) -> str:
    """SHA-256 of the canonical form, in hexadecimal digits."""
    return hashlib.sha256(canonical(letter).encode("utf-8", "replace")).hexdigest()


def with_names(
    letter: Letter, names: tuple[Signatory, ...], contact: str, *, unsigned: bool
) -> Letter:
    """The letter with these co-signers; marked as a draft while it is `unsigned`.

    Whom the Mission may write back to is who asked for the signatures: nobody else offered it.
    """
    found = []
    for one in letter.sections:
        if not _names(one):
            found.append(one)
        elif one.key == "signatories" and names:
            found.append(Section(one.key, "\n".join(name.line for name in names)))
        elif one.key == "contact" and len(names) > 1:
            found.append(Section(one.key, one.text.replace(FIRST, contact)))
    return replace(letter, sections=tuple(found), signatories=names, unsigned=unsigned)


def _names(section: Section) -> bool:
    """Whether the section holds co-signers: a contact of the drafter's own words does not."""
    return section.key in OF_NAMES and FIRST in section.text


def to_json(letter: Letter) -> dict[str, Any]:
    """A frozen letter as plain JSON values."""
    return {
        "treaties": list(letter.treaties),
        "campaign": letter.campaign,
        "state": letter.state,
        "language": letter.language,
        "date": letter.date.isoformat(),
        "as_of": letter.as_of.isoformat(),
        "stage": letter.stage,
        "subject": letter.subject,
        "sections": [[one.key, one.text] for one in letter.sections],
        "layout": [letter.layout.columns, letter.layout.stacked, letter.layout.paper],
        **({"office": letter.office} if letter.office else {}),
    }


def from_json(data: dict[str, Any]) -> Letter:
    """A frozen letter from what `to_json` gave."""
    columns, stacked, paper = data["layout"]
    return Letter(
        treaties=tuple(data["treaties"]),
        state=data["state"],
        language=Language(data["language"]),
        date=dt.date.fromisoformat(data["date"]),
        as_of=dt.date.fromisoformat(data["as_of"]),
        stage=Stage(data["stage"]),
        subject=data["subject"],
        sections=tuple(Section(key, text) for key, text in data["sections"]),
        layout=Layout(Columns(columns), bool(stacked), Paper(paper)),
        office=data.get("office", ""),
        campaign=data.get("campaign", ""),
    )
