"""A theme with a stranger's colours and fonts, and nothing else of theirs."""

from __future__ import annotations

from lxml import etree

from bot.documents.ooxml.allowed import KINDS
from bot.documents.ooxml.names import NAMESPACES, q

_COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4",
    "accent2": "ED7D31", "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5",
    "accent6": "70AD47", "hlink": "0563C1", "folHlink": "954F72",
}  # fmt: skip
_SCHEME = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_FORMATS = (
    '<a:fmtScheme xmlns:a="{a}" name="Office"><a:fillStyleLst>{fill}</a:fillStyleLst>'
    "<a:lnStyleLst>{line}</a:lnStyleLst><a:effectStyleLst>{effect}</a:effectStyleLst>"
    "<a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme>"
).format(
    a=NAMESPACES["a"],
    fill=3 * _SCHEME,
    line=3 * f'<a:ln w="6350">{_SCHEME}<a:prstDash val="solid"/></a:ln>',
    effect=3 * "<a:effectStyle><a:effectLst/></a:effectStyle>",
)


def theme(old: etree._Element | None) -> etree._Element:
    """The part `theme`; colours and fonts that it lacks are Word's own."""
    root = etree.Element(q("a:theme"), nsmap={"a": NAMESPACES["a"]})
    root.set("name", "Office")
    elements = etree.SubElement(root, q("a:themeElements"))
    colours = etree.SubElement(elements, q("a:clrScheme"))
    colours.set("name", "Office")
    for name, usual in _COLOURS.items():
        one = etree.SubElement(etree.SubElement(colours, q(f"a:{name}")), q("a:srgbClr"))
        one.set("val", _colour(old, name) or usual)
    fonts = etree.SubElement(elements, q("a:fontScheme"))
    fonts.set("name", "Office")
    for name in ("majorFont", "minorFont"):
        _fonts(old, name, etree.SubElement(fonts, q(f"a:{name}")))
    elements.append(etree.fromstring(_FORMATS))
    return root


def _colour(old: etree._Element | None, name: str) -> str:
    found = None if old is None else next(old.iter(q(f"a:{name}")), None)
    if found is None or not len(found):
        return ""
    value = found[0].get("lastClr") or found[0].get("val") or ""
    return value if len(value) == len("000000") and KINDS["hex"].fullmatch(value) else ""


def _fonts(old: etree._Element | None, name: str, new: etree._Element) -> None:
    found = None if old is None else next(old.iter(q(f"a:{name}")), None)
    for script in ("latin", "ea", "cs"):
        font = None if found is None else found.find(q(f"a:{script}"))
        face = "" if font is None else font.get("typeface", "")
        usual = "Calibri" if script == "latin" else ""
        etree.SubElement(new, q(f"a:{script}")).set(
            "typeface", face if KINDS["name"].fullmatch(face) else usual
        )
    for font in () if found is None else found.iterchildren(q("a:font")):
        script, face = font.get("script", ""), font.get("typeface", "")
        if KINDS["word"].fullmatch(script) and KINDS["name"].fullmatch(face):
            one = etree.SubElement(new, q("a:font"))
            one.set("script", script)
            one.set("typeface", face)
