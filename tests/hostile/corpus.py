"""All hostile files: what each is, its kind, and the code that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.hostile.books import BOOKS
from tests.hostile.drawings import SVGS
from tests.hostile.packages import WORD, XLSX
from tests.hostile.pictures import JPEGS, PNGS
from tests.hostile.texts import CAMPAIGNS, CSVS, HTMLS, TREATIES, VCARDS, XMLS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class File(NamedTuple):
    """A hostile file that is not made yet."""

    kind: str
    name: str
    make: Callable[[], bytes]


_KINDS: dict[str, Mapping[str, Callable[[], bytes]]] = {
    "Word": WORD,
    "SVG": SVGS,
    "PNG": PNGS,
    "JPEG": JPEGS,
    "CSV": CSVS,
    "XLSX": XLSX,
    "vCard": VCARDS,
    "book": {**CSVS, **XLSX, **BOOKS},
    "HTML": HTMLS,
    "XML": XMLS,
    "treaty": TREATIES,
    "campaign": CAMPAIGNS,
}

CORPUS = tuple(
    File(kind, name, make) for kind, files in _KINDS.items() for name, make in files.items()
)
