"""An e-mail draft: the subject, the text and the PDF, for the user's own mail program to send."""

from __future__ import annotations

import hashlib
import re
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from bot.documents.page import to_pdf
from bot.documents.text import to_text

if TYPE_CHECKING:
    from bot.letters.letterhead import Letterhead
    from bot.letters.model import Letter

_LABEL = re.compile(r"^(?:Subject|Objet|Asunto)[ \u00a0\u202f]*:[ \u00a0\u202f]*")


def to_eml(letter: Letter, head: Letterhead | None, name: str) -> bytes:
    """The draft, unsent and without an address: who is written to is the sender's to know."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["Subject"] = plain_subject(letter)
    message["X-Unsent"] = "1"
    message["Content-Language"] = str(letter.language)
    message.set_content(to_text(letter), cte="quoted-printable")
    message.add_attachment(
        to_pdf(letter, head), maintype="application", subtype="pdf", filename=name
    )
    digest = hashlib.sha256(to_text(letter).encode()).hexdigest()
    message.set_boundary(f"=_{digest[:32]}")
    return message.as_bytes()


def plain_subject(letter: Letter) -> str:
    """The subject without the word "Subject", in one line and with a capital."""
    text = _LABEL.sub("", " ".join(letter.subject.split("\n")))
    return text[:1].upper() + text[1:]
