"""Contacts as phones share them (vCard 2.1, 3.0 and 4.0): name, role and organisation.

Of all that a card holds only FN, N, ORG and TITLE are looked at (RFC 6350, 6.2.1, 6.2.2, 6.6);
addresses, numbers and pictures are left where they are.
"""

from __future__ import annotations

import binascii
import re

from bot.letters.model import Signatory
from bot.letters.signatories import clean
from bot.letters.signatory_lines import Doubt, DoubtKind, Lines, is_too_long

_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT = re.compile(r"=\r?\n")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def read_cards(text: str) -> Lines:
    """The co-signers of one or more cards; a card without any name is asked about."""
    taken: list[Signatory] = []
    doubts: list[Doubt] = []
    for card in re.split(r"(?im)^BEGIN:VCARD\s*$", text)[1:]:
        one = _signatory(_properties(card))
        if not one.name:
            doubts.append(Doubt(DoubtKind.NO_NAME, "vCard"))
        elif is_too_long(one):
            doubts.append(Doubt(DoubtKind.TOO_LONG, one.name[:100]))
        else:
            taken.append(one)
    return Lines(tuple(taken), tuple(doubts))


def _signatory(found: dict[str, str]) -> Signatory:
    family, given, *_rest = [*_fields(found.get("N", "")), "", ""]
    name = _plain(found.get("FN", "")) or f"{given} {family}".strip()
    organisation = _fields(found.get("ORG", ""))[0]
    # A card of an organisation has its name in both.
    if name == organisation:
        organisation = ""
    if not name:
        name, organisation = organisation, ""
    return Signatory(name, organisation, _plain(found.get("TITLE", "")))


def _properties(card: str) -> dict[str, str]:
    """The first value of each property, decoded, with its backslashes."""
    found: dict[str, str] = {}
    quoted = "QUOTED-PRINTABLE" in card.upper()
    unfolded = _SOFT.sub("", card) if quoted else card
    for line in _FOLD.sub("", unfolded).splitlines():
        head, colon, value = line.partition(":")
        key, *parameters = head.upper().split(";")
        key = key.rpartition(".")[2]  # "item1.ORG"
        if not colon or key not in {"FN", "N", "ORG", "TITLE"} or key in found:
            continue
        said = " ".join(parameters)
        if "QUOTED-PRINTABLE" in said:
            charset = re.search(r"CHARSET=\"?([\w-]+)", said)
            value = _unquoted(value, charset[1] if charset else "utf-8")
        found[key] = value
    return found


def _unquoted(value: str, charset: str) -> str:
    data = binascii.a2b_qp(value.encode("utf-8", "replace"))
    for encoding in (charset, "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return ""


def _fields(value: str) -> list[str]:
    """A value of several fields, which semicolons part unless a backslash stands before them."""
    return [_plain(one) for one in re.split(r"(?<!\\);", value)]


def _plain(value: str) -> str:
    text = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value)
    return clean(text)[0]
