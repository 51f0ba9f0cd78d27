"""How the letters' languages are typed, in each of them."""

from __future__ import annotations

from bot.letters.model import Language

LANGUAGE_WORDS = {
    "en": Language.EN,
    "english": Language.EN,
    "anglais": Language.EN,
    "inglés": Language.EN,
    "ingles": Language.EN,
    "fr": Language.FR,
    "french": Language.FR,
    "français": Language.FR,
    "francais": Language.FR,
    "francés": Language.FR,
    "frances": Language.FR,
    "es": Language.ES,
    "spanish": Language.ES,
    "espagnol": Language.ES,
    "español": Language.ES,
    "espanol": Language.ES,
}
"""Small letters, with their accents and without."""
