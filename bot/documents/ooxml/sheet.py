"""The styles that a letter on a letterhead needs: its own, those of header and footer, the bases.

A file may hold tens of thousands; python-docx searches all of them for every paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from bot.documents.ooxml.names import NAMESPACES, q
from bot.documents.styles import OUR_STYLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from bot.documents.ooxml.sieve import Sieve

MAX_STYLES = 300

_NAME, _ID, _VALUE = q("w:name"), q("w:styleId"), q("w:val")
_POINTERS = (q("w:basedOn"), q("w:link"), q("w:next"))
_VANISH = f"{q('w:rPr')}/{q('w:vanish')}"
_USES = (q("w:pStyle"), q("w:rStyle"), q("w:tblStyle"))


class Sheet:
    """The styles of a stranger's file."""

    def __init__(self, root: etree._Element | None) -> None:
        self._root = root
        self._styles: dict[str, etree._Element] = {}
        for style in () if root is None else root.iterchildren(q("w:style")):
            key = style.get(_ID)
            if key:
                self._styles.setdefault(key, style)

    def __contains__(self, key: object) -> bool:
        return key in self._styles

    def hidden(self) -> set[str]:
        """The styles whose text is not shown, by themselves or by what they are based on."""
        known: dict[str, bool] = {}
        for key in self._styles:
            if key not in known:
                path, hides = self._looked_up(key, known)
                known |= dict.fromkeys(path, hides)
        return {key for key, hides in known.items() if hides}

    def kept(self, trees: Collection[etree._Element], sieve: Sieve) -> etree._Element:
        """The part `styles` with what the trees and a letter need."""
        new = etree.Element(q("w:styles"), nsmap=NAMESPACES)
        defaults = None if self._root is None else self._root.find(q("w:docDefaults"))
        if defaults is not None:
            self._append(new, sieve.properties(defaults))
        wanted = self._wanted(trees)
        names: set[tuple[str, str]] = set()
        for key in wanted:
            style = sieve.properties(self._styles[key])
            if style is None:
                continue
            name = style.find(_NAME)
            if name is None:
                name = etree.Element(_NAME)
                style.insert(0, name)
            if not name.get(_VALUE):
                name.set(_VALUE, key)
            named = (str(style.get(q("w:type"))), str(name.get(_VALUE)).lower())
            if named not in names:
                names.add(named)
                new.append(style)
        _drop_dangling(new)
        _drop_markers(new)
        for tree in trees:
            _drop_unknown(tree, {str(style.get(_ID)) for style in new.iter(q("w:style"))})
        return new

    @staticmethod
    def _append(parent: etree._Element, child: etree._Element | None) -> None:
        if child is not None and len(child):
            parent.append(child)

    def _wanted(self, trees: Iterable[etree._Element]) -> list[str]:
        ours = {name.lower() for name in (*OUR_STYLES, "Normal", "header", "footer")}
        first = [
            key
            for key, style in self._styles.items()
            if style.get(q("w:default")) in {"1", "true", "on"} or _name(style).lower() in ours
        ]
        first += [str(use.get(_VALUE)) for tree in trees for use in tree.iter(*_USES)]
        found: dict[str, None] = {}
        queue = list(dict.fromkeys(first))
        for key in queue:
            if key in self._styles and key not in found and len(found) < MAX_STYLES:
                found[key] = None
                queue += self._pointed(key)
        return list(found)

    def _pointed(self, key: str) -> Iterator[str]:
        for pointer in _POINTERS:
            other = self._styles[key].find(pointer)
            if other is not None:
                yield str(other.get(_VALUE))

    def _looked_up(self, key: str, known: dict[str, bool]) -> tuple[dict[str, None], bool]:
        """Whether a style hides, and with it those on the way to where that is said or known.

        Each style is come by once: thousands may be based on one another in a row.
        """
        path: dict[str, None] = {}
        while key in self._styles and key not in path:
            if key in known:
                return path, known[key]
            path[key] = None
            own = self._styles[key].find(_VANISH)
            if own is not None:
                return path, own.get(_VALUE, "1") not in {"0", "false", "off", "f"}
            base = self._styles[key].find(_POINTERS[0])
            key = "" if base is None else str(base.get(_VALUE))
        return path, False


def _name(style: etree._Element) -> str:
    name = style.find(_NAME)
    return "" if name is None else str(name.get(_VALUE))


def _drop_unknown(tree: etree._Element, known: set[str]) -> None:
    for use in list(tree.iter(*_USES)):
        parent = use.getparent()
        if parent is not None and use.get(_VALUE) not in known:
            parent.remove(use)


def _drop_markers(styles: etree._Element) -> None:
    """A marker is for text: the schema has none in a style."""
    for marked in list(styles.iter(q("w:highlight"))):
        parent = marked.getparent()
        if parent is not None:
            parent.remove(marked)


def _drop_dangling(styles: etree._Element) -> None:
    known = {style.get(_ID): style.get(q("w:type")) for style in styles.iter(q("w:style"))}
    for style in styles.iter(q("w:style")):
        for pointer in _POINTERS:
            other = style.find(pointer)
            if other is not None and other.get(_VALUE) not in known:
                style.remove(other)
    _break_circles(styles)


def _break_circles(styles: etree._Element) -> None:
    """A style that is based on itself, through whichever others, is based on nothing."""
    bases = {style.get(_ID): style.find(q("w:basedOn")) for style in styles.iter(q("w:style"))}
    for key, base in list(bases.items()):
        seen, current = {key}, base
        while current is not None and current.get(_VALUE) not in seen:
            seen.add(current.get(_VALUE))
            current = bases.get(current.get(_VALUE))
        if current is not None and base is not None:
            parent = base.getparent()
            if parent is not None:
                parent.remove(base)
            bases[key] = None
