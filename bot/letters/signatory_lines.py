"""Co-signers as they are typed or pasted, line by line: what is clear is taken, the rest asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.letters.model import Signatory
from bot.letters.no_signature import heading, is_no_signature, without_addresses
from bot.letters.pasted import COMMAS, lines_of
from bot.letters.signatories import MAX_LENGTH
from bot.letters.signatory_words import (
    BARE_ROLES,
    LEGAL_FORMS,
    POST_NOMINALS,
    folded,
    holds_organisation,
    is_role,
)

MOST_READINGS = 4
LONGEST_LINE = 4 * MAX_LENGTH
"""Characters of three parts and what stands between: no more is looked through."""
LONGEST = 5 * MAX_LENGTH
"""Characters of a line that is looked into: a longer one is no co-signer's."""

_QUOTES = re.compile('"[^"]*"|“[^”]*”|«[^»]*»|„[^“”]*[“”]')
_DASHES = re.compile(r"\s+(?:–|—|―|--?|/)\s+")
_BRACKETS = re.compile(r"^([^()（）]+?)\s*[(（]([^()（）]+)[)）]$")
_COMMA = re.compile(rf"[{COMMAS}]")
_BESIDE_A_NAME = re.compile(
    r"(?:she|he|they|her|hers|him|his|them|theirs|elle|il|iel|ella|el|elle|[-/ ])+"
    r"|mrs?|ms|mx|mme|mlle|m|sra?|srta|dra?|prof"
)
"""What stands in brackets behind a person's name and is no organisation, folded."""

_ACRONYM = re.compile(r"[^\W_][\w.&/-]{0,14}")
_HIDDEN = "\x00"
_STAND_IN = re.compile(rf"{_HIDDEN}(\d+){_HIDDEN}")
_WHOLE = re.compile(rf"\s*{_HIDDEN}(\d+){_HIDDEN}\s*")


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
    lines, cleaned = lines_of(text)
    taken: list[Signatory] = []
    doubts: list[Doubt] = []
    for line in lines:
        for one in _people(line):
            found = read_line(one)
            if isinstance(found, Doubt):
                doubts.append(found)
            else:
                taken.append(found)
    return Lines(tuple(taken), tuple(doubts), cleaned)


def _people(line: str) -> list[str]:
    """A line that lists several people between semicolons is as many lines."""
    if len(line) > LONGEST or ";" not in line:
        return [line]
    covered, hidden = _covered(line)
    people = [part for part in covered.split(";") if part.strip()]
    for one in people:
        parts = _joined([part.strip() for part in re.split(rf"[{COMMAS}]", one)])
        if len(parts) == 1 or (len(parts) == 2 and is_role(parts[1])):  # noqa: PLR2004 -- a name and its role
            return [line]
    return [_shown(one, hidden) for one in people]


def read_line(line: str) -> Signatory | Doubt:
    """The co-signer of a bare line, or why it is asked about."""
    shown = line.replace("\t", " ; ")
    if len(line) > LONGEST_LINE:
        return Doubt(DoubtKind.TOO_LONG, shown[: 2 * MAX_LENGTH])
    if len(line) > LONGEST:
        return Doubt(DoubtKind.TOO_LONG, shown[: 2 * MAX_LENGTH])
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
    under = heading(line)
    if under is not None:
        rest, signs = under
        return _all_readings(rest) if rest and signs else ((Signatory(line),) if rest else ())
    if is_no_signature(line):
        return (Signatory(line),)
    without = without_addresses(line)
    if without != line:
        return _all_readings(without) if without else (Signatory(line),)
    return None


def _all_readings(line: str) -> tuple[Signatory, ...]:
    found = read_line(line)
    return found.readings if isinstance(found, Doubt) else (found,)


def _readings(line: str) -> list[Signatory]:
    """What the line may mean; one where that is clear."""
    covered, hidden = _covered(line)
    return [
        Signatory(
            _shown(one.name, hidden), _shown(one.organisation, hidden), _shown(one.role, hidden)
        )
        for one in _parted(covered)
    ]


def _covered(line: str) -> tuple[str, list[str]]:
    """The line with a stand-in for each of its quoted words, which nothing parts; and those."""
    hidden: list[str] = []

    def hide(found: re.Match[str]) -> str:
        hidden.append(found[0].replace("\t", " "))  # in quotes it parts nothing either
        return f"{_HIDDEN}{len(hidden) - 1}{_HIDDEN}"

    return _QUOTES.sub(hide, line), hidden


def _shown(part: str, hidden: list[str]) -> str:
    """A part with its quoted words; without the marks where these hold all of it."""
    whole = _WHOLE.fullmatch(part)
    if whole:
        return hidden[int(whole[1])][1:-1].strip()
    return _STAND_IN.sub(lambda found: hidden[int(found[1])], part).strip()


def _parted(line: str) -> list[Signatory]:
    for sign in ("\t", ";", "|"):
        if sign in line:
            return _by_sign([part.strip() for part in line.split(sign)])
    commas = _joined([part.strip() for part in _COMMA.split(line)])
    dashes = [part.strip() for part in _DASHES.split(line)]
    if len(dashes) > 1:
        return _by_dash(dashes, commas, line)
    return _by_bracket(line) or _by_commas(commas)


def _by_sign(parts: list[str]) -> list[Signatory]:
    """Parts at a sign that stands in no name; a comma in the first may part name and role."""
    parts = [part for part in parts if part] if any(parts[:1]) else parts
    if len(parts) == 1:
        return _alone(parts[0])
    name, *rest = parts
    names = _joined([part.strip() for part in _COMMA.split(name)])
    if len(names) == 2 and is_role(names[1]) and len(rest) == 1:  # noqa: PLR2004 -- name, role
        return [Signatory(names[0], rest[0], names[1])]
    if len(rest) == 1:
        if folded(rest[0]) in BARE_ROLES:
            return [Signatory(name, role=rest[0])]
        return [Signatory(name, rest[0])]
    if len(rest) == 2:  # noqa: PLR2004 -- role, organisation
        return [Signatory(name, rest[1], rest[0])]
    return _many(parts, "; ")


def _by_dash(dashes: list[str], commas: list[str], line: str) -> list[Signatory]:
    """A dash may stand in an organisation's name, and so may a comma."""
    names = _joined([part.strip() for part in _COMMA.split(dashes[0])])
    if _is_organisation(names[0]):
        return [Signatory(line)]  # "Example Network – Kenya section"
    if len(names) > 1 and _is_organisation(names[-1]):
        return _by_commas(commas)  # "A. Example, Example Network – EN"
    by_dash = _by_sign(dashes)
    if len(commas) == 1 or (len(dashes) == 2 and (len(names) == 1 or is_role(names[-1]))):  # noqa: PLR2004 -- both sides of one dash
        return by_dash
    return [*_by_commas(commas), *by_dash]


def _by_bracket(line: str) -> list[Signatory]:
    """What stands in brackets at the end, where commas say how it is meant."""
    found = _BRACKETS.match(line)
    if found is None or not set(line) & set(COMMAS):
        return []
    before = [part.strip() for part in _COMMA.split(found[1])]
    inside = _joined([part.strip() for part in _COMMA.split(found[2])])
    if len(before) == 1 and len(inside) > 1 and all(inside) and not _is_organisation(before[0]):
        return _by_commas([*before, *inside])  # "A. Example (Chair, Example Network)"
    if len(before) == 2 and len(inside) == 1 and folded(before[1]) in BARE_ROLES:  # noqa: PLR2004 -- name, role
        return [Signatory(before[0], inside[0], before[1])]
    return []


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
    name, *rest = parts
    if len(rest) == 1:
        if folded(rest[0]) in BARE_ROLES:
            return [Signatory(name, role=rest[0])]
        return [Signatory(name, rest[0])]
    if _is_organisation(rest[0]):
        return [Signatory(name, ", ".join(rest))]  # "A. Example, Example Network, Geneva"
    quoted = any(_WHOLE.fullmatch(part) for part in parts)
    if len(rest) == 2 and (is_role(rest[0]) or quoted or _is_organisation(rest[1])):  # noqa: PLR2004 -- role, organisation
        return [Signatory(name, rest[1], rest[0])]
    if is_role(rest[0]) and _is_organisation(rest[1]):
        return [Signatory(name, ", ".join(rest[1:]), rest[0])]
    return _many(parts, ", ")


def _is_organisation(part: str) -> bool:
    """Whether it plainly names an organisation, and no role in one."""
    return holds_organisation(part) and not is_role(part)


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
    if _BESIDE_A_NAME.fullmatch(folded(inside)) or folded(inside) in POST_NOMINALS:
        return [Signatory(part)]
    initials = "".join(word[0] for word in re.findall(r"\w+", before)).casefold()
    short = folded(inside).replace(" ", "")
    if _ACRONYM.fullmatch(inside) and inside.upper() == inside:
        if _within(short, initials) or _is_organisation(before):
            return [Signatory(part)]
        return [Signatory(part), Signatory(before, inside)]
    if folded(inside) in BARE_ROLES:
        return [Signatory(before, role=inside)]
    if _is_organisation(before):
        return [Signatory(part)]
    return [Signatory(before, inside)]


def _within(short: str, initials: str) -> bool:
    """Whether most letters of a short form come in this order among the initials."""
    rest = iter(initials)
    return sum(any(letter == one for one in rest) for letter in short) * 2 > len(short)
