"""Letters to many States as ZIP files: Word, PDF, an index as XLSX and CSV, a page of summary."""

from __future__ import annotations

import csv
import io
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import xlsxwriter

from bot.documents.inert import inert
from bot.documents.page import set_summary
from bot.documents.stamps import noon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

PART_BYTES = 45 * 1024 * 1024
"""A bot may send files of 50 MB: a larger bundle comes in parts."""

DECIMAL_COMMA = frozenset({"fr", "es"})
"""Languages that write 1,5: their spreadsheets expect semicolons between columns."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One State's line in the index. `cells` are already in the user's language."""

    cells: tuple[str, ...]
    region: str
    state: str
    languages: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of the index and the summary, in the user's language."""

    title: str
    facts: tuple[str, ...]
    columns: tuple[str, ...]
    language: str


@dataclass
class Bundle:
    """ZIP files that grow letter by letter in a folder. Equal letters give equal files."""

    folder: Path
    stem: str
    day: date
    part_bytes: int = PART_BYTES
    _parts: list[zipfile.ZipFile] = field(default_factory=list)
    _opened: ExitStack = field(default_factory=ExitStack)
    _size: int = 0

    def add(self, name: str, data: bytes) -> None:
        """One file; a new part begins where this one would grow too large."""
        if not self._parts or self._size + len(data) > self.part_bytes:
            self._begin()
        self._size += len(data) + 2 * len(name) + 200
        self._write(self._parts[-1], name, data)

    def finish(self, index: Mapping[str, bytes]) -> list[tuple[str, Path]]:
        """Names and paths of the parts, the index and the summary in each (see `indexed`)."""
        if not self._parts:
            self._begin()
        named = []
        for number, part in enumerate(self._parts, start=1):
            for name, data in index.items():
                self._write(part, name, data)
            part.close()
            several = f"-{number}-of-{len(self._parts)}" if len(self._parts) > 1 else ""
            named.append((f"{self.stem}{several}.zip", self.folder / f"{number}.zip"))
        return named

    def close(self) -> None:
        """Let go of the parts, also of those that were not finished."""
        self._opened.close()

    def _begin(self) -> None:
        path = self.folder / f"{len(self._parts) + 1}.zip"
        self._parts.append(self._opened.enter_context(zipfile.ZipFile(path, "w")))
        self._size = 0

    def _write(self, part: zipfile.ZipFile, name: str, data: bytes) -> None:
        packed = name.endswith((".docx", ".xlsx"))
        kind = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        part.writestr(zipfile.ZipInfo(name, noon(self.day)), data, kind, 1)


def indexed(labels: Labels, entries: Sequence[Entry], day: date) -> dict[str, bytes]:
    """The files that stand in each part beside the letters, by their names."""
    return {
        "index.xlsx": to_xlsx(labels, entries, day),
        "index.csv": to_csv(labels, entries),
        "summary.pdf": to_summary(labels, entries, day),
    }


def to_csv(labels: Labels, entries: Sequence[Entry]) -> bytes:
    """The index for any program; with a mark that tells spreadsheets it is UTF-8.

    Spreadsheets part columns as the language does that they are set to.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";" if labels.language in DECIMAL_COMMA else ",")
    writer.writerow(labels.columns)
    writer.writerows(map(inert, entry.cells) for entry in entries)
    return stream.getvalue().encode("utf-8-sig")


def to_xlsx(labels: Labels, entries: Sequence[Entry], day: date) -> bytes:
    """The index as a sheet, with a filter on every column. Texts are never formulas."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": labels.title, "created": datetime.combine(day, time(12))})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for column, name in enumerate(labels.columns):
        widest = max([len(name), *(len(entry.cells[column]) for entry in entries)])
        sheet.set_column(column, column, min(60, widest + 2))
        sheet.write_string(0, column, name, bold)
        for row, entry in enumerate(entries, start=1):
            sheet.write_string(row, column, entry.cells[column])
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(entries)), len(labels.columns) - 1)
    book.close()
    return stream.getvalue()


def to_summary(labels: Labels, entries: Sequence[Entry], day: date) -> bytes:
    """One page: what was written, and every State by region with its languages."""
    regions: dict[str, dict[str, list[str]]] = {}
    for entry in entries:
        regions.setdefault(entry.region, {}).setdefault(entry.state, []).append(entry.languages)
    data = {
        "language": labels.language,
        "title": labels.title,
        "facts": list(labels.facts),
        "regions": [
            {
                "name": region,
                "states": [f"{state} ({', '.join(found)})" for state, found in states.items()],
            }
            for region, states in sorted(regions.items())
        ],
    }
    return set_summary(data, datetime.combine(day, time(12), tzinfo=UTC))


def zipped(files: Sequence[tuple[str, bytes]], day: date) -> bytes:
    """Few files as one ZIP in memory. Equal files give equal bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files:
            packed = name.endswith((".docx", ".xlsx"))
            kind = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, noon(day)), data, kind, 1)
    return stream.getvalue()
