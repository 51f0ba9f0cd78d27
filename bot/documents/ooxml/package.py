"""A stranger's Word file as parts and relations, opened within bounds."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from bot.documents.ooxml.names import RELATIONS, STRICT, TYPES, q
from bot.letters.letterhead import Fault, Refused

MAX_FILE = 1024 * 1024
"""A letterhead stands in every Word letter: one to every State carries it hundreds of times."""

MAX_UNPACKED = 40 * 1024 * 1024
MAX_PART = 5 * 1024 * 1024
MAX_TREE = 3 * 1024 * 1024
"""Of a part that is XML and is parsed as a whole; of 1,500 files the largest had 1 MB."""

MAX_DOCUMENT = 8 * 1024 * 1024
"""Of the document: it is read piece by piece, and all but its page goes."""

MAX_PARTS = 2000
MAX_ELEMENTS = 20_000
"""Of headers and footers together: a page of small print has 2,000."""

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCUMENTS = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
_BROKEN = (
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
)
"""What a malformed package makes the libraries raise."""


class UnsoundError(Exception):
    """The package is refused; its argument is the refusal."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.fault)
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: `kind` is the last word of its type, `target` a part's key or ""."""

    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """The parts of an open file, each under its name in lower case and without a first slash."""

    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]
    main: str = ""
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def read(self, key: str, most: int = MAX_PART) -> bytes:
        """The part's bytes; KeyError where there is none."""
        part = self.parts[key]
        if part.file_size > most:
            raise UnsoundError(Refused(Fault.UNPACKS_TOO_LARGE))
        return self.archive.read(part)

    def tree(self, key: str) -> etree._Element:
        """The part parsed; nothing outside it is looked at."""
        data = self.read(key, MAX_TREE)
        refuse_doctype(data)
        return etree.fromstring(data, _parser())

    def relations(self, key: str) -> dict[str, Relation]:
        """Id -> relation of a part; "" stands for the package."""
        if key not in self._relations:
            folder, name = posixpath.split(key)
            source = posixpath.join(folder, "_rels", f"{name}.rels")
            found = (
                self.tree(source).iter(f"{{{RELATIONS}}}Relationship")
                if (source in self.parts)
                else ()
            )
            self._relations[key] = {
                str(one.get("Id", "")): Relation(
                    str(one.get("Type", "")).rstrip("/").rsplit("/", 1)[-1],
                    "" if one.get("TargetMode") == "External" else self._target(folder, one),
                )
                for one in found
            }
        return self._relations[key]

    def related(self, key: str, kind: str) -> str:
        """The part that the first such relation points to; "" where there is none."""
        return next(
            (one.target for one in self.relations(key).values() if one.kind == kind and one.target),
            "",
        )

    def _target(self, folder: str, relation: etree._Element) -> str:
        path = unquote(str(relation.get("Target", ""))).replace("\\", "/")
        key = _key(posixpath.join("/", folder, path))
        return key if key in self.parts else ""


def opened(data: bytes) -> Package:
    """The package with its document found.

    Raises `UnsoundError`, and what `broken` knows.
    """
    if len(data) > MAX_FILE:
        raise UnsoundError(Refused(Fault.TOO_LARGE))
    if data.startswith(_OLE):
        raise UnsoundError(Refused(Fault.PROTECTED if _ENCRYPTED in data else Fault.OLD_WORD))
    if not data.startswith(b"PK"):
        raise UnsoundError(Refused(Fault.NOT_WORD))
    archive = zipfile.ZipFile(io.BytesIO(data))
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnsoundError(Refused(Fault.PROTECTED))
    # A part never unpacks to more than its header declares: zipfile stops there.
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnsoundError(Refused(Fault.UNPACKS_TOO_LARGE))
    package = Package(archive, _parts(entries))
    types = _content_types(package)
    package.main = package.related("", "officeDocument") or "word/document.xml"
    kind = types.get(package.main) or types.get(posixpath.splitext(package.main)[1], "")
    # What is embedded may have macros of its own: it is left out.
    if "macroenabled" in kind or any(
        "vbaproject" in one for one in (*types.values(), *package.parts)
    ):
        raise UnsoundError(Refused(Fault.MACROS))
    if package.main not in package.parts:
        raise UnsoundError(Refused(Fault.NOT_WORD))
    if not kind.endswith(_DOCUMENTS):
        raise UnsoundError(Refused(Fault.NOT_WORD))
    return package


def broken(error: Exception) -> bool:
    """Whether it is a malformed package, and no mistake of ours, that raises this."""
    return isinstance(error, _BROKEN)


def _parts(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """One part a name. Which of two that differ is meant nobody knows: Word and others differ."""
    parts: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        key = _key(entry.filename)
        other = parts.setdefault(key, entry)
        same = (other.CRC, other.file_size) == (entry.CRC, entry.file_size)
        if other is not entry and not same:
            raise UnsoundError(Refused(Fault.BROKEN))
    return parts


def _key(name: str) -> str:
    """Part names are compared without case; slashes of another kind mean the same."""
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").lower()


def _content_types(package: Package) -> dict[str, str]:
    """Part's key, or ending with its dot, -> content type in lower case."""
    if "[content_types].xml" not in package.parts:
        raise UnsoundError(Refused(Fault.NOT_WORD))
    root = package.tree("[content_types].xml")
    types = {}
    for one in root.iter(f"{{{TYPES}}}Default", f"{{{TYPES}}}Override"):
        extension = one.get("Extension")
        name = f".{extension.lower()}" if extension else _key(str(one.get("PartName", "")))
        types[name] = str(one.get("ContentType", "")).lower()
    return types


def refuse_doctype(data: bytes) -> None:
    """No part of a Word file declares anything: what does is meant to be expanded."""
    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        if "<!DOCTYPE".encode(encoding) in data or "<!ENTITY".encode(encoding) in data:
            raise UnsoundError(Refused(Fault.BROKEN))


def first_section(package: Package) -> etree._Element | None:
    """The page of the document's first section, found without keeping the text before it.

    The document is read in pieces and each paragraph is forgotten when it ends.
    """
    data = package.read(package.main, MAX_DOCUMENT)
    refuse_doctype(data)
    section, paragraph = q("w:sectPr"), q("w:p")
    steps = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        tag=(section, paragraph, q("w:document"), f"{{{STRICT}wordprocessingml/main}}document"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    wanted: etree._Element | None = None
    seen = False
    for event, element in steps:
        if not seen:
            seen = True
            if element.tag.startswith(f"{{{STRICT}"):
                raise UnsoundError(Refused(Fault.STRICT))
            if element.tag != q("w:document"):
                raise UnsoundError(Refused(Fault.NOT_WORD))
        elif event == "start" and element.tag == section and wanted is None:
            wanted = element
        elif event == "end" and element is wanted:
            break
        elif event == "end" and element.tag == paragraph and wanted is None:
            parent = element.getparent()
            if parent is not None:
                element.clear()  # first: lxml takes the square of their number to move children
                parent.remove(element)
    return wanted


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
