"""The folder of a treaty that no folder describes, written from its status page.

What the page says is filled in; what a person must add stands there empty, marked `# ADD`. The
page's own sentences are not copied: only days, numbers, articles and names.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.letters.faults import Fault, Refused
from bot.reference.grids import grid_of
from bot.reference.loader import load
from bot.reference.notes import days_in
from bot.reference.treaty_toml import Page, toml_lines
from bot.reference.untc import LONGEST_TITLE, numbers_of, read_table, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.letters.status import Act
    from bot.reference.untc import Status

_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,19}")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as it would be written: its name, and the text of each file."""

    code: str
    title: str
    files: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def is_code(text: str) -> bool:
    """Whether a text can be a treaty's code: 2 to 20 capitals, digits and hyphens."""
    return _CODE.fullmatch(text) is not None


def page_of(data: bytes) -> Page | Refused:
    """A status page, of whichever treaty, as far as a folder is made from it."""
    grid = grid_of(data)
    if isinstance(grid, Fault):
        return Refused(grid)
    numbers, title = numbers_of(grid), title_of(grid)
    if len(numbers) != 1 or not title or len(title) > LONGEST_TITLE:
        return Refused(Fault.NO_TREATY)
    days = days_in(grid.about.concluded)
    return Page(grid, next(iter(numbers)), title.replace("'", "’"), days[0] if days else None)


def described(number: str) -> str:
    """The code of the treaty of that number which a folder describes already; empty if none."""
    return next((one.code for one in load().treaties.values() if one.untc_number == number), "")


def french_title(data: bytes, number: str) -> str | Refused:
    """The title on the French page of the treaty of that number."""
    grid = grid_of(data, french=True)
    if isinstance(grid, Fault):
        return Refused(grid)
    title, numbers = title_of(grid), numbers_of(grid)
    if numbers != {number} or not title or len(title) > LONGEST_TITLE:
        said = f"{', '.join(sorted(numbers)) or '–'} / {number}"
        return Refused(Fault.OTHER_TREATY, said)
    return title.replace("'", "’")


def folder_of(page: Page, code: str, today: date) -> Folder | Refused:
    """The folder's files. A table that cannot be read is a refusal, as in an import."""
    status = read_table(page.grid, code, page.adopted_on or date(1800, 1, 1), today)
    if isinstance(status, Refused):
        return status
    toml = "".join(f"{line}\n" for line in toml_lines(page, status))
    files = [
        ("treaty.toml", toml),
        ("names.csv", _csv(("language", "kind", "name"), ())),
        ("status.csv", _csv(("iso3", "signed_on", "signature", "action", "acted_on"), _in(status))),
    ]
    out = list(_out(page, status))
    if out:
        heads = ("iso3", "signed_on", "action", "acted_on", "denounced_on")
        files.append(
            ("withdrawals.csv", _csv((*heads, "denunciation_effective_on", "source"), out))
        )
    missing = [
        f"treaty.toml:{at}: {line.partition('# ADD: ')[2]}"
        for at, line in enumerate(toml.splitlines(), 1)
        if "# ADD: " in line
    ]
    missing += [
        f"withdrawals.csv:{at}: {row[0]}: the day of effect, which no note states"
        for at, row in enumerate(out, 2)
        if not row[5]
    ]
    return Folder(code, page.title, tuple(files), tuple(missing))


def _in(status: Status) -> Iterator[tuple[str, ...]]:
    for iso3, act in status.acts.items():
        if iso3 not in status.leaving:
            signature = "succession" if act.by_succession else ""
            yield iso3, _day(act.signed_on), signature, act.action, _day(act.acted_on)


def _out(page: Page, status: Status) -> Iterator[tuple[str, ...]]:
    """What ended, and what will by a notification: each with the days that its note states."""
    day = status.as_of.date()
    going: dict[str, Act] = {**status.ended, **{k: status.acts[k] for k in status.leaving}}
    for iso3, act in going.items():
        note = status.notes.get(iso3)
        where = f", end note {note.number}" if note else ""
        source = f"UNTC {page.number} page{where} (status as at {day})"
        days = (note.notified_on, note.effect_on) if note else (None, None)
        yield (
            *(iso3, _day(act.signed_on), act.action, _day(act.acted_on)),
            *(_day(one) for one in days),
            source,
        )


def _csv(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return file.getvalue()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
