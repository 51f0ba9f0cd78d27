"""Tokens of links: 192 random bits, of which only the digest is kept; and those of pages."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.signings.values import Link, Shown, Signing

PREFIX = "s"
"""What the tokens of signings begin with, where others are taken as well."""

AFTER_DEADLINE = timedelta(days=7)
"""So long after the deadline an invitation still opens, to say that it has passed."""

PRIVATE_FOR = timedelta(days=730)
"""What somebody has given can be seen and deleted by it for so long."""

_TOKEN = re.compile(r"s[A-Za-z0-9_-]{32}")


def is_token(text: str) -> bool:
    """Whether it has the form of a signing's token."""
    return _TOKEN.fullmatch(text) is not None


def digest_of(token: str) -> bytes:
    """What is kept of a token, and asked for by it: nothing can be learnt of one by trying."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def works(link: Link, now: datetime) -> bool:
    """Whether the link opens anything."""
    return not link.used and not link.revoked and now < link.expires


def page_token(signing: Signing, link: Link, shown: Shown, private: str) -> str:
    """What a page holds that was shown: of this link, of this text, with this private token.

    Nobody else can make one, so a form that comes back with it was read where the text stood.
    """
    said = "\n".join((link.digest.hex(), str(shown.version), shown.key, private))
    return hmac.new(signing.key, said.encode(), hashlib.sha256).hexdigest()


def is_page_token(token: str, expected: str) -> bool:
    """Whether it is that one, in the same time whatever it is."""
    return hmac.compare_digest(token.encode("utf-8", "replace"), expected.encode())
