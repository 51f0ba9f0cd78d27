"""Co-signers as they are typed or pasted, line by line: what is clear is taken, the rest asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.letters.days import parse_date
from bot.letters.model import Signatory
from bot.letters.signatories import MAX_LENGTH, clean
from bot.letters.signatory_words import (
    BARE_ROLES,
    BEHALF,
    CLOSINGS,
    LEGAL_FORMS,
    POST_NOMINALS,
    folded,
    is_role,
)

MOST_READINGS = 4

_BREAKS = re.compile(r"\r\n|[\n\r\v\f\u0085]")
_MARKS = "-*•–—‣·§➢➤✓✔○●▪▫◦❖□■→∙\uf0b7\uf0a7\uf0d8\uf0fc"
_LEADING = re.compile(
    rf"^(?:>\s*)*\s*(?:[{re.escape(_MARKS)}]\s+|[{re.escape(_MARKS[2:])}](?=\w)|o\t\s*"
    r"|\(?\d{1,4}[.)]\s+|\(?\d{1,4}[.)](?=[^\W\d_])|\d{1,4}\s+[-–]\s+|\d{1,4}\t\s*|[①-⑳㉑-㊿]\s*)"
)
_QUOTING = re.compile(r"^(?:>\s*)+")
_CHAT = re.compile(
    r"^\s*(?:\[\d{1,2}[:.]\d{2}(?::\d{2})?,?\s*[\d./-]{6,10}\]|\[[\d./-]{6,10},?\s*\d{1,2}[:.]\d{2}"
    r"(?::\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?\]|[\d./-]{6,10},?\s*\d{1,2}[:.]\d{2}(?::\d{2})?"
    r"(?:\s*[AaPp]\.?[Mm]\.?)?\s+-)\s*[^:]{1,60}:\s+"
)
"""How messengers begin a message that was copied: a day and a time, the sender, a colon."""

_COMMAS = ",،、，﹐"
_QUOTES = re.compile('"[^"]*"|“[^”]*”|«[^»]*»|„[^“”]*[“”]')
_DASHES = re.compile(r"\s+(?:–|—|-|―)\s+")
_BRACKETS = re.compile(r"^([^()（）]+?)\s*[(（]([^()（）]+)[)）]$")
_EMAIL = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\W\d_]{2,}")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d\s().\-/]{7,}")
_NUMBER = re.compile(r"#?\d[\d\s.,/-]*")
_ACRONYM = re.compile(r"[^\W_][\w.&/-]{0,14}")
_HIDDEN = "\x00"


class DoubtKind(StrEnum):
    """Why a line is asked about."""

    MANY_PARTS = "many_parts"
    NO_SIGNATURE = "no_signature"
    TOO_LONG = "too_long"
    NO_NAME = "no_name"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that is not clear, and what it may mean, the likeliest first; empty: type it anew."""

    kind: DoubtKind
    text: str
    readings: tuple[Signatory, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """What was clear and what was not. `cleaned` says that control characters were removed."""

    taken: tuple[Signatory, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    cleaned: bool = False


def read_lines(text: str) -> Lines:
    """Co-signers one to a line: "Name, Organisation" or "Name, Role, Organisation".

    A tab, a semicolon, a bar or a dash between blanks parts as well and wins over commas; what
    stands in quotation marks is not parted. A name alone is a person or an organisation alone.
    """
    taken: list[Signatory] = []
    doubts: list[Doubt] = []
    cleaned = False
    for raw in _BREAKS.split(text):
        line, removed = bare(raw)
        cleaned = cleaned or removed
        if not line:
            continue
        found = read_line(line)
        if isinstance(found, Doubt):
            doubts.append(found)
        else:
            taken.append(found)
    return Lines(tuple(taken), tuple(doubts), cleaned)


def bare(raw: str) -> tuple[str, bool]:
    """A line without bullet, number and trailing commas; tabs stay, as they part."""
    line = _CHAT.sub("", raw)
    line = _LEADING.sub("", line) if _LEADING.match(line) else _QUOTING.sub("", line)
    parts = [clean(part) for part in line.split("\t")]
    kept = "\t".join(part for part, _removed in parts if part)
    return kept.strip(" \t;" + _COMMAS[1:]).rstrip(","), any(removed for _, removed in parts)


def read_line(line: str) -> Signatory | Doubt:
    """The co-signer of a bare line, or why it is asked about."""
    shown = line.replace("\t", " ; ")
    odd = _no_signature(line)
    if odd is not None:
        return Doubt(DoubtKind.NO_SIGNATURE, shown[: 2 * MAX_LENGTH], odd)
    readings = tuple(dict.fromkeys(_readings(line)))
    if not any(one.name for one in readings):
        return Doubt(DoubtKind.NO_NAME, shown[: 2 * MAX_LENGTH])
    fitting = tuple(one for one in readings if one.name and not is_too_long(one))
    if not fitting:
        return Doubt(DoubtKind.TOO_LONG, shown[: 2 * MAX_LENGTH])
    if len(readings) == 1:
        return fitting[0]
    return Doubt(DoubtKind.MANY_PARTS, shown, fitting[:MOST_READINGS])


def is_too_long(one: Signatory) -> bool:
    """Whether a part has more characters than any may."""
    return max(len(one.name), len(one.role), len(one.organisation)) > MAX_LENGTH


def _no_signature(line: str) -> tuple[Signatory, ...] | None:
    """What the line would sign as, where it looks like no signature; None where it is one."""
    head, colon, rest = line.partition(":")
    whole = not set(head) & set(_COMMAS + ";|\t")
    if colon and whole and (not rest.strip() or folded(head) in BEHALF):
        found = read_line(rest.strip()) if rest.strip() else None
        return (found,) if isinstance(found, Signatory) else ()
    if folded(line) in CLOSINGS or parse_date(line) is not None or _NUMBER.fullmatch(line):
        return (Signatory(line),)
    without = _without_addresses(line)
    if without != line:
        found = read_line(without) if without else Signatory(line)
        readings = found.readings if isinstance(found, Doubt) else (found,)
        return tuple(one for one in readings if one.name)
    lower = line == line.lower() != line.upper()
    if lower and not set(line) & set(_COMMAS + ";|\t") and len(line.split()) <= 4:  # noqa: PLR2004 -- a name has few words
        return (Signatory(line),)
    return None


def _without_addresses(line: str) -> str:
    """The line without e-mail and web addresses and telephone numbers, and without their commas."""
    parts = re.split(rf"([{_COMMAS};\t|])", line)
    kept = [
        part
        for part in parts
        if not (_EMAIL.fullmatch(part.strip(" <>()")) or _URL.fullmatch(part.strip()))
        and not (_PHONE.fullmatch(part.strip()) and sum(map(str.isdigit, part)) > 6)  # noqa: PLR2004 -- fewer are no number
    ]
    text = "".join(kept)
    text = re.sub(r"\s*[<(]?" + _EMAIL.pattern + r"[>)]?", "", text)
    text = re.sub(rf"([{_COMMAS};\t|])(?:\s*[{_COMMAS};\t|])+", r"\1", text)
    return text.strip(" ;\t|" + _COMMAS) if text != line else line


def _readings(line: str) -> list[Signatory]:
    """What the line may mean; one where that is clear."""
    hidden: list[str] = []

    def hide(found: re.Match[str]) -> str:
        hidden.append(found[0])
        return f"{_HIDDEN}{len(hidden) - 1}{_HIDDEN}"

    covered = _QUOTES.sub(hide, line)

    def shown(part: str) -> str:
        whole = re.fullmatch(rf"\s*{_HIDDEN}(\d+){_HIDDEN}\s*", part)
        if whole:
            return hidden[int(whole[1])][1:-1].strip()
        return re.sub(rf"{_HIDDEN}(\d+){_HIDDEN}", lambda m: hidden[int(m[1])], part).strip()

    return [
        Signatory(shown(one.name), shown(one.organisation), shown(one.role))
        for one in _parted(covered)
    ]


def _parted(line: str) -> list[Signatory]:
    for sign in ("\t", ";", " | ", "|"):
        if sign in line:
            return _by_sign([part.strip() for part in line.split(sign)])
    commas = [part.strip() for part in re.split(rf"[{_COMMAS}]", line)]
    dashes = [part.strip() for part in _DASHES.split(line)]
    if len(dashes) > 1 and len(commas) > 1:
        return _by_dash_and_comma(dashes, commas)
    if len(dashes) > 1:
        return _by_sign(dashes)
    joined = _joined(commas)
    if len(joined) == 1:
        return _alone(joined[0])
    return _by_commas(joined)


def _by_sign(parts: list[str]) -> list[Signatory]:
    """Parts at a sign that stands in no name; a comma in the first may part name and role."""
    parts = [part for part in parts if part] if any(parts[:1]) else parts
    if len(parts) == 1:
        return _alone(parts[0])
    if len(parts) == 2:  # noqa: PLR2004 -- name, organisation
        names = _joined([part.strip() for part in parts[0].split(",")])
        if len(names) == 2 and is_role(names[1]):  # noqa: PLR2004 -- name, role
            return [Signatory(names[0], parts[1], names[1])]
        return [Signatory(parts[0], parts[1])]
    if len(parts) == 3:  # noqa: PLR2004 -- name, role, organisation
        return [Signatory(parts[0], parts[2], parts[1])]
    return _many(parts, "; ")


def _by_dash_and_comma(dashes: list[str], commas: list[str]) -> list[Signatory]:
    """A dash may stand in an organisation's name, and so may a comma."""
    by_dash = _by_sign(dashes)
    names = _joined([part.strip() for part in dashes[0].split(",")])
    if len(dashes) == 2 and (len(names) == 1 or is_role(names[-1])):  # noqa: PLR2004 -- both sides of one dash
        return by_dash
    return [*_by_commas(_joined(commas)), *by_dash]


def _joined(parts: list[str]) -> list[str]:
    """The parts, with "Inc." joined to what it ends and "PhD" to whom it honours."""
    found: list[str] = []
    for part in parts:
        after_name = len(found) == 1 and folded(part) in POST_NOMINALS
        if found and (folded(part) in LEGAL_FORMS or after_name or not part):
            found[-1] = ", ".join(one for one in (found[-1], part) if one)
        else:
            found.append(part)
    return found


def _by_commas(parts: list[str]) -> list[Signatory]:
    if len(parts) == 1:
        return _alone(parts[0])
    if len(parts) == 2:  # noqa: PLR2004 -- name, organisation
        if folded(parts[1]) in BARE_ROLES:
            return [Signatory(parts[0], role=parts[1])]
        return [Signatory(parts[0], parts[1])]
    if len(parts) == 3 and is_role(parts[1]):  # noqa: PLR2004 -- name, role, organisation
        return [Signatory(parts[0], parts[2], parts[1])]
    return _many(parts, ", ")


def _many(parts: list[str], sign: str) -> list[Signatory]:
    """Every parting that makes sense, the likeliest first."""
    name, *rest = parts
    with_role = Signatory(name, sign.join(rest[1:]), rest[0])
    without = Signatory(name, sign.join(rest))
    readings = [with_role, without] if is_role(rest[0]) or len(rest) == 2 else [without, with_role]  # noqa: PLR2004 -- as documented: name, role, organisation
    if len(rest) > 2:  # noqa: PLR2004 -- the role may have a comma, too
        readings.append(Signatory(name, rest[-1], sign.join(rest[:-1])))
    return [*readings, Signatory(sign.join(parts))]


def _alone(part: str) -> list[Signatory]:
    """A name alone; behind it in brackets its organisation, unless that is its own short form."""
    found = _BRACKETS.match(part)
    if found is None:
        return [Signatory(part)]
    before, inside = found[1].strip(), found[2].strip()
    initials = "".join(word[0] for word in re.findall(r"\w+", before)).casefold()
    short = folded(inside).replace(" ", "")
    if _ACRONYM.fullmatch(inside) and inside.upper() == inside:
        if _within(short, initials):
            return [Signatory(part)]
        return [Signatory(part), Signatory(before, inside)]
    if folded(inside) in BARE_ROLES:
        return [Signatory(before, role=inside)]
    return [Signatory(before, inside)]


def _within(short: str, initials: str) -> bool:
    """Whether most letters of a short form come in this order among the initials."""
    rest = iter(initials)
    return sum(any(letter == one for one in rest) for letter in short) * 2 > len(short)


def as_typed(one: Signatory, text: str) -> Signatory:
    """Another co-signer of the same line, for a person who says that it is one name."""
    return replace(one, name=text, role="", organisation="")
