"""A `treaty.toml` of what a page says of its treaty; what the page does not say is marked ADD."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reference.notes import SENTENCE, days_in, shortened
from bot.reference.ordinals import ordinal_in
from bot.reference.participants import participant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.reference.tables import Grid
    from bot.reference.untc import Status

REGISTERS = {
    "IV": "human-rights",
    "V": "protection",
    "VII": "protection",
    "XVIII": "justice",
    "XXVI": "disarmament",
}
"""The language of a treaty's field, by the chapter that it stands in."""

KINDS = (
    *("Optional Protocol", "Protocol", "Convention", "Covenant", "Treaty", "Statute", "Agreement"),
    *("Amendment", "Charter", "Declaration"),
)
ARTICLES = {
    "convention": "la",
    "protocole": "le",
    "traité": "le",
    "pacte": "le",
    "statut": "le",
    "accord": "l’",
    "amendement": "l’",
    "charte": "la",
}
"""The French article of a title that begins so."""

_ARTICLE = re.compile(r"\barticles? ([0-9IVXLC]{1,6}) ?(\([0-9a-z]{1,3}\))?", re.IGNORECASE)
_RESOLUTION = re.compile(r"\bresolution ([A-Z0-9][A-Z0-9/.()-]{1,20}(?: \([IVXL]{1,8}\))?)")
_BY_ASSEMBLY = re.compile(r"\bGeneral Assembly\b", re.IGNORECASE)
_ADOPTED = re.compile(r"\b(?:adopted|approved)\b", re.IGNORECASE)
_ADOPTED_BY = re.compile(
    r"\b(?:concluded|adopted|approved)(?: on \d{1,2} [A-Z][a-z]{2,8} \d{4})? by (the [^.]{5,200}?)"
    r"(?=,? (?:at [A-Z]|on \d|held |which |during |convened )|\.)"
)
_BODY = re.compile(r"\b(the (?:[A-Z]\w{1,20} ){0,3}Conference\b[^.;]{0,220}?) adopted\b")
_SPAN = re.compile(r"\b(\d{1,2}) (?:to|and) (\d{1,2}) ([A-Z][a-z]{2,8}) (\d{4})\b")
_SPELT = r"\1 \3 \4 to \2 \3 \4"
"""Two days of a month: from 12 to 15 December 2000."""

_OPEN = re.compile(r"\bopen(?:ed)? for signature\b")


@dataclass(frozen=True, slots=True)
class Page:
    """A page whose treaty no folder describes; `french` is its French title, where it is known."""

    grid: Grid
    number: str
    title: str
    adopted_on: date | None
    french: str = ""


def toml_lines(page: Page, status: Status) -> Iterator[str]:
    """The lines of the file, in the order in which a person reads them."""
    chapter = page.number.partition("-")[0]
    source = f"UNTC {page.number} page (status as at {status.as_of.date()})"
    there = [one for one in KINDS if one.lower() in page.title.lower()]
    kind = min(there, key=lambda one: page.title.lower().find(one.lower()), default="")
    register = REGISTERS.get(chapter, "")
    yield f"# Made from the page of {page.number}: what is marked ADD is not on it."
    yield f"number = {_said(page.number)}"
    yield f"register = {_said(register)}" + (
        "" if register else "  # ADD: human-rights, disarmament, justice or protection"
    )
    yield from ("", "[title.en]", f"text = {_said(page.title)}")
    yield f"short = {_said(kind)}" + _add("what a letter calls it: Convention, Treaty", unless=kind)
    yield f"source = {_said(source)}"
    yield from _french(page, source)
    yield from ("", "[title.es]", 'text = ""  # ADD: the Spanish title')
    yield 'article = ""  # ADD: la or el'
    yield 'short = ""  # ADD: what a letter calls it: Convención, Tratado, Protocolo'
    yield 'source = ""  # ADD: where the Spanish title stands'
    yield from ("", "[subject]")
    for one in ("en", "fr", "es"):
        yield f'{one} = ""  # ADD: a few words for lists, such as: sale of children'
    yield from _adoption(page, source)
    if page.grid.columns and page.grid.columns.signature >= 0:
        yield from _signature(page)
    yield from _force(page)
    yield from _withdrawal(status, page)
    yield from ("", "[does]")
    for line in ('articles = ""', 'en = ""', 'fr = ""', 'es = ""'):
        yield f"{line}  # ADD: {_DOES[line[:2]]}"
    yield from ("", "[aim]")
    for line in ('en = ""', 'fr = ""', 'es = ""'):
        yield f"{line}  # ADD: {_AIM[line[:2]]}"
    for name, act in status.organisations.items():
        if act.acted_on:
            yield from ("", "[[organisations]]", f"name = {_said(name)}")
            yield from (f"action = {_said(act.action)}", f"acted_on = {act.acted_on}")


_DOES = {
    "ar": "the articles that the sentences below are of",
    "en": "a sentence on what it commits its parties to: It commits its parties to …",
    "fr": "the same in French: Elle engage ses parties à …",
    "es": "the same in Spanish: Compromete a sus partes a …",
}
_AIM = {
    "en": "what joining makes clear a State’s commitment to: the protection of …",
    "fr": "the same in French, with its preposition: à la protection de …",
    "es": "the same in Spanish, with its preposition: con la protección de …",
}


def _french(page: Page, source: str) -> Iterator[str]:
    title = page.french
    first = title.lower().split(" ")[0]
    article, words = ARTICLES.get(first, ""), title.split(" ")
    short = " ".join(words[: 2 if words[1:2] == ["facultatif"] else 1]) if article else ""
    yield from ("", "[title.fr]", f"text = {_said(title)}" + _add("the French title", unless=title))
    yield f"article = {_said(article)}" + _add("la, le or l’", unless=article)
    yield f"short = {_said(short)}" + _add(
        "what a letter calls it: Convention, Traité, Protocole", unless=short
    )
    where = source.replace(" page (", " page in French (") if title else ""
    yield f"source = {_said(where)}" + _add("where the French title stands", unless=where)


def _adoption(page: Page, source: str) -> Iterator[str]:
    about = page.grid.about
    place = about.concluded.partition(",")[0]
    yield from ("", "[adoption]")
    if page.adopted_on:
        yield f"on = {page.adopted_on}  # {_plain_comment(place)}"
    else:
        yield 'on = ""  # ADD: the day of its adoption, such as 1997-09-18'
    first = next((one for one in SENTENCE.split(about.note) if _ADOPTED.search(one)), "")
    by = _ADOPTED_BY.search(about.note[:600]) or _BODY.search(first)
    resolution = _RESOLUTION.search(first) if _BY_ASSEMBLY.search(first) else None
    if by and by[1].startswith("the General Assembly"):
        by = None
    if resolution and not by:
        yield f"document = {_said(resolution[1])}"
    yield f"source = {_said(source)}"
    if by:
        yield f"by.en = {_said(by[1])}"
    elif resolution:
        return
    else:
        yield 'by.en = ""  # ADD: who adopted it: the Diplomatic Conference on …'
    yield 'by.fr = ""  # ADD: who adopted it, in French, with the article: la Conférence …'
    yield 'by.es = ""  # ADD: who adopted it, in Spanish, with the article: la Conferencia …'


def _signature(page: Page) -> Iterator[str]:
    said = [one for one in SENTENCE.split(page.grid.about.note) if _OPEN.search(one)]
    days = [day for one in said for day in days_in(_SPAN.sub(_SPELT, one[_opens(one) :]))]
    text = " ".join(said)
    yield from ("", "[signature]")
    if days:
        yield f"opened = {days[0]}"
    else:
        yield "# ADD: opened = the day on which it was opened for signature, if that is known"
    until = "never"
    if re.search(r"\buntil (?:its|the) entry into force\b", text):
        until = "entry into force"
    elif len(days) > 1 and "until" in text:
        until = str(days[-1])
    told = f"until = {until}" if until[0].isdigit() else f"until = {_said(until)}"
    yield told + _add("check: never, entry into force, or the last day", unless=until != "never")
    article = _ARTICLE.search(text)
    yield f"article = {_said(_art(article))}" + _add("the article on signature", unless=article)


def _opens(sentence: str) -> int:
    found = _OPEN.search(sentence)
    return found.start() if found else 0


def _force(page: Page) -> Iterator[str]:
    about = page.grid.about
    text = about.force.removeprefix("Entry into force").lstrip(" :")
    days = days_in(text[:200]) if "not" not in about.label.lower() else []
    article = _ARTICLE.search(text[:400])
    yield from ("", "[entry_into_force]")
    if days:
        yield f"on = {days[0]}"
    states = _named(text)
    needed = ordinal_in(text)
    if states:
        yield f"states = [{', '.join(map(_said, states))}]"
    elif needed:
        yield f"needs = {needed}  # check it against the treaty"
    else:
        yield "# ADD: needs = the number of instruments, or states = [those which all must ratify]"
    yield f"article = {_said(_art(article))}" + _add("the article on it", unless=article)


def _named(text: str) -> list[str]:
    """The States that are named as those which must ratify; none where one is not known."""
    names = [one.strip() for one in re.split(r", | and (?=[A-Z])", _bracketed(text)) if one]
    states = [participant(one) or "" for one in _whole_names(names)]
    return states if all(states) else []


def _bracketed(text: str) -> str:
    """What stands behind "that is to say:", to the end of the brackets that it stands in."""
    _before, _words, said = text.partition("that is to say: ")
    depth = 1
    for at, char in enumerate(said):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth == 0:
            return said[:at]
    return ""


def _whole_names(names: list[str]) -> list[str]:
    """Names that hold "and" put together again where they are no State alone."""
    found: list[str] = []
    for one in names:
        if found and participant(f"{found[-1]} and {one}") and not participant(one):
            found[-1] = f"{found[-1]} and {one}"
        else:
            found.append(one)
    return found


def _withdrawal(status: Status, page: Page) -> Iterator[str]:
    """How long the notice is, where every withdrawal on the page tells the same."""
    months = {
        (note.effect_on.year - note.notified_on.year) * 12
        + note.effect_on.month
        - note.notified_on.month
        for note in status.notes.values()
        if note.effect_on and note.notified_on and note.effect_on.day == note.notified_on.day
    }
    told = " ".join(page.grid.notes.get(one.number, "") for one in status.notes.values())
    article = _ARTICLE.search(told[told.find("effect") :][:300]) if months else None
    yield ""
    if len(months) == 1 and article:
        yield from ("[withdrawal]", f"months = {months.pop()}  # as on the page; check it")
        yield from (f"article = {_said(_art(article))}", 'word = "withdrawal"')
    else:
        yield "# ADD: [withdrawal] with months, article and word, if the treaty has a rule on it"


def _art(article: re.Match[str] | None) -> str:
    return f"art. {article[1]}{f' {article[2]}' if article[2] else ''}" if article else ""


def _said(text: str) -> str:
    """A text as TOML writes it: what JSON escapes, TOML does alike."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "")


def _add(what: str, *, unless: object) -> str:
    return "" if unless else f"  # ADD: {what}"


def _plain_comment(text: str) -> str:
    return shortened("".join(char for char in text if char.isprintable()), 60)
