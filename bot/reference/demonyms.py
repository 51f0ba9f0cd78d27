"""What people are called after a State: "Chinese", "Irlandais", "Peruanas". Asked, never taken."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.letters.model import Language
from bot.reference.folding import fold
from bot.reference.loader import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEMININE = {
    Language.FR: (("ien", "ienne"), ("een", "eenne"), ("on", "onne"), ("e", "e"), ("", "e")),
    Language.ES: (
        ("o", "a"), ("es", "esa"), ("an", "ana"), ("in", "ina"), ("on", "ona"), ("ol", "ola"),
    ),
}  # fmt: skip
"""How a masculine ends, folded, and what its feminine ends in; the first that fits counts."""


@lru_cache(maxsize=1)
def demonyms() -> dict[str, tuple[str, ...]]:
    """The States by ISO code that each adjective or name of a people may mean, folded."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows("demonyms"):
        for language in Language:
            for name in filter(None, row[language].split("; ")):
                for form in _forms(fold(name), language):
                    found[form.replace(" ", "")][row["iso3"]] = None
    return {form: tuple(states) for form, states in found.items()}


def _forms(name: str, language: Language) -> Iterator[str]:
    """Feminine and plural. A form that nobody uses does no harm, as each is only asked."""
    feminine = next(
        (
            name.removesuffix(ending) + other
            for ending, other in _FEMININE.get(language, ())
            if name.endswith(ending)
        ),
        name,
    )
    for one in {name, feminine}:
        yield from (one, f"{one}s")
    if language is Language.ES and name[-1] not in "aeo":
        yield f"{name}es"
    if language is Language.EN and name.endswith("man"):
        yield f"{name.removesuffix('man')}men"
