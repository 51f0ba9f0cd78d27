"""A letterhead of a stranger's Word file: a package of our own with what is good of theirs."""

from __future__ import annotations

import io
import itertools
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from bot.documents.ooxml import frame
from bot.documents.ooxml.names import RELATIONS, TYPES, q
from bot.documents.ooxml.package import (
    MAX_ELEMENTS,
    MAX_FILE,
    Package,
    UnsoundError,
    broken,
    first_section,
    opened,
)
from bot.documents.ooxml.pictures import Pictures
from bot.documents.ooxml.sheet import Sheet
from bot.documents.ooxml.sieve import Sieve, worth
from bot.documents.ooxml.theme import theme
from bot.letters.letterhead import Fault, LeftOut, Refused, Taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARK = b"letterhead 1"
"""Stands in the archive's comment: which of our rules the package was made by."""

_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DOCUMENT = "word/document.xml"
_TYPES = {
    **{
        name: f"{_WORD}{name}+xml"
        for name in ("styles", "settings", "numbering", "fontTable", "header", "footer")
    },
    "document": f"{_WORD}document.main+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
}
_ENDINGS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
}
_STAMP = (1980, 1, 1, 0, 0, 0)
_HEADS = {"w:headerReference": "w:hdr", "w:footerReference": "w:ftr"}
_PAGES = ("default", "first", "even")


def rebuilt(data: bytes) -> Taken | Refused:
    """The letterhead in a Word file of a stranger; the same bytes for the same file."""
    try:
        return _rebuilt(opened(data))
    except UnsoundError as unsound:
        return unsound.refused
    except Exception as error:
        if not broken(error):
            raise
        return Refused(Fault.BROKEN)


def is_rebuilt(word: bytes) -> bool:
    """Whether a kept file was made by the present rules."""
    return word.endswith(MARK)


@dataclass(slots=True)
class _Target:
    """The package being made: its parts, and of each part the relations as (kind, part)."""

    parts: dict[str, bytes] = field(default_factory=dict)
    relations: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, name: str, tree: etree._Element) -> None:
        """A part; but for headers and footers, the document's relation to it too."""
        etree.cleanup_namespaces(tree, keep_ns_prefixes=["w", "r", "wps", "wpg", "wpc"])
        self.parts[name] = _written(tree)
        if name == _DOCUMENT:
            self.relate("", "officeDocument", name)
        else:
            self.relate(_DOCUMENT, _kind(name), name)

    def relate(self, source: str, kind: str, part: str) -> str:
        """The relation's id; a relation that there is already is not made again."""
        own = self.relations.setdefault(source, [])
        if (kind, part) not in own:
            own.append((kind, part))
        return f"rId{own.index((kind, part)) + 1}"

    def packed(self) -> bytes:
        """The package; its times are fixed and its comment is our mark."""
        parts = {"[Content_Types].xml": self._types()}
        for source, relations in self.relations.items():
            folder, name = posixpath.split(source)
            parts[posixpath.join(folder, "_rels", f"{name}.rels")] = _related(folder, relations)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.comment = MARK
            for name, data in (parts | self.parts).items():
                how = zipfile.ZIP_STORED if "/media/" in name else zipfile.ZIP_DEFLATED
                archive.writestr(zipfile.ZipInfo(name, _STAMP), data, how)
        return stream.getvalue()

    def _types(self) -> bytes:
        root = etree.Element(f"{{{TYPES}}}Types", nsmap={None: TYPES})  # type: ignore[dict-item]
        for extension, kind in _ENDINGS.items():
            etree.SubElement(root, f"{{{TYPES}}}Default", Extension=extension, ContentType=kind)
        for name in self.parts:
            if _kind(name) in _TYPES:
                one = etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{name}")
                one.set("ContentType", _TYPES[_kind(name)])
        return _written(root)


def _kind(name: str) -> str:
    """`header` of `word/header2.xml`: the word in its relation's type and in its content type."""
    return posixpath.basename(name).partition(".")[0].rstrip("0123456789")


def _related(folder: str, relations: list[tuple[str, str]]) -> bytes:
    root = etree.Element(f"{{{RELATIONS}}}Relationships", nsmap={None: RELATIONS})  # type: ignore[dict-item]
    for number, (kind, part) in enumerate(relations, start=1):
        one = etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=f"rId{number}")
        one.set("Type", _KINDS + kind)
        one.set("Target", posixpath.relpath(part, folder or "."))
    return _written(root)


def _written(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rebuilt(source: Package) -> Taken:
    target, left_out = _Target(), set[LeftOut]()
    pictures = Pictures(source, left_out)
    sheet = Sheet(_tree(source, "styles"))
    section = first_section(source)
    trees: dict[str, etree._Element] = {}
    heads: list[tuple[str, str, str]] = []
    elements, numbers = 0, itertools.count(1)
    for tag, pages, key in _heads(source, section):
        root = source.tree(key)
        elements += sum(1 for _ in root.iter())
        if elements > MAX_ELEMENTS:
            raise UnsoundError(Refused(Fault.UNPACKS_TOO_LARGE))
        kind = tag.removeprefix("w:").removesuffix("Reference")
        if root.tag == q(_HEADS[tag]):
            name = f"word/{kind}{len(trees) + 1}.xml"
            picture = _placing(source, key, target, name, pictures)
            sieve = Sieve(picture, sheet, sheet.hides, left_out, numbers)
            trees[name] = sieve.part(root, _HEADS[tag])
            heads.append((tag, pages, target.relate(_DOCUMENT, kind, name)))
    if not any(worth(tree) > 1 for tree in trees.values()):
        left_out.add(LeftOut.BODY)
    plain = Sieve(styles=sheet, left_out=left_out)
    styles = sheet.kept(trees.values(), plain)
    using = [*trees.values(), styles]
    for name, tree in (
        ("word/document.xml", frame.document(section, heads, plain)),
        ("word/styles.xml", styles),
        ("word/settings.xml", frame.settings(_tree(source, "settings"))),
        ("word/theme/theme1.xml", theme(_tree(source, "theme"))),
        ("word/numbering.xml", frame.numbering(_tree(source, "numbering"), using, plain)),
        ("word/fontTable.xml", frame.fonts(_tree(source, "fontTable"), using, plain)),
        *trees.items(),
    ):
        if len(tree) or tree.tag == q("w:fonts"):
            target.add(name, tree)
    for name, data in pictures.files.items():
        target.parts[f"word/media/{name}"] = data
    packed = target.packed()
    if len(packed) > MAX_FILE:
        raise UnsoundError(Refused(Fault.TOO_LARGE))
    return Taken(packed, tuple(sorted(left_out)))


def _tree(source: Package, kind: str) -> etree._Element | None:
    """The part of such a relation to the document, where there is one that can be read."""
    key = source.related(source.main, kind)
    return source.tree(key) if key else None


def _heads(source: Package, section: etree._Element | None) -> Iterator[tuple[str, str, str]]:
    """Of the page's headers and footers: the reference, the pages it is for, the part's key."""
    seen = set()
    for reference in () if section is None else section:
        tag = {q(name): name for name in _HEADS}.get(reference.tag)
        pages = reference.get(q("w:type"), "default")
        relation = source.relations(source.main).get(reference.get(q("r:id"), ""))
        if tag and pages in _PAGES and (tag, pages) not in seen and relation and relation.target:
            seen.add((tag, pages))
            yield tag, pages, relation.target


def _placing(
    source: Package, key: str, target: _Target, name: str, pictures: Pictures
) -> Callable[[str], str]:
    """How the sieve asks for a picture of a part: by its old relation, for its new one."""

    def place(old: str) -> str:
        relation = source.relations(key).get(old)
        if relation is None or relation.kind != "image":
            return ""
        if not relation.target:
            pictures.left_out.add(LeftOut.OUTSIDE)
            return ""
        picture = pictures.name(relation.target)
        return target.relate(name, "image", f"word/media/{picture}") if picture else ""

    return place
