"""What kind of file something is, by its first bytes: names lie, and many files have none."""

from __future__ import annotations

WORD, PNG, JPEG, SVG, PDF = "Word", "PNG", "JPEG", "SVG", "PDF"

_STARTS = (
    (b"PK\x03\x04", WORD),
    (bytes.fromhex("D0CF11E0"), WORD),
    (b"\x89PNG", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"%!PS", "EPS"),
    (bytes.fromhex("C5D0D3C6"), "EPS"),
    (b"8BPS", "Photoshop"),
    (b"\x1f\x8b", "SVGZ"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\0\0\1\0", "ICO"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
)
_BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC"}
_PDF_WITHIN, _SVG_WITHIN = 1024, 100_000

PICTURES = frozenset(
    {"GIF", "BMP", "TIFF", "ICO", "JPEG 2000", "WebP", "AVIF", "HEIC", "Photoshop"}
)
"""Pictures that any program for pictures opens and saves as PNG."""

DESIGNS = frozenset({"EPS", "SVGZ"})
"""Files of drawing programs, which export SVG and PNG."""


def kind_of(data: bytes) -> str:
    """The kind by its name; empty where it is none of these. Office files of all kinds are Word."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "")
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return PDF
    text = data[:_SVG_WITHIN].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    plain = text.removeprefix(b"\xfe\xff").replace(b"\0", b"").lstrip()
    return SVG if plain.startswith(b"<") and (b"<svg" in plain or b":svg" in plain) else ""
