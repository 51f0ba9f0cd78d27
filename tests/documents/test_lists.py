"""Files of co-signers as offices save them."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.documents.lists import MAX_FILE, read_signatories
from bot.letters.model import Signatory
from bot.letters.signatory_heads import HONORIFICS, Meaning
from bot.letters.signatory_lines import Lines
from bot.letters.signatory_tables import (
    MAX_ROWS,
    Table,
    TableFault,
    TableRefused,
    signatories_of,
)
from bot.letters.signatory_words import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

FRENCH = "Nom;Fonction;Organisation\r\nA. Exemplé;Présidente;Association d’exemple\r\n;;Réseau\r\n"
FRENCH_MAC = ["A. Exemplé, Présidente, Association d'exemple", "Réseau"]
FRENCH_LINES = ["A. Exemplé, Présidente, Association d’exemple", "Réseau"]
CELL = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Cn", "Co"]), min_size=1
)


def workbook(*sheets: Sequence[Sequence[object]], hidden: int = -1) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        if number == hidden:
            sheet.hide()
        elif hidden >= 0:
            sheet.activate()
            sheet.set_first_sheet()
    book.close()
    return stream.getvalue()


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return stream.getvalue()


def sheet(rows: str, *, strings: str = "", count: str = "1", start: str = "") -> bytes:
    """A workbook of one sheet as nobody's program writes it."""
    book = (
        f'<workbook {MAIN} xmlns:r="{RELATIONS}">'
        '<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    kinds = ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(kinds, start=1)
    )
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    data = f"<sheetData>{rows}</sheetData>"
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": (
                f'<Relationships xmlns="{packages}"><Relationship Id="rId1"'
                f' Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{packages}">{related}</Relationships>'
            ),
            "xl/worksheets/sheet1.xml": f"{start}<worksheet {MAIN}>{data}</worksheet>",
            "xl/sharedStrings.xml": f'<sst {MAIN} uniqueCount="{count}">{strings}</sst>',
        }
    )


TAKEN = {
    "csv-windows-1252": (FRENCH.encode("cp1252"), FRENCH_LINES),
    "csv-utf-8": (FRENCH.encode(), FRENCH_LINES),
    "csv-utf-8-bom": (("\ufeff" + FRENCH).encode(), FRENCH_LINES),
    "csv-utf-16-bom": (FRENCH.encode("utf-16"), FRENCH_LINES),
    "csv-utf-16-le": (FRENCH.encode("utf-16-le"), FRENCH_LINES),
    "csv-utf-16-be": (FRENCH.encode("utf-16-be"), FRENCH_LINES),
    "csv-tabs": (FRENCH.replace(";", "\t").encode(), FRENCH_LINES),
    "csv-tabs-utf-16": (FRENCH.replace(";", "\t").encode("utf-16"), FRENCH_LINES),
    "csv-bars": (FRENCH.replace(";", "|").encode(), FRENCH_LINES),
    "csv-sep-line": (("sep=;\r\n" + FRENCH).encode("cp1252"), FRENCH_LINES),
    "csv-old-mac-lines": (FRENCH.replace("\r\n", "\r").encode(), FRENCH_LINES),
    "csv-quoted-break": (b'organisation,name\r\n"Two\nlines, Inc.",A\r\n', ["A, Two lines, Inc."]),
    "csv-any-order-and-case": (
        b"ORGANIZATION,Role,NAME\nExample,,A\n,Chair,B\n",
        ["A, Example", "B, Chair"],
    ),
    "csv-first-and-last-name": (
        "Apellidos;Nombre;Cargo;Institución\nEjemplo;A.;Directora;Ejemplo\n".encode("cp1252"),
        ["A. Ejemplo, Directora, Ejemplo"],
    ),
    "csv-prenom-nom": (
        "Prénom,Nom,Qualité,Structure\nA.,Exemple,Membre,Exemple\n".encode(),
        ["A. Exemple, Membre, Exemple"],
    ),
    "csv-organisations-alone": (
        b"Organisation\nExample, Inc.\nSecond Example\n",
        ["Example, Inc.", "Second Example"],
    ),
    "csv-persons-alone": (b"Full name\nA. Example\nB. Example\n", ["A. Example", "B. Example"]),
    "csv-title-rows": (b"Who signs,,\n,,\nName,Role,NGO\nA,B,C\n", ["A, B, C"]),
    "csv-empty-columns": (b"Name,Organisation,,,\nA,B,,,\n\n,,,,\n", ["A, B"]),
    "csv-no-head": (b"A. Example,Example\nB. Example,Second\n", ["A. Example, Example"]),
    "forms-english": (
        (
            b'Timestamp,"E-mail address","Name of your organization","Your full name","Job title",'
            b'"Do you agree that your organization signs?"\n'
            b'2026/01/02 10:00:00,a@example.org,"Example, Inc.",A. Example,Chair,Yes\n'
        ),
        ["A. Example, Chair, Example, Inc."],
    ),
    "forms-french": (
        "Horodateur,Adresse e-mail,Nom de votre organisation,Nom et prénom du signataire\n"
        "1,a@example.org,Exemple,A. Exemple\n".encode(),
        ["A. Exemple, Exemple"],
    ),
    "forms-spanish": (
        "Marca temporal,Correo electrónico,Nombre de la organización,Nombre y apellidos,Función\n"
        "1,a@example.org,Ejemplo,A. Ejemplo,Presidenta\n".encode(),
        ["A. Ejemplo, Presidenta, Ejemplo"],
    ),
    "forms-two-languages": (
        b"Name of your organisation / Nom de votre organisation,Contact person\nExample,A\n",
        ["A, Example"],
    ),
    "csv-old-mac-letters": (FRENCH.replace("’", "'").encode("mac-roman"), FRENCH_MAC),
    "csv-apple-decomposed": (
        unicodedata.normalize("NFD", FRENCH).encode(),
        FRENCH_LINES,
    ),
    "csv-title-that-names-organisations": (
        b"List of supporting organisations (3 May)\nOrganisation,Country\nExample,Kenya\n",
        ["Example"],
    ),
    "csv-number-column": (b"No.,Name,Organisation\n1,A,Example\n", ["A, Example"]),
    "csv-empty-head": (b",Name,Organisation\n1,A,Example\n", ["A, Example"]),
    "csv-many-other-columns": (
        b"Name,Organisation,Allergies,Shirt,Hotel,Arrives\nA,Example,x,y,z,u\n",
        ["A, Example"],
    ),
    "csv-represented": (
        b"Signatory name,Signatory title,Organisation represented\nA,Chair,Example\n",
        ["A, Chair, Example"],
    ),
    "csv-role-missing-at-the-end": (b"Name,Organisation,Role\nA,Example\n", ["A, Example"]),
    "csv-person-alone": (b"Name,Role,Organisation\nA\n", ["A"]),
    "csv-open-quotation-mark": (b'Name,Organisation\nA,"Example\nB,C\n', ['A, "Example', "B, C"]),
    "forms-questions": (
        (
            b"Timestamp,Email Address,What is the name of your organisation?,What is your name?,"
            b'Your position in the organisation,"Do you agree that your organisation signs?",'
            b"Where did you hear of us?\n"
            b"1,a@example.org,Example,A,Chair,Yes,Radio\n"
        ),
        ["A, Chair, Example"],
    ),
    "forms-spanish-questions": (
        "Marca temporal;Dirección de correo electrónico;¿Cuál es el nombre de su organización?;"
        "Nombre de la persona que firma en nombre de la organización;País\n"
        "1;a@example.org;Ejemplo;A;Perú\n".encode("cp1252"),
        ["A, Ejemplo"],
    ),
    "xlsx-cover-sheet": (
        workbook([["Open letter"], ["Please read"]], [["Nom", "ONG"], ["A", "Example"]]),
        ["A, Example"],
    ),
    "xlsx": (
        workbook([["Organization", "Name"], ["Example", "A"], ["Second", ""]]),
        ["A, Example"],
    ),
    "xlsx-title-rows": (
        workbook([["Open letter"], [], ["Name", "Organisation"], ["A", "Example"]]),
        ["A, Example"],
    ),
    "xlsx-second-sheet": (
        workbook([["Notes", "for", "us", "only"]], [["Name", "Organisation"], ["A", "Example"]]),
        ["A, Example"],
    ),
    "xlsx-hidden-sheet": (
        workbook([["Name"], ["Hidden"]], [["Name"], ["Shown"]], hidden=0),
        ["Shown"],
    ),
    "xlsx-numbers": (workbook([["Name", "Organisation"], ["A", 1325]]), ["A, 1325"]),
    "vcard-2.1": (
        (
            b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE:Exempl=C3=A9;A.;;;\r\n"
            b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:A. Exempl=\r\n=C3=A9\r\n"
            b"ORG:Example;Unit\r\nTEL;CELL:+41 00\r\nEND:VCARD\r\n"
        ),
        ["A. Exemplé, Example"],
    ),
    "vcard-3.0": (
        (
            b"BEGIN:VCARD\nVERSION:3.0\nFN:A. Exam\n ple\nitem1.ORG:Example\\, Inc.;\nTITLE:Chair\n"
            b"EMAIL:a@example.org\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nN:Example;B.;;;\nEND:VCARD\n"
        ),
        ["A. Example, Chair, Example, Inc.", "B. Example"],
    ),
    "vcard-4.0-organisation": (
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:Example\r\nORG:Example\r\nEND:VCARD\r\n",
        ["Example"],
    ),
    "lines": (b"1. A. Example, Chair, Example, Inc.\n\n- B. Example\n", ["A. Example, Chair"]),
}


def lines_of(found: object) -> list[str]:
    if isinstance(found, Lines):
        assert found.doubts == ()
        return [one.line for one in found.taken]
    assert isinstance(found, Table), found
    parsed = signatories_of(found)
    assert parsed.problems == ()
    return [one.line for one in parsed.signatories]


@pytest.mark.parametrize("kind", TAKEN)
def test_files_as_offices_save_them(kind: str) -> None:
    data, expected = TAKEN[kind]
    found = lines_of(read_signatories("list", data))
    assert [line[: len(one)] for line, one in zip(found, expected, strict=False)] == expected


def test_what_a_form_asks_beside_is_left_out_and_named() -> None:
    found = read_signatories("form.csv", TAKEN["forms-english"][0])
    assert isinstance(found, Table)
    left = [found.heads[number] for number in found.left_out]
    assert left == ["Timestamp", "E-mail address", "Do you agree that your organization signs?"]


def test_an_organisation_alone_is_one_and_no_person() -> None:
    found = read_signatories("a.csv", b"Name,Organisation\n,Example\nA,\n")
    assert isinstance(found, Table)
    assert signatories_of(found).signatories == (Signatory("", "Example"), Signatory("A"))


def test_columns_that_say_the_same_are_known() -> None:
    found = read_signatories("a.csv", b"Name,NGO,Network,Name,E-mail\nA,B,C,D,E\n")
    assert isinstance(found, Table)
    assert (found.also, found.left_out) == ((2, 3), (2, 3, 4))
    assert lines_of(found) == ["A, B"]


def test_a_table_without_a_head_may_have_its_columns_named() -> None:
    found = read_signatories("a.csv", b"1;A;x;Example\n2;B;y;Second\n")
    assert isinstance(found, Table)
    assert found.meanings == {}
    named = replace(found, meanings={Meaning.NAME: 1, Meaning.ORGANISATION: 3})
    assert lines_of(named) == ["A, Example", "B, Second"]


def test_lines_that_are_not_clear_are_kept_to_be_asked_about() -> None:
    found = read_signatories("a.txt", b"A, Example\nB, Second\nC, Women, Peace, Kenya\n")
    assert isinstance(found, Table)
    assert found.asked == ("C, Women, Peace, Kenya",)
    assert Table.from_json(found.to_json()) == found


def test_a_column_of_forms_of_address_is_no_role() -> None:
    found = read_signatories("a.csv", b"Title,Name,Organisation\nMs,A,B\nDr.,C,D\n")
    assert lines_of(found) == ["A, B", "C, D"]


REFUSED = {
    "empty": (b"", TableFault.EMPTY),
    "blank": (b" \r\n \r\n", TableFault.EMPTY),
    "head alone": (b"Name,Organisation\n", TableFault.EMPTY),
    "binary": (bytes(range(256)) * 4, TableFault.NOT_TEXT),
    "pdf": (b"%PDF-1.7\n1 0 obj", TableFault.OTHER_KIND),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", TableFault.OTHER_KIND),
    "no workbook": (b"PK\x03\x04\0\0\0\0", TableFault.BROKEN),
    "large": (b"Name\n" + b"A" * MAX_FILE, TableFault.TOO_LARGE),
    "rows": (b"Name\n" + b"A\n" * (MAX_ROWS + 1), TableFault.TOO_MANY_ROWS),
    "columns": (b"Name" + b",a" * 61 + b"\n", TableFault.TOO_MANY_COLUMNS),
    "web page": (b"<html><table><tr><td>Name</td></tr></table></html>", TableFault.OTHER_KIND),
    "rich text": (b"{\\rtf1 Name}", TableFault.OTHER_KIND),
    "running text": (b"Dear all,\nplease sign.\nThank you.\n", TableFault.NO_COLUMNS),
    "Word": (package({"word/document.xml": "<w/>"}), TableFault.OTHER_KIND),
    "far cell": (
        sheet('<row r="9"><c r="XFD1048576"><v>1</v></c></row>'),
        TableFault.TOO_MANY_ROWS,
    ),
    "far column": (sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'), TableFault.TOO_MANY_COLUMNS),
    "far row": (
        sheet('<row r="1048576"><c t="str"><v>A</v></c></row>'),
        TableFault.TOO_MANY_ROWS,
    ),
    "a million rows": (sheet("<row><c><v>1</v></c></row>" * 400_000), TableFault.UNPACKS_TOO_LARGE),
    "a million words": (
        sheet("", strings="<si><t>A</t></si>" * 500_000),
        TableFault.UNPACKS_TOO_LARGE,
    ),
    "a long word": (sheet("", strings=f"<si><t>{'A' * 200_000}</t></si>"), TableFault.BROKEN),
    "more words than there are": (
        sheet("", strings="<si><t>A</t></si>", count="4294967295"),
        TableFault.BROKEN,
    ),
    "entities": (sheet("", start="<!DOCTYPE a [<!ENTITY b 'c'>]>"), TableFault.BROKEN),
    "a word over and over": (
        sheet(
            "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 2000)),
            strings=f"<si><t>{'A' * 1000}</t></si>",
        ),
        TableFault.TOO_LARGE,
    ),
    "a column beyond the last": (
        sheet('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'),
        TableFault.BROKEN,
    ),
    "a row beyond the last": (
        sheet('<row r="9999999"><c r="A9999999"><v>1</v></c></row>'),
        TableFault.BROKEN,
    ),
    "a long word in many cells": (
        sheet('<row><c t="s"><v>0</v></c></row>' * 900, strings=f"<si><t>{'A' * 30_000}</t></si>"),
        TableFault.TOO_LARGE,
    ),
    "many contacts": (b"BEGIN:VCARD\nFN:A\nEND:VCARD\n" * (MAX_ROWS + 1), TableFault.TOO_MANY_ROWS),
    "empty workbook": (workbook([[]]), TableFault.EMPTY),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_list_is_refused_with_a_reason(kind: str) -> None:
    data, fault = REFUSED[kind]
    found = read_signatories("list.csv", data)
    assert isinstance(found, TableRefused), found
    assert found.fault is fault


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("A,B,C,D", "too_many_parts"),
        ("A,B", "too_few_parts"),
        (",Chair,", "no_name"),
        ("x" * 201 + ",,", "too_long"),
        ('A,,"' + "x" * 200_000 + '"', "too_long"),
    ],
)
def test_a_bad_row_is_named_by_its_number_in_the_spreadsheet(row: str, problem: str) -> None:
    data = f"Signatories\n\nname,role,organisation\nA,B,C\n\n{row}\n".encode()
    table = read_signatories("a.csv", data)
    assert isinstance(table, Table)
    assert [(one.line, one.problem) for one in signatories_of(table).problems] == [(6, problem)]


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=10))
@example([("A", "M", "B"), ("A", "Chair", "B")])
def test_round_trip(rows: list[tuple[str, str, str]]) -> None:
    # A column of nothing but "Mr" and "Mme" is of no roles: that has a test of its own.
    assume(not {folded(role) for _name, role, _organisation in rows} <= HONORIFICS)
    stream = io.StringIO()
    csv.writer(stream).writerows([("name", "role", "organisation"), *rows])
    found = read_signatories("a.csv", stream.getvalue().encode())
    assert isinstance(found, Table)
    assert Table.from_json(found.to_json()) == found
    assert [(s.name, s.role, s.organisation) for s in signatories_of(found).signatories] == rows


def test_a_column_of_nothing_but_titles_is_of_no_roles() -> None:
    table = read_signatories("a.csv", b"name,title,organisation\nA,Mr,B\nC,Ms,D\n")
    assert isinstance(table, Table)
    found = [(one.name, one.role) for one in signatories_of(table).signatories]
    assert found == [("A", ""), ("C", "")]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    found = read_signatories("list.csv", data)
    assert isinstance(found, Table | Lines | TableRefused)
    if isinstance(found, Table):
        signatories_of(found)
