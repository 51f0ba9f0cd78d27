"""Pictures whose bytes are few and whose pixels are many."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import TYPE_CHECKING

from PIL import Image

from tests.documents.test_letterhead import huge_png, picture

if TYPE_CHECKING:
    from collections.abc import Callable

_MARK = b"\x89PNG\r\n\x1a\n"
_HEAD = 33
"""Bytes of a PNG's mark and its first chunk."""

_PASSES = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
"""Of an interlaced PNG: first column and row, and steps."""


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(  # noqa: PLR0913 -- a PNG's own fields
    width: int,
    height: int,
    depth: int = 8,
    kind: int = 6,
    pixel: bytes = b"\x20\x40\x80\xff",
    *,
    interlaced: bool = False,
    before: bytes = b"",
) -> bytes:
    """A PNG of one colour."""
    packer = zlib.compressobj(6)
    packed = []
    for left, top, across, down in _PASSES if interlaced else ((0, 0, 1, 1),):
        row = b"\0" + pixel * max(0, -(-(width - left) // across))
        rows = max(0, -(-(height - top) // down))
        packed += [packer.compress(row) for _ in range(rows if len(row) > 1 else 0)]
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
    data = b"".join((*packed, packer.flush()))
    return _MARK + _chunk(b"IHDR", head) + before + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _with(chunks: bytes) -> bytes:
    data = picture("PNG")
    return data[:_HEAD] + chunks + data[_HEAD:]


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def _noise(mode: str, size: tuple[int, int]) -> Image.Image:
    count = size[0] * size[1] * len(mode)
    return Image.frombytes(mode, size, random.Random(1).randbytes(count))  # noqa: S311 -- no secret


_PLAIN = Image.new("RGB", (40, 20), (20, 80, 160))
_BOMB = b"k\0\0" + zlib.compress(bytes(40_000_000))


def _jpeg(width: int, height: int, mode: str = "RGB", **options: object) -> Callable[[], bytes]:
    return lambda: _saved(
        Image.new(mode, (width, height), (20, 80, 160, 9)[: len(mode)]), "JPEG", **options
    )


def _says_it_is(width: int, height: int) -> bytes:
    """A JPEG that declares other sides than it has."""
    data = bytearray(_saved(_PLAIN, "JPEG"))
    struct.pack_into(">HH", data, data.index(b"\xff\xc0") + 5, height, width)
    return bytes(data)


PNGS: dict[str, Callable[[], bytes]] = {
    "100,000 x 100,000, declared": lambda: huge_png(100_000),
    "20,000 x 20,000, declared": lambda: huge_png(20_000),
    "2 billion on a side": lambda: png(1, 1).replace(
        struct.pack(">II", 1, 1), b"\x7f\xff\xff\xff" * 2, 1
    ),
    "4,000 x 4,000": lambda: png(4000, 4000),
    "8 million pixels": lambda: png(4000, 2000),
    "8 million pixels of 16 bits": lambda: png(4000, 2000, 16, 6, b"\x20\x10\x40\x10\x80\0\xc0\0"),
    "8 million pixels of 16 bits of grey": lambda: png(4000, 2000, 16, 0, b"\x20\x10"),
    "8 million pixels, interlaced": lambda: png(4000, 2000, interlaced=True),
    "8 million pixels of a palette": lambda: _saved(Image.new("P", (4000, 2000), 9), "PNG"),
    "16,000 x 500": lambda: png(16_000, 500),
    "1 x 10,000,000": lambda: png(1, 10_000_000, 8, 0, b"\x40"),
    "10,000,000 x 1": lambda: png(10_000_000, 1, 8, 0, b"\x40"),
    "nothing but noise": lambda: _saved(_noise("RGBA", (700, 700)), "PNG"),
    "noise of the room's size": lambda: _saved(_noise("RGB", (1102, 500)), "PNG"),
    "zTXt bombs": lambda: _with(_chunk(b"zTXt", _BOMB) * 40),
    "an iTXt bomb": lambda: _with(_chunk(b"iTXt", b"k\0\1\0\0\0" + zlib.compress(bytes(9**8)))),
    "an iCCP bomb": lambda: _with(_chunk(b"iCCP", _BOMB)),
    "an iCCP that is none": lambda: _with(_chunk(b"iCCP", b"k\0\0" + zlib.compress(b"x" * 900))),
    "150,000 chunks": lambda: _with(_chunk(b"tEXt", b"") * 150_000),
    "an eXIf without an end": lambda: _with(_chunk(b"eXIf", b"II*\0\x08\0\0\0" + b"\xff" * 60_000)),
    "a film of 500 pictures": lambda: _saved(
        _PLAIN,
        "PNG",
        save_all=True,
        append_images=[Image.new("RGB", (40, 20), (n % 256, 0, 0)) for n in range(500)],
    ),
    "a palette without colours": lambda: png(40, 20, 8, 3, b"\x09"),
    "more pixels than it declares": lambda: png(9, 9)[:41] + png(3000, 3000)[41:],
    "fewer pixels than it declares": lambda: png(3000, 3000)[:41] + png(9, 9)[41:],
    "a chunk of 4 GB, declared": lambda: _MARK + b"\xff\xff\xff\xffIHDR" + bytes(90),
    "cut off": lambda: picture("PNG")[:-60],
    "a mark alone": lambda: _MARK,
}

JPEGS: dict[str, Callable[[], bytes]] = {
    "65,535 x 65,535, declared": lambda: _says_it_is(65_535, 65_535),
    "4,000 x 4,000, declared": lambda: _says_it_is(4000, 4000),
    "16 million pixels": _jpeg(4600, 3450),
    "6 million pixels, progressive": _jpeg(2900, 2060, progressive=True),
    "6 million pixels, progressive, whole colours": _jpeg(
        2900, 2060, progressive=True, subsampling=0
    ),
    "6 million pixels of ink, progressive": _jpeg(2900, 2060, "CMYK", progressive=True),
    "16 million pixels of ink": _jpeg(4600, 3450, "CMYK"),
    "24 million pixels": _jpeg(6000, 4000),
    "16,000 x 900": _jpeg(16_000, 900),
    "nothing but noise": lambda: _saved(_noise("RGB", (1700, 1200)), "JPEG", quality=90),
    "30 profiles": _jpeg(40, 20, icc_profile=random.Random(1).randbytes(1_900_000)),  # noqa: S311
    "notes of 1.9 MB": lambda: (
        picture("JPEG")[:2] + (b"\xff\xfe\xff\xff" + b"a" * 65_533) * 28 + picture("JPEG")[2:]
    ),
    "400,000 restarts": lambda: picture("JPEG")[:-2] + b"\xff\xd0" * 400_000 + b"\xff\xd9",
    "turned in a way that is none": lambda: _turned(99),
    "cut off": lambda: picture("JPEG")[:-60],
    "a mark alone": lambda: b"\xff\xd8\xff",
}


def _turned(way: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = way
    return _saved(_PLAIN, "JPEG", exif=exif)
