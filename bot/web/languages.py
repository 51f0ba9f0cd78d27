"""The language that a browser asks for."""

from __future__ import annotations

from bot.letters.model import Language


def spoken(accepted: str) -> Language | None:
    """The first of ours in an Accept-Language header; None where none of ours is in it."""
    for part in accepted.split(","):
        primary = part.split(";")[0].strip().split("-")[0].lower()
        if primary in set(Language):
            return Language(primary)
    return None
