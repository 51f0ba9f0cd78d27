"""How many instruments bring a treaty into force: "the thirty-fifth instrument" is 35."""

from __future__ import annotations

import re

_UNITS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_INSTRUMENT = re.compile(
    rf"\b(?:({'|'.join(_TENS)})[- ])?({'|'.join(_UNITS)}|\d{{1,3}}(?:st|nd|rd|th)) "
    r"(?:such )?(?:instrument|notification|State)",
    re.IGNORECASE,
)


def ordinal_in(text: str) -> int:
    """The number of the instrument that is named; 0 where none is."""
    found = _INSTRUMENT.search(text)
    if found is None:
        return 0
    word = found[2].lower()
    unit = int(re.sub(r"\D", "", word)) if word[0].isdigit() else _UNITS[word]
    return _TENS.get((found[1] or "").lower(), 0) + unit
