"""The pictures of a letterhead, drawn anew: what a file says beside its pixels does not stay."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image

from bot.documents.ooxml.package import broken
from bot.letters.letterhead import LeftOut

if TYPE_CHECKING:
    from bot.documents.ooxml.package import Package

MAX_SIDE = 2000
"""Pixels: 25 cm of paper at 200 dots an inch."""

MAX_PIXELS = 10_000_000
"""Of all the pictures of a file together, as they are read: 40 MB of memory."""

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
JPEG_QUALITY = 88
PNG_EFFORT = 4
"""Of nine: a third of the time that six takes, for a file a tenth larger."""


@dataclass(slots=True)
class Pictures:
    """The pictures that stay, each once: `files` is the new name -> its bytes."""

    package: Package
    left_out: set[LeftOut]
    files: dict[str, bytes] = field(default_factory=dict)
    _names: dict[str, str | LeftOut] = field(default_factory=dict)
    _pixels: int = 0

    def name(self, key: str) -> str:
        """The new name of a part's picture; "" where it cannot be drawn, which is told."""
        if key not in self._names:
            self._names[key] = self._drawn(key)
        name = self._names[key]
        if isinstance(name, LeftOut):
            self.left_out.add(name)
            return ""
        return name

    def _drawn(self, key: str) -> str | LeftOut:
        data = self.package.read(key)
        if is_metafile(data):
            return LeftOut.METAFILES
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                kind, new = self._anew(data)
        except Exception as error:
            if broken(error) or isinstance(error, (SyntaxError, Image.DecompressionBombError)):
                return LeftOut.PICTURES
            raise
        if not new:
            return LeftOut.PICTURES
        name = f"image{len(self.files) + 1}.{kind}"
        self.files[name] = new
        return name

    def _anew(self, data: bytes) -> tuple[str, bytes]:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            jpeg = image.format == "JPEG"
            if jpeg:
                image.draft(None, (MAX_SIDE, MAX_SIDE))
            self._pixels += image.width * image.height
            if self._pixels > MAX_PIXELS:
                return "", b""
            return ("jpeg", _as_jpeg(image)) if jpeg else ("png", _as_png(image))


def is_metafile(data: bytes) -> bool:
    """Whether it is an EMF or WMF, of which only Windows knows how to draw it."""
    return (
        data[:4] in {b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00"}
        or data[40:44] == b" EMF"
        or data[:2] == b"\x1f\x8b"
    )


def _as_jpeg(image: Image.Image) -> bytes:
    drawn = _small(image if image.mode in {"L", "RGB"} else image.convert("RGB"))
    return _saved(drawn, "JPEG", quality=JPEG_QUALITY)


def _as_png(image: Image.Image) -> bytes:
    if image.mode.startswith(("I", "F")):
        drawn = image.convert("I").point(lambda value: value / 256).convert("L")
    elif image.mode in {"1", "L", "LA", "RGB", "RGBA"} and "transparency" not in image.info:
        drawn = image
    elif image.mode == "P" and "transparency" not in image.info:
        drawn = image if max(image.size) <= MAX_SIDE else image.convert("RGB")
    else:
        has_alpha = "transparency" in image.info or image.mode.endswith(("A", "a"))
        drawn = image.convert("RGBA" if has_alpha else "RGB")
    return _saved(_small(drawn), "PNG", compress_level=PNG_EFFORT)


def _small(image: Image.Image) -> Image.Image:
    scale = MAX_SIDE / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    method = Image.Resampling.NEAREST if image.mode == "1" else Image.Resampling.BOX
    return image.resize(size, method)


def _saved(image: Image.Image, kind: str, **options: int) -> bytes:
    plain = image.copy()
    plain.info = {}
    stream = io.BytesIO()
    plain.save(stream, kind, **options)
    return stream.getvalue()
