"""The catalogues of a campaign: its template's messages, and what is wrong with translations."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.campaigns.folder import Problem
from bot.letters.campaign import TEMPLATE
from bot.letters.catalogues import translations
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

SHORT = 60
"""Characters by which a message is known again."""

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def template_messages(path: Path) -> Catalog:
    """What the template has to translate, with the lines where it stands."""
    catalogue = Catalog()
    source = io.BytesIO(path.read_bytes())
    options = {"extensions": "jinja2.ext.i18n", "trimmed": "true", "silent": "false"}
    found = extract("jinja2", source, KEYWORDS, ("Translators:",), options, strip_comment_tags=True)
    for line, message, comments, context in found:
        catalogue.add(
            message, locations=[(TEMPLATE, line)], auto_comments=comments, context=context
        )
    return catalogue


def update(campaign: Campaign) -> list[tuple[Path, int]]:
    """Bring the campaign's catalogues up to date; each file with how much is untranslated.

    Messages that the shipped catalogues have are left out: they are translated already.
    """
    done = []
    for language in campaign.languages:
        if language is Language.EN:
            continue
        path = campaign.folder / f"{language}.po"
        old = _read(path, language) if path.is_file() else Catalog(locale=str(language))
        new = Catalog(locale=str(language), header_comment="", fuzzy=False)
        for message in _own(campaign, language):
            had = old.get(message.id, message.context) if not isinstance(old, Problem) else None
            new.add(
                message.id,
                had.string if had else "",
                auto_comments=message.auto_comments,
                context=message.context,
            )
        written = io.BytesIO()
        write_po(written, new, width=0, no_location=True)
        path.write_text(_HEADER.sub("", written.getvalue().decode()), encoding="utf-8")
        missing = sum(not _is_whole(message) for message in new if message.id)
        done.append((path, missing))
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
        line = message.locations[0][1] if message.locations else 0
        has = catalogue.get(message.id, message.context)
        if has is None or not _is_whole(has):
            says = f"not translated: “{_short(message)}” ({TEMPLATE}, line {line})"
            found.append(Problem(path.name, has.lineno or 0 if has else 0, says))
            continue
        found += [
            Problem(path.name, has.lineno or 0, f"{error}: “{_short(message)}”")
            for error in has.check(catalogue)
        ]
    return found


def _own(campaign: Campaign, language: Language) -> list[Message]:
    """The template's messages that the shipped catalogue does not have."""
    shipped = translations(LOCALES, "letters", language)
    return [
        message
        for message in template_messages(campaign.folder / TEMPLATE)
        if message.id and not _is_shipped(shipped, message)
    ]


def _is_shipped(shipped: object, message: Message) -> bool:
    catalogue: dict[object, str] = getattr(shipped, "_catalog", {})
    first = message.id[0] if isinstance(message.id, tuple | list) else message.id
    key = f"{message.context}\x04{first}" if message.context else first
    return key in catalogue or (key, 0) in catalogue


def _read(path: Path, language: Language) -> Catalog | Problem:
    try:
        with path.open("rb") as file:
            return read_po(file, locale=str(language), abort_invalid=True)
    except PoFileError as error:
        return Problem(path.name, getattr(error, "lineno", 0) or 0, str(error))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        return Problem(path.name, 0, f"cannot be read: {error}")


def _is_whole(message: Message) -> bool:
    text = message.string
    return all(text) if isinstance(text, tuple | list) else bool(text)


def _short(message: Message) -> str:
    first = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return first if len(first) <= SHORT else first[: SHORT - 1] + "…"
