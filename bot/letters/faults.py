"""Why nothing is taken from a file that should be a status page."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Fault(StrEnum):
    """What is wrong: with the file, with the page, or with what the page says."""

    TOO_LARGE = "too large"
    CROWDED = "crowded"
    SPREADSHEET = "spreadsheet"
    NOT_TEXT = "not text"
    SAVED_AS_TEXT = "saved as text"
    ENCODING = "encoding"
    NO_PAGE = "no page"
    OTHER_LANGUAGE = "other language"
    CUT_OFF = "cut off"
    NO_TREATY = "no treaty"
    OTHER_TREATY = "other treaty"
    COLUMNS = "columns"
    NO_DATE = "no date"
    FUTURE = "future"
    NO_TOTALS = "no totals"
    UNKNOWN = "unknown"
    TWICE = "twice"
    CELL = "cell"
    SIGNATORIES = "signatories"
    PARTIES = "parties"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_LATE = "withdrawn late"
    NOT_WITHDRAWN = "not withdrawn"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Quoted:
    """What the page's note says of a State that is asked about, and the day that it states."""

    state: str
    number: str
    text: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was taken; `what` names the participants, cell or figures at fault.

    `as_of` is the page's own day, where the page was read that far: a day asked for is no later.
    `treaty` is what the page is on, where that matters to what is asked for; `quoted` are what its
    notes say.
    """

    fault: Fault
    what: str = ""
    as_of: date | None = field(default=None, compare=False)
    treaty: str = field(default="", compare=False)
    quoted: tuple[Quoted, ...] = field(default=(), compare=False)
