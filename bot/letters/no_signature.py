"""What stands among pasted co-signers and signs nothing: greetings, headings, addresses, dates.

Nothing of it is dropped: whoever sent it is asked.
"""

from __future__ import annotations

import re

from bot.letters.days import parse_date
from bot.letters.pasted import COMMAS
from bot.letters.signatory_heads import is_known, meaning_of
from bot.letters.signatory_words import BARE_ROLES, BEHALF, CLOSINGS, command_of, folded

_EMAIL = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\W\d_]{2,}")
_BESIDE = re.compile(r"\s*[<(\[]?[^\s@,;<>()\[\]]+@[^\s@,;<>()\[\]]+\.[^\W\d_]{2,}[>)\]]?")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?:(?:tel|t[ée]l[ée]?(?:phone|fono)?|phone|mobile|fax)[.: ]*)?\+?[\d\s().\-/]{7,}"
)
_LABEL = re.compile(
    r"(?:e-?mail|mail|courriel|correo(?: electr[oó]nico)?|web ?site|tel|phone):?\s*"
)
_SENT_AT = re.compile(r"\[[\d./-]{6,10},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?\]$")
"""How a copied message ends the line of its sender."""

_NUMBER = re.compile(r"#?\d[\d\s.,/-]*")
_PARTING = set(COMMAS + ";|\t")
_FEW_WORDS = 4
_DIGITS = 7
"""Fewer are no telephone number."""

_TALK = re.compile(
    r"(?:dear|hi|hello|hey|bonjour|bonsoir|hola|estimad[oa]s?|cher|chere|chers|cheres|querid[oa]s?"
    r"|please|pls|kindly|merci|svp|s'il vous plait|veuillez|por favor|gracias|thanks?|thank you"
    r"|good (?:morning|afternoon|evening|day)|buen[oa]s (?:dias|tardes|noches))\b"
    r"|(?:with |in |my |our |mes |nos |avec )?(?:best|kind|warm|kindest|warmest|sincere)"
    r"(?: regards| wishes| greetings)?$|(?:in solidarity|en solidaridad|solidairement)$"
    r"|(?:bien a vous|un saludo|saludos|un cordial saludo|meilleures salutations)\b"
    r"|(?:sent from|envoye de|enviado desde|get outlook|begin forwarded|forwarded message"
    r"|original message|message d'origine|mensaje original|mensaje reenviado)\b"
    r"|(?:we,? the undersigned|nous,? soussignes|les soussignes|the undersigned|los abajo firmantes"
    r"|here (?:is|are)|voici|aqui (?:esta|estan)|can (?:i|you|we)|how (?:do|can)|what (?:is|do)"
    r"|who (?:is|has|else|signs)|there (?:is|are)|i (?:am|have|would|will)|i'm|je suis|yo soy"
    r"|add|ajoutez|anada|agregue)\b(?=.* )"
)
"""How a sentence to the reader begins, folded; none of these begins a name that is written so."""

_HEADING = re.compile(
    r"(?:the |les |los |liste des |lista de |list of )?(?:(?:co-?)?signator(?:y|ies)"
    r"|(?:co-?)?signataires?|(?:co-?)?firmantes?|co-?signers?|organizaciones firmantes"
    r"|(?:signing|supporting|signatory|endorsing) organi[sz]ations?|organisations signataires"
    r"|endorsed by|endorsements|annexe?|anexo|names?|noms|nombres|organi[sz]ations|organizaciones)"
)


def is_no_signature(line: str) -> bool:
    """Whether the whole line is a greeting, a heading, a date, a number or one small word."""
    said = folded(line)
    return (
        said in CLOSINGS
        or parse_date(line) is not None
        or _NUMBER.fullmatch(line) is not None
        or _TALK.match(said) is not None
        or _HEADING.fullmatch(said) is not None
        or (line.endswith(("?", "？")) and not set(line) & _PARTING)
        or line.endswith((":", "："))
        or command_of(line) != ""
        or said in BARE_ROLES
        or _SENT_AT.search(line) is not None
        or _is_head(line)
        or _is_small(line)
    )


def heading(line: str) -> tuple[str, bool] | None:
    """What stands behind a heading's colon, and whether that may sign; None without a heading."""
    head, colon, rest = (line.replace("：", ":")).partition(":")
    if not colon or set(head) & _PARTING or rest.startswith("//"):
        return None
    said = folded(head)
    signs = said in BEHALF or _HEADING.fullmatch(said) is not None
    if signs or not rest.strip():
        return rest.strip(), signs
    return (rest.strip(), False) if said in _MAIL_HEADS else None


_MAIL_HEADS = frozenset(
    [
        *("cc", "bcc", "to", "from", "subject", "date", "sent", "ps"),
        *("de", "a", "para", "objet", "asunto", "fecha", "envoye", "enviado"),
    ]
)


def without_addresses(line: str) -> str:
    """The line without e-mail and web addresses and telephone numbers, and without their commas."""
    parts = re.split(rf"([{COMMAS};\t|])", line)
    kept = ["" if _is_address(part.strip(" <>()")) else part for part in parts]
    text = _BESIDE.sub("", "".join(kept))
    if text == line:
        return line
    text = re.sub(rf"([{COMMAS};\t|])(?:\s*[{COMMAS};\t|])+", r"\1", text)
    return text.strip(" ;\t|" + COMMAS)


def _is_address(part: str) -> bool:
    bare = _LABEL.sub("", part, count=1) if _LABEL.match(part.lower()) else part
    if _EMAIL.fullmatch(bare) or _URL.fullmatch(bare):
        return True
    digits = sum(char.isdigit() for char in part)
    return digits >= _DIGITS and _PHONE.fullmatch(part.lower()) is not None


def _is_head(line: str) -> bool:
    """Whether it is the head of a table that was pasted with it: "Name, Role, Organization"."""
    parts = [part for part in re.split(rf"[{COMMAS};|\t]", line) if part.strip()]
    return len(parts) > 1 and all(is_known(part) and meaning_of(part) for part in parts)


def _is_small(line: str) -> bool:
    """Whether it is a few words without a capital, in a script that has some."""
    lower = line == line.lower() != line.upper()
    return lower and not set(line) & _PARTING and len(line.split()) <= _FEW_WORDS
