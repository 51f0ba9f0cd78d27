"""Which of the letters' languages is a State's own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from babel.languages import get_official_languages

from bot.letters.correspondence import Correspondence, Origin
from bot.letters.model import Language
from bot.reference.loader import rows

if TYPE_CHECKING:
    from bot.letters.model import State


def correspondence(state: State) -> Correspondence:
    """The language of the State's own documents at the United Nations where they are known.

    Else English, French or Spanish where it is an official language of the State; where several
    are, the one that Unicode's CLDR lists first; where none is, English. Sources:
    correspondence.csv, and CLDR territory information as carried by Babel.
    """
    return _of_territory(state.iso3, state.iso2)


@lru_cache(maxsize=256)
def _of_territory(iso3: str, iso2: str) -> Correspondence:
    known = set(Language)
    official = tuple(
        Language(code) for code in get_official_languages(iso2, de_facto=True) if code in known
    )
    language, source = _documents().get(iso3, (None, ""))
    if language:
        return Correspondence(language, Origin.DOCUMENTS, official, source)
    if official:
        return Correspondence(official[0], Origin.OFFICIAL, official)
    return Correspondence(Language.EN, Origin.NONE)


@lru_cache(maxsize=1)
def _documents() -> dict[str, tuple[Language, str]]:
    return {
        row["iso3"]: (Language(row["language"]), row["documents"]) for row in rows("correspondence")
    }
