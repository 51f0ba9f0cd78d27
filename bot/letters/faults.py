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
    SPREADSHEET = "spreadsheet"
    NOT_TEXT = "not text"
    ENCODING = "encoding"
    NO_PAGE = "no page"
    OTHER_LANGUAGE = "other language"
    CUT_OFF = "cut off"
    NO_TREATY = "no treaty"
    OTHER_TREATY = "other treaty"
    NO_DATE = "no date"
    FUTURE = "future"
    NO_TOTALS = "no totals"
    UNKNOWN = "unknown"
    TWICE = "twice"
    CELL = "cell"
    SIGNATORIES = "signatories"
    PARTIES = "parties"
    WITHDRAWN = "withdrawn"
    AFTER_PAGE = "after page"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was taken; `what` names the participants, cell or figures at fault.

    `day` is the page's own "status as at" and `treaty` what it is on, where that was read.
    """

    fault: Fault
    what: str = ""
    day: date | None = field(default=None, compare=False)
    treaty: str = field(default="", compare=False)
