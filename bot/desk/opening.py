"""A stranger's file before its turn: read by the reader that it is for, in a room of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.files import reader_of, withdrawn_by
from bot.conversation.talk.context import Context
from bot.conversation.talk.events import FileSent, Reader
from bot.letters import faults
from bot.letters.letterhead import Fault, Refused
from bot.letters.signatory_tables import TableFault, TableRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from bot.conversation.talk.events import Event
    from bot.conversation.talk.values import Session
    from bot.desk.world import World
    from bot.machine.apart import Room

READERS = (
    "bot.desk.booking",
    "bot.documents.letterheads",
    "bot.documents.lists",
    "bot.documents.logos",
    "bot.documents.page",
    "bot.documents.word",
    "bot.reference.untc",
)
"""The modules that the processes have loaded, in which strangers' files are read."""


def opening(
    world: World, room: Room, session: Session, event: Event
) -> Callable[[], FileSent] | None:
    """What it takes to have the file read, for another thread; None where there is nothing to read.

    What it gives is the event with what the reader found.
    """
    if not isinstance(event, FileSent) or event.data is None:
        return None
    context = Context.of(session, world)
    reader, data = reader_of(context, event), event.data
    if reader is None:
        return None
    withdrawn = withdrawn_by(context)

    def opened() -> FileSent:
        if reader is Reader.STATUS:
            found = _status(world, room, data, withdrawn)
        elif reader is Reader.BOOK:
            found = _book(world, room, data)
        else:
            found = _found(room, reader, event.name, data)
        return replace(event, reader=reader, found=found)

    return opened


def _book(world: World, room: Room, data: bytes) -> object:
    from bot.desk.booking import book_in  # noqa: PLC0415 -- few send one
    from bot.documents.books import read_rows  # noqa: PLC0415 -- as above

    rows = room.read(read_rows, data) or TableRefused(TableFault.TOO_COSTLY)
    if isinstance(rows, TableRefused):
        return rows
    return room.read(book_in, rows, world.today()) or TableRefused(TableFault.TOO_COSTLY)


def _status(world: World, room: Room, data: bytes, withdrawn: Mapping[str, date]) -> object:
    from bot.reference import renewal, untc  # noqa: PLC0415 -- lxml is slow to import

    status = room.read(untc.read, data, world.today())
    if status is None:
        return faults.Refused(faults.Fault.CROWDED)
    if isinstance(status, faults.Refused):
        return status
    return renewal.version_of(status, world.records, withdrawn, by_notes=True)


def _found(room: Room, reader: Reader, name: str, data: bytes) -> object:
    if reader is Reader.WORD:
        from bot.documents import letterheads  # noqa: PLC0415 -- slow to import, needed by few

        return room.read(letterheads.read_letterhead, data) or Refused(Fault.TOO_COSTLY)
    if reader is Reader.LOGO:
        from bot.documents import logos  # noqa: PLC0415 -- as above

        return room.read(logos.read_logo, data) or Refused(Fault.TOO_COSTLY)
    from bot.documents.lists import read_signatories  # noqa: PLC0415 -- as above

    found = room.read(read_signatories, name, data)
    return found or TableRefused(TableFault.TOO_COSTLY)
