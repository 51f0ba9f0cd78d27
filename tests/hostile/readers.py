"""Who reads what: one line for each kind of file, and a small good file of it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.campaigns.check import examined
from bot.desk.booking import read_book
from bot.documents.letterheads import read_letterhead
from bot.documents.lists import read_signatories
from bot.documents.logos import read_logo
from bot.letters import faults, letterhead
from bot.letters.book_faults import NoBook
from bot.letters.campaign import Campaign
from bot.letters.signatory_tables import Table, TableRefused, signatories_of
from bot.reference import new_folders, renewal
from bot.reference.loader import load
from tests.campaigns.folders import CATALOGUE, SETTINGS, TEMPLATE
from tests.documents.test_letterhead import CIRCLE, SVG, picture, word_file
from tests.reference.pages import other_page, page, shipped, xml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TODAY = date(2026, 11, 25)


@dataclass(frozen=True)
class Reader:
    """How a kind of file is read: `good` is read first, so that what is loaded once is loaded."""

    read: Callable[[bytes], object]
    good: Callable[[], bytes]


def _list(data: bytes) -> object:
    found = read_signatories("list", data)
    return signatories_of(found).problems[:1] or found if isinstance(found, Table) else found


def _book(data: bytes) -> object:
    return read_book(data, TODAY)


def _status(data: bytes) -> object:
    return renewal.read(data, load(), TODAY, {}, date(2026, 2, 3))


def _folder(data: bytes) -> object:
    found = new_folders.page_of(data)
    if isinstance(found, faults.Refused):
        return found
    french = new_folders.french_title(data, found.number)
    found = replace(found, french=french if isinstance(french, str) else "")
    return new_folders.folder_of(found, "EXAMPLE", TODAY)


def _campaign(data: bytes) -> object:
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        folder = Path(name) / "online"
        folder.mkdir()
        for file, text in json.loads(data).items():
            (folder / file).write_bytes(text.encode("utf-8", "surrogatepass"))
        return examined(folder)


def folder_of(**changes: str) -> bytes:
    """A campaign's folder as JSON: a text for each file."""
    files = {"campaign.toml": SETTINGS, "letter.jinja": TEMPLATE, "fr.po": CATALOGUE}
    return json.dumps({**files, **{k.replace("_", "."): v for k, v in changes.items()}}).encode()


def _page() -> bytes:
    return page("OPSC", shipped("OPSC")).encode()


def other() -> bytes:
    """A page of a treaty that no folder describes."""
    headings = ("Participant", "Signature", "Ratification, Accession(a)")
    rows = [("Kenya", "3 Dec 1997", "[1 Jul 2010]"), ("Albania", "", "1 Jul 2011 a")]
    return other_page(
        headings,
        rows,
        "Signatories : 1. Parties : 1",
        notes={1: "The withdrawal took effect for Kenya on 1 July 2012."},
        noted={"Kenya": 1},
        about="The Treaty was concluded by the Conference. It is open for signature.",
    ).encode()


def _xml() -> bytes:
    return xml("OPSC", shipped("OPSC")).encode()


def _csv() -> bytes:
    return b"name,role,organisation\r\nA. Example,,Example Organisation\r\n"


def _rows() -> bytes:
    return b"State,Office,Address,As of\r\nKenya,Geneva,Example Street 1,2026-05-03\r\n"


READERS: Mapping[str, Reader] = {
    "Word": Reader(read_letterhead, word_file),
    "SVG": Reader(read_logo, lambda: SVG.format(CIRCLE).encode()),
    "PNG": Reader(read_logo, lambda: picture("PNG")),
    "JPEG": Reader(read_logo, lambda: picture("JPEG")),
    "CSV": Reader(_list, _csv),
    "XLSX": Reader(_list, _csv),
    "vCard": Reader(_list, _csv),
    "book": Reader(_book, _rows),
    "HTML": Reader(_status, _page),
    "XML": Reader(_status, _xml),
    "treaty": Reader(_folder, other),
    "campaign": Reader(_campaign, folder_of),
}


def outcome(found: object) -> str:
    """What became of a file: taken, or refused and why."""
    if isinstance(found, letterhead.Refused | faults.Refused | TableRefused):
        return f"refused: {found.fault}"
    if isinstance(found, NoBook):
        return f"refused: {found.fault or found.rows[0].fault}"
    if isinstance(found, tuple):
        return f"refused: {found[0].problem}"
    if isinstance(found, list):
        return f"refused: {found[0].says[:60]}" if found else "taken"
    if isinstance(found, Campaign | bytes | letterhead.Logo) or found is not None:
        return "taken"
    return "refused"
