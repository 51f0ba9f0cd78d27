"""What is due within a week, kind by kind: from which day it is counted, and whose it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.conversation.many.kept import JobStatus
from bot.conversation.talk.draft import Fate
from bot.keeping.lifetimes import LETTERS, WARNED
from bot.letters.sound import read_json
from bot.storage.words import read_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.keeping.lifetimes import Days
    from bot.storage.sealing import Sealing
    from bot.storage.shelf import Execute

TOUCHED = ("user_id", "touched")


class Due(NamedTuple):
    """What is due on a day: `since` is what its row says of when it was touched, to be sure.

    `beside` are letters that go with it: of letters to many States, those with a draft of their
    own.
    """

    id: str
    user_id: str
    day: date
    since: str
    beside: tuple[str, ...] = ()


class Found(NamedTuple):
    """A row, and the day from which it is counted."""

    id: str
    user_id: str
    counted: str
    since: str
    beside: tuple[str, ...] = ()


def due_within(found: Iterable[Found], today: date, days: int) -> list[Due]:
    """Those whose time has come, or comes within the week in which people are warned."""
    dated = (
        (one, date.fromisoformat(one.counted[:10]) + timedelta(days=days))
        for one in found
        if one.counted
    )
    return [
        Due(one.id, one.user_id, day, one.since, one.beside)
        for one, day in dated
        if day - timedelta(days=WARNED) <= today
    ]


def oldest_letters(today: date, lifetimes: Days) -> str:
    """The day before which letters were touched of which any may be due."""
    shortest = min((days for kind in LETTERS if (days := lifetimes[kind])), default=0)
    return (today - timedelta(days=max(0, shortest - WARNED))).isoformat()


def found_of_all(
    execute: Execute, sealing: Sealing, kinds: Iterable[str], before: str = ""
) -> dict[str, list[Found]]:
    """What there is of each kind; of letters only those touched till then, where that is given."""
    found: dict[str, list[Found]] = {kind: [] for kind in kinds}
    for one in _letters(execute, sealing, before):
        found[one.kind].append(one.found)
    for kind, query in _QUERIES.items():
        rows: list[tuple[Any, ...]] = execute(query).fetchall()
        found[kind] += [Found(one, user_id, day, day) for one, user_id, day in rows]
    return found


class Letter(NamedTuple):
    """A letter, or letters to many States, with the kind that it is of."""

    kind: str
    found: Found


def _letters(execute: Execute, sealing: Sealing, before: str) -> Iterator[Letter]:
    """The letters that may expire: none that is written just now, or open for signing."""
    of_many: set[str] = set()
    jobs = []
    for row in read_words(
        execute, sealing, "jobs", "status != ?", (JobStatus.RUNNING,), beside=TOUCHED
    ):
        data = read_json(str(row.words["data"]))
        jobs.append((row, data))
        of_many.update(data.get("opened", {}).values())
    old = ("touched != '' AND touched <= ?", (before,)) if before else ("TRUE", ())
    for row in read_words(execute, sealing, "drafts", *old, beside=TOUCHED):
        draft_id, (user_id, day) = str(row.key[0]), map(str, row.beside)
        if draft_id in of_many:
            continue
        data = read_json(str(row.words["data"]))
        fate = Fate.from_json(data["fate"]) if "fate" in data else Fate()
        kind = "archived" if fate.archived else "sent" if fate.sent_on else "drafts"
        yield _signed(execute, kind, fate.signing, Found(draft_id, user_id, day, day))
    for row, data in jobs:
        user_id, day = map(str, row.beside)
        own = tuple(data.get("opened", {}).values())
        days = [day, *_touched(execute, own)]
        counted = max(days) if all(days) else ""
        found = Found(str(row.key[0]), user_id, counted, day, own)
        yield _signed(execute, "jobs", data.get("signing", ""), found)


def _touched(execute: Execute, drafts: Iterable[str]) -> Iterator[str]:
    for one in drafts:
        row = execute("SELECT touched FROM drafts WHERE id = ?", (one,)).fetchone()
        if row:
            yield row[0]


def _signed(execute: Execute, kind: str, signing: str, found: Found) -> Letter:
    """What co-signers were asked to confirm is of a kind of its own, and waits for the deadline."""
    row = execute("SELECT deadline, closed FROM signings WHERE id = ?", (signing,)).fetchone()
    if row is None:
        return Letter(kind, found)
    ended = (row[1] or row[0])[:10]
    counted = found.counted and max(found.counted, ended)
    return Letter("signings", found._replace(counted=counted))


_LINKS = (
    "SELECT 's:' || lower(hex(digest)), '', expires FROM signing_links"
    " UNION ALL SELECT 'c:' || digest, '', expires FROM invitations"
)
_WAITING = (
    "SELECT 'lists:' || user_id, user_id, touched FROM lists"
    " UNION ALL SELECT 'mission_proposals:' || user_id, user_id, touched FROM mission_proposals"
    " UNION ALL SELECT 'proposals:' || user_id, user_id, max(touched) FROM proposals"
    " GROUP BY user_id"
)
_PEOPLE = (
    "SELECT id, id, touched FROM users u WHERE id NOT IN (SELECT id FROM coalitions)"
    " AND NOT EXISTS (SELECT 1 FROM drafts o WHERE o.user_id = u.id)"
    " AND NOT EXISTS (SELECT 1 FROM sets o WHERE o.user_id = u.id)"
    " AND NOT EXISTS (SELECT 1 FROM letterheads o WHERE o.user_id = u.id)"
    " AND NOT EXISTS (SELECT 1 FROM jobs o WHERE o.user_id = u.id)"
    " AND NOT EXISTS (SELECT 1 FROM signings o WHERE o.user_id = u.id)"
    " AND NOT EXISTS (SELECT 1 FROM members o WHERE o.user_id = u.id)"
    " AND NOT EXISTS (SELECT 1 FROM endorsers o WHERE o.user_id = u.id)"
    " AND NOT EXISTS (SELECT 1 FROM lists o WHERE o.user_id = u.id)"
    " AND NOT EXISTS (SELECT 1 FROM proposals o WHERE o.user_id = u.id)"
    " AND NOT EXISTS (SELECT 1 FROM mission_proposals o WHERE o.user_id = u.id)"
)
"""Those of whom nothing else is left."""

_QUERIES = {
    "links": _LINKS,
    "waiting": _WAITING,
    "inbox": "SELECT channel || ':' || id, user_id, touched FROM inbox",
    "updates": "SELECT channel || ':' || id, user_id, touched FROM updates",
    "people": _PEOPLE,
    "lasting": "SELECT id, user_id, '' FROM sets UNION ALL SELECT user_id, user_id, ''"
    " FROM letterheads UNION ALL SELECT id, id, '' FROM coalitions",
    "missions": "SELECT user_id, user_id, '' FROM mission_books",
}
"""Id, whose it is, and the day from which it is counted: empty where that is not known yet."""
