"""Word and Excel packages: ZIP files whose parts are written as one likes."""

from __future__ import annotations

import io
import struct
import zipfile

from tests.documents.test_letterhead import OLE, bomb, field, locked, related, word_file

PARTS = {
    "document": "word/document.xml",
    "styles": "word/styles.xml",
    "header": "word/header1.xml",
    "settings": "word/settings.xml",
    "types": "[Content_Types].xml",
    "relations": "word/_rels/document.xml.rels",
}


def with_parts(more: dict[str, bytes] | None = None, **changes: tuple[str, str]) -> bytes:
    """A good letterhead, packed, with texts put in front of a mark, and with more parts."""
    stream = io.BytesIO()
    named = {PARTS[name]: change for name, change in changes.items()}
    with (
        zipfile.ZipFile(io.BytesIO(word_file())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            if name in named:
                mark, inserted = named[name]
                before, found, after = text.decode().rpartition(mark)
                text = f"{before}{inserted}{found}{after}".encode()
            new.writestr(name, text)
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return stream.getvalue()


def _styles(count: int) -> bytes:
    one = '<w:style w:type="paragraph" w:styleId="s{0}"><w:name w:val="s{0}"/></w:style>'
    return with_parts(styles=("</w:styles>", "".join(map(one.format, range(count)))))


def _based_on(count: int) -> bytes:
    one = (
        '<w:style w:type="paragraph" w:styleId="s{0}"><w:name w:val="s{0}"/>'
        '<w:basedOn w:val="s{1}"/></w:style>'
    )
    styles = "".join(one.format(n, (n + 1) % count) for n in range(count))
    return with_parts(styles=("</w:styles>", styles))


def _declared(more: str) -> bytes:
    """A part with a document type."""
    data = word_file()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == PARTS["header"]:
                head, end, rest = text.decode().partition("?>")
                text = f"{head}{end}{more}{rest}".encode()
            new.writestr(name, text)
    return stream.getvalue()


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 20_000}">]>'


def _overlapping() -> bytes:
    """Many names for one packed piece, so that a small file unpacks to a very large one."""
    piece = io.BytesIO()
    with zipfile.ZipFile(piece, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/a.xml", b"\0" * 5_000_000)
    data = piece.getvalue()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry, count = data[start:end], 400
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entry) * count, start, 0)
    return data[:start] + entry * count + tail


def _lying() -> bytes:
    """A part that declares a few bytes and holds millions."""
    data = bytearray(with_parts({"word/lie.xml": b"<a>" + b" " * 9_000_000 + b"</a>"}))
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = 0
        while (at := data.find(mark, at + 1)) > 0:
            if data[at : at + 90].find(b"word/lie.xml") > 0:
                struct.pack_into("<L", data, at + place, 100)
    return bytes(data)


def _in_header(text: str) -> bytes:
    return with_parts(header=("</w:hdr>", text))


def _deep(count: int) -> bytes:
    tables = "<w:tbl><w:tr><w:tc>" * count + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * count
    return _in_header(tables)


WORD = {
    "20,000 styles": lambda: _styles(20_000),
    "60,000 styles": lambda: _styles(60_000),
    "styles based on one another in a ring": lambda: _based_on(400),
    "styles of one name 400 times": lambda: with_parts(
        styles=(
            "</w:styles>",
            '<w:style w:type="character" w:styleId="Closing"><w:name w:val="Closing"/></w:style>'
            * 400,
        )
    ),
    "100,000 paragraphs in a header": lambda: _in_header("<w:p/>" * 100_000),
    "300,000 runs in a header": lambda: _in_header(f"<w:p>{'<w:r/>' * 300_000}</w:p>"),
    "100,000 paragraphs in the body": lambda: with_parts(document=("<w:sectPr", "<w:p/>" * 10**5)),
    "5,000 sections": lambda: with_parts(
        document=("<w:sectPr", "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" * 5000)
    ),
    "tables in tables, 80 deep": lambda: _deep(80),
    "tables in tables, 5,000 deep": lambda: _deep(5000),
    "one attribute of 4 MB": lambda: _in_header(f'<w:p w:rsidR="{"0" * 4_000_000}"/>'),
    "50,000 attributes on an element": lambda: _in_header(
        "<w:p" + "".join(f' w:a{n}=""' for n in range(50_000)) + "/>"
    ),
    "one text of 4 MB": lambda: _in_header(f"<w:p><w:r><w:t>{'a' * 4_000_000}</w:t></w:r></w:p>"),
    "50,000 field pieces": lambda: _in_header(
        f"<w:p>{'<w:r><w:instrText>DD</w:instrText></w:r>' * 50_000}</w:p>"
    ),
    "10,000 namespaces": lambda: _in_header(
        "".join(f'<a{n}:b xmlns:a{n}="urn:{n}"/>' for n in range(10_000))
    ),
    "a billion laughs": lambda: _declared(LAUGHS),
    "a quadratic blow-up": lambda: _declared(QUADRATIC),
    "an entity from this computer": lambda: _declared(
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    ),
    "a ZIP bomb": bomb,
    "a ZIP bomb of overlapping parts": _overlapping,
    "a ZIP that lies about a part's size": _lying,
    "a ZIP of 5,000 empty parts": lambda: with_parts({f"word/m{n}.bin": b"" for n in range(5_000)}),
    "a ZIP in a ZIP": lambda: with_parts({"word/media/a.zip": bomb()}),
    "a picture bomb within": lambda: with_parts({"word/media/a.png": b"\0" * 30_000_000}),
    "8 parts of 4.9 MB": lambda: with_parts(
        {f"word/footer{n}.xml": b"<a>" + b"<b/>" * 1_225_000 + b"</a>" for n in range(8)}
    ),
    "40,000 relations": lambda: with_parts(
        relations=(
            "</Relationships>",
            "".join(
                f'<Relationship Id="x{n}" Type="urn:a" Target="styles.xml"/>' for n in range(40_000)
            ),
        )
    ),
    "60,000 content types": lambda: with_parts(
        types=(
            "</Types>",
            "".join(f'<Default Extension="e{n}" ContentType="a/b"/>' for n in range(60_000)),
        )
    ),
    "names that climb out of the package": lambda: with_parts({"../../etc/x.xml": b"<a/>"}),
    "a part twice": lambda: with_parts() + with_parts(),
    "a lone surrogate in a name": lambda: with_parts({"word/\u00ff\u00fe.xml": b"<a/>"}),
    "UTF-16 of an odd length": lambda: with_parts(
        {"word/odd.xml": "<a/>".encode("utf-16") + b"\0"}
    ),
    "a link to elsewhere": lambda: related("image"),
    "a field that fetches": lambda: field('INCLUDEPICTURE "http://outside.example/a.png"'),
    "a password": lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
    "a locked ZIP": locked,
    "a file cut off": lambda: word_file()[:-400],
    "a file of NULs": lambda: b"PK\3\4" + bytes(900_000),
}


def _workbook(sheet: str, strings: str = "", more: dict[str, str] | None = None) -> bytes:
    """An Excel file of one sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{packed}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{types}.sharedStrings+xml"/>'
            "</Types>"
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{packed}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{packed}/relationships"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
            f'Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in {**parts, **(more or {})}.items():
            package.writestr(name, text)
    return stream.getvalue()


def cells(*rows: str) -> str:
    """A sheet of rows, each of cells by their addresses."""
    return f"<sheetData>{''.join(rows)}</sheetData>"


def _cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADS = f'<row r="1">{_cell("A1", "name")}{_cell("B1", "organisation")}</row>'
SIGNED = '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>0</v></c></row>'

XLSX = {
    "shared strings of 40 MB": lambda: _workbook(
        cells(HEADS, SIGNED), f"<si><t>{'a' * 40_000_000}</t></si>"
    ),
    "2,000,000 shared strings": lambda: _workbook(cells(HEADS, SIGNED), "<si/>" * 2_000_000),
    "one string in 300,000 cells": lambda: _workbook(
        cells(HEADS, *['<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>'] * 150_000),
        f"<si><t>{'a' * 30_000}</t></si>",
    ),
    "a string in 1,000,000 runs": lambda: _workbook(
        cells(HEADS, SIGNED), f"<si>{'<r><t>a</t></r>' * 1_000_000}</si>"
    ),
    "1,048,576 declared rows": lambda: _workbook(
        '<dimension ref="A1:XFD1048576"/>'
        + cells(HEADS, f'<row r="1048576">{_cell("A1048576", "A. Example")}</row>')
    ),
    "a cell in the last column": lambda: _workbook(
        cells(HEADS, f'<row r="2">{_cell("A2", "A")}{_cell("XFD2", "B")}</row>')
    ),
    "a column beyond the last": lambda: _workbook(
        cells(HEADS, f'<row r="2">{_cell("ZZZZZZZZ2", "B")}</row>')
    ),
    "a row that is no number": lambda: _workbook(
        cells(f'<row r="-9e99">{_cell("A-1", "B")}</row>')
    ),
    "1,000,000 empty rows": lambda: _workbook(cells(HEADS, "<row/>" * 1_000_000)),
    "16,384 columns in 100 rows": lambda: _workbook(
        cells(*[f"<row>{'<c><v>1</v></c>' * 16_384}</row>"] * 100)
    ),
    "a string that is not there": lambda: _workbook(
        cells(HEADS, '<row><c t="s"><v>99999999999</v></c><c t="s"><v>-1</v></c></row>')
    ),
    "100,000 merged cells": lambda: _workbook(
        cells(HEADS)
        + "<mergeCells>"
        + '<mergeCell ref="A1:XFD1048576"/>' * 100_000
        + "</mergeCells>"
    ),
    "elements 5,000 deep": lambda: _workbook(cells(HEADS) + "<a>" * 5000 + "</a>" * 5000),
    "a billion laughs in the strings": lambda: _workbook(
        cells(HEADS, SIGNED), more={"xl/sharedStrings.xml": f"{LAUGHS}<sst>&a9;</sst>"}
    ),
    "5,000 sheets": lambda: _workbook(
        cells(HEADS), more={f"xl/worksheets/sheet{n}.xml": "<worksheet/>" for n in range(2, 5000)}
    ),
    "an overlapping ZIP": _overlapping,
    "macros": lambda: _workbook(cells(HEADS), more={"xl/vbaProject.bin": "x"}),
    "a formula that asks": lambda: _workbook(
        cells(HEADS, '<row><c t="str"><f>WEBSERVICE("http://outside.example/")</f></c></row>')
    ),
    "cut off": lambda: _workbook(cells(HEADS))[:-100],
}
