"""A Word file as the base of letters, as it comes from a stranger."""

from __future__ import annotations

from bot.documents.ooxml.rebuild import rebuilt
from bot.documents.word import can_write
from bot.letters.letterhead import Fault, Refused, Taken, letterhead


def read_letterhead(data: bytes) -> Taken | Refused:
    """The letterhead of a Word file, made anew of what is known to be good, or why there is none.

    Letters were written on it before it is taken. The file is a stranger's: to be read in a process
    of its own.
    """
    found = rebuilt(data)
    if isinstance(found, Refused):
        return found
    head = letterhead(found.word, None, ())
    return found if head and can_write(head) else Refused(Fault.BROKEN)
