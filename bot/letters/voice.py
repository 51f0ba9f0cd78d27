"""Whether a letter says "I" or "we": one person alone, or more than one person's voice.

An organisation never says "I". Mostly it stands apart from the name; but drafts and sets may hold a
line that was never parted ("A. Example – Example Organisation", a comma of another script, an
organisation in brackets), or an organisation where a name is asked for. Such a line is left as it
was typed: only the letter's voice is judged here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.letters.model import Signatory

_PARTED = re.compile(r"\S\s*[،؛、，､；;፣|｜]\s*\S|\S\s+(?:[-–—―]{1,2}|&)\s+\S")
"""What parts a name from what follows it.

A Latin comma need not: "Example, A.", "A. Example, PhD".
"""

_BRACKETED = re.compile(r"[(\[（［【「]\s*([^)\]）］】」]+?)\s*[)\]）］】」]")
_OF_A_PERSON = re.compile(
    r"(?:mrs?|ms|miss|mx|mme|mlle|sra?|srta|dra?|prof|me|phd|md|ma|msc|bsc|ll[mb]|esq|jr|retd?|\s)+"
)
"""What stands in brackets beside a person's name and is no organisation."""

_OF_ORGANISATIONS = re.compile(
    r"(?<!\w)(?:organi[sz]ations?|foundation|associations?|network|coalition|federation|institute"
    r"|committee|council|society|cent(?:re|er)|university|ngo|inc|ltd|gmbh|e\.v"
    r"|fondation|réseau|fédération|institut|comité|conseil|université|ong"
    r"|organizaci[oó]n|fundaci[oó]n|asociaci[oó]n|coalici[oó]n|federaci[oó]n|instituto|consejo"
    r"|universidad)(?!\w)",
    re.IGNORECASE,
)
"""Words that a person's name does not have. Surnames are not among them: Church, House, Bond."""


def is_one_voice(signatories: Sequence[Signatory]) -> bool:
    """Whether one person writes alone and says "I"; a letter that nobody signs yet says "we"."""
    if len(signatories) != 1:
        return False
    (only,) = signatories
    return not only.organisation and not holds_organisation(only.name)


def holds_organisation(name: str) -> bool:
    """Whether a name that stands alone is, or has beside it, evidently an organisation."""
    if _PARTED.search(name) or _OF_ORGANISATIONS.search(name):
        return True
    return any(_is_organisation(one) for one in _BRACKETED.findall(name))


def _is_organisation(bracketed: str) -> bool:
    """An organisation begins with a capital, or in a script that has none: not (she/her), (PhD)."""
    words = bracketed.replace(".", "").casefold()
    return not bracketed[0].islower() and not _OF_A_PERSON.fullmatch(words)
