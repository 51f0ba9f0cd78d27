"""Mission books as files: what Excel and CSV hold of them, and the template that is given out."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from bot.desk.booking import read_book
from bot.documents import book_template
from bot.documents.books import MAX_FILE, read_rows
from bot.documents.inert import inert
from bot.letters.book_faults import BookFault, BookRead, NoBook, RowFault
from bot.letters.model import Language, Office
from bot.letters.signatory_tables import TableFault, TableRefused
from bot.reference.loader import load

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2026, 6, 1)
HEAD = ("State", "Office", "Address", "E-mail", "Name", "As of")
KENYA = ("Kenya", "Geneva", "Street 1\n1202 Geneva", "a@example.org", "A. Example", "2026-05-03")


def workbook(*sheets: Sequence[tuple[object, ...]], formulas: bool = False) -> bytes:
    """A spreadsheet of these sheets' rows; a text that begins with = is a formula if wanted."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": formulas, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, day)
                    else:
                        sheet.write(at, column, cell)
    return stream.getvalue()


def text(*rows: tuple[str, ...], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows([HEAD, *rows])
    return stream.getvalue().encode(encoding)


def states(data: bytes) -> list[str]:
    found = read_book(data, TODAY)
    assert isinstance(found, BookRead), found
    return [one.state for one in found.book.entries]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_in_the_forms_that_programs_save(delimiter: str, encoding: str) -> None:
    guyana = ("Côte d'Ivoire", "Genève", "Rue de l’Exemple 1", "", "É. Exemple", "2026-05-03")
    data = text(KENYA, guyana, delimiter=delimiter, encoding=encoding)
    assert states(data) == ["KEN", "CIV"]


def test_a_spreadsheet_with_its_own_dates_and_lines_in_a_cell() -> None:
    found = read_book(workbook([HEAD, (*KENYA[:-1], date(2026, 5, 3))]), TODAY)
    assert isinstance(found, BookRead)
    (entry,) = found.book.entries
    assert entry.as_of == date(2026, 5, 3)
    assert entry.lines == ("Street 1", "1202 Geneva")
    assert entry.office is Office.GENEVA


def test_the_sheet_with_the_heads_is_read() -> None:
    assert states(workbook([("Notes",)], [("x", "y"), HEAD, KENYA])) == ["KEN"]


def test_a_cell_that_is_reckoned_is_named_by_its_row_whatever_it_shows() -> None:
    rows = [HEAD, KENYA, ("Guyana", "Geneva", '="Street 1"', "", "", "2026-05-03")]
    found = read_book(workbook([("=1+1",)], rows, formulas=True), TODAY)
    assert isinstance(found, NoBook)
    assert [(one.row, one.fault) for one in found.rows] == [(3, RowFault.FORMULA)]
    # What stands in a column or a sheet that is not the book's does no harm.
    more = [(*HEAD, "Phone"), (*KENYA, "=1+1")]
    assert states(workbook([("=1+1",)], more, formulas=True)) == ["KEN"]


def test_a_formula_that_does_not_say_where_it_stands_is_not_trusted() -> None:
    data = workbook([HEAD, (*KENYA[:-1], "=1+1")], formulas=True)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            read = old.read(part)
            if "worksheets/sheet" in part:
                read = re.sub(rb'<c r="F2"', b"<c", read)
            new.writestr(part, read)
    assert read_rows(stream.getvalue()) == TableRefused(TableFault.BROKEN)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", TableFault.EMPTY),
        (b" \n ", TableFault.EMPTY),
        (b"x" * (MAX_FILE + 1), TableFault.TOO_LARGE),
        (b"\x00\x01\x02\x03" * 50, TableFault.NOT_TEXT),
        (b"%PDF-1.7", TableFault.OTHER_KIND),
        (b"<!doctype html><table>", TableFault.OTHER_KIND),
        (bytes.fromhex("D0CF11E0") + b"x" * 100, TableFault.OTHER_KIND),
        (
            bytes.fromhex("D0CF11E0") + "EncryptedPackage".encode("utf-16-le"),
            TableFault.PROTECTED,
        ),
        (b"PK\x03\x04" + b"x" * 100, TableFault.BROKEN),
        (workbook([()]), TableFault.EMPTY),
    ],
    ids=range(10),
)
def test_a_file_that_is_no_table_is_refused_with_its_reason(data: bytes, fault: TableFault) -> None:
    found = read_rows(data)
    assert isinstance(found, TableRefused)
    assert found.fault is fault


def test_ten_thousand_rows_come_whole_from_both_kinds_of_file() -> None:
    # The Holy See has a nuncio, and Congo is two States: both would want a word more.
    names = [one.short(Language.EN) for one in load().states.values() if one.iso3 != "COG"]
    rows = [
        (names[n % len(names)], "Embassy", f"City {n // len(names)}", f"Street {n}", "2026-05-03")
        for n in range(10_000)
    ]
    head = ("State", "Office", "City", "Address", "As of")
    for data in (workbook([head, *rows]), _csv(head, rows)):
        found = read_book(data, TODAY)
        assert isinstance(found, BookRead)
        assert len(found.book.entries) == len(rows)
    more = read_book(_csv(head, [*rows, rows[0]]), TODAY)
    assert more == NoBook(BookFault.TOO_MANY_ROWS)


def _csv(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([head, *rows])
    return stream.getvalue().encode()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("write", [book_template.to_csv, book_template.to_xlsx])
def test_the_template_has_every_state_twice_and_is_read_back(
    write: object, language: Language
) -> None:
    assert callable(write)
    data = write(load().states.values(), language)
    rows = read_rows(data)
    assert not isinstance(rows, TableRefused)
    assert len(rows) == 1 + 2 * len(load().states)
    assert {row.cells[0] for row in rows[1:]} == set(load().states)
    assert read_book(data, TODAY) == NoBook(BookFault.NOTHING)


def test_a_template_that_was_filled_in_is_a_book() -> None:
    lines = book_template.to_csv(load().states.values(), Language.FR).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(lines), delimiter=";"))
    for row in rows[1:]:
        rank = "nonce" if row[0] == "VAT" else "ambassadeur"
        row[4:] = ["Rue 1", "Ville", "", "", "a@example.org", "français", "A. Exemple", rank]
        row += ["femme", "3 mai 2026"]
    found = read_book(_csv(tuple(rows[0]), [tuple(row) for row in rows[1:]]), TODAY)
    assert isinstance(found, BookRead), found
    assert len(found.book.entries) == 2 * len(load().states)


def test_no_file_that_is_written_holds_a_live_formula() -> None:
    assert inert("=1+1") == "'=1+1"
    assert inert("-") == "'-"
    assert inert("Kenya = 1") == "Kenya = 1"
    data = book_template.to_xlsx(load().states.values(), Language.EN)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
