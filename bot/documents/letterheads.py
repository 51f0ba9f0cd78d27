"""A Word file as the base of letters, as it comes from a stranger.

It is bounded before it is opened, and refused with a reason where it could do or fetch anything.
"""

from __future__ import annotations

import io
import re
import zipfile

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from bot.letters.letterhead import Fault, Refused

MAX_FILE = 1024 * 1024
"""A letterhead stands in every Word letter: one to every State carries it hundreds of times."""

MAX_UNPACKED = 40 * 1024 * 1024
MAX_PART = 5 * 1024 * 1024
MAX_PARTS = 500

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ACTIVE = ("oleObject", "package", "control", "aFChunk", "frame", "subDocument", "attachedTemplate")
_FETCHING = re.compile(r"\b(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK|IMPORT|HYPERLINK)\b")
_BROKEN = (
    AttributeError,
    IndexError,
    KeyError,
    LookupError,
    OSError,
    PackageNotFoundError,
    TypeError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    zipfile.BadZipFile,
    etree.LxmlError,
)
"""What a malformed package makes the libraries raise."""


def read_word(data: bytes) -> bytes | Refused:
    """The bytes of a .docx that holds nothing but a document, or why it is refused."""
    if len(data) > MAX_FILE:
        return Refused(Fault.TOO_LARGE)
    if data.startswith(_OLE):
        return Refused(Fault.PROTECTED if _ENCRYPTED in data else Fault.OLD_WORD)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            refused = _looked_through(package)
        if refused:
            return refused
        docx.Document(io.BytesIO(data))
    except _BROKEN:
        return Refused(Fault.BROKEN if data.startswith(b"PK") else Fault.NOT_WORD)
    return data


def _looked_through(package: zipfile.ZipFile) -> Refused | None:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        return Refused(Fault.PROTECTED)
    # A part never unpacks to more than its header declares: zipfile stops there.
    large = any(
        part.file_size > MAX_PART for part in parts if part.filename.endswith((".xml", ".rels"))
    )
    if large or len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        return Refused(Fault.UNPACKS_TOO_LARGE)
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        return Refused(Fault.NOT_WORD)
    types = package.read("[Content_Types].xml").decode()
    if "macroEnabled" in types or any("vbaProject" in name for name in names):
        return Refused(Fault.MACROS)
    if _DOCUMENT not in types:
        return Refused(Fault.NOT_WORD)
    for name in sorted(names):
        if name.endswith((".xml", ".rels")):
            refused = _part(package.read(name), relations=name.endswith(".rels"))
            if refused:
                return refused
    return None


def _part(data: bytes, *, relations: bool) -> Refused | None:
    text = data.decode("utf-8-sig")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return Refused(Fault.BROKEN)
    if not relations:
        found = _FETCHING.search(_fields(data))
        return Refused(Fault.LINKS, found[0]) if found else None
    for relation in _parsed(data).iter("{*}Relationship"):
        if relation.get("TargetMode") == "External":
            return Refused(Fault.LINKS, str(relation.get("Target", ""))[:80])
        if str(relation.get("Type", "")).rsplit("/", 1)[-1] in _ACTIVE:
            return Refused(Fault.EMBEDDED)
    return None


def _fields(data: bytes) -> str:
    """The instructions of the fields in a part; one may stand in pieces."""
    root = _parsed(data)
    pieces = [element.text or "" for element in root.iter("{*}instrText")]
    whole = [str(value) for one in root.iter("{*}fldSimple") for value in one.attrib.values()]
    return " ".join(["".join(pieces), *pieces, *whole])


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)
