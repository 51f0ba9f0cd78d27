"""A PNG or JPEG from a stranger, drawn anew: nothing that hides in the file is kept."""

from __future__ import annotations

import io
import math
import struct
import warnings
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageCms, ImageOps, UnidentifiedImageError

from bot.letters.letterhead import Fault, Logo, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PIXELS = 8_000_000
"""Each is held in four bytes, and unpacked from as many as eight."""

MAX_SIDE = 16_000
_PLAIN_JPEG, _PROGRESSIVE_JPEG = 2, 0.75
"""Times as many pixels: a JPEG is opened at a part of its size, a progressive one whole before."""

PPI = 400
ROOM = (1102, 315)
"""Pixels of the room for a logo on the page, 70 x 20 mm, at 400 to the inch."""

MAX_KEPT = 400 * 1024
"""Bytes: it is packed anew into every letter. A photograph has fewer pixels than a drawing."""

_STRIP = 64
"""Rows that are worked on at a time, so that a large picture is not held twice."""

_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"iCCP", b"sRGB", b"eXIf"})
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    struct.error,
    TypeError,
)
"""What a malformed picture makes the library raise."""


def read_raster(data: bytes, most: int = MAX_PIXELS) -> Logo | Refused:
    """The picture in sRGB as a PNG of at most `ROOM` pixels, or why it is refused."""
    if data.startswith(_PNG):
        data = b"".join(_chunks(data))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                if _is_too_large(picture, most):
                    return Refused(Fault.TOO_MANY_PIXELS, f"{picture.width} × {picture.height}")
                return kept(_drawn(picture))
    except Image.DecompressionBombError:
        return Refused(Fault.TOO_MANY_PIXELS)
    except UnidentifiedImageError:
        return Refused(Fault.BROKEN)
    except _BROKEN:
        return Refused(Fault.BROKEN)


def _is_too_large(picture: Image.Image, most: int) -> bool:
    if picture.format == "JPEG":
        times = _PROGRESSIVE_JPEG if "progressive" in picture.info else _PLAIN_JPEG
        most = int(most * times)
    return picture.width * picture.height > most or max(picture.size) > MAX_SIDE


def kept(drawn: Image.Image) -> Logo | Refused:
    """The picture as it is kept; refused where white paper would show nothing of it."""
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn.getchannel("A"))
    if ImageChops.invert(paper).getbbox() is None:
        return Refused(Fault.UNSEEN)
    if drawn.getchannel("A").getextrema() == (255, 255):
        drawn = drawn.convert("RGB")
    while True:
        stream = io.BytesIO()
        drawn.save(stream, "PNG")
        if len(stream.getvalue()) <= MAX_KEPT:
            return Logo("png", stream.getvalue(), *drawn.size)
        drawn = drawn.resize((-(-drawn.width * 2 // 3), -(-drawn.height * 2 // 3)))


def _chunks(data: bytes) -> Iterator[bytes]:
    """A PNG without texts, times, physical sizes, further frames: its picture alone."""
    yield _PNG
    place = len(_PNG)
    while place + 12 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, place)
        if kind in _CHUNKS:
            yield data[place : place + 12 + size]
        place += 12 + size


def _drawn(picture: Image.Image) -> Image.Image:
    """The picture as it is meant to look, in sRGB with transparency, no larger than is kept."""
    info, orientation = picture.info, picture.getexif().get(0x0112, 1)
    if picture.format == "JPEG":
        picture.draft(picture.mode, _bounded(picture.size, 2))
    picture.load()
    step = max(1, math.floor(1 / (2 * _scale(picture.size)) + 0.01)) if _scale(picture.size) else 1
    small = _reduced(picture, step, inverted=picture.mode == "CMYK" and "adobe" not in info)
    small = _in_srgb(small, info.get("icc_profile"))
    small = small.resize(_bounded(small.size), Image.Resampling.LANCZOS)
    if orientation != 1:
        small.getexif()[0x0112] = orientation
        small = ImageOps.exif_transpose(small)
        small.thumbnail(ROOM, Image.Resampling.LANCZOS)
    small.info.clear()
    return small


def _scale(size: tuple[int, int]) -> float:
    return min(1.0, ROOM[0] / size[0], ROOM[1] / size[1])


def _bounded(size: tuple[int, int], times: int = 1) -> tuple[int, int]:
    """The size within the room, or within a multiple of it."""
    scale = min(1.0, times * _scale(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _reduced(picture: Image.Image, step: int, *, inverted: bool) -> Image.Image:
    """The picture in a plain mode, each `step` x `step` pixels as one."""
    mode = "CMYK" if picture.mode == "CMYK" else "RGBA"
    width, height = -(-picture.width // step), -(-picture.height // step)
    whole = Image.new(mode, (width, height))
    rows = max(step, _STRIP // step * step)
    for top in range(0, picture.height, rows):
        strip = picture.crop((0, top, picture.width, min(top + rows, picture.height)))
        strip = _plain(strip, mode)
        if inverted:
            strip = ImageChops.invert(strip)
        whole.paste(strip.reduce(step) if step > 1 else strip, (0, top // step))
    return whole


def _plain(strip: Image.Image, mode: str) -> Image.Image:
    if strip.mode.startswith("I"):  # 16 bits of grey; converting would cut all above 255
        clear = strip.info.pop("transparency", None)
        grey = strip.convert("I").point(lambda value: value / 257).convert("L")
        if isinstance(clear, int):
            grey.info["transparency"] = clear // 257
        strip = grey
    return strip if strip.mode == mode else strip.convert(mode)


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The same colours without a profile; one that cannot be used is as none."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    colours = picture.convert("RGB") if alpha else picture
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            wanted = ImageCms.createProfile("sRGB")
            managed = ImageCms.profileToProfile(colours, source, wanted, outputMode="RGB")
            colours = managed or colours
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    plain = colours.convert("RGBA")
    if alpha:
        plain.putalpha(alpha)
    return plain
