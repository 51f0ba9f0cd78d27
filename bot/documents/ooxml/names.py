"""The namespaces of Word files, and names in Clark notation from `prefix:name`."""

from __future__ import annotations

_OPEN = "http://schemas.openxmlformats.org/"
_OFFICE = "http://schemas.microsoft.com/office/word/2010/wordprocessing"

NAMESPACES = {
    "w": _OPEN + "wordprocessingml/2006/main",
    "r": _OPEN + "officeDocument/2006/relationships",
    "wp": _OPEN + "drawingml/2006/wordprocessingDrawing",
    "a": _OPEN + "drawingml/2006/main",
    "pic": _OPEN + "drawingml/2006/picture",
    "mc": _OPEN + "markup-compatibility/2006",
    "wps": _OFFICE + "Shape",
    "wpg": _OFFICE + "Group",
    "wpc": _OFFICE + "Canvas",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
}
"""What may stand in a kept part. ECMA-376, part 1, and for the last ones part 4 and [MS-DOCX]."""

STRICT = "http://purl.oclc.org/ooxml/"
RELATIONS = _OPEN + "package/2006/relationships"
TYPES = _OPEN + "package/2006/content-types"
XML = "http://www.w3.org/XML/1998/namespace"


def q(name: str) -> str:
    """`w:p` in Clark notation; a name without a prefix stays as it is."""
    prefix, colon, local = name.partition(":")
    if not colon:
        return name
    return f"{{{XML if prefix == 'xml' else NAMESPACES[prefix]}}}{local}"
