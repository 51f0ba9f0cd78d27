"""Everything that a person can type or send, each with a word that stands nowhere else.

And the search for what is left of it: byte by byte, in the database, its journals and the folder
for temporary files, as one would who gets hold of the disk.
"""

from __future__ import annotations

import io
import re
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import docx

from bot.storage.forgetting import TABLES
from tests.documents.test_letterhead import picture
from tests.hosted import connect
from tests.world import OPENED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARK = re.compile(rb"(?i)zq[a-z]+")
"""A marked word, in whatever it stands."""

LEAST = 5
"""Among what is encrypted, and in what is drawn at random, shorter ones stand by chance."""

WINDOW, EVERY = 16, 61
"""Of a letterhead, so many bytes are looked for, at so many places."""


FILES = ("db", "db-wal", "db-shm", "db-begun", "db-count", "db-lock")
"""What stands in the folder of a database that a program runs on."""


class Step(NamedTuple):
    """What the person does: tap a label, type a text, send a file of that name."""

    kind: str
    words: str
    data: bytes = b""


def everything() -> Iterator[Step]:
    """A letter with all that it can have, a set, a letterhead, a translation, chosen States.

    And a coalition without anybody else in it.
    """
    return steps_of(LETTER + MORE + CHOICE + SIGNING + SHARED)


def much() -> Iterator[Step]:
    """Of that, what is kept in different places."""
    return steps_of(LETTER + CHOICE)


def steps_of(lines: str) -> Iterator[Step]:
    """What the lines say, one step to a line."""
    files = {
        "list.csv": b"name,role,organisation\nZqcsvname,Zqcsvrole,Zqcsvorganisation\n",
        "head.docx": _word_file(),
        "logo.png": picture("PNG"),
        "book.csv": BOOK,
        "more.csv": BOOK.replace(b"Tonga", b"Ghana"),
    }
    for line in lines.splitlines():
        kind, _blank, words = line.partition(" ")
        yield Step(kind, words.replace("|", "\n"), files.get(words, b""))


def typed(steps: Iterable[Step]) -> set[bytes]:
    """The marked words in what is typed."""
    return {mark for step in steps for mark in MARK.findall(step.words.encode())}


def sent(steps: Iterable[Step]) -> set[bytes]:
    """The marked words in what is typed and in files; none so short that it comes by chance."""
    steps = tuple(steps)
    found = {mark for step in steps for mark in MARK.findall(step.data)}
    return {mark for mark in found | typed(steps) if len(mark) >= LEAST}


FORGETTING = (
    Step("typed", "/privacy"),
    Step("tap", "Delete everything"),
    Step("tap", "Delete at once"),
)


def _word_file() -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Zqheader"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def temporary_folder() -> Path:
    """A folder for temporary files until the test's end, of a name short enough for sockets."""
    return Path(OPENED.enter_context(tempfile.TemporaryDirectory(prefix="bytes-")))


def known(database: Path, user_id: str) -> set[bytes]:
    """What the database holds of a user beside the marked words, as bytes to look for.

    Ids, numbers of updates as text and as SQLite writes numbers, pieces of the letterhead; and the
    same of the user's coalitions, whose own ids are no less.
    """
    with closing(connect(database)) as connection:
        ids = "SELECT coalition_id FROM members WHERE user_id = ?"
        coalitions = [one for (one,) in connection.execute(ids, (user_id,))]
    return set().union(*(_known(database, one) for one in (user_id, *coalitions)))


def _known(database: Path, user_id: str) -> set[bytes]:
    found = {user_id.encode(), user_id.partition(":")[2].encode()}
    with closing(connect(database)) as connection:
        for (number,) in connection.execute("SELECT id FROM updates WHERE user_id = ?", (user_id,)):
            found |= {str(number).encode(), number.to_bytes(-(-number.bit_length() // 8), "big")}
        for row in connection.execute("SELECT * FROM letterheads WHERE user_id = ?", (user_id,)):
            for data in (one for one in row if isinstance(one, bytes)):
                found |= {data[at : at + WINDOW] for at in range(0, len(data) - WINDOW, EVERY)}
        for table in ("drafts", "sets", "jobs"):
            ids = f"SELECT id FROM {table} WHERE user_id = ?"  # noqa: S608 -- our tables
            found |= {row[0].encode() for row in connection.execute(ids, (user_id,))}
    return {one for one in found if len(set(one)) > 3}


def left(database: Path, temporary: Path, things: set[bytes]) -> set[bytes]:
    """The marked words and those of the things that are in the database's or temporary files."""
    files = [one for one in database.parent.glob(f"{database.name}*") if one.is_file()]
    files += [one for one in temporary.rglob("*") if one.is_file()]
    data = b"\0".join(one.read_bytes() for one in files if one.exists())
    return {one for one in MARK.findall(data) if _meant(one)} | {
        one for one in things if one in data
    }


def _meant(found: bytes) -> bool:
    """Whether it is a word of the tests, with what happens to stand behind it, or its beginning.

    What is drawn at random has now and then two letters of a mark.
    """
    run = found.lower()
    begun = len(run) >= LEAST
    return any(run.startswith(one) or (begun and one.startswith(run)) for one in _vocabulary())


@cache
def _vocabulary() -> frozenset[bytes]:
    """Every marked word that a test says, in small letters."""
    tests = Path(__file__).parent.rglob("*.py")
    words = {one.lower() for file in tests for one in MARK.findall(file.read_bytes())}
    return frozenset(one for one in words if len(one) >= LEAST)


def rows(database: Path, user_id: str) -> int:
    """How many rows are the user's."""
    with closing(connect(database)) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table} WHERE {key} = ?", (user_id,))  # noqa: S608 -- our tables
            for table, key in (("users", "id"), *((one, "user_id") for one in TABLES))
        ]
        return sum(count for ((count,),) in counts)


BOOK = b"""\
State,Office,City,Address,E-mail,Name,As of
Kenya,Geneva,,Zqbookstreet,zqbookmail@example.org,Zqbookname,2026-02-03
Tonga,embassy,Zqcity,Zqembassy,,,2026-02-03
"""
"""A mission book, with marks in all that it may hold."""

LETTER = """\
typed /new
tap OPSC
typed kenia
tap English
typed Zqname One, Zqorganisation|Zqname Two, Zqsecond
file list.csv
tap Add 1 co-signer
tap Done
tap Geneva
typed Zqplace, 2 March 2026
tap Change
tap Letterhead
file head.docx
file logo.png
typed Zqaddress 1|Zqstreet
typed /letters
tap Kenya
tap Change
tap The text
tap ☑ We hope
typed Zqhope.
"""

MORE = """\
tap Change
tap Mission:
tap Another addressee
tap Embassy
typed Zqcity
tap ↶ Undo
tap Change
tap Mission:
tap Another addressee
tap Another address
typed Zqown address|Zqownstreet
tap ↶ Undo
tap Change
tap The text
tap ☑ Subject
typed Zqsubject
tap ↶ Undo
tap Change
tap The text
tap ☑ Contact
typed Zqcontact@example.org
tap Change
tap The text
tap ☑ Cop
typed Zqcopy
tap Change
tap The text
tap Add a paragraph
typed Zqparagraph.
tap The letter
tap More
tap Save the co-signers
typed Zqset
tap Change
tap Head of
tap ○ Ambassador, a man
typed Zqambassador
tap The letter
tap More
tap → Français
typed Zqtraduction.
tap Later: show
tap More
tap Sent
tap By post, today
typed /letters
tap ✉ Kenya
"""

SIGNING = """\
typed /letters
tap ✉ Kenya
tap More
tap Sent
tap Duplicate
tap Share
tap Ask the co-signers
tap Who asks
typed Zqasking, Zqcoalition
tap Open for signing
tap Invite
typed Zqinvited One, Zqinvitedorg
tap … Zqinvitedorg
tap Invitation in Español
"""

CHOICE = """\
tap Many States
typed Tonga, Kenya
tap Write 2
"""

SHARED = """\
typed /settings
tap Coalitions
tap Found a coalition
typed Zqcoalition
typed Zqmember
tap Invite
tap Reader
tap Take back
tap Invite
tap Editor
tap ‹ Back
tap Rename
typed Zqrenamed
typed /letterhead
typed Zqtheiraddress
typed /sets
tap New set
typed Zqtheirset
typed Zqfriend, Zqfriends
typed /settings
tap Mission book
file book.csv
tap Store it
file more.csv
typed /new
tap OPSC
typed kenia
tap English
tap No co-signers
tap Geneva
tap Geneva
"""
