"""Offices as people type them, in the three languages, without accents and capitals."""

from __future__ import annotations

from bot.letters.day_words import folded
from bot.letters.model import Office

_WORDS: dict[Office, tuple[str, ...]] = {
    Office.NEW_YORK: ("ny", "nyc"),
    Office.GENEVA: ("gva", "genf"),
    Office.MINISTRY: (
        *("ministry", "minister", "foreign ministry", "foreign minister", "foreign office"),
        *("ministry of foreign affairs", "minister for foreign affairs", "mfa"),
        *("minister of foreign affairs", "ministere", "ministre"),
        *("ministere des affaires etrangeres", "ministre des affaires etrangeres"),
        *("ministerio", "ministro", "ministra", "cancilleria"),
        *("ministerio de relaciones exteriores", "ministerio de asuntos exteriores"),
        *("ministro de relaciones exteriores", "ministra de relaciones exteriores"),
    ),
    Office.HEAD_OF_STATE: (
        *("head of state", "president", "king", "queen", "monarch", "pope"),
        *("chef de l etat", "chef d etat", "presidente", "roi", "reine", "pape"),
        *("jefe de estado", "jefa de estado", "jefatura del estado", "rey", "reina"),
        *("presidenta", "papa"),
    ),
    Office.HEAD_OF_GOVERNMENT: (
        *("head of government", "prime minister", "pm", "chef du gouvernement"),
        *("premier ministre", "premiere ministre", "jefe de gobierno", "jefe del gobierno"),
        *("jefa de gobierno", "jefa del gobierno", "jefatura del gobierno"),
        *("primer ministro", "primera ministra"),
    ),
    Office.EMBASSY: ("embassy", "ambassade", "embajada", "nunciature", "nonciature", "nunciatura"),
}
_OFFICES = {word: office for office, words in _WORDS.items() for word in words}
_IN = ("in ", "at ", "a ", "en ", "de ", "au ")


def office_of(text: str) -> Office | None:
    """The office that a text names and nothing else."""
    return _OFFICES.get(" ".join(folded(text).replace("’", " ").replace("'", " ").split()))


def embassy_in(text: str) -> str:
    """The city of “embassy in Berlin”; empty where the text is none of the kind."""
    first, _blank, rest = text.strip().partition(" ")
    if folded(first.rstrip(",")) not in _WORDS[Office.EMBASSY]:
        return ""
    rest = rest.strip(" ,")
    for word in _IN:
        if folded(rest).startswith(word):
            return rest[len(word) :].strip()
    return rest
