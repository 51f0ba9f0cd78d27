"""The catalogues of a campaign: its template's messages, and what is wrong with translations."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, PoFileParser, read_po, write_po

from bot.letters.campaign import TEMPLATE
from bot.letters.catalogues import compiled, po_path
from bot.letters.model import Language
from bot.machine.resources import LOCALES
from bot.reference.written import Problem, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from babel.messages.catalog import Message

    from bot.letters.campaign import Campaign

_HEADER = re.compile(
    r'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator'
    r"|Language-Team|Generated-By):.*\n",
    re.MULTILINE,
)
"""What says nothing, or another thing each time."""

_NAMED = re.compile(r"%\((\w+)\)s")
_PO_LINE = re.compile(
    r'(?:#.*|(?:msg(?:id|id_plural|str|ctxt)(?:\[\d\])?[ \t]+)?"(?:[^"\\]|\\.)*")?'
)
_PLURALS = re.compile(r"nplurals\s*=\s*(\d+)")
MAX_PLURALS = 6
"""No language has more forms than Arabic."""

MAX_ENTRIES = 500
MAX_MESSAGE = 4_000
"""Characters of a message: as of a section in own words."""

MAKE = ": make it with “demarche campaigns messages”"

SHORT = 60
"""Characters by which a message is known again."""


class _Bounded(Catalog):
    """A catalogue whose plural forms are the language's own, whatever its header says.

    The header is a stranger's: a thousand million forms of a message are a thousand million texts.
    """

    @property
    def num_plurals(self) -> int:
        """How many forms there are."""
        return int(get_plural(self.locale).num_plurals)

    @property
    def plural_expr(self) -> str:
        """Which number takes which form, as gettext writes it."""
        return str(get_plural(self.locale).plural_expr)


def template_messages(template: str) -> Catalog:
    """What the template has to translate, with the lines where it stands."""
    catalogue = Catalog()
    source = io.BytesIO(template.encode())
    options = {"extensions": "jinja2.ext.i18n", "trimmed": "true", "silent": "false"}
    found = extract(
        "jinja2", source, DEFAULT_KEYWORDS, ("Translators:",), options, strip_comment_tags=True
    )
    for line, message, comments, context in found:
        catalogue.add(
            message, locations=[(TEMPLATE, line)], auto_comments=comments, context=context
        )
    return catalogue


def update(campaign: Campaign) -> list[tuple[Path, int]] | Problem:
    """Bring the campaign's catalogues up to date; each file with how much is to translate.

    Messages that the shipped catalogues have are left out: they are translated already. Where the
    English was changed a little, the old translation stays, marked "fuzzy" until it is looked at.
    A catalogue that cannot be read stops all of it: nothing is written.
    """
    catalogues: list[tuple[Path, Catalog]] = []
    for language in campaign.languages:
        if language is Language.EN:
            continue
        path = campaign.folder / f"{language}.po"
        found = _read(path, language) if path.exists() else _begun(language)
        if isinstance(found, Problem):
            return found
        found.fuzzy = False
        template = Catalog()
        for message in _own(campaign, language):
            comments = message.auto_comments
            template.add(message.id, auto_comments=comments, context=message.context)
        found.update(template, update_header_comment=False)
        catalogues.append((path, found))
    done = []
    for path, catalogue in catalogues:
        written = io.BytesIO()
        write_po(written, catalogue, width=0, no_location=True, ignore_obsolete=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(_HEADER.sub("", written.getvalue().decode()), encoding="utf-8")
        fresh.replace(path)
        done.append((path, sum(not _is_whole(one) for one in catalogue if one.id)))
    return done


def _begun(language: Language) -> Catalog:
    """A catalogue to begin with; its head says what to do, not whose project it is."""
    catalogue = _Bounded(locale=str(language))
    catalogue.header_comment = "# Write each translation between the quotes of its msgstr."
    return catalogue


def translated(campaign: Campaign, language: Language) -> bytes | list[Problem]:
    """The language's compiled catalogue, or what it lacks or has wrong."""
    own = _own(campaign, language)
    path = campaign.folder / f"{language}.po"
    catalogue = _read(path, language) if path.exists() or own else _Bounded(locale=str(language))
    if isinstance(catalogue, Problem):
        if not path.exists():
            catalogue = replace(catalogue, says=f"{catalogue.says}{MAKE}")
        return [catalogue]
    return _problems(own, catalogue, path.name) or compiled(catalogue, language)


def _problems(own: list[Message], catalogue: Catalog, name: str) -> list[Problem]:
    found = []
    for message in own:
        has = catalogue.get(message.id, message.context)
        line = (has.lineno or 0) if has else 0
        if has is None or not has.string or not any(has.string):
            stands = message.locations[0][1] if message.locations else 0
            says = f"not translated: “{_short(message)}” ({TEMPLATE}, line {stands})"
        elif has.fuzzy:
            says = f"the English has changed: look at “{_short(message)}”, then remove “fuzzy”"
        else:
            says = _wrong_names(has)
        if says:
            found.append(Problem(name, line, says))
    return found


def _wrong_names(message: Message) -> str:
    """What is wrong with the names that a translation must keep; empty where nothing is."""
    wanted = set().union(*(_NAMED.findall(one) for one in _forms(message.id)))
    names = ", ".join(f"%({name})s" for name in sorted(wanted)) or "none"
    for form in _forms(message.string):
        if not form:
            return f"not translated in every number: “{_short(message)}”"
        rest = _NAMED.sub("", form).replace("%%", "")
        if "{{" in rest or "}}" in rest:
            return f"a name stands here as %(name)s, not in {{{{ }}}}: {names}"
        if "%" in rest:
            return f"write %% for a percent sign, and names as they stand: {names}"
        if set(_NAMED.findall(form)) != wanted:
            return f"keep the names as they stand, all of them: {names}"
    return ""


def _own(campaign: Campaign, language: Language) -> list[Message]:
    """The template's messages that the shipped catalogue does not have."""
    shipped = _shipped(language)
    return [
        message
        for message in template_messages(campaign.template)
        if message.id and shipped.get(message.id, message.context) is None
    ]


@lru_cache(maxsize=len(Language))
def _shipped(language: Language) -> Catalog:
    with po_path(LOCALES, "letters", language).open("rb") as file:
        return read_po(file, locale=str(language))


def _read(path: Path, language: Language) -> Catalog | Problem:
    text = text_of(path)
    if isinstance(text, Problem):
        return text
    for number, line in enumerate(text.split("\n"), start=1):
        if not _PO_LINE.fullmatch(line.strip()):
            says = "a text stands between two straight quotes, on one line"
            return Problem(path.name, number, says)
        plurals = _PLURALS.search(line)
        if plurals and (len(plurals[1]) > 1 or int(plurals[1]) > MAX_PLURALS):
            says = (
                f"nplurals is at most {MAX_PLURALS}: see what the language has, such as nplurals=2"
            )
            return Problem(path.name, number, says)
    if text.count("msgid ") > MAX_ENTRIES:
        return Problem(path.name, 0, f"has more than {MAX_ENTRIES} messages")
    catalogue = _Bounded(locale=str(language))
    try:
        PoFileParser(catalogue, abort_invalid=True).parse(io.StringIO(text))
    except PoFileError as error:
        return Problem(path.name, getattr(error, "lineno", 0) or 0, str(error))
    except ValueError as error:
        return Problem(path.name, 0, f"cannot be read: {error}")
    catalogue.charset = "utf-8"
    long = next((one for one in catalogue if one.id and _length(one) > MAX_MESSAGE), None)
    if long:
        says = f"a message has at most {MAX_MESSAGE} characters"
        return Problem(path.name, long.lineno or 0, says)
    return catalogue


def _length(message: Message) -> int:
    """Of the longest of its texts."""
    return max(len(one) for text in (message.id, message.string) for one in _forms(text))


def _forms(text: str | tuple[str, ...] | list[str] | None) -> Sequence[str]:
    return text if isinstance(text, tuple | list) else [text or ""]


def _is_whole(message: Message) -> bool:
    text = message.string
    if message.fuzzy:
        return False
    return all(text) if isinstance(text, tuple | list) else bool(text)


def _short(message: Message) -> str:
    first = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return first if len(first) <= SHORT else first[: SHORT - 1] + "…"
