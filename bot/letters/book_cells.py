"""The cells of a mission book, each read for certain, or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from bot.letters.book_faults import RowFault
from bot.letters.book_heads import Column
from bot.letters.book_words import EITHER_GENDER, GENDERS, HEADS_OF_OFFICE, NOTHING, RANKS
from bot.letters.language_words import LANGUAGE_WORDS
from bot.letters.mission_book import MAX_EMAIL, MAX_NAME
from bot.letters.model import NOBODY, Addressee, Gender, Language, Office, Rank
from bot.letters.offices import ranks_of
from bot.letters.signatories import clean
from bot.letters.signatory_words import folded
from bot.letters.sound import sound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.letters.model import State

T = TypeVar("T")

MOST_OF_NOTHING = max(map(len, NOTHING))

MOST_QUOTED = 60
"""Characters of a cell that a message quotes."""

_FORMULA = re.compile(r"^\s*[=+@\uff1d\uff0b\uff0d\uff20-]", re.MULTILINE)
"""What a spreadsheet takes for the beginning of a formula, in narrow and wide signs."""

_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*/?^_`{|}~][A-Za-z0-9!#$%&'*+/=?^_`{|}~-]*"
    r"(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{2,59})"
)
MAX_LOCAL = 64

_TITLE = re.compile(
    r"(?:h\. ?e\.|s\. ?e\.|mr|mrs|ms|mme|mlle|sra|srta|sr|monsieur|madame|señora?|"
    r"(?:his|her) excellency|son excellence|su excelencia|excmo|excma)(?:[. ]|$)",
    re.IGNORECASE,
)


class BadCellError(Exception):
    """A cell cannot be taken, and so its row."""

    def __init__(
        self,
        fault: RowFault,
        text: str = "",
        column: Column | None = None,
        near: tuple[str, ...] = (),
    ) -> None:
        super().__init__(fault)
        self.fault, self.text, self.column, self.near = fault, text[:MOST_QUOTED], column, near


def has_formula(text: str) -> bool:
    """Whether a line begins as formulas do; a dash alone is an empty cell to people."""
    return bool(_FORMULA.search(text)) and any(
        _FORMULA.match(line) and line.strip() not in NOTHING for line in text.splitlines()
    )


def looked_up(words: Mapping[str, T], text: str) -> T | None:
    """What a word means; most are typed so that they need no folding, which takes a while."""
    return words.get(text.casefold()) or words.get(folded(text))


def line_of(text: str) -> str:
    """A cell in one line; empty where it holds a dash or the like."""
    text = clean(sound(text))[0]
    return "" if _is_nothing(text) else text


def _is_nothing(text: str) -> bool:
    return len(text) <= MOST_OF_NOTHING and folded(text) in NOTHING


def is_email(text: str) -> bool:
    """Whether it is one plain address, which can stand in the head of an e-mail as it is."""
    local = text.partition("@")[0]
    return len(text) <= MAX_EMAIL and len(local) <= MAX_LOCAL and bool(_EMAIL.fullmatch(text))


def email_of(text: str) -> str:
    """The address. Raises `BadCellError`, as all of these."""
    text = text.removeprefix("mailto:")
    if text and not is_email(text):
        raise BadCellError(RowFault.EMAIL, text)
    return text


def language_of(text: str) -> Language | None:
    """The language of correspondence."""
    if not text:
        return None
    language = looked_up(LANGUAGE_WORDS, text)
    if language is None:
        raise BadCellError(RowFault.LANGUAGE, text)
    return language


def head_of(state: State, office: Office, rank: str, gender: str, name: str) -> Addressee:
    """Who is at the head of the office, as far as that is known."""
    if not (rank or gender or name):
        return NOBODY
    if len(name) > MAX_NAME:
        raise BadCellError(RowFault.TOO_LONG, name, Column.NAME)
    if _TITLE.match(name):
        raise BadCellError(RowFault.TITLE, name)
    return Addressee(_rank(state, office, rank), _gender(gender), name)


def _rank(state: State, office: Office, text: str) -> Rank | None:
    if not text:
        return None
    rank = looked_up(RANKS, text)
    if rank is None:
        raise BadCellError(RowFault.RANK, text)
    if rank in ranks_of(state, office):
        return rank
    diplomat = rank not in HEADS_OF_OFFICE and (office.is_mission or office is Office.EMBASSY)
    raise BadCellError(RowFault.NUNCIO if diplomat else RowFault.OTHER_RANK, text)


def _gender(text: str) -> Gender | None:
    if not text:
        return None
    if folded(text) in EITHER_GENDER:
        raise BadCellError(RowFault.EITHER_GENDER, text)
    gender = looked_up(GENDERS, text)
    if gender is None:
        raise BadCellError(RowFault.GENDER, text)
    return gender
