"""The styles of a drawing: what is kept of them, and which elements they may fall on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from bot.documents.svg_measures import extent, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_RULES = 500
MAX_MATCHES = 200_000
"""Elements times rules: each is held against each."""

Style = dict[str, tuple[str, ...]]
"""The values that each property may have: more than one where a rule may or may not hold."""

PROPERTIES = frozenset(
    {
        *("fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity"),
        *("stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray"),
        *("stroke-dashoffset", "opacity", "color", "display", "visibility", "overflow"),
        *("clip-path", "clip-rule", "mask", "mask-type", "mix-blend-mode", "isolation"),
        *("stop-color", "stop-opacity", "paint-order", "transform", "shape-rendering"),
        *("font", "font-family", "font-size", "font-style", "font-weight", "font-stretch"),
        *("letter-spacing", "word-spacing", "text-anchor", "text-decoration", "writing-mode"),
        *("dominant-baseline", "baseline-shift", "font-variant"),
    }
)
"""What changes how a drawing looks, and is known to us."""

OWN = frozenset({"opacity", "clip-path", "mask", "mix-blend-mode", "isolation", "transform"})
"""Those that an element does not hand down to what it holds."""

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"[\w\s.#*>:\[\]=\"'+~-]{1,200}")
_LAST = re.compile(r"(\*|[A-Za-z][\w-]*)?((?:[.#][\w-]+)*)$")
_PART = re.compile(r"([.#])([\w-]+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with its declarations; `exact` where nothing but its last part decides."""

    selector: str
    declarations: dict[str, str]
    tag: str
    marks: frozenset[tuple[str, str]]
    exact: bool

    def may_fall_on(self, element: etree._Element, tag: str) -> bool:
        """Whether the rule could hold for the element: too often rather than too seldom."""
        if self.tag not in ("", "*", tag):
            return False
        if not self.marks:
            return True
        classes = {(".", name) for name in element.get("class", "").split()}
        return self.marks <= classes | {("#", element.get("id", ""))}


def declarations(text: str) -> dict[str, str]:
    """The declarations of a `style` that are kept; the last of a name holds."""
    kept: dict[str, str] = {}
    for declaration in text.split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.replace("!important", "").strip()
        if colon and is_kept(name, value):
            kept[name] = value
    return kept


def is_kept(name: str, value: str) -> bool:
    """Whether a property stays in the drawing that is drawn."""
    if name not in PROPERTIES or "\\" in value or not value:
        return False
    return not (name in OWN and "inherit" in value.lower())


def rules(text: str) -> Iterator[Rule]:
    """The rules of a `style` element; what is addressed to other media is left out."""
    text = _AT_RULE.sub("", _COMMENT.sub("", text))
    for selectors, body in _RULE.findall(text):
        kept = declarations(body)
        for selector in selectors.split(","):
            selector = selector.strip()  # noqa: PLW2901 -- the same, without blanks
            if not kept or not _SELECTOR.fullmatch(selector):
                continue
            last = _LAST.search(selector)
            whole = last is not None and last.start() == 0
            tag, parts = (last[1] or "", last[2]) if last else ("", "")
            yield Rule(selector, kept, tag, frozenset(_PART.findall(parts)), whole)


def written(rule: Rule) -> str:
    """The rule as text."""
    body = ";".join(f"{name}:{value}" for name, value in rule.declarations.items())
    return f"{rule.selector}{{{body}}}"


class Styles:
    """The styles of a drawing's elements: every value that may hold, not only the one that does."""

    def __init__(self, given: tuple[Rule, ...]) -> None:
        self._rules = given
        self._own: dict[etree._Element, tuple[Style, frozenset[str]]] = {}

    def can_match(self, elements: int) -> bool:
        """Whether so many elements can be held against the rules."""
        return elements * len(self._rules) <= MAX_MATCHES

    def of(self, element: etree._Element, above: Style) -> Style:
        """The values that may hold for an element, its own before those handed down."""
        if element not in self._own:
            self._own[element] = self._given_to(element)
        own, unsure = self._own[element]
        style = {name: values for name, values in above.items() if name not in OWN}
        for name, values in own.items():
            style[name] = (*values, *style.get(name, ())[:4]) if name in unsure else values
        return style

    def _given_to(self, element: etree._Element) -> tuple[Style, frozenset[str]]:
        found: dict[str, dict[str, None]] = {}
        unsure: set[str] = set()
        given = [{str(k): str(v) for k, v in element.attrib.items() if k in PROPERTIES}]
        tag = str(etree.QName(element).localname)
        for rule in self._rules:
            if rule.may_fall_on(element, tag):
                given.append(rule.declarations)
                unsure |= set() if rule.exact else set(rule.declarations)
        for declared in (*given, declarations(element.get("style", ""))):
            for name, value in declared.items():
                found.setdefault(name, {})[value.strip()] = None
        return {name: tuple(values) for name, values in found.items()}, frozenset(unsure)


def width(style: Style) -> float:
    """How far a stroke may reach from its line: its width, or the point of a corner."""
    wide = max(map(extent, style.get("stroke-width", ("1",))))
    return wide * max((*numbers(" ".join(style.get("stroke-miterlimit", ()))), 4.0))
