"""Word files as strangers send them, made here: kind -> name -> bytes.

HIDDEN holds `MARK` where nobody sees it, FETCHING an address that is asked for, SHOWN what stays,
ODD what is strange and harmless, REFUSED what is not taken, COSTLY what would take long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.documents.ooxml.names import NAMESPACES
from bot.letters.letterhead import Fault
from tests.documents.word_parts import (
    MARK,
    OUTSIDE,
    STYLES,
    changed,
    drawing,
    field,
    packed,
    paragraph,
    picture,
    relation,
    text,
    unpacked,
    with_picture,
    word_file,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MS = "http://schemas.microsoft.com/office/2006/relationships/"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_BY = f'w:id="1" w:author="{MARK}" w:date="2020-01-01T00:00:00Z"'
_VANISH = '<w:rPr><w:vanish w:val="{}"/></w:rPr>'


def extra(kind: str, name: str, data: bytes | str, *, of_file: bool = False) -> bytes:
    """A file with one more part, which the document (or the package) points to."""
    if of_file:
        return word_file(roots=relation(kind, name), parts={name: data})
    return word_file(relations=relation(kind, name), parts={f"word/{name}": data})


def shape(attributes: str = "", inside: str = "", relations: str = "") -> bytes:
    """A file with a picture of the old kind in its header."""
    run = (
        f'<w:pict><v:shape id="x" style="width:90pt;height:30pt" {attributes}>'
        f'<v:imagedata r:id="rId9"/>{inside}</v:shape></w:pict>'
    )
    return word_file(
        paragraph(run),
        head_relations=relation("image", "media/a.png") + relations,
        parts={"word/media/a.png": picture("PNG")},
    )


def styled(properties: str, header: str = "") -> bytes:
    """A file with a style of these properties for letters' text, and for characters."""
    more = (
        '<w:style w:type="paragraph" w:styleId="Txt"><w:name w:val="Body Text"/>'
        f"{properties}</w:style>"
        '<w:style w:type="character" w:styleId="Chr"><w:name w:val="Secret"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    return word_file(header, styles=STYLES + more)


HIDDEN: Mapping[str, bytes] = {
    "a letter's text": word_file(body=paragraph(text(MARK))),
    "a second section's header": word_file(
        body=paragraph(
            text("x"),
            properties='<w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
            "</w:sectPr></w:pPr>",
        ),
        parts={"word/header2.xml": MARK},
    ),
    "a signature in the text": word_file(
        body=paragraph(drawing("rId8")),
        relations=relation("image", "media/signature.png", "rId8"),
        parts={"word/media/signature.png": MARK},
    ),
    "comments": extra("comments", "comments.xml", f"<w:comments>{MARK}</w:comments>"),
    "people": extra("people", "people.xml", f"<w:people>{MARK}</w:people>"),
    "core properties": extra("core-properties", "docProps/core.xml", MARK, of_file=True),
    "app properties": extra("extended-properties", "docProps/app.xml", MARK, of_file=True),
    "custom properties": extra("custom-properties", "docProps/custom.xml", MARK, of_file=True),
    "a thumbnail": extra("thumbnail", "docProps/thumbnail.jpeg", MARK, of_file=True),
    "a sensitivity label": extra(
        "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
        "docMetadata/LabelInfo.xml",
        MARK,
        of_file=True,
    ),
    "a signature of the file": extra("origin", "_xmlsignatures/origin.sigs", MARK, of_file=True),
    "custom XML": extra("customXml", "../customXml/item1.xml", MARK),
    "a glossary": extra("glossaryDocument", "glossary/document.xml", MARK),
    "footnotes": extra("footnotes", "footnotes.xml", MARK),
    "endnotes": extra("endnotes", "endnotes.xml", MARK),
    "printer settings": extra("printerSettings", "printerSettings1.bin", MARK),
    "an embedded font": extra("font", "fonts/font1.odttf", MARK),
    "web settings": extra("webSettings", "webSettings.xml", MARK),
    "key mappings": extra(f"{_MS}keyMapCustomizations", "customizations.xml", MARK),
    "a part of no kind": word_file(parts={"word/notes.bin": MARK, "private.txt": MARK}),
    "tracked insertion": word_file(f"<w:p><w:ins {_BY}><w:r>{text('kept')}</w:r></w:ins></w:p>"),
    "tracked deletion": word_file(
        f"<w:p><w:del {_BY}><w:r><w:delText>{MARK}</w:delText></w:r></w:del></w:p>"
    ),
    "text moved from": word_file(
        f"<w:p><w:moveFrom {_BY}><w:r>{text(MARK)}</w:r></w:moveFrom></w:p>"
    ),
    "tracked properties": word_file(
        f"<w:p><w:pPr><w:pPrChange {_BY}><w:pPr/></w:pPrChange></w:pPr><w:r><w:rPr>"
        f"<w:rPrChange {_BY}><w:rPr/></w:rPrChange></w:rPr>{text('kept')}</w:r></w:p>"
    ),
    "tracked section": word_file(section=f"<w:sectPrChange {_BY}><w:sectPr/></w:sectPrChange>"),
    "a comment's range": word_file(
        f'<w:p><w:commentRangeStart w:id="{MARK}"/><w:r>{text("kept")}</w:r></w:p>'
    ),
    "a bookmark": word_file(
        f'<w:p><w:bookmarkStart w:id="1" w:name="{MARK}"/><w:r>{text("kept")}</w:r></w:p>'
    ),
    "revision numbers": word_file(
        f'<w:p w:rsidR="{MARK}" w:rsidP="{MARK}"><w:r w:rsidR="{MARK}">{text("kept")}</w:r></w:p>',
        settings=f'<w:rsids><w:rsid w:val="{MARK}"/></w:rsids>',
    ),
    "document variables": word_file(
        settings=f'<w:docVars><w:docVar w:name="{MARK}" w:val="{MARK}"/></w:docVars>'
    ),
    "mail merge": word_file(
        settings=f'<w:mailMerge><w:query w:val="{MARK}"/><w:dataSource r:id="rId9"/></w:mailMerge>'
    ),
    "a document's id": word_file(settings=f'<w15:docId xmlns:w15="x" w15:val="{MARK}"/>'),
    "protection": word_file(settings=f'<w:documentProtection w:hash="{MARK}"/>'),
    "a compatibility setting": word_file(
        settings=f'<w:compat><w:compatSetting w:name="{MARK}" w:uri="x" w:val="1"/></w:compat>'
    ),
    "hidden text": word_file(paragraph(_VANISH.format(1) + text(MARK), text("kept"))),
    "hidden by a style": styled(
        "<w:rPr><w:vanish/></w:rPr>",
        paragraph('<w:rPr><w:rStyle w:val="Chr"/></w:rPr>' + text(MARK), text("kept")),
    ),
    "hidden by a paragraph's style": styled(
        "<w:rPr><w:vanish/></w:rPr>",
        paragraph(text(MARK), properties='<w:pPr><w:pStyle w:val="Txt"/></w:pPr>'),
    ),
    "a hidden row": word_file(
        "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>"
        f"{paragraph(text(MARK))}</w:tc></w:tr><w:tr><w:tc>{paragraph()}</w:tc></w:tr></w:tbl>"
    ),
    "a hidden picture": with_picture(
        picture("PNG"), drawing(about=f'id="1" name="x" hidden="1" descr="{MARK}"')
    ),
    "a hidden shape": word_file(
        paragraph(
            '<w:pict><v:rect style="width:9pt;visibility: hidden"><v:textbox><w:txbxContent>'
            f"{paragraph(text(MARK))}</w:txbxContent></v:textbox></v:rect></w:pict>"
        )
    ),
    "an alternative text": with_picture(
        picture("PNG"), drawing(about=f'id="1" name="{MARK}" descr="{MARK}" title="{MARK}"')
    ),
    "an old picture's text": shape(f'alt="{MARK}" title="{MARK}" o:spid="{MARK}"'),
    "a picture's own title": word_file(
        paragraph(
            f'<w:pict><v:shape id="{MARK}"><v:imagedata r:id="rId9" o:title="{MARK}"/></v:shape>'
            "</w:pict>"
        ),
        head_relations=relation("image", "media/a.png"),
        parts={"word/media/a.png": picture("PNG")},
    ),
    "a picture's extensions": with_picture(
        picture("PNG"), drawing(more=f'<a:extLst><a:ext uri="x"><x>{MARK}</x></a:ext></a:extLst>')
    ),
    "a table's caption": word_file(
        f'<w:tbl><w:tblPr><w:tblCaption w:val="{MARK}"/><w:tblDescription w:val="{MARK}"/>'
        f"</w:tblPr><w:tr><w:tc>{paragraph()}</w:tc></w:tr></w:tbl>"
    ),
    "a control's properties": word_file(
        f'<w:sdt><w:sdtPr><w:alias w:val="{MARK}"/><w:tag w:val="{MARK}"/><w:dataBinding w:xpath='
        f'"{MARK}"/></w:sdtPr><w:sdtContent>{paragraph(text("kept"))}</w:sdtContent></w:sdt>'
    ),
    "custom XML around text": word_file(
        f'<w:p><w:customXml w:uri="{MARK}" w:element="{MARK}"><w:customXmlPr><w:attr w:name="a" '
        f'w:val="{MARK}"/></w:customXmlPr><w:r>{text("kept")}</w:r></w:customXml></w:p>'
    ),
    "a form field": word_file(
        paragraph(
            f'<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{MARK}"/><w:helpText '
            f'w:val="{MARK}"/></w:ffData></w:fldChar>',
            "<w:instrText>FORMTEXT</w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>',
            text("kept"),
            '<w:fldChar w:fldCharType="end"/>',
        )
    ),
    "a field's data": word_file(
        paragraph(f'<w:fldChar w:fldCharType="begin"><w:fldData>{MARK}</w:fldData></w:fldChar>')
    ),
    "a field that is not shown": word_file(field(f'QUOTE "{MARK}"', "kept")),
    "words after a page's field": word_file(field(f"PAGE {MARK}")),
    "words in a date's picture": word_file(field(f"DATE \\@ \"'{MARK}'\"")),
    "a field without an end": word_file(
        paragraph('<w:fldChar w:fldCharType="begin"/>', f"<w:instrText>{MARK}</w:instrText>")
    ),
    "an instruction alone": word_file(paragraph(f"<w:instrText>{MARK}</w:instrText>")),
    "a comment of XML": word_file(f"<!-- {MARK} -->{paragraph(text('kept'))}"),
    "an instruction of XML": word_file(f"<?{MARK} {MARK}?>{paragraph(text('kept'))}"),
    "text between elements": word_file(f"<w:p>{MARK}<w:r>{MARK}{text('kept')}{MARK}</w:r></w:p>"),
    "an element nobody knows": word_file(f'<x:a xmlns:x="urn:x">{MARK}</x:a>{paragraph()}'),
    "an attribute nobody knows": word_file(
        f'<w:p xmlns:x="urn:x" x:a="{MARK}" w:unknown="{MARK}"><w:r>{text("kept")}</w:r></w:p>'
    ),
    "a namespace's name": word_file(f'<w:p xmlns:secret="urn:{MARK}"><w:r>{text("a")}</w:r></w:p>'),
    "a path in a value": word_file(
        paragraph(f'<w:rPr><w:rFonts w:ascii="C:\\{MARK}"/></w:rPr>{text("kept")}')
    ),
    "a style nobody uses": word_file(
        styles=f'{STYLES}<w:style w:type="paragraph" w:styleId="x"><w:name w:val="{MARK}"/>'
        "</w:style>"
    ),
    "a style's other names": styled(f'<w:aliases w:val="{MARK}"/><w:rsid w:val="{MARK}"/>'),
    "styles that sleep": word_file(
        styles=f'<w:latentStyles><w:lsdException w:name="{MARK}"/></w:latentStyles>{STYLES}'
    ),
    "a list's name": word_file(
        relations=relation("numbering", "numbering.xml"),
        parts={
            "word/numbering.xml": f'<w:numbering xmlns:w="{NAMESPACES["w"]}"><w:abstractNum '
            f'w:abstractNumId="1"><w:name w:val="{MARK}"/></w:abstractNum></w:numbering>'
        },
    ),
    "a font's other name": word_file(
        paragraph(f'<w:rPr><w:rFonts w:ascii="Arial"/></w:rPr>{text("kept")}'),
        relations=relation("fontTable", "fontTable.xml"),
        parts={
            "word/fontTable.xml": f'<w:fonts xmlns:w="{NAMESPACES["w"]}"><w:font w:name="Arial">'
            f'<w:altName w:val="{MARK}"/></w:font><w:font w:name="{MARK}"/></w:fonts>'
        },
    ),
    "a theme's name": word_file(
        relations=relation("theme", "theme/theme1.xml"),
        parts={
            "word/theme/theme1.xml": f'<a:theme xmlns:a="{NAMESPACES["a"]}" name="{MARK}">'
            f'<a:themeElements><a:clrScheme name="{MARK}"/></a:themeElements><a:extLst>{MARK}'
            "</a:extLst></a:theme>"
        },
    ),
    **{
        f"a {kind} picture's properties": with_picture(picture(kind))
        for kind in ("PNG", "JPEG", "GIF", "TIFF")
    },
    "bytes after a picture": with_picture(picture("PNG") + MARK.encode()),
}

_FIELDS = (
    f'INCLUDEPICTURE "http://{OUTSIDE}/a.png"',
    f'includepicture "http://{OUTSIDE}/a.png"',
    f'IncludePicture \\d "http://{OUTSIDE}/a.png"',
    f'INCLUDETEXT "http://{OUTSIDE}/a.docx"',
    f'import "http://{OUTSIDE}/a.png"',
    f'link Excel.Sheet "http://{OUTSIDE}/a.xlsx"',
    f'ddeauto cmd.exe "/c {OUTSIDE}"',
    f'DDE cmd.exe "/c {OUTSIDE}"',
    f'hyperlink "http://{OUTSIDE}/"',
    f'DATABASE \\d "http://{OUTSIDE}/"',
    f'RD "http://{OUTSIDE}/a.docx"',
    f"AUTOTEXT {OUTSIDE}",
    f"MACROBUTTON {OUTSIDE} press",
    f'IF 1 = 1 "{OUTSIDE}"',
    f"PAGE {OUTSIDE}",
    f'= PAGE "{OUTSIDE}"',
)


def nested() -> str:
    """The name of the field is what another field shows."""
    begin, middle, end = (
        f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end")
    )
    inner = (begin, f'<w:instrText>QUOTE "{OUTSIDE}"</w:instrText>', middle, text(OUTSIDE), end)
    return paragraph(begin, "<w:instrText> </w:instrText>", *inner, middle, text("shown"), end)


def split() -> str:
    pieces = [f"<w:instrText>{letter}</w:instrText>" for letter in f"includetext {OUTSIDE}"]
    begin, middle, end = (
        f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end")
    )
    return paragraph(begin, *pieces, middle, text("shown"), end)


def outside(kind: str, header: str = "") -> bytes:
    """A file whose document and header have such a relation to something outside."""
    there = relation(kind, f"http://{OUTSIDE}/x", outside=True)
    return word_file(header, relations=there, head_relations=there)


FETCHING: Mapping[str, bytes] = {
    **{f"the field {instruction[:18]}": word_file(field(instruction)) for instruction in _FIELDS},
    **{
        f"the simple field {instruction[:18]}": word_file(
            f"<w:p><w:fldSimple w:instr='{instruction}'><w:r>{text('shown')}</w:r></w:fldSimple>"
            "</w:p>"
        )
        for instruction in _FIELDS
    },
    "a field in a field": word_file(nested()),
    "a field in pieces": word_file(split()),
    "a part with an odd name": changed(
        word_file(parts={"word/header1.bin": unpacked(word_file(split()))["word/header1.xml"]}),
        "word/_rels/document.xml.rels",
        "header1.xml",
        "header1.bin",
    ),
    **{
        f"{kind} outside": outside(kind)
        for kind in (
            "image",
            "hyperlink",
            "attachedTemplate",
            "oleObject",
            "frame",
            "subDocument",
            "aFChunk",
            "externalLinkPath",
        )
    },
    "a picture outside": outside("image", paragraph(drawing(), text("shown"))),
    "a picture inside and outside": word_file(
        paragraph(drawing(blip='r:link="rId8"')),
        head_relations=relation("image", "media/a.png")
        + relation("image", f"http://{OUTSIDE}/a.png", "rId8", outside=True),
        parts={"word/media/a.png": picture("PNG")},
    ),
    "a link on a picture": word_file(
        paragraph(drawing().replace("<a:graphic>", '<a:hlinkClick r:id="rId8"/><a:graphic>')),
        head_relations=relation("image", "media/a.png")
        + relation("hyperlink", f"http://{OUTSIDE}/", "rId8", outside=True),
        parts={"word/media/a.png": picture("PNG")},
    ),
    "a shape's source": shape(f'src="http://{OUTSIDE}/a.png"'),
    "a shape's link": shape(f'href="http://{OUTSIDE}/" o:href="http://{OUTSIDE}/" target="_blank"'),
    "a shape's fill": shape(inside=f'<v:fill src="http://{OUTSIDE}/" o:href="http://{OUTSIDE}/"/>'),
    "a shape's style": word_file(
        paragraph(
            f'<w:pict><v:rect style="width:9pt;background:url(http://{OUTSIDE}/a.png)">'
            f"<v:textbox><w:txbxContent>{paragraph(text('shown'))}</w:txbxContent></v:textbox>"
            "</v:rect></w:pict>"
        )
    ),
    "an image's source": word_file(
        paragraph(
            f'<w:pict><v:shape><v:imagedata r:id="rId9" src="http://{OUTSIDE}/" '
            f'o:href="http://{OUTSIDE}/"/></v:shape></w:pict>'
        ),
        head_relations=relation("image", "media/a.png"),
        parts={"word/media/a.png": picture("PNG")},
    ),
    "a schema's place": changed(
        word_file(),
        "word/header1.xml",
        "<w:hdr ",
        '<w:hdr xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="x http://{OUTSIDE}/x" ',
    ),
    "a style sheet": changed(
        word_file(),
        "word/header1.xml",
        "<w:hdr ",
        f'<?xml-stylesheet href="http://{OUTSIDE}/"?><w:hdr ',
    ),
    "a link": word_file(
        f'<w:p><w:hyperlink r:id="rId9" w:tooltip="{OUTSIDE}"><w:r>{text("shown")}</w:r>'
        "</w:hyperlink></w:p>",
        head_relations=relation("hyperlink", f"http://{OUTSIDE}/", outside=True),
    ),
}


def drawn(shapes: str, kind: str) -> str:
    return (
        '<w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="x"/><a:graphic>'
        f'<a:graphicData uri="{NAMESPACES[kind]}">{shapes}</a:graphicData></a:graphic></wp:inline>'
        "</w:drawing>"
    )


def box(words: str) -> str:
    """A text box of the new kind, as it stands in a run."""
    return drawn(
        '<wps:wsp><wps:cNvSpPr/><wps:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"</wps:spPr><wps:txbx><w:txbxContent>{paragraph(text(words))}</w:txbxContent></wps:txbx>"
        "<wps:bodyPr/></wps:wsp>",
        "wps",
    )


def alternatives(choice: str, fallback: str, requires: str = "wps") -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


KEPT = "stays on the paper"
"""Stands in each of SHOWN where a reader sees it."""

_RUN = f"<w:r>{text(KEPT)}</w:r>"
SHOWN: Mapping[str, bytes] = {
    "plain text": word_file(paragraph(text(KEPT))),
    "the footer": word_file(footer=paragraph(text(KEPT))),
    "a link": word_file(f'<w:p><w:hyperlink r:id="rId1">{_RUN}</w:hyperlink></w:p>'),
    "a field's result": word_file(field('HYPERLINK "http://x/"', KEPT)),
    "a simple field's result": word_file(
        f'<w:p><w:fldSimple w:instr=" AUTHOR ">{_RUN}</w:fldSimple></w:p>'
    ),
    "a field over two paragraphs": word_file(
        paragraph('<w:fldChar w:fldCharType="begin"/>', "<w:instrText>LINK x</w:instrText>")
        + paragraph('<w:fldChar w:fldCharType="separate"/>', text(KEPT))
        + paragraph('<w:fldChar w:fldCharType="end"/>')
    ),
    "an insertion": word_file(f"<w:p><w:ins {_BY}>{_RUN}</w:ins></w:p>"),
    "a control": word_file(
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(text(KEPT))}</w:sdtContent></w:sdt>"
    ),
    "a smart tag": word_file(f'<w:p><w:smartTag w:element="x">{_RUN}</w:smartTag></w:p>'),
    "not hidden": word_file(paragraph(_VANISH.format("false") + text(KEPT))),
    "a table": word_file(f"<w:tbl><w:tr><w:tc>{paragraph(text(KEPT))}</w:tc></w:tr></w:tbl>"),
    "a text box": word_file(paragraph(box(KEPT))),
    "an alternative": word_file(paragraph(alternatives(box(KEPT), text("old")))),
    "a fallback": word_file(
        paragraph(alternatives(drawn('<x:y xmlns:x="urn:x"/>', "wps"), text(KEPT), "x"))
    ),
    "an old text box": word_file(
        paragraph(
            '<w:pict><v:shape id="_x0000_s1"><v:textbox><w:txbxContent>'
            f"{paragraph(text(KEPT))}</w:txbxContent></v:textbox></v:shape></w:pict>"
        )
    ),
    "a watermark": word_file(
        paragraph(f'<w:pict><v:shape><v:textpath on="t" string="{KEPT}"/></v:shape></w:pict>')
    ),
}


def in_utf_16() -> bytes:
    parts = unpacked(word_file())
    for name in ("word/header1.xml", "word/document.xml"):
        parts[name] = b"\xff\xfe" + parts[name].decode().encode("utf-16-le")
    return packed(parts)


def renamed(names: Mapping[str, str]) -> bytes:
    parts = unpacked(word_file())
    return packed({names.get(name, name): data for name, data in parts.items()})


def twice(name: str, data: bytes | str) -> bytes:
    """A file with a part whose name is that of another but for its case."""
    return packed({**unpacked(word_file()), name: data})


def without(name: str) -> bytes:
    return packed({key: data for key, data in unpacked(word_file()).items() if key != name})


ODD: Mapping[str, bytes] = {
    "a template": word_file(main="template.main+xml"),
    "UTF-16": in_utf_16(),
    "backslashes": renamed({"word/header1.xml": "word\\header1.xml"}),
    "other case": renamed({"word/header1.xml": "Word/HEADER1.XML"}),
    "a first slash": renamed({"word/header1.xml": "/word/header1.xml"}),
    "an absolute target": changed(
        word_file(), "word/_rels/document.xml.rels", "header1.xml", "/word/header1.xml"
    ),
    "a roundabout target": changed(
        word_file(), "word/_rels/document.xml.rels", "header1.xml", "../word/./header1.xml"
    ),
    "a part twice, alike": twice("word/Header1.xml", unpacked(word_file())["word/header1.xml"]),
    "a way out of the folder": twice("../../etc/passwd", "x"),
    "no styles": without("word/styles.xml"),
    "no settings": without("word/settings.xml"),
    "no content type for the header": changed(
        word_file(), "[Content_Types].xml", f"{_WORD}header+xml", "text/plain"
    ),
    "a relation to nothing": word_file(relations=relation("comments", "nowhere.xml")),
    "macros in what is embedded": word_file(
        types='<Default Extension="xlsm" ContentType="application/vnd.ms-excel.sheet.'
        'macroEnabled.12"/>'
    ),
    "a style based on itself": styled('<w:basedOn w:val="Txt"/>'),
    "a page of no size": changed(word_file(), "word/document.xml", 'w:w="11906"', 'w:w="1"'),
    "margins that leave no room": changed(
        word_file(), "word/document.xml", 'w:right="1400"', 'w:right="11000"'
    ),
}


def unpacks_to(size: int, name: str) -> bytes:
    return word_file(parts={name: b" " * size})


def locked() -> bytes:
    data = bytearray(word_file())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    return bytes(data)


REFUSED: Mapping[str, tuple[bytes, Fault]] = {
    "a renamed ZIP": (packed({"holiday.jpg": "x"}), Fault.NOT_WORD),
    "a spreadsheet": (word_file(main="spreadsheet"), Fault.NOT_WORD),
    "text": (b"hello", Fault.NOT_WORD),
    "nothing": (b"", Fault.NOT_WORD),
    "50 MB": (b"PK" + b"x" * 50_000_000, Fault.TOO_LARGE),
    "a bomb": (unpacks_to(45_000_000, "word/media/a.bin"), Fault.UNPACKS_TOO_LARGE),
    "an endless header": (unpacks_to(6_000_000, "word/header1.xml"), Fault.UNPACKS_TOO_LARGE),
    "a header of many elements": (word_file("<w:p/>" * 30_000), Fault.UNPACKS_TOO_LARGE),
    "3,000 parts": (
        word_file(parts={f"word/{number}.bin": "" for number in range(3000)}),
        Fault.UNPACKS_TOO_LARGE,
    ),
    "a password": (_OLE + "EncryptedPackage".encode("utf-16-le"), Fault.PROTECTED),
    "a locked ZIP": (locked(), Fault.PROTECTED),
    "a .doc": (_OLE + b"WordDocument", Fault.OLD_WORD),
    "strict": (
        changed(
            word_file(),
            "word/document.xml",
            NAMESPACES["w"],
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        Fault.STRICT,
    ),
    "macros": (
        changed(
            word_file(),
            "[Content_Types].xml",
            f"{_WORD}document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        Fault.MACROS,
    ),
    "macros by another name": (
        word_file(
            types='<Override PartName="/word/notes.bin" '
            'ContentType="application/vnd.ms-office.vbaProject"/>',
            parts={"word/notes.bin": "x"},
        ),
        Fault.MACROS,
    ),
    "cut off": (word_file()[:-500], Fault.BROKEN),
    "entities": (
        changed(
            word_file(), "word/header1.xml", "<w:hdr ", '<!DOCTYPE x [<!ENTITY a "b">]><w:hdr '
        ),
        Fault.BROKEN,
    ),
    "entities in UTF-16": (
        packed(
            {
                **unpacked(word_file()),
                "word/header1.xml": '\ufeff<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16-le"),
            }
        ),
        Fault.BROKEN,
    ),
    "a part twice": (twice("word/Header1.xml", "<other/>"), Fault.BROKEN),
    "not well-formed": (
        changed(word_file(), "word/header1.xml", "</w:hdr>", "</w:ftr>"),
        Fault.BROKEN,
    ),
    "no list of contents": (without("[Content_Types].xml"), Fault.NOT_WORD),
    "no document": (without("word/document.xml"), Fault.NOT_WORD),
}


def many_styles(count: int) -> bytes:
    return word_file(
        styles=STYLES
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="s{number}"><w:name w:val="s{number}"/>'
            f'<w:basedOn w:val="s{number - 1}"/></w:style>'
            for number in range(count)
        )
    )


def many_fields(depth: int) -> bytes:
    return word_file(paragraph(*['<w:fldChar w:fldCharType="begin"/>', text("x")] * depth))


COSTLY: Mapping[str, bytes] = {
    "3,000 styles": many_styles(3000),
    "3,000 fields in each other": many_fields(3000),
    "a long text": word_file(body=paragraph(text("word ")) * 100_000),
    "deep nesting": word_file(
        "<w:sdt><w:sdtContent>" * 100 + paragraph() + "</w:sdtContent></w:sdt>" * 100
    ),
    "a large picture": with_picture(picture("PNG", "RGB", (3000, 3000))),
    "a huge picture": with_picture(picture("PNG", "1", (20_000, 20_000))),
    "many pictures": word_file(
        "".join(paragraph(drawing(f"rId{number}")) for number in range(60)),
        head_relations="".join(
            relation("image", f"media/{number}.png", f"rId{number}") for number in range(60)
        ),
        parts={
            f"word/media/{number}.png": picture("PNG", "RGB", (500, 500 + number))
            for number in range(60)
        },
    ),
}
"""Each is taken or refused at once."""
