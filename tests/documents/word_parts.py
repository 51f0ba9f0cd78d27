"""What Word files of strangers are made of, for `word_files`."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from PIL import Image, PngImagePlugin

from bot.documents.ooxml.names import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK = "Zauberwort"
"""Stands in each hidden place: no letter may hold it."""

OUTSIDE = "outside.example"
"""Stands in whatever fetches: no letter may hold it."""

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_XMLNS = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
_PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1400" w:right="1400" w:bottom="1400" w:left="2324" w:header="700"'
    ' w:footer="700" w:gutter="0"/>'
)
STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts"
    ' w:ascii="Georgia" w:hAnsi="Georgia"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/>'
    '<w:basedOn w:val="Normal"/></w:style>'
)


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs, each given by what it holds."""
    return f"<w:p>{properties}{''.join(f'<w:r>{run}</w:r>' for run in runs)}</w:p>"


def text(words: str) -> str:
    return f'<w:t xml:space="preserve">{words}</w:t>'


def field(instruction: str, shown: str = "shown") -> str:
    """A field in a paragraph, as Word writes it."""
    begin, middle, end = (
        f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end")
    )
    said = f"<w:instrText>{instruction}</w:instrText>"
    return paragraph(begin, said, middle, text(shown), end)


def relation(kind: str, target: str, number: str = "rId9", *, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    full = kind if ":" in kind else _KIND + kind
    return f'<Relationship Id="{number}" Type="{full}" Target="{target}"{mode}/>'


def drawing(
    number: str = "rId9", *, about: str = 'id="1" name="Picture 1"', blip: str = "", more: str = ""
) -> str:
    """A picture in a run, of the relation with that number."""
    shown = f'<a:blip r:embed="{number}" {blip}>{more}</a:blip><a:stretch><a:fillRect/></a:stretch>'
    return (
        f'<w:drawing><wp:inline><wp:extent cx="900000" cy="300000"/><wp:docPr {about}/><a:graphic>'
        f'<a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr {about}/>'
        f"<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>{shown}</pic:blipFill><pic:spPr><a:xfrm>"
        '<a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing>"
    )


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (90, 30)) -> bytes:
    """A picture with a word in it that nobody sees: its place, its author."""
    stream = io.BytesIO()
    image = Image.new(mode, size)
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = MARK
    if kind == "PNG":
        said = PngImagePlugin.PngInfo()
        said.add_text("Author", MARK)
        image.save(stream, kind, pnginfo=said, exif=exif)
    elif kind == "GIF":
        image.save(stream, kind, comment=MARK.encode())
    elif kind in {"JPEG", "TIFF"}:
        image.save(stream, kind, exif=exif)
    else:
        image.save(stream, kind)
    return stream.getvalue()


def word_file(  # noqa: PLR0913 -- each part of a file may be another
    header: str = "",
    *,
    footer: str = "",
    body: str = "",
    section: str = "",
    styles: str = STYLES,
    settings: str = "",
    head_relations: str = "",
    relations: str = "",
    roots: str = "",
    types: str = "",
    parts: Mapping[str, bytes | str] | None = None,
    main: str = "document.main+xml",
) -> bytes:
    """A file with a header, a footer and a margin of 41 mm; all else as asked for."""
    header = header or paragraph(text("EXAMPLE ORGANISATION"))
    footer = footer or paragraph(text("1 Example Street"))
    made: dict[str, bytes | str] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPE}{main}"/>'
            + "".join(
                f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{kind}+xml"/>'
                for name, kind in {
                    "header1": "header",
                    "footer1": "footer",
                    "styles": "styles",
                    "settings": "settings",
                }.items()
            )
            + f"{types}</Types>"
        ),
        "_rels/.rels": _related(relation("officeDocument", "word/document.xml", "rId1") + roots),
        "word/document.xml": (
            f"<w:document {_XMLNS}><w:body>{body or paragraph(text(MARK))}<w:sectPr>"
            '<w:headerReference w:type="default" r:id="rId1"/>'
            f'<w:footerReference w:type="default" r:id="rId2"/>{section}{_PAGE}</w:sectPr>'
            "</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": _related(
            relation("header", "header1.xml", "rId1")
            + relation("footer", "footer1.xml", "rId2")
            + relation("styles", "styles.xml", "rId3")
            + relation("settings", "settings.xml", "rId4")
            + relations
        ),
        "word/header1.xml": f"<w:hdr {_XMLNS}>{header}</w:hdr>",
        "word/_rels/header1.xml.rels": _related(head_relations),
        "word/footer1.xml": f"<w:ftr {_XMLNS}>{footer}</w:ftr>",
        "word/styles.xml": f"<w:styles {_XMLNS}>{styles}</w:styles>",
        "word/settings.xml": f"<w:settings {_XMLNS}>{settings}</w:settings>",
        **(parts or {}),
    }
    return packed(made)


def with_picture(data: bytes, run: str = "", name: str = "media/image1.bin") -> bytes:
    """A file with a picture in its header."""
    return word_file(
        paragraph(run or drawing()),
        head_relations=relation("image", name),
        parts={f"word/{name}": data},
    )


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, name: str, old: str, new: str) -> bytes:
    """The file with something else in one of its parts."""
    parts = unpacked(data)
    assert old.encode() in parts[name]
    parts[name] = parts[name].replace(old.encode(), new.encode())
    return packed(parts)


def _related(relations: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}relationships">{relations}</Relationships>'
