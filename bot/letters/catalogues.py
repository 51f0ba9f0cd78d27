"""Gettext catalogues, read straight from the .po files: no compiled file that could go stale."""

from __future__ import annotations

import io
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING

from bot.letters.french import spaced
from bot.letters.model import Language

if TYPE_CHECKING:
    from pathlib import Path

    from babel.messages.catalog import Catalog


def po_path(locales: Path, domain: str, language: Language) -> Path:
    """Where the catalogue of a domain ("letters", "chat") stands."""
    return locales / language / "LC_MESSAGES" / f"{domain}.po"


@lru_cache(maxsize=16)
def translations(locales: Path, domain: str, language: Language) -> NullTranslations:
    """The messages of one domain in one language; English stands in the sources themselves."""
    if language is Language.EN:
        return NullTranslations()
    from babel.messages.pofile import read_po  # noqa: PLC0415 -- slow to import, see environment

    with po_path(locales, domain, language).open("rb") as file:
        catalogue = read_po(file, locale=str(language))
    return GNUTranslations(io.BytesIO(compiled(catalogue, language)))


def compiled(catalogue: Catalog, language: Language) -> bytes:
    """The messages as gettext reads them."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 -- slow to import, see environment

    if language is Language.FR:
        _set_french_spaces(catalogue)
    written = io.BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def _set_french_spaces(catalogue: Catalog) -> None:
    """A translator types plain blanks; the letter has the no-break ones."""
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.string, str):
            message.string = spaced(message.string)
        elif message.string:
            message.string = tuple(spaced(form) for form in message.string)
