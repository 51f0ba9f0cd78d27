"""Files packed as one ZIP that is no larger than a chat takes; what does not fit is left out."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from typing import TYPE_CHECKING

from bot.documents.stamps import noon

if TYPE_CHECKING:
    from datetime import date

_PACKED = (".docx", ".xlsx", ".png")
_HEADS = 512
"""More bytes than a member's two heads take beside its name."""

LONGEST = 60
"""Characters of one part of a file's name."""


def safe(name: str) -> str:
    """The name as any file system takes it: letters without accents, digits, hyphens, full stops.

    With a number before it, it is none of the names that Windows keeps for itself.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.]+", "-", plain)[:LONGEST].strip("-.") or "unnamed"


class Parcel:
    """A ZIP in memory that is never larger than `most`. Equal files give equal bytes."""

    def __init__(self, day: date, most: int) -> None:
        self._stamp = noon(day)
        self._most = most
        self._stream = io.BytesIO()
        self._archive = zipfile.ZipFile(self._stream, "w")
        self._heads = 0

    def add(self, name: str, data: bytes, *, must: bool = False) -> bool:
        """Add a file if it fits, or if it must be there; whether it is there now."""
        heads = _HEADS + 2 * len(name)
        room = self._most - self._stream.tell() - self._heads - heads
        stored = name.endswith(_PACKED)
        if not must and len(data) > room and (stored or len(zlib.compress(data)) > room):
            return False
        kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        self._archive.writestr(zipfile.ZipInfo(name, self._stamp), data, kind)
        self._heads += heads
        return True

    def finish(self) -> bytes:
        """The whole of it."""
        self._archive.close()
        return self._stream.getvalue()

    def close(self) -> None:
        """Let go of it, finished or not."""
        self._archive.close()
        self._stream.close()
