"""Everything that is kept of a person as one ZIP: as data, with its schema, and as documents.

One at a time for all, and each document a piece of work of its own in the workshop: other people's
documents come in between. Nothing of it is written to a disk.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from bot.desk.export_files import WORD, Piece, pieces
from bot.desk.papers import MIME, Document
from bot.documents.bundle import PART_BYTES
from bot.documents.parcel import Parcel

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from bot.conversation.talk.draft import Json
    from bot.desk.making import Maker
    from bot.letters.model import Language

VERSION = 1
SCHEMA = Path(__file__).with_name("export.schema.json")
"""What stands where in `export.json`; a change of it has another `VERSION`."""

README_BYTES = 100_000
"""Room that is kept for what is said of the rest."""

_HISTORY = "export.json: history"
"""Left out where all else has no room, and named like a file."""

MOST_NAMED = 500
"""Of files that are left out, so many are named."""

log = logging.getLogger(__name__)


async def exported(
    maker: Maker, workshop: Executor, user_id: str, language: Language, most: int = PART_BYTES
) -> Document | None:
    """The ZIP; None for somebody of whom nothing is kept any more.

    Raises `StoreError`.
    """
    loop, day = asyncio.get_running_loop(), maker.today()
    async with maker.exporting:
        with closing(Parcel(day, most - README_BYTES)) as parcel:
            if not _is_here(maker, user_id):
                return None
            content, owners = await _content(maker, user_id)
            parcel.add(SCHEMA.name, SCHEMA.read_bytes(), must=True)
            unmade: list[str] = []
            left_out: list[str] = []
            data = await loop.run_in_executor(workshop, _dumped, content)
            if not parcel.add("export.json", data):
                for _folder, _owner, parts in owners:
                    parts.pop("history", None)
                data = await loop.run_in_executor(workshop, _dumped, content)
                parcel.add("export.json", data, must=True)
                left_out.append(_HISTORY)
            last = WORD
            for piece in _planned(maker, owners, user_id, language):
                if piece.rank > last:
                    left_out.append(piece.name)
                    continue
                made = await loop.run_in_executor(workshop, _made, piece)
                if not _is_here(maker, user_id):
                    return None
                if not made:
                    unmade.append(piece.name)
                elif not parcel.add(piece.name, made):
                    left_out.append(piece.name)
                    last = piece.rank
            told = _readme(maker, language, left_out, unmade)
            parcel.add("README.txt", told.encode("utf-8-sig"), must=True)
            whole = await loop.run_in_executor(workshop, parcel.finish)
        return Document(f"demarche-export-{day.isoformat()}.zip", whole, MIME["zip"])


def _is_here(maker: Maker, user_id: str) -> bool:
    """Whether the person is known, and has not asked for everything to be deleted."""
    gone = user_id in maker.shelves.deletions.people()
    return not gone and maker.store.people.knows(user_id)


async def _content(maker: Maker, user_id: str) -> tuple[Json, list[tuple[str, str, Json]]]:
    """All that is kept; and of every owner the folder, the id, and what is kept of it.

    A coalition without other members is the person's own: it is deleted with them.
    """
    mine = await _parts(maker, user_id)
    for row in mine.get("signed_for_others", ()):
        signing = maker.shelves.signings.find(row["signing_id"])
        row["letter"] = signing and {
            "asks": signing.asks,
            "treaties": list(signing.treaties),
            "states": list(signing.states),
        }
    alone = maker.store.exports.alone_in(user_id)
    coalitions = [await _parts(maker, coalition) for coalition in alone]
    content = {
        "version": VERSION,
        "made": maker.now().isoformat(),
        "mine": mine,
        "coalitions": coalitions,
    }
    folders = [f"coalition-{number}/" for number in range(1, len(alone) + 1)]
    owners = zip(("", *folders), (user_id, *alone), (mine, *coalitions), strict=True)
    return content, list(owners)


async def _parts(maker: Maker, owner: str) -> Json:
    found: Json = {}
    for part, rows in maker.store.exports.parts(owner):
        found.setdefault(part, []).extend(rows)
        await asyncio.sleep(0)  # nobody waits for all of it
    return found


def _planned(
    maker: Maker, owners: list[tuple[str, str, Json]], user_id: str, language: Language
) -> list[Piece]:
    """What is to be made, in the order in which it finds room."""
    found = [
        Piece(one.rank, folder + one.name, one.make)
        for folder, owner, content in owners
        for one in pieces(maker, owner, user_id, language, content)
    ]
    return sorted(found, key=lambda one: one.rank)


def _dumped(content: Json) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _made(piece: Piece) -> bytes:
    try:
        return piece.make()
    except Exception as error:  # noqa: BLE001 -- one letter that cannot be made stops no export
        log.warning("a file of an export could not be made: %s", type(error).__name__)
        return b""


def _readme(maker: Maker, language: Language, left_out: list[str], unmade: list[str]) -> str:
    """What is where, and what is not there."""
    _ = maker.translator(language)
    said = [
        _("Everything that Démarche keeps of you"),
        _(
            "export.json holds all of it as data, without the secrets of links; export.schema.json "
            "says what stands where. The documents are in folders."
        ),
        _(
            "Folders: letters (each finished letter as text, PDF and Word), letters-to-many (lists "
            "of whom you wrote to), sets (co-signers), letterhead, signings (what was put to "
            "co-signers, and what they said). coalition-1 and so on are coalitions of which you "
            "are the only member."
        ),
        _(
            "What belongs to a coalition with other members stays with it, and is not in here; "
            "neither is anything of its other members."
        ),
    ]
    if left_out:
        said.append(
            _(
                "The file would have been too large for a chat. So these documents were left out, "
                "Word files first, then PDF files, then the rest; export.json has what they say:"
            )
        )
        said.append(_named(left_out))
    if unmade:
        said.append(
            _(
                "Of these no document can be made now, as the State has joined since, or the "
                "treaty or the campaign is gone; export.json has what they say:"
            )
        )
        said.append(_named(unmade))
    return "\r\n\r\n".join(said).replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n"


def _named(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return "\n".join((*names[:MOST_NAMED], *((f"… +{more}",) if more > 0 else ())))
