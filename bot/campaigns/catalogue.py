"""The catalogues of a campaign: its template's messages, and what is wrong with translations."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.campaigns.folder import Problem, text_of
from bot.letters.campaign import TEMPLATE
from bot.letters.catalogues import po_path
from bot.letters.model import Language
from bot.resources import LOCALES

if TYPE_CHECKING:
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
    r'\s*(?:#.*|(?:msg(?:id|id_plural|str|ctxt)(?:\[\d\])?\s+)?"(?:[^"\\]|\\.)*")?\s*'
)

SHORT = 60
"""Characters by which a message is known again."""


def template_messages(path: Path) -> Catalog:
    """What the template has to translate, with the lines where it stands."""
    catalogue = Catalog()
    source = io.BytesIO(path.read_bytes())
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
        found = _read(path, language) if path.is_file() else Catalog(locale=str(language))
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


def problems(campaign: Campaign, language: Language) -> list[Problem]:
    """What the language's catalogue lacks or has wrong."""
    own = _own(campaign, language)
    path = campaign.folder / f"{language}.po"
    if not path.is_file():
        if not own:
            return []
        says = "is missing: make it with “demarche campaigns messages”"
        return [Problem(path.name, 0, says)]
    catalogue = _read(path, language)
    if isinstance(catalogue, Problem):
        return [catalogue]
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
            found.append(Problem(path.name, line, says))
    return found


def _wrong_names(message: Message) -> str:
    """What is wrong with the names that a translation must keep; empty where nothing is."""
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    ids = message.id if isinstance(message.id, tuple | list) else [message.id]
    wanted = set().union(*(_NAMED.findall(one) for one in ids))
    names = ", ".join(f"%({name})s" for name in sorted(wanted)) or "none"
    for form in forms:
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
    with po_path(LOCALES, "letters", language).open("rb") as file:
        shipped = read_po(file, locale=str(language))
    return [
        message
        for message in template_messages(campaign.folder / TEMPLATE)
        if message.id and shipped.get(message.id, message.context) is None
    ]


def _read(path: Path, language: Language) -> Catalog | Problem:
    text = text_of(path)
    if isinstance(text, Problem):
        return text
    for number, line in enumerate(text.splitlines(), start=1):
        if not _PO_LINE.fullmatch(line):
            says = "a text stands between two straight quotes, on one line"
            return Problem(path.name, number, says)
    try:
        return read_po(io.StringIO(text), locale=str(language), abort_invalid=True)
    except PoFileError as error:
        return Problem(path.name, getattr(error, "lineno", 0) or 0, str(error))
    except ValueError as error:
        return Problem(path.name, 0, f"cannot be read: {error}")


def _is_whole(message: Message) -> bool:
    text = message.string
    if message.fuzzy:
        return False
    return all(text) if isinstance(text, tuple | list) else bool(text)


def _short(message: Message) -> str:
    first = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return first if len(first) <= SHORT else first[: SHORT - 1] + "…"
