"""Codes of invitations: sixteen signs that are told apart when read aloud, 80 random bits."""

from __future__ import annotations

import hashlib
import re

LETTER = "a"
"""The token of a link that lets in begins so; its code follows."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U, which are taken for others."""

LENGTH, GROUP = 16, 4
_SAME = str.maketrans("ILO", "110")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015]+")


def code_from(token: str) -> str:
    """A code that nobody can guess who does not know the token, which is random."""
    number = int.from_bytes(hashlib.sha256(token.encode()).digest())
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def shown(code: str) -> str:
    """The code as people read and type it: "ABCD-EFGH-JKMN-PQRS"."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def code_in(text: str) -> str:
    """The code that a text is; empty where it has not the form of one."""
    code = _BETWEEN.sub("", text).upper().translate(_SAME)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def digest_of(code: str) -> bytes:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).digest()
