"""A logo: what designers hand over is drawn as it looks, once; what is none is said to be so."""

from __future__ import annotations

import base64
import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms

from bot.documents.logos import MAX_LOGO, read_logo, with_drawn_logo
from bot.documents.rasters import ROOM
from bot.letters.letterhead import Fault, Letterhead, Logo, Refused
from tests.documents.test_letterhead import CIRCLE, SVG, huge_png, picture

BLUE = (29, 79, 145)
SQUARE = '<rect x="30" y="5" width="20" height="20" fill="#1d4f91"/>'


def shown(data: bytes | str) -> Image.Image:
    """The logo as it is kept, on white paper."""
    logo = read_logo(data.encode() if isinstance(data, str) else data)
    assert isinstance(logo, Logo), logo
    assert logo.kind == "png"
    with Image.open(io.BytesIO(logo.data)) as kept:
        assert kept.size == (logo.width, logo.height)
        assert kept.width <= ROOM[0]
        assert kept.height <= ROOM[1]
        drawn = kept.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    return Image.alpha_composite(paper, drawn).convert("RGB")


def at(drawn: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """The colour at so much of the width and the height."""
    found = drawn.getpixel((int(x * (drawn.width - 1)), int(y * (drawn.height - 1))))
    assert isinstance(found, tuple)
    return found


def is_near(colour: tuple[int, ...], wanted: tuple[int, ...], within: int = 12) -> bool:
    return all(abs(a - b) <= within for a, b in zip(colour, wanted, strict=True))


def with_root(attributes: str, inside: str = SQUARE) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'


ILLUSTRATOR = """<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 16.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
    <!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">
    <!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
    <!ENTITY ns_svg "http://www.w3.org/2000/svg">
]>
<svg version="1.1" xmlns:x="&ns_extend;" xmlns:i="&ns_ai;" xmlns="&ns_svg;"
  xmlns:xlink="http://www.w3.org/1999/xlink" width="90px" height="30px" viewBox="0 0 90 30"
  enable-background="new 0 0 90 30" xml:space="preserve"><metadata>A. Person</metadata>
<switch><foreignObject requiredExtensions="&ns_ai;" x="0" y="0" width="1" height="1">
<i:pgfRef xlink:href="#adobe_illustrator_pgf"/></foreignObject>
<g i:extraneous="self"><path fill="#1D4F91" d="M30,5h20v20H30z"/></g></switch>
<i:pgf id="adobe_illustrator_pgf">QUJD</i:pgf></svg>"""

INKSCAPE = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="90mm" height="30mm" viewBox="0 0 90 30" sodipodi:docname="C:\\A. Person\\logo.svg"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
  xmlns="http://www.w3.org/2000/svg"><title>Logo</title>
<sodipodi:namedview inkscape:zoom="1"/><defs><filter id="f"/><marker id="m"/></defs>
<g inkscape:label="Layer 1" style="stroke-dasharray:none;filter:none;-inkscape-stroke:none">
{SQUARE}</g></svg>"""

PIXEL = base64.b64encode(picture("PNG", (20, 20))).decode()
FIGMA = SVG.format(
    '<g clip-path="url(#c)"><rect x="30" y="5" width="20" height="20" fill="url(#p)"/></g><defs>'
    '<pattern id="p" patternContentUnits="objectBoundingBox" width="1" height="1">'
    '<use href="#i" transform="scale(0.05)"/></pattern>'
    '<clipPath id="c"><rect width="90" height="30" fill="white"/></clipPath>'
    f'<image id="i" width="20" height="20" href="data:image/png;base64,{PIXEL}"/></defs>'
)

DESIGNED = {
    "with a view box": SVG.format(SQUARE),
    "by width and height": with_root('width="90" height="30"'),
    "in exponents": with_root('width="9.0e1" height="+3E+1"'),
    "in pixels": with_root('width="90px" height="30px"'),
    "in points": with_root('width="67.5pt" height="22.5pt"'),
    "in centimetres": with_root('width="2.38125cm" height="0.79375cm"'),
    "in millimetres": with_root('width="23.8125mm" height="7.9375mm"'),
    "in inches": with_root('width=".9375in" height=".3125in"'),
    "in picas and ems": with_root('width="5.625pc" height="1.875em"'),
    "in parts of something else": with_root('width="100%" height="100%" viewBox="0,0,90,30"'),
    "without a namespace": SVG.format(SQUARE).replace('xmlns="http://www.w3.org/2000/svg"', ""),
    "with a prefix": SVG.format(SQUARE)
    .replace("<rect", "<s:rect")
    .replace("svg ", "s:svg ")
    .replace("</", "</s:")
    .replace("xmlns=", "xmlns:s="),
    "with a mark": "\ufeff" + SVG.format(SQUARE),
    "of the SVG 1.1 type": '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/svg11.dtd">'
    + SVG.format(SQUARE),
    "from Illustrator": ILLUSTRATOR,
    "from Inkscape": INKSCAPE,
    "from Figma, with a picture": FIGMA,
    "with classes": SVG.format(
        "<style>/* a */ .st0, .b { fill : #1D4F91 } @font-face{font-family:x;src:url(http://x/)}"
        '</style><g class="st0">' + SQUARE.replace(' fill="#1d4f91"', "") + "</g>"
    ),
    "by a symbol": SVG.format(
        '<symbol id="s" viewBox="0 0 1 1"><rect width="1" height="1" fill="#1d4f91"/></symbol>'
        '<use href="#s" x="30" y="5" width="20" height="20"/>'
    ),
    "with a gradient": SVG.format(
        '<linearGradient id="a"><stop stop-color="#1d4f91"/></linearGradient>'
        '<radialGradient id="g" href="#a"/>' + SQUARE.replace("#1d4f91", "url(#g)")
    ),
    "behind a mask": SVG.format(
        '<mask id="m"><rect width="90" height="30" fill="#fff"/></mask>'
        f'<g style="mask:url(#m)">{SQUARE}</g>'
    ),
    "in a link": SVG.format(f'<a href="http://outside.example/">{SQUARE}</a>'),
}


@pytest.mark.parametrize("drawing", DESIGNED.values(), ids=DESIGNED)
def test_a_drawing_is_drawn_as_it_was_designed(drawing: str) -> None:
    drawn = shown(drawing)
    assert drawn.width == pytest.approx(3 * drawn.height, rel=0.02)
    assert is_near(at(drawn, 40 / 90, 0.5), (20, 80, 160) if drawing is FIGMA else BLUE)
    assert at(drawn, 10 / 90, 0.5) == at(drawn, 60 / 90, 0.5) == (255, 255, 255)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_a_drawing_is_read_in_the_encoding_that_it_was_saved_in(encoding: str) -> None:
    name = "ISO-8859-1" if encoding == "cp1252" else encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?>' + SVG.format(f"<title>é</title>{SQUARE}")
    assert is_near(at(shown(text.encode(encoding)), 40 / 90, 0.5), BLUE)


def test_a_drawing_without_a_size_is_as_large_as_what_it_shows() -> None:
    drawn = shown(with_root(""))
    assert drawn.width == pytest.approx(drawn.height, abs=3)
    assert is_near(at(drawn, 0.1, 0.1), BLUE)
    assert is_near(at(drawn, 0.9, 0.9), BLUE)


def test_words_in_a_drawing_are_shown_and_told_of() -> None:
    text = SVG.format('<text x="2" y="25" font-size="24" fill="#1d4f91">Été</text>')
    logo = read_logo(text.encode())
    assert isinstance(logo, Logo)
    assert logo.has_text
    blue = ImageChops.invert(shown(text)).getbbox()
    assert blue
    plain = read_logo(SVG.format(SQUARE).encode())
    assert isinstance(plain, Logo)
    assert not plain.has_text


def test_nothing_that_a_drawing_says_is_kept() -> None:
    said = "<!-- A. Person --><?x A. Person?><metadata>A. Person</metadata><desc>A. Person</desc>"
    logo = read_logo(SVG.format(f"{said}<g id='A. Person'>{SQUARE}</g>").encode())
    assert isinstance(logo, Logo)
    assert b"Person" not in logo.data
    with Image.open(io.BytesIO(logo.data)) as kept:
        assert kept.info == {}


def test_a_drawing_that_was_kept_as_it_came_is_drawn_when_it_is_used() -> None:
    drawing = SVG.format(CIRCLE).encode()
    head = with_drawn_logo(Letterhead("old", logo=Logo("svg", drawing, 90, 30), lines=("A",)))
    assert head
    assert head.logo
    assert head.logo.kind == "png"
    assert head.lines == ("A",)
    bomb = SVG.format('<g id="a"><use href="#a"/></g>').encode()
    assert with_drawn_logo(Letterhead("old", logo=Logo("svg", bomb, 90, 30))) is None


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(depth: int, kind: int, pixel: bytes, size: tuple[int, int] = (60, 20)) -> bytes:
    """A PNG of one colour in any of the format's own modes."""
    width, height = size
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    rows = (b"\0" + pixel * width) * height
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def without_adobes_mark(data: bytes) -> bytes:
    start = data.index(b"\xff\xee")
    (length,) = struct.unpack_from(">H", data, start + 2)
    return data[:start] + data[start + 2 + length :]


INK = Image.new("CMYK", (60, 20), (255, 128, 0, 0))
RASTERS = {
    "16 bits of grey": (png(16, 0, b"\x40\x00"), (64, 64, 64)),
    "16 bits of grey, clear in part": (png(16, 4, b"\x40\x00\x80\x00"), (159, 159, 159)),
    "16 bits of colour": (png(16, 2, b"\x10\x00\x80\x00\xf0\x00"), (16, 128, 240)),
    "16 bits of colour, clear in part": (png(16, 6, b"\0\0\0\0\xff\xff\x80\0"), (127, 127, 255)),
    "8 bits of grey": (png(8, 0, b"\x40"), (64, 64, 64)),
    "one bit": (saved(Image.new("1", (60, 20), 0), "PNG"), (0, 0, 0)),
    "a palette": (saved(Image.new("RGB", (60, 20), BLUE).quantize(2), "PNG"), BLUE),
    "ink": (saved(INK, "JPEG"), (0, 127, 255)),
    "ink without Adobe's mark": (
        without_adobes_mark(saved(ImageChops.invert(INK), "JPEG")),
        (0, 127, 255),
    ),
    "progressive": (saved(Image.new("RGB", (60, 20), BLUE), "JPEG", progressive=True), BLUE),
}


@pytest.mark.parametrize(("data", "colour"), RASTERS.values(), ids=RASTERS)
def test_a_picture_keeps_its_colours_in_every_mode(data: bytes, colour: tuple[int, ...]) -> None:
    drawn = shown(data)
    assert drawn.size == (60, 20)
    assert is_near(at(drawn, 0.5, 0.5), colour, within=4)


def test_a_colour_profile_is_applied_and_dropped() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A profile of a screen whose red is our green: its first and second primaries are swapped.
    red, green = lab.index(b"rXYZ"), lab.index(b"gXYZ")
    swapped = bytearray(lab)
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    data = saved(Image.new("RGB", (60, 20), (220, 20, 20)), "PNG", icc_profile=bytes(swapped))
    drawn = at(shown(data), 0.5, 0.5)
    assert drawn[1] > drawn[0], "red of that screen is shown as the green that it is"
    logo = read_logo(data)
    assert isinstance(logo, Logo)
    assert b"iCCP" not in logo.data


def test_a_camera_s_turn_is_followed_and_its_notes_are_dropped() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "taken by A. Person"
    image = Image.new("RGB", (2000, 3000), "white")
    image.paste((200, 0, 0), (0, 0, 2000, 1500))
    drawn = shown(saved(image, "JPEG", exif=exif))
    assert drawn.width > drawn.height
    assert is_near(at(drawn, 0.9, 0.5), (200, 0, 0)), "what was above is right"
    logo = read_logo(saved(image, "JPEG", exif=exif))
    assert isinstance(logo, Logo)
    assert b"A. Person" not in logo.data


def test_notes_in_a_picture_are_not_even_unpacked() -> None:
    notes = chunk(b"zTXt", b"k\0\0" + zlib.compress(b"A. Person" * 1_000_000)) * 90
    data = picture("PNG")
    assert shown(data[:33] + notes + data[33:]).size == (300, 100)


KINDS = {
    "GIF": picture("GIF"),
    "WebP": picture("WEBP"),
    "BMP": picture("BMP"),
    "TIFF": picture("TIFF"),
    "ICO": picture("ICO", (32, 32)),
    "AVIF": b"\0\0\0\x1cftypavif" + bytes(40),
    "HEIC": b"\0\0\0\x18ftypheic" + bytes(40),
    "Photoshop": b"8BPS\0\1" + bytes(40),
}


@pytest.mark.parametrize("kind", KINDS)
def test_another_kind_of_picture_is_named(kind: str) -> None:
    assert read_logo(KINDS[kind]) == Refused(Fault.OTHER_PICTURE, kind)


ENTITIES = '<!DOCTYPE svg [<!ENTITY {} "{}">]>' + SVG.format(SQUARE)
LOGOS = {
    "a PDF": (b"%PDF-1.7\n", Fault.PDF),
    "an EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n", Fault.OTHER_DESIGN),
    "a packed SVG": (b"\x1f\x8b\x08" + bytes(20), Fault.OTHER_DESIGN),
    "20,000 x 20,000": (huge_png(20_000), Fault.TOO_MANY_PIXELS),
    "10,000 x 10,000": (huge_png(10_000), Fault.TOO_MANY_PIXELS),
    "16,001 x 1": (picture("PNG", (16_001, 1)), Fault.TOO_MANY_PIXELS),
    "cut off": (picture("PNG")[:-60], Fault.BROKEN),
    "a JPEG cut off": (picture("JPEG")[:-60], Fault.BROKEN),
    "all white": (saved(Image.new("RGB", (60, 20), "white"), "PNG"), Fault.UNSEEN),
    "all clear": (saved(Image.new("RGBA", (60, 20), (9, 9, 9, 0)), "PNG"), Fault.UNSEEN),
    "white lines": (SVG.format('<rect width="9" height="9" fill="#fff"/>').encode(), Fault.UNSEEN),
    "no lines": (SVG.format("").encode(), Fault.UNSEEN),
    "text": (b"hello", Fault.NOT_PICTURE),
    "nothing": (b"", Fault.NOT_PICTURE),
    "3 MB": (b"\x89PNG" + b"x" * MAX_LOGO, Fault.TOO_LARGE),
    "html": (b"<?xml version='1.0'?><html/>", Fault.NOT_PICTURE),
    "svg in html": (f"<html>{SVG.format(SQUARE)}</html>".encode(), Fault.NOT_PICTURE),
    "not closed": (b"<svg", Fault.BROKEN),
    "half a character of UTF-16": (SVG.format(SQUARE).encode("utf-16")[:-1], Fault.BROKEN),
    "script": (SVG.format("<script>alert(1)</script>").encode(), Fault.ACTIVE_SVG),
    "handler": (SVG.format('<g onload="alert(1)"/>').encode(), Fault.ACTIVE_SVG),
    "a picture elsewhere": (
        SVG.format('<image href="http://outside.example/a.png"/>').encode(),
        Fault.ACTIVE_SVG,
    ),
    "a picture of this computer": (
        SVG.format('<image href="/etc/hostname"/>').encode(),
        Fault.ACTIVE_SVG,
    ),
    "a copy from elsewhere": (SVG.format('<use href="other.svg#a"/>').encode(), Fault.ACTIVE_SVG),
    "style": (SVG.format("<style>@IMPORT 'x';</style>").encode(), Fault.ACTIVE_SVG),
    "fill": (SVG.format('<g fill="URL(http://outside.example/)"/>').encode(), Fault.ACTIVE_SVG),
    "fill by style": (
        SVG.format("<g style=\"fill:Url( 'http://outside.example/')\"/>").encode(),
        Fault.ACTIVE_SVG,
    ),
    "an effect": (SVG.format(f'<g filter="url(#f)">{SQUARE}</g>').encode(), Fault.ACTIVE_SVG),
    "entities in entities": (ENTITIES.format("a", "&b;").encode(), Fault.ACTIVE_SVG),
    "elements in entities": (ENTITIES.format("a", "<g/>").encode(), Fault.ACTIVE_SVG),
    "entities of parameters": (ENTITIES.format("% a", "b").encode(), Fault.ACTIVE_SVG),
    "entities from elsewhere": (
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + SVG.encode(),
        Fault.ACTIVE_SVG,
    ),
    "words without a font": (SVG.format("<text y='9'>世界</text>").encode(), Fault.TEXT_SVG),
    "copies of itself": (SVG.format('<g id="a"><use href="#a"/></g>').encode(), Fault.COSTLY_SVG),
    "masks behind masks": (
        SVG.format(
            "".join(
                f'<mask id="m{n}"><rect mask="url(#m{n + 1})"/><rect mask="url(#m{n + 1})"/></mask>'
                for n in range(20)
            )
            + '<rect mask="url(#m0)"/>'
        ).encode(),
        Fault.COSTLY_SVG,
    ),
    "6,000 elements": (SVG.format("<g/>" * 6000).encode(), Fault.COSTLY_SVG),
}


@pytest.mark.parametrize(("data", "fault"), LOGOS.values(), ids=LOGOS)
def test_what_is_no_logo_is_refused_with_its_reason(data: bytes, fault: Fault) -> None:
    refused = read_logo(data)
    assert isinstance(refused, Refused)
    assert refused.fault is fault


@given(st.binary(max_size=200), st.integers(0, 400), st.sampled_from(["svg", "png", "jpeg"]))
def test_damage_is_a_value(noise: bytes, place: int, kind: str) -> None:
    whole = {"svg": ILLUSTRATOR.encode(), "png": picture("PNG"), "jpeg": picture("JPEG")}[kind]
    damaged = whole[:place] + noise + whole[place + len(noise) :]
    assert isinstance(read_logo(damaged), Logo | Refused)
