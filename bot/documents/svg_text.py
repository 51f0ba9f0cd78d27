"""From the bytes of an SVG file to its elements, with nothing in them that could grow or fetch.

Drawing programs save in several encodings and with a document type; the type is dropped, and
of its entities only plain words are put in, as Illustrator writes them for its namespaces.
"""

from __future__ import annotations

import re

from lxml import etree

from bot.letters.letterhead import Fault, Refused

MAX_ELEMENTS, MAX_ATTRIBUTES = 20_000, 60_000
"""Of a file with all that drawing programs add: libxml2 takes some 200 bytes for each."""

MAX_ENTITIES, MAX_ENTITY, MAX_REFERENCES = 60, 200, 500

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UNMARKED = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARATION = re.compile(
    r"""\s*<\?xml\s[^>]*?(?:encoding\s*=\s*["']([\w.-]{1,40})["'][^>]*)?\?>"""
)
_LATIN = frozenset({"iso-8859-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii"})
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^>\[]*(?:\[(.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DECLARED = re.compile(r"<!--.*?-->|<!(ENTITY|ATTLIST|ELEMENT|NOTATION)\s([^>]*)>|\S", re.DOTALL)
_ENTITY = re.compile(r"""([\w.-]{1,60})\s+("[^"<&%]*"|'[^'<&%]*')\s*""")


def text_of(data: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 or Latin-1, without its mark and its declaration."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _without_declaration(_decoded(data[len(mark) :], encoding))
    for start, encoding in _UNMARKED:
        if data.startswith(start):
            return _without_declaration(_decoded(data, encoding))
    declared = _DECLARATION.match(data[:200].decode("latin-1"))
    name = (declared[1] or "").lower() if declared else ""
    return _without_declaration(_decoded(data, "cp1252" if name in _LATIN else "utf-8"))


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _without_declaration(text: str | None) -> str | None:
    return None if text is None else _DECLARATION.sub("", text, count=1).lstrip("\ufeff \t\r\n")


def parsed(text: str) -> etree._Element | Refused:
    """The drawing's elements."""
    start = text.find("<!DOCTYPE", 0, text.find("<svg") + 1)
    if start >= 0:
        found = _DOCTYPE.match(text, start)
        if found is None:
            return Refused(Fault.BROKEN)
        entities = _entities(found[1] or "")
        if entities is None:
            return Refused(Fault.ACTIVE_SVG, "ENTITY")
        text = _with_entities(text[: found.start()] + text[found.end() :], entities)
    if "<!ENTITY" in text or "<!DOCTYPE" in text:
        return Refused(Fault.ACTIVE_SVG, "ENTITY")
    if text.count("<") > 2 * MAX_ELEMENTS or text.count("=") > MAX_ATTRIBUTES:
        return Refused(Fault.COSTLY_SVG)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, UnicodeEncodeError):
        return Refused(Fault.BROKEN)


def _entities(subset: str) -> dict[str, str] | None:
    """The words that a document type gives names; None where one is more than a word."""
    entities: dict[str, str] = {}
    for declared in _DECLARED.finditer(subset):
        kind, rest = declared[1], declared[2]
        if kind is None and not declared[0].startswith("<!--"):
            return None
        if kind != "ENTITY":
            continue
        entity = _ENTITY.fullmatch(rest.strip())
        if entity is None or len(entity[2]) > MAX_ENTITY or len(entities) >= MAX_ENTITIES:
            return None
        entities.setdefault(entity[1], entity[2][1:-1])
    return entities


def _with_entities(text: str, entities: dict[str, str]) -> str:
    """The text with those words put in, each reference once: a word refers to no other."""
    if not entities:
        return text
    names = "|".join(map(re.escape, entities))
    return re.sub(f"&({names});", lambda name: entities[name[1]], text, count=MAX_REFERENCES)
