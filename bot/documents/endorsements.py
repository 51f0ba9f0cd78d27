"""The record of a signing as values, and as a table (CSV). All words are handed in."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bot.documents.bundle import DECIMAL_COMMA
from bot.documents.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """What one organisation said last; `at` in UTC, `digest` in hexadecimal, or neither."""

    organisation: str
    name: str
    role: str
    status: str
    at: datetime | None
    version: int
    language: str
    digest: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Frozen:
    """One text of one version, by its digest; `made` is when it was opened, in UTC."""

    version: int
    language: str
    state: str
    digest: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Headings:
    """What stands above the columns and beside the facts, in the reader's language."""

    heading: str
    asked_by: str
    opened: str
    closed: str
    organisation: str
    name: str
    role: str
    status: str
    at: str
    version: str
    language: str
    digest: str
    note: str
    texts: str
    state: str
    canonical: str


@dataclass(frozen=True, slots=True)
class EndorsementRecord:
    """All that was said of a letter, and every text that it was said of."""

    title: str
    asked_by: str
    opened: datetime
    closed: datetime | None
    entries: tuple[Entry, ...]
    texts: tuple[Frozen, ...]
    language: str
    words: Headings


def said_at(moment: datetime | None) -> str:
    """ISO 8601 in UTC: 2026-03-02T12:00:00Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def to_csv(record: EndorsementRecord) -> bytes:
    """A line for each; with a mark that tells spreadsheets it is UTF-8, and no formula in it."""
    words = record.words
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";" if record.language in DECIMAL_COMMA else ",")
    writer.writerow(
        (
            *(words.organisation, words.name, words.role, words.status, words.at, words.version),
            *(words.language, words.digest, words.note),
        )
    )
    writer.writerows(_cells(record))
    return stream.getvalue().encode("utf-8-sig")


def _cells(record: EndorsementRecord) -> Iterator[list[str]]:
    for one in record.entries:
        cells = {**asdict(one), "at": said_at(one.at), "version": str(one.version or "")}
        yield [inert(cell) for cell in cells.values()]
