"""The styles of a letter in Word: real ones, so that a secretary can restyle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import BaseStyle, ParagraphStyle

FONT, EAST_ASIAN_FONT, COMPLEX_FONT = "Noto Serif", "SimSun", "Times New Roman"
OTHER_FONTS, PANOSE = "Cambria", "02020502060505020204"
"""What Word takes where it lacks the font of the PDF: that of nearest look, then by its form."""

STYLES = {
    "addressee": "Inside Address",
    "reference": "Subject Line",
    "place_date": "Date",
    "salutation": "Salutation",
    "closing": "Closing",
    "signatories": "Signature",
    "contact": "Contact",
    "copies": "Copies",
    "source": "Source",
}
"""The style of each section; the others are Body Text."""

BETWEEN_ITEMS = 2
BODY, LIST, SIGNATURE = "Body Text", "List", "Signature"
OUR_STYLES = (BODY, LIST, *STYLES.values())
SPACE_AFTER = {
    BODY: 9,
    LIST: BETWEEN_ITEMS,
    "Inside Address": 14,
    "Closing": 18,
    SIGNATURE: 4,
    "Contact": 3,
    "Copies": 4,
}
"""Points below a paragraph, where it is not 10."""

HANGING = {LIST: Cm(0.75), SIGNATURE: Cm(0.45)}
"""By how much the lines behind the first are set in."""

HYPHENATED = (BODY, LIST)

AFTER_HYPHENS = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", *AFTER_HYPHENS)
"""What may follow the borders among a style's properties: the schema has an order."""

LOCALES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}


def set_up_styles(document: Document, locale: str) -> None:
    """Our styles in a document of our own."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.paragraph_format.line_spacing = 1.0
    properties = normal.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), EAST_ASIAN_FONT)
    fonts.set(qn("w:cs"), COMPLEX_FONT)
    _set_language(document, locale)
    for name in OUR_STYLES:
        _look(_style(document, name))


def add_missing_styles(document: Document, locale: str) -> None:
    """The letterhead's own styles stay as they are; ours are added where it has none."""
    _set_language(document, locale)
    for style in document.styles:
        if style.name in OUR_STYLES and style.type is not WD_STYLE_TYPE.PARAGRAPH:
            style.name = f"{style.name} (characters)"  # the name is wanted for a paragraph
    known = {style.name for style in document.styles}
    if "Normal" not in known:
        _added(document, "Normal", builtin=True)
    for name in OUR_STYLES:
        if name not in known:
            _look(_style(document, name))


def _set_language(document: Document, locale: str) -> None:
    found = list(document.styles.element.iter(qn("w:lang")))
    if not found and "Normal" in [style.name for style in document.styles]:
        language = OxmlElement("w:lang")
        document.styles["Normal"].element.get_or_add_rPr().append(language)
        found = [language]
    for language in found:
        language.set(qn("w:val"), locale)


def _look(style: ParagraphStyle) -> None:
    """How one of our styles is set."""
    layout = style.paragraph_format
    name = style.name or ""
    layout.space_after = Pt(SPACE_AFTER.get(name, 10))
    if name in HANGING:
        layout.left_indent, layout.first_line_indent = HANGING[name], -HANGING[name]
    if name in HYPHENATED:
        layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    else:
        _keep_whole(style)
    if name == LIST:
        _set_spaces_free(style)
    elif style.name == "Subject Line":
        style.font.bold = True
    elif style.name == "Date":
        layout.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif style.name == "Closing":
        layout.keep_with_next = True
    elif style.name == "Contact":
        layout.space_before = Pt(8)
    elif style.name == "Source":
        layout.space_before = Pt(8)
        style.font.size = Pt(8)
        _rule_above(style)
    if style.name in {"Contact", "Copies"}:
        style.font.size = Pt(9.5)


def _keep_whole(style: ParagraphStyle) -> None:
    """Neither its words nor its lines are parted."""
    style.paragraph_format.keep_together = True
    properties = style.element.get_or_add_pPr()
    if properties.find(qn("w:suppressAutoHyphens")) is None:
        whole = OxmlElement("w:suppressAutoHyphens")
        properties.insert_element_before(whole, *AFTER_HYPHENS)


def _set_spaces_free(style: ParagraphStyle) -> None:
    """Word's own style of lists leaves no space between two of them either."""
    properties = style.element.get_or_add_pPr()
    for found in properties.findall(qn("w:contextualSpacing")):
        properties.remove(found)


_BEFORE_HYPHENS = (
    "zoom",
    "proofState",
    "mirrorMargins",
    "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter",
    "gutterAtTop",
    "defaultTabStop",
)
"""What of the settings that a letter has stands before these: the schema has an order."""

_HYPHENS = {
    "autoHyphenation": "1",
    "consecutiveHyphenLimit": "2",
    "hyphenationZone": "357",
    "doNotHyphenateCaps": "1",
}


def hyphenate(document: Document) -> None:
    """Word hyphenates what is justified, unless the letterhead says that it should or should not.

    Not more than two lines in a row, and nothing in capitals.
    """
    settings = document.settings.element
    if settings.find(qn("w:autoHyphenation")) is not None:
        return
    before = {qn(f"w:{name}") for name in _BEFORE_HYPHENS}
    place = next((at for at, one in enumerate(settings) if one.tag not in before), len(settings))
    for name, value in reversed(_HYPHENS.items()):
        for old in settings.findall(qn(f"w:{name}")):
            settings.remove(old)
        new = OxmlElement(f"w:{name}")
        new.set(qn("w:val"), value)
        settings.insert(place, new)


def name_the_font(document: Document) -> None:
    """What is known of the PDF's font, for a computer that lacks it; the font is not sent."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table = etree.fromstring(part.blob)
    font = etree.SubElement(table, qn("w:font"))
    font.set(qn("w:name"), FONT)
    about = {"altName": OTHER_FONTS, "panose1": PANOSE, "charset": "00", "family": "roman"}
    for name, value in {**about, "pitch": "variable"}.items():
        etree.SubElement(font, qn(f"w:{name}")).set(qn("w:val"), value)
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001 -- no public way


def _rule_above(style: ParagraphStyle) -> None:
    """A thin line over the note at the foot; python-docx has no borders."""
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in {"val": "single", "sz": "4", "space": "4", "color": "auto"}.items():
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    style.element.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


def _style(document: Document, name: str) -> ParagraphStyle:
    styles = document.styles
    if name in [style.name for style in styles]:
        found: ParagraphStyle = styles[name]
        return found
    style = _added(document, name)
    style.base_style = styles["Normal"]
    style.quick_style = True
    return style


def _added(document: Document, name: str, *, builtin: bool = False) -> ParagraphStyle:
    """A new style: its id is made of its name, and of a number where another style has that id."""
    taken = {style.style_id for style in document.styles}
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin)
    own, number = style.style_id, 1
    while style.style_id in taken:
        number += 1
        style.element.styleId = f"{own}{number}"
    return style


def is_default(style: BaseStyle) -> bool:
    """Whether the style holds where none is named."""
    return str(style.element.get(qn("w:default"))) == "1"
