"""What people and programs may type: sense, nonsense, and what is no text at all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

LETTER = (
    "OPSC|OPIC|CRPD|OPCAT|ICRMW",
    "Kenya|Niue|Holy See|Palau|United States|Bhutan|Tonga",
    "English|Français|Español",
    "A. Example, Example Organisation|A. Example|B. Example, Chair, Organisation\nC. Example",
    ":done:",
    ":seat:",
    ":today:0",
)
"""What answers one question after the other; a colon is a part of a button's data."""

ROUTES = (
    (),
    (":more:", ":saveset:", "My set", "/sets", ":openset:", ":renameset:"),
    (":more:", ":saveset:", "My set", "/sets", ":openset:", ":deleteset:"),
    (":more:", ":saveset:", "My set", "/new", "OPSC", "Kenya", "English", ":tick:"),
    (":edit:", ":again:signatories", ":order:", ":one:"),
    (":more:", ":fate:", ":sentby:", ":way:", ":today:", ":answeredon:"),
    (":more:", ":fate:", ":senttoday:", ":remind:", ":days:", "/letters", ":turn:", ":fate:"),
    ("/new", "OPIC", "/letters", ":unfinished:", ":turn:", ":fate:", ":deleteletter:"),
    (":sections:", ":section:hope", "Our own words", ":section:thanks"),
    (":sections:", ":addparagraph:", "A paragraph", ":translatewords:"),
    (":more:", ":bilingual:"),
    (":mailing:", ":group:all", ":mailingcheck:", ":emails:", ":start:"),
    (":mailing:", ":mailinglanguages:"),
    (":more:", ":letterhead:"),
    (":edit:", ":reopen:seat", ":addressee:others", ":addressee:city", "Brusels", ":city:"),
    (":edit:", ":reopen:seat", ":addressee:others", ":addressee:address", "Example Street 1"),
    (":edit:", ":reopen:seat", ":addressee:others", ":seat:", ":sending:", ":addressed:", ":form:"),
    ("/letters", ":archive:"),
    ("/settings", ":coalitions:", ":foundcoalition:", "Ours", "A. Example", ":invite:", ":editor"),
    ("/settings", ":coalitions:", ":foundcoalition:", "Ours", "A. Example", ":invite:", ":reader"),
    ("/start x", ":joinas:", "B. Example", "/letters"),
    ("/start x", ":joinas:", "C. Example", "/sets", ":openset:", ":copyset:"),
)
"""What is tapped and typed after the letter, to places that chance seldom finds."""

PLAUSIBLE = (
    "OPSC", "opac", "children", "Kenya", "france", "Niue", "Holy See", "English", "français", "es",
    "A. Example, Example Organisation", "B. Example, Chair, Second Organisation\nC. Example",
    "Example Org & Co, Inc.", "Geneva", "New York", "Brussels, tomorrow", "2 March 2026", "hier",
    "done", "back", "yes", "no", "ok", "Ambassador", "Our own words.\n\nA second paragraph.",
    "Example Street 1\nCH-1200 Geneva", "My set", "Austria 1 January 2026", "Uruguay, Peru",
)  # fmt: skip
"""What brings a conversation on."""

DATES = (
    "2206", "2 March 2206", "31.12.9999", "9999-12-31", "0001-01-01", "1.1.1", "29.2.2026",
    "31/2/2026", "3/4/2027", "00/00/0000", "2026-13-45", "in 999 weeks", "dans 10 semaines",
    "99999",
    "le 31", "the 0th", "Monday", "mardi 3 mars 2027", "tomorow", "20260302", "٣١/١٢/٢٠٢٦",
    "३१/१२/२०२६", "๓๑/๑๒/๒๐๒๖", "2 March -2026", "1e9", "31 December 2040", "1 January 2041",
    "31.12.1989", "Lyon, 2.3.2206", "Kenya 31 December 9999", "KEN=0001-01-01", "29 February",
)  # fmt: skip

HALVES = (
    "\ud83d",
    "\udc00",
    "a\ud83db",
    "\ude00\ud83d",
    "Gen\udce8ve",
    "\udcff\udcfe",
    "\ud83d" * 50,
)

ODD = (
    "", " ", "\u3000", "\u2028", "\u2029\u200b", "\t\n\r\v\f", "\xa0", "\u00ad", "\u200d\u200c",
    "\ufeff",
    "\x00", "a\x00b", "\x1b[2J", "\x1e\x1f", "\x7f\x85\x9f", "\ufdd0\ufffe\uffff", "\U0010ffff",
    "%s", "%(x)s", "%(count)s %n %", "100 %", "{{ 7*7 }}", "{% raw %}", "{0}", "${x}", "<b>",
    "&amp;",
    "<script>alert(1)</script>", "]]>", "'; DROP TABLE users; --", "../../etc/passwd", "C:\\x",
    "=1+1",
    "/", "//", "/new", "/start@bot x", "/ new", "/é", "@all", "-", "—", "…", "?", "|", "?|",
    "late:",
    "draft001:done:", "-:home:", "a:b:c", "::", "?2026-03-02|X", "2026-03-02|X", "tick:0", "one:99",
    "one:²", "order:", "long", "١٢٣", "²", "1" * 5_000, "-1", "1.5", "NaN", "inf", "0x10", "1_000",
    "שלום עולם", "مرحبا، منظمة", "\u202eabc\u202c", "\u2066x\u2069", "नमस्ते", "สวัสดี", "中文、组织",
    "👩‍👩‍👧", "🏳️‍🌈", "e\u0301" * 300, "Z\u0351\u036b\u0343\u036a" * 60, "\u0301", "ﷺ", "ß", "İ",
    "ﬁ",
    "𝔘𝔫𝔦", "\ue000", "\U000e0041", "\ufffc", "\ufffd", "x" * 20_000, "wort " * 4_000, "a\n" * 3_000,
    "," * 4_000, ";" * 3_000, "a," * 6_000, "1 " * 6_000, "." * 5_000, "'" * 4_000,
    "\t" * 9_000, "“" * 3_000,
    "1. 2. 3. " * 500, "é" * 4_096, "😀" * 2_048, "x" * 100_001, "x" * 99_999, "“" * 50_000,
    "https://example.org/" + "a" * 3_000,
    "- " * 3_000, " ," * 4_000, "march " * 2_000, "in " * 3_000, "(" * 3_000, "A. Example\n" * 400,
)  # fmt: skip

COMMANDS = (
    "start", "new", "letters", "status", "sets", "settings", "help", "privacy", "cancel",
    "export", "delete",
    "letterhead", "", "é", "x" * 500, "new\ud83d", "%s", "forget", "start x",
)  # fmt: skip
TAPS = (
    "",
    ":",
    "::",
    "a:b",
    "draft001:done:",
    "-:home:",
    "-:page:99",
    "-:page:x",
    "\ud83d",
    "x" * 99,
)
FILES = (
    ("list.csv", b"name,role,organisation\nA. Example,,Example Organisation\n"),
    ("list.csv", b"\xff\xfe\x00"),
    ("list.csv", b"name,organisation\n" + b"\x00,\x01\n" * 40),
    ("list.csv", "name,organisation\n\ufffe\u2028,\u202e\n".encode()),
    ("list.csv", b'name,organisation\n"'),
    ("x\ud83d\x00.csv", b""),
    ("page.html", b"<html><body>status as at 31-12-9999</body></html>"),
    ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='1e400'/>"),
    ("logo.png", b"\x89PNG\r\n\x1a\n"),
    ("head.docx", b"PK\x03\x04"),
    ("y" * 5_000, b"x"),
    ("../../a", b"\xef\xbb\xbf"),
)


def text(random: Random) -> str:
    """Something to type: half of it brings the conversation on."""
    kind = random.random()
    if kind < 0.5:
        return random.choice(PLAUSIBLE)
    if kind < 0.62:
        return random.choice(DATES)
    if kind < 0.7:
        return random.choice(HALVES)
    if kind < 0.88:
        return random.choice(ODD)
    if kind < 0.95:
        return _joined(random)
    return "".join(chr(random.randrange(sys.maxunicode + 1)) for _ in range(random.randrange(30)))


def _joined(random: Random) -> str:
    """Several of them in one."""
    parts = [random.choice(random.choice((PLAUSIBLE, DATES, HALVES, ODD[:60]))) for _ in range(3)]
    return random.choice((", ", "\n", " ", "; ", " – ")).join(parts)
