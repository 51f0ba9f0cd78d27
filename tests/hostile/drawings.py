"""Drawings that are short to write and long to draw."""

from __future__ import annotations

import base64
import random
from typing import TYPE_CHECKING

from tests.documents.test_letterhead import SVG, huge_png
from tests.hostile.packages import LAUGHS, QUADRATIC
from tests.hostile.pictures import png

if TYPE_CHECKING:
    from collections.abc import Callable

_WHOLE = '<rect width="90" height="30" fill="{}"/>'
_GRADIENT = '<linearGradient id="g"><stop/><stop offset="1" stop-color="red"/></linearGradient>'


def _drawing(inside: str, before: str = "") -> bytes:
    return (before + SVG.format(inside)).encode()


def _zigzag(count: int, command: str = "L") -> str:
    found = random.Random(1)  # noqa: S311 -- the same file each time
    return f"M0 0{command}" + " ".join(
        f"{found.randrange(90)} {found.randrange(30)}" for _ in range(count)
    )


def _in(tag: str, inside: str) -> str:
    return f"<{tag}>{inside}</{tag}>"


def _path(count: int, command: str = "L", paint: str = "") -> Callable[[], bytes]:
    return lambda: _drawing(f'<path {paint} d="{_zigzag(count, command)}"/>')


def _many(count: int, one: str, before: str = "") -> Callable[[], bytes]:
    return lambda: _drawing(before + one * count)


def _doubling(element: str, inside: str) -> bytes:
    """Each level holds two of the level below, thirty times."""
    levels = "".join(
        f'<{element} id="l{n}">{inside.format(n - 1) * 2}</{element}>' for n in range(1, 30)
    )
    return _drawing(f'<{element} id="l0">{_WHOLE}</{element}>{levels}{inside.format(29)}')


def _image(data: bytes) -> str:
    packed = base64.b64encode(data).decode()
    return f'<image id="i" width="90" height="30" href="data:image/png;base64,{packed}"/>'


_STROKE = 'fill="none" stroke="#123" stroke-linejoin="round" stroke-width="{}"'

SVGS: dict[str, Callable[[], bytes]] = {
    "one path used 4,500 times": lambda: _drawing(
        f'<path id="a" d="M0 0{"h9v1" * 37_000}"/>' + '<use href="#a"/>' * 4500
    ),
    "copies of copies": lambda: _doubling("g", '<use href="#l{}"/>'),
    "masks behind masks": lambda: _doubling("mask", '<rect width="9" mask="url(#l{})"/>'),
    "clips behind clips": lambda: _doubling("clipPath", '<rect width="9" clip-path="url(#l{})"/>'),
    "patterns in patterns": lambda: _doubling("pattern", '<rect width="9" fill="url(#l{})"/>'),
    "a copy of itself": lambda: _drawing('<g id="a"><use href="#a"/></g>'),
    "a ring of gradients": lambda: _drawing(
        '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>'
        + _WHOLE.format("url(#a)")
    ),
    "280 KB of text": lambda: _drawing(f'<text y="9">{"Example " * 35_000}</text>'),
    "900 letters": lambda: _drawing(f'<text y="9" fill="#123">{"Example! " * 100}</text>'),
    "300 letters upon one another": lambda: _drawing(
        f'<text y="20" x="{"9 " * 300}" font-size="20" fill="#123">{"Example! ex" * 27}</text>'
    ),
    "900 pieces of text": lambda: _drawing(_in("text", '<tspan x="1" rotate="9">a</tspan>' * 450)),
    "text along a long path": lambda: _drawing(
        f'<path id="p" d="{_zigzag(9000)}"/><text><textPath href="#p">{"a" * 900}</textPath></text>'
    ),
    "letters as large as a house": lambda: _drawing('<text y="9" font-size="9e8">Example</text>'),
    "70,000 crossing lines": _path(70_000),
    "5,000 crossing lines": _path(5000),
    "5,000 crossing curves": _path(15_000, "C"),
    "2,000 crossing strokes": _path(2000, paint=_STROKE.format(".1")),
    "400 crossing strokes": _path(400, paint=_STROKE.format(".1")),
    "400 wide strokes": _path(400, paint=_STROKE.format("1e6")),
    "1,500 curved strokes": _path(4500, "C", _STROKE.format("1")),
    "300 pointed corners": _path(300, paint='fill="none" stroke="#123" stroke-miterlimit="1e9"'),
    "10,000 arcs": lambda: _drawing(f'<path d="M0 0{"A9 9 9 1 1 90 30A9 9 9 1 0 0 0" * 5000}"/>'),
    "20,000 smooth curves": lambda: _drawing(f'<path d="M0 0{"T9 9 0 9" * 10_000}"/>'),
    "100,000 points": lambda: _drawing(f'<polyline points="{"0 0 90 30 " * 28_000}"/>'),
    "a million dashes": lambda: _drawing(
        f'<path stroke="#123" stroke-dasharray=".001" d="M0 9{"H90H0" * 10}"/>'
    ),
    "dashes of nothing": lambda: _drawing(
        '<path stroke="#123" stroke-dasharray="0 1e-30" d="M0 9H90"/>'
    ),
    "15,000 dashes": lambda: _drawing(
        f'<path stroke="#123" stroke-dasharray=".2" d="M0 9{"H90H0" * 8}"/>'
    ),
    "coordinates out of the world": lambda: _drawing(
        f'<path stroke="#123" d="M-1e30 0{"L1e30 30L-1e30 9" * 2000}"/>'
    ),
    "numbers of 100,000 digits": lambda: _drawing(f'<path d="M0 {"9" * 100_000}L9 9"/>'),
    "stretched without end": lambda: _drawing(
        '<g transform="scale(1e9)">' * 60 + _WHOLE.format("#123") + "</g>" * 60
    ),
    "300 veils": _many(300, _WHOLE.format("#123").replace("/>", ' fill-opacity=".5"/>')),
    "4,900 veils": _many(4900, _WHOLE.format("#12345678")),
    "200 gradients": _many(200, _WHOLE.format("url(#g)"), _GRADIENT),
    "10,000 stops": _many(
        10, _WHOLE.format("url(#g)"), _GRADIENT.replace("<stop/>", "<stop/>" * 9999)
    ),
    "200 groups of half strength": _many(200, f'<g opacity=".5">{_WHOLE.format("#123")}</g>'),
    "100 clipped groups": _many(
        100,
        f'<g clip-path="url(#c)">{_WHOLE.format("#123")}</g>',
        '<clipPath id="c"><circle r="50"/></clipPath>',
    ),
    "100 masked groups": _many(
        100,
        f'<g mask="url(#m)">{_WHOLE.format("#123")}</g>',
        f'<mask id="m">{_WHOLE.format("#fff")}</mask>',
    ),
    "90 layers upon one another": lambda: _drawing(
        '<g opacity=".9">' * 90 + _WHOLE.format("#123") + "</g>" * 90
    ),
    "layers by a style": lambda: _drawing(
        f"<style>*{{opacity:.9;mix-blend-mode:multiply}}</style>{_WHOLE.format('#123') * 900}"
    ),
    "500 rules for 4,000 elements": lambda: _drawing(
        _in("style", "g > g g .a, #b {fill:red}" * 250) + '<g class="a b c"/>' * 4000
    ),
    "5,000 rules": lambda: _drawing(f"<style>{'.a{fill:red}' * 5000}</style>"),
    "a tile of a gigapixel": lambda: _drawing(
        '<pattern id="p" width="1" height="1"><path d="M0 0h9v9z"/></pattern>'
        '<rect width="90000" height="90000" fill="url(#p)"/>'
    ),
    "tiles of a millionth": lambda: _drawing(
        '<pattern id="p" width="1e-6" height="1e-6" patternUnits="userSpaceOnUse">'
        '<path d="M0 0h9v9z"/></pattern>' + _WHOLE.format("url(#p)")
    ),
    "an effect as wide as a house": lambda: _drawing(
        '<filter id="f"><feGaussianBlur stdDeviation="9999"/></filter>'
        f'<g filter="url(#f)">{_WHOLE.format("#123")}</g>'
    ),
    "6,000 elements": _many(6000, "<g/>"),
    "300,000 elements": _many(300_000, "<g/>"),
    "elements 250 deep": lambda: _drawing("<g>" * 250 + "</g>" * 250),
    "elements 100,000 deep": lambda: _drawing("<g>" * 100_000 + "</g>" * 100_000),
    "200,000 attributes": lambda: _drawing(
        "<g" + "".join(f' a{n}=""' for n in range(150_000)) + "/>"
    ),
    "an attribute of 1.9 MB": lambda: _drawing(f'<g id="{"a" * 1_900_000}"/>'),
    "1.9 MB of a drawing program's own": lambda: _drawing(
        f"<metadata>{'QUJD' * 475_000}</metadata>{_WHOLE.format('#123')}"
    ),
    "10,000 namespaces": lambda: _drawing(
        "".join(f'<a{n}:b xmlns:a{n}="urn:{n}"/>' for n in range(9000))
    ),
    "a billion laughs": lambda: _drawing("&a9;", LAUGHS.replace(" x ", " svg ")),
    "a quadratic blow-up": lambda: _drawing("&a;" * 9000, QUADRATIC.replace(" x ", " svg ")),
    "10,000 references to a word": lambda: _drawing(
        "&a;" * 10_000, f'<!DOCTYPE svg [<!ENTITY a "{"b" * 200}">]>'
    ),
    "a document type without an end": lambda: (
        b"<!DOCTYPE svg [" + b"<!ENTITY a 'b'>" * 90_000 + b"<svg"
    ),
    "a picture bomb within": lambda: _drawing(_image(huge_png(20_000))),
    "a large picture within": lambda: _drawing(_image(png(1000, 999))),
    "a picture within, 900 times": lambda: _drawing(
        _image(png(300, 100)) + '<use href="#i"/>' * 900
    ),
    "a picture within, 4 times": lambda: _drawing(_image(png(300, 100)) * 4),
    "a picture of this computer": lambda: _drawing('<image href="file:///etc/hostname"/>'),
    "UTF-16 of an odd length": lambda: SVG.format(_WHOLE).encode("utf-16")[:-1],
    "UTF-7 and other masks": lambda: b'<?xml version="1.0" encoding="UTF-7"?>' + SVG.encode(),
    "a lone surrogate": lambda: SVG.format("<text>\ud800</text>").encode("utf-16", "surrogatepass"),
    "NULs": lambda: SVG.encode() + bytes(1_000_000),
    "no size and no end": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="1e9" height="1e-3"/></svg>'
    ),
    "a hair's breadth": lambda: (
        SVG.format(_WHOLE.format("#123")).replace("90 30", "1e9 1e-9").encode()
    ),
}
