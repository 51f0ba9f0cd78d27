"""An e-mail draft: the subject, the text and the PDF, for the user's own mail program to send."""

from __future__ import annotations

import base64
import hashlib
import re
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from bot.documents.page import to_pdf
from bot.documents.text import to_text
from bot.letters.book_cells import is_email
from bot.letters.marks import titled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.letters.letterhead import Letterhead
    from bot.letters.model import Letter

_LABEL = re.compile(r"^(?:Subject|Objet|Asunto)[ \u00a0\u202f]*:[ \u00a0\u202f]*")

LINE = 76
"""Characters of a line that holds an encoded word, its first blank too (RFC 2047, 2)."""

_FIELD = "Subject: "
_OPENED, _CLOSED = "=?utf-8?b?", "?="
_PLAIN = re.compile(r"(?:[!-~]+(?: [!-~]+)*)?")


def to_eml(letter: Letter, head: Letterhead | None, name: str) -> bytes:
    """The draft, unsent. It is addressed only where the mission book had an address.

    What is no plain address never comes to stand in the head of an e-mail.
    """
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    if is_email(letter.to):
        message["To"] = letter.to
    message["X-Unsent"] = "1"
    message["Content-Language"] = str(letter.language)
    message.set_content(to_text(letter), cte="quoted-printable")
    message.add_attachment(
        to_pdf(letter, head), maintype="application", subtype="pdf", filename=name
    )
    digest = hashlib.sha256(to_text(letter).encode()).hexdigest()
    message.set_boundary(f"=_{digest[:32]}")
    return subject_field(plain_subject(letter)).encode() + message.as_bytes()


def plain_subject(letter: Letter) -> str:
    """The subject without the word "Subject", in one line and with a capital.

    Before it stands the mark of a draft, where the letter has one.
    """
    text = _LABEL.sub("", " ".join(letter.subject.split("\n")))
    return titled(letter, text[:1].upper() + text[1:])


def subject_field(subject: str) -> str:
    """The header field, with its line breaks, from which every reader gets exactly the subject.

    Python's own folding differs from version to version, and parts plain from encoded words at
    blanks that some readers drop and others double. So a subject is either plain on one line, or
    of encoded words alone: what stands between two of these is never part of the text.
    """
    if _PLAIN.fullmatch(subject) and "=?" not in subject and len(_FIELD + subject) <= LINE:
        return f"{_FIELD}{subject}\r\n"
    words = (f"{_OPENED}{base64.b64encode(part).decode()}{_CLOSED}" for part in _parts(subject))
    return _FIELD + "\r\n ".join(words) + "\r\n"


def _parts(text: str) -> Iterator[bytes]:
    """The text in UTF-8, in pieces that fit a line each; none ends within a character."""
    room = (LINE - len(_FIELD) - len(_OPENED) - len(_CLOSED)) // 4 * 3
    part = b""
    for char in text:
        added = char.encode("utf-8", "replace")
        if len(part) + len(added) > room:
            yield part
            part, room = b"", (LINE - 1 - len(_OPENED) - len(_CLOSED)) // 4 * 3
        part += added
    yield part
