"""Which of the letters' languages is official in a State."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from babel.languages import get_official_languages

from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.letters.model import State


def official_language(state: State) -> Language:
    """English, French or Spanish where it is an official language of the State, else English.

    Where several are, the one that Unicode's CLDR lists first: the one that more people speak.
    Source: CLDR territory information, as carried by Babel.
    """
    return _of_territory(state.iso2)


@lru_cache(maxsize=256)
def _of_territory(iso2: str) -> Language:
    known = set(Language)
    found = (code for code in get_official_languages(iso2, de_facto=True) if code in known)
    return Language(next(found, Language.EN))
