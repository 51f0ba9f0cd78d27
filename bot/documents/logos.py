"""A logo for the page, as it comes from a stranger: PNG, JPEG or SVG.

It is bounded before it is opened, and refused with a reason where it could do or fetch anything.
"""

from __future__ import annotations

import io
import re
import warnings

from lxml import etree
from PIL import Image, ImageOps, UnidentifiedImageError

from bot.letters.letterhead import Fault, Logo, Refused

MAX_LOGO = 2 * 1024 * 1024
MAX_SVG = 300 * 1024
MAX_SIDE = 4000
"""Pixels of a logo's longer side."""

KEPT_SIDE = 1000
MAX_ELEMENTS = 5000

_ACTIVE_ELEMENTS = frozenset(
    {
        *("script", "foreignObject", "image", "feImage", "animate", "set"),
        *("filter", "pattern", "marker"),
    }
)
"""Elements that run, fetch, or may cost far more to draw than to write."""

_CLIPPING = re.compile(r"\b(?:mask|clip-path)\s*:")


def read_logo(data: bytes) -> Logo | Refused:
    """A PNG, JPEG or SVG as a picture that is safe to show, or why it is refused.

    PNG and JPEG are drawn anew, at most 1,000 pixels wide: nothing hidden in the file is kept.
    """
    if len(data) > MAX_LOGO:
        return Refused(Fault.TOO_LARGE)
    start = data[:500].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE")):
        return _svg(data)
    return _raster(data)


def _raster(data: bytes) -> Logo | Refused:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                if max(picture.size) > MAX_SIDE:
                    return Refused(Fault.TOO_MANY_PIXELS, f"{picture.width} × {picture.height}")
                drawn = ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Refused(Fault.TOO_MANY_PIXELS)
    except UnidentifiedImageError:
        return Refused(Fault.NOT_PICTURE)
    except (OSError, ValueError, SyntaxError, EOFError):
        return Refused(Fault.BROKEN)
    drawn.thumbnail((KEPT_SIDE, KEPT_SIDE))
    stream = io.BytesIO()
    drawn.save(stream, "PNG", optimize=True)
    return Logo("png", stream.getvalue(), *drawn.size)


def _svg(data: bytes) -> Logo | Refused:
    if len(data) > MAX_SVG:
        return Refused(Fault.TOO_LARGE)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return Refused(Fault.ACTIVE_SVG, "DOCTYPE")
    try:
        root = _parsed(data)
    except etree.LxmlError:
        return Refused(Fault.BROKEN)
    if etree.QName(root).localname != "svg":
        return Refused(Fault.NOT_PICTURE)
    active = _active(root)
    if active:
        return Refused(Fault.ACTIVE_SVG, active)
    sides = _sides(root)
    if sides is None:
        return Refused(Fault.BROKEN)
    return Logo("svg", etree.tostring(root, encoding="utf-8"), *sides)


def _active(root: etree._Element) -> str:
    """What in a drawing could run, fetch or multiply; empty where there is nothing."""
    elements = list(root.iter("*"))
    if len(elements) > MAX_ELEMENTS:
        return str(len(elements))
    for one in elements:
        name = etree.QName(one).localname
        if name in _ACTIVE_ELEMENTS:
            return name
        for attribute, value in ((str(k), str(v)) for k, v in one.attrib.items()):
            plain = etree.QName(attribute).localname.lower()
            outside = "url(" in value.replace("url(#", "") or "@import" in value
            if plain.startswith("on") or (plain == "href" and not value.startswith("#")) or outside:
                return plain
        text = one.text or ""
        styled = "@import" in text or "url(" in text.replace("url(#", "") or _CLIPPING.search(text)
        if name == "style" and styled:
            return name
    return "use" if _multiplies(elements) else ""


def _multiplies(elements: list[etree._Element]) -> bool:
    """Whether a drawing could cost far more to draw than its length.

    A copy of what holds copies, and a mask or clip behind another, double with each level.
    """
    using = [one for one in elements if etree.QName(one).localname == "use"]
    clips = [one for one in elements if etree.QName(one).localname in {"mask", "clipPath"}]
    copied = {_href(one).removeprefix("#") for one in using}
    targets = [one for one in elements if one.get("id") in copied]
    inside = [below for one in (*clips, *targets) for below in one.iter("*")]
    return any(_is_clipped(one) for one in inside) or any(
        below in using for one in targets for below in one.iter("*")
    )


def _is_clipped(element: etree._Element) -> bool:
    style = str(element.get("style", ""))
    return (
        bool(element.get("mask") or element.get("clip-path")) or _CLIPPING.search(style) is not None
    )


def _href(element: etree._Element) -> str:
    return element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or ""


def _sides(root: etree._Element) -> tuple[float, float] | None:
    """Width and height, from the view box or the size; None where neither says."""
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))]
    if len(numbers) == 4 and min(numbers[2:]) > 0:  # noqa: PLR2004 -- x, y, width, height
        return numbers[2], numbers[3]
    sides = [re.match(r"(\d+(?:\.\d+)?)(?!\d*%)", root.get(s, "")) for s in ("width", "height")]
    if all(sides) and not any("%" in root.get(s, "") for s in ("width", "height")):
        width, height = (float(side[1]) for side in sides if side)
        return (width, height) if min(width, height) > 0 else None
    return None


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)
