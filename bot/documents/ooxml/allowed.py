"""What may stay of a letterhead's parts: elements, their attributes, and what these may say.

Data only. Whatever is not named here is dropped with all that it holds, so what hides in a file
need not be known to be left out. Sequences follow the schemas of ECMA-376 (part 1, annex A), by
which Word, and Microsoft's validator, want the properties ordered.
"""

from __future__ import annotations

import re
from pathlib import Path

from bot.documents.ooxml.names import q

KINDS = {
    "flag": re.compile("0|1|t|f|true|false|on|off"),
    "number": re.compile(
        r"[+-]?(?=\.?[0-9])[0-9]{0,12}(\.[0-9]{1,12})?(%|pt|cm|mm|in|pc|pi|px|em|fd?)?"
    ),
    "hex": re.compile("[0-9A-Fa-f]{1,20}"),
    "word": re.compile("[A-Za-z][A-Za-z0-9]{0,31}"),
    "locale": re.compile("[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,3}"),
    "name": re.compile(r"[^\x00-\x1f\\/:*?<>|{}@]{1,80}"),
    "font": re.compile(r"[^\x00-\x1f\\/:*?<>|{}@]{1,31}"),
    "shown": re.compile(r"[^\x00-\x1f]{0,80}"),
    "colour": re.compile(r"#?[A-Za-z0-9]{1,20}( \[[0-9]{1,10}\])?"),
    "formula": re.compile(r"[A-Za-z0-9 *+/.,@#-]{0,20000}"),
    "shape": re.compile("#?_x0000_t[0-9]{1,4}"),
    "points": re.compile(r"[0-9., %a-z-]{1,2000}"),
    "graphic": re.compile(
        "http://schemas[.]openxmlformats[.]org/drawingml/2006/picture|"
        "http://schemas[.]microsoft[.]com/office/word/2010/wordprocessing(Shape|Group|Canvas)"
    ),
}
"""What an attribute may say, in whole. `relation`, `style`, `fraction`: the sieve looks itself."""


def _table() -> dict[str, dict[str, tuple[str, ...]]]:
    """Element -> attribute -> kinds, all in Clark notation."""
    table: dict[str, dict[str, tuple[str, ...]]] = {}
    groups: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("elements.txt").read_text(encoding="ascii").splitlines():
        first, *rest = line.split() or ["#"]
        if first == "bare":
            table |= {q(name): {} for name in rest}
        elif first == "onoff":
            table |= {q(name): {q("w:val"): ("flag",)} for name in rest}
        elif first.startswith("@"):
            groups[first] = rest
        elif first != "#":
            pairs = [pair for word in rest for pair in groups.get(word, [word])]
            table[q(first)] = dict(_attribute(first, pair) for pair in pairs)
    return table


def _attribute(element: str, pair: str) -> tuple[str, tuple[str, ...]]:
    name, kinds = pair.split("=")
    own = "w:" if element.startswith("w:") and ":" not in name else ""
    return q(own + name), tuple(kinds.split("|"))


ELEMENTS = _table()
"""Every element that may stay, and of each the attributes with their kinds."""

WRAPPERS = {
    q(name)
    for name in (
        *("w:sdt", "w:sdtContent", "w:smartTag", "w:customXml", "w:ins", "w:moveTo"),
        *("w:hyperlink", "w:dir", "w:bdo", "w:ruby", "w:rubyBase"),
    )
}
"""Elements that go, while what they hold stays."""

_SEQUENCES = {
    "w:rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
        "noProof snapToGrid color spacing w kern position sz szCs highlight u effect bdr shd "
        "fitText vertAlign rtl cs em lang eastAsianLayout"
    ),
    "w:pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
        "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
        "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
        "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl rPr"
    ),
    "w:numPr": "ilvl numId",
    "w:pBdr": "top left bottom right between bar",
    "w:tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook"
    ),
    "w:tblPrEx": "tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "w:tblBorders": "top left start bottom right end insideH insideV",
    "w:tblCellMar": "top left start bottom right end",
    "w:trPr": "gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc",
    "w:tcPr": (
        "tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
        "hideMark"
    ),
    "w:tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "w:tcMar": "top left start bottom right end",
    "w:style": (
        "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr trPr "
        "tcPr tblStylePr*"
    ),
    "w:tblStylePr": "pPr rPr tblPr trPr tcPr",
    "w:docDefaults": "rPrDefault pPrDefault",
    "w:rPrDefault": "rPr",
    "w:pPrDefault": "pPr",
    "w:tabs": "tab*",
    "w:tblGrid": "gridCol*",
    "w:pgBorders": "top left bottom right",
    "w:abstractNum": "multiLevelType lvl*",
    "w:lvl": "start numFmt lvlRestart isLgl suff lvlText lvlJc pPr rPr",
    "w:num": "abstractNumId lvlOverride*",
    "w:lvlOverride": "startOverride lvl",
    "w:font": "panose1 charset family pitch sig",
    "w:hdr": "p|tbl*",
    "w:ftr": "p|tbl*",
    "w:txbxContent": "p|tbl*",
    "w:p": "pPr r|fldSimple*",
    "w:fldSimple": "r*",
    "w:r": (
        "rPr t|br|cr|tab|ptab|sym|pgNum|noBreakHyphen|softHyphen|drawing|pict|fldChar|instrText*"
    ),
    "w:tc": "tcPr p|tbl*",
    "w:tr": "tblPrEx trPr tc*",
    "w:tbl": "tblPr tblGrid tr*",
    "wp:inline": "extent effectExtent docPr cNvGraphicFramePr a:graphic",
    "wp:anchor": (
        "simplePos positionH positionV extent effectExtent wrapNone wrapSquare wrapTight "
        "wrapThrough wrapTopAndBottom docPr cNvGraphicFramePr a:graphic"
    ),
    "pic:pic": "nvPicPr blipFill spPr",
    "pic:nvPicPr": "cNvPr cNvPicPr",
    "pic:blipFill": "a:blip a:srcRect a:tile a:stretch",
    "wps:wsp": "cNvPr cNvSpPr cNvCnPr spPr style txbx bodyPr",
    "wps:txbx": "w:txbxContent",
}


def _sequences() -> dict[str, dict[str, tuple[int, bool]]]:
    table = {}
    for parent, children in _SEQUENCES.items():
        prefix = parent.partition(":")[0]
        table[q(parent)] = {
            q(name if ":" in name else f"{prefix}:{name}"): (place, child.endswith("*"))
            for place, child in enumerate(children.split())
            for name in child.rstrip("*").split("|")
        }
    return table


SEQUENCES = _sequences()
"""Of a parent whose children have an order: child -> (its place, whether it may stand often)."""

NEEDED = {
    q(parent): {q(child) for child in children.split()}
    for parent, children in {
        "pic:blipFill": "a:blip",
        "a:blipFill": "a:blip",
        "pic:pic": "pic:blipFill",
        "a:graphicData": "pic:pic wps:wsp wpg:wgp wpc:wpc",
        "a:graphic": "a:graphicData",
        "wp:inline": "a:graphic",
        "wp:anchor": "a:graphic",
        "w:drawing": "wp:inline wp:anchor",
        "w:pict": "v:shape v:rect v:roundrect v:oval v:line v:polyline v:group",
        "w:tr": "w:tc",
        "w:tabs": "w:tab",
        "w:tbl": "w:tr",
        "wps:txbx": "w:txbxContent",
        "wpg:wgp": "pic:pic wps:wsp wpg:grpSp",
        "wpg:grpSp": "pic:pic wps:wsp wpg:grpSp",
    }.items()
}
"""An element goes where none of these children stayed: half a picture is none."""

NEED_A_VALUE = {
    name
    for name, attributes in ELEMENTS.items()
    if list(attributes) in ([q("w:val")], ["val"]) and ("flag",) not in attributes.values()
} - {q("w:vMerge"), q("w:hMerge")}
"""What says one thing and no more is nothing where it does not say it."""

NEEDED_ATTRIBUTES = {
    q("a:blip"): q("r:embed"),
    q("v:imagedata"): q("r:id"),
    q("w:fldChar"): q("w:fldCharType"),
    q("a:graphicData"): "uri",
    q("w:style"): q("w:styleId"),
    q("w:color"): q("w:val"),
    q("w:shd"): q("w:val"),
    q("w:tab"): q("w:val"),
}

HOLD_PARAGRAPHS = {q("w:hdr"), q("w:ftr"), q("w:tc"), q("w:txbxContent")}
"""These end with a paragraph, whatever was dropped."""

STYLE_PROPERTIES = {
    "position", "left", "top", "width", "height", "margin", "margin-left", "margin-top",
    "margin-right", "margin-bottom", "z-index", "rotation", "flip", "text-align", "v-text-anchor",
    "v-text-kern", "layout-flow", "font-family", "font-size", "font-weight", "font-style",
    "mso-position-horizontal", "mso-position-horizontal-relative", "mso-position-vertical",
    "mso-position-vertical-relative", "mso-wrap-style", "mso-wrap-distance-left",
    "mso-wrap-distance-right", "mso-wrap-distance-top", "mso-wrap-distance-bottom",
    "mso-width-percent", "mso-width-relative", "mso-height-percent", "mso-height-relative",
    "mso-left-percent", "mso-top-percent", "mso-fit-shape-to-text", "mso-wrap-edited",
    "mso-layout-flow-alt", "mso-rotate-with-shape",
}  # fmt: skip
STYLE_VALUE = re.compile(
    """[A-Za-z0-9 .%+-]{1,40}|"[A-Za-z0-9 -]{1,40}"|&quot;[A-Za-z0-9 -]{1,40}"""
)
