"""What a saved file holds, whatever it claims to be: a page's text, or the site's XML.

What would take long to read is refused before it is opened: counting is quick.
"""

from __future__ import annotations

import binascii
import email
import re
from typing import TYPE_CHECKING

from bot.letters.faults import Fault

if TYPE_CHECKING:
    from email.message import Message

MAX_BYTES = 20_000_000
"""A page is saved with its pictures, too."""

MAX_PAGE = 8_000_000
"""Bytes of the page alone, the largest of the eighteen has some three million; reading it takes
eight times as many of memory."""

MAX_TAGS = 200_000
"""Of a page with three million bytes some 45,000 are tags."""

LONG_TAG, MAX_ATTRIBUTES = 1000, 400
"""A tag may hold one long value, but not very many: they are compared with one another."""

MAX_PARTS = 2000
"""A page is saved with its pictures and styles, some dozens; of very many the reading is slow."""

LONGEST_HEADERS = 10_000

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_BOM_AND_BLANKS = b"\xef\xbb\xbf \r\n\t"


def content_of(data: bytes) -> str | bytes | Fault:
    """The text of a page in HTML or MHTML; the bytes of XML, which says its own encoding."""
    if len(data) > MAX_BYTES:
        return Fault.TOO_LARGE
    if data[:4] in {b"\xd0\xcf\x11\xe0", b"PK\x03\x04"}:
        return Fault.SPREADSHEET
    if data[:4] == b"%PDF" or (
        b"\x00" in data[:2000] and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}
    ):
        return Fault.NOT_TEXT
    if data.count(b"<") > MAX_TAGS:
        return Fault.CROWDED
    bare = data.lstrip(_BOM_AND_BLANKS) if len(data) <= MAX_PAGE else b""
    if bare.startswith(b"<?xml") and b"<Treaty" in bare:
        return bare
    if b"multipart/related" in data[:4000].lower():
        found = _page_of_archive(data)
        if isinstance(found, Fault):
            return found
        data = found
    if len(data) > MAX_PAGE:
        return Fault.TOO_LARGE
    text = _decoded(data)
    if text is None:
        return Fault.ENCODING
    return Fault.CROWDED if _many_attributes(text) else text


def _page_of_archive(data: bytes) -> bytes | Fault:
    """The page itself out of a browser's single-file form (MHTML): the first part that is HTML."""
    headers, _body = _parted(data)
    boundary = b"\n--" + (headers.get_boundary() or "").encode("ascii", "replace")
    if data.count(boundary) > MAX_PARTS:
        return Fault.CROWDED
    for part in data.split(boundary)[1:]:
        headers, body = _parted(part.partition(b"\n")[2])
        if headers.get_content_type() == "text/html":
            coding = str(headers.get("Content-Transfer-Encoding", "")).strip().lower()
            return _uncoded(body, coding)
    return b""


def _parted(data: bytes) -> tuple[Message, bytes]:
    """Headers and body, which a blank line parts; of headers that have no end only so much."""
    found = _BLANK_LINE.search(data, 0, LONGEST_HEADERS)
    end, start = found.span() if found else (LONGEST_HEADERS, LONGEST_HEADERS)
    return email.message_from_bytes(data[:end]), data[start:]


def _uncoded(body: bytes, coding: str) -> bytes:
    if coding == "quoted-printable":
        return binascii.a2b_qp(body)
    try:
        return binascii.a2b_base64(body) if coding == "base64" else body
    except binascii.Error:
        return b""


def _decoded(data: bytes) -> str | None:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encoding = "utf-16"
    else:
        declared = _CHARSET.search(data[:5000])
        encoding = declared[1].decode("ascii") if declared else "utf-8"
    for one in dict.fromkeys(("utf-8-sig", encoding)):
        try:
            return data.decode(one)
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def _many_attributes(text: str) -> bool:
    """Whether a tag has more attributes than any should: what is quoted is none."""
    for tag in re.finditer(r"<[A-Za-z][^<>]*", text):
        if tag.end() - tag.start() > LONG_TAG:
            bare = re.sub(r"\"[^\"]*\"|'[^']*'", " ", tag[0])
            if sum(1 for _one in re.finditer(r"[\s/=]+", bare)) > MAX_ATTRIBUTES:
                return True
    return False
