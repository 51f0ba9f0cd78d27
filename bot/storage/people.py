"""People and their sessions: where they look, the draft at hand, their sets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.conversation.talk.draft import Last, signatories_from_json
from bot.conversation.talk.membership import Membership, Role
from bot.conversation.talk.selection import Selection
from bot.conversation.talk.values import REMIND_DAYS, Place, Session, SignatorySet, User, View
from bot.letters.model import Language
from bot.letters.sound import read_json
from bot.machine.figures import of_database
from bot.storage import forgetting
from bot.storage.drafts import draft_from, save_draft
from bot.storage.errors import reading
from bot.storage.sealing import from_hex
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from bot.conversation.talk.draft import Json
    from bot.storage.sealing import Sealing


_OPEN = """
SELECT f.number, f.undone,
    (SELECT coalesce(sum(number + changes), 0) FROM removals),
    (SELECT t.owed FROM updates t WHERE t.channel = ? AND t.id = ? AND t.user_id = ?),
    EXISTS (SELECT 1 FROM spent WHERE digest = ?),
    EXISTS (SELECT 1 FROM inbox i WHERE i.channel = ? AND i.id = ?),
    u.data, u.draft_id, u.acting, (SELECT ends FROM deletions x WHERE x.user_id = u.id),
    c.id, c.name, m.role, m.told, d.data, d.revision,
    (SELECT coalesce(max(number), 0) FROM revisions WHERE draft_id = d.id),
    (SELECT json_group_array(json_array(s.id, hex(s.name), hex(s.signatories))) FROM sets s
        WHERE s.user_id = coalesce(c.id, u.id)),
    CASE WHEN EXISTS (SELECT 1 FROM notices n WHERE n.user_id = u.id) THEN '' ELSE 'notices ' END
    || CASE WHEN EXISTS (SELECT 1 FROM warnings w WHERE w.user_id = u.id) THEN ''
        ELSE 'expiring ' END
    || CASE WHEN EXISTS (SELECT 1 FROM reminders r WHERE r.user_id = u.id) THEN ''
        ELSE 'reminders ' END
    || CASE WHEN EXISTS (SELECT 1 FROM jobs j WHERE j.user_id = coalesce(c.id, u.id)) THEN ''
        ELSE 'jobs ' END
    || CASE WHEN EXISTS (SELECT 1 FROM members o WHERE o.user_id = u.id) THEN ''
        ELSE 'coalitions ' END
    || CASE WHEN EXISTS (SELECT 1 FROM signings g WHERE g.user_id = coalesce(c.id, u.id))
        OR EXISTS (SELECT 1 FROM endorsers e WHERE e.user_id = u.id) THEN '' ELSE 'signings ' END
    || CASE WHEN EXISTS (SELECT 1 FROM mission_books b WHERE b.user_id IN ('', c.id)) THEN ''
        ELSE 'missions ' END
FROM (SELECT count(*) AS number, coalesce(sum(undone), 0) AS undone FROM facts) f
LEFT JOIN users u ON u.id = ?
LEFT JOIN members m ON m.user_id = u.id AND m.coalition_id = u.acting
LEFT JOIN coalitions c ON c.id = m.coalition_id
LEFT JOIN drafts d ON d.id = u.draft_id AND d.user_id = coalesce(c.id, u.id)
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session as an update finds it, and what is known of the update.

    `stamp` is that of the facts; `seen` says that the update was taken before, `owed` what is still
    to be sent for it; `waits` that it is kept in the inbox; `removed` is what `Names.changed` was.
    """

    session: Session
    stamp: tuple[int, int]
    seen: bool
    owed: Json
    waits: bool
    removed: int


class People(Shelf):
    """The people in one database."""

    def knows(self, user_id: str) -> bool:
        """Whether anything is kept of the user."""
        return bool(self._rows("SELECT 1 FROM users WHERE id = ?", user_id))

    def ids(self) -> tuple[str, ...]:
        """Everybody; coalitions are nobody, though letters stand in their name."""
        found = self._rows("SELECT id FROM users WHERE id NOT IN (SELECT id FROM coalitions)")
        return tuple(user_id for (user_id,) in found)

    def coalitions(self) -> tuple[str, ...]:
        """Every coalition's id."""
        return tuple(one for (one,) in self._rows("SELECT id FROM coalitions"))

    def working_for(self, owner: str) -> tuple[str, ...]:
        """Who works for a coalition now."""
        return tuple(user for (user,) in self._rows("SELECT id FROM users WHERE acting = ?", owner))

    def load(self, user_id: str) -> Session:
        """The user's session; a new user's is empty."""
        return self.open(user_id).session

    @of_database("open")
    @reading()
    def open(self, user_id: str, update: tuple[str, int] = ("", 0)) -> Opened:
        """All that an update needs of the database, in one statement."""
        digest = forgetting.spent(*update)
        (row,) = self._rows(_OPEN, *update, user_id, digest, *update, user_id)
        facts, undone, removed, owed, spent, waits, *mine = row
        sealing = self._sealing
        return Opened(
            _session_from(user_id, mine, sealing),
            stamp=(facts, undone),
            seen=owed is not None or bool(spent),
            owed=read_json(sealing.open(owed, "updates", "owed", *update)) if owed else {},
            waits=bool(waits),
            removed=removed,
        )

    def keep(self, session: Session, before: Session | None, screen: int) -> None:
        """The user, and the draft at hand where it is not as `before`. Within a transaction.

        `screen` is the number of the update that the user's screen is owed for (see `Cards`).
        """
        user = session.user
        data = self._sealing.close(json.dumps(_to_json(user)), "users", "data", user.id)
        self._execute(
            "INSERT INTO users (id, data, draft_id, acting, screen) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET data = excluded.data, draft_id = excluded.draft_id,"
            " acting = excluded.acting, screen = excluded.screen, touched = ''",
            (user.id, data, user.draft_id, user.acting, screen),
        )
        if session.draft and (before is None or session.draft != before.draft):
            save_draft(self._execute, self._sealing, session.owner, session.draft)


def _session_from(user_id: str, row: list[Any], sealing: Sealing) -> Session:
    data, draft_id, acting, ends, *member, draft, revision, revisions, sets, empty = row
    if data is None:
        return Session(User(user_id), empty=frozenset(empty.split()))
    about = read_json(sealing.open(data, "users", "data", user_id))
    found = (_set_from(row, sealing) for row in read_json(sets))
    return Session(
        _user_from(user_id, draft_id if draft else "", about, acting),
        draft_from(sealing, draft_id, draft, revision, revisions) if draft else None,
        tuple(sorted(found, key=lambda one: one.name.casefold())),
        empty=frozenset(empty.split()),
        membership=_membership_from(member, sealing),
        leaving=datetime.fromisoformat(ends) if ends else None,
    )


def _set_from(row: list[str], sealing: Sealing) -> SignatorySet:
    set_id, name, signatories = row
    return SignatorySet(
        set_id,
        sealing.open(from_hex(name), "sets", "name", set_id),
        signatories_from_json(
            read_json(sealing.open(from_hex(signatories), "sets", "signatories", set_id))
        ),
    )


def _membership_from(row: list[Any], sealing: Sealing) -> Membership | None:
    coalition, name, role, told = row
    if not coalition:
        return None
    name = sealing.open(name, "coalitions", "name", coalition)
    return Membership(coalition, name, Role(role), bool(told))


def _to_json(user: User) -> Json:
    return {
        "language": user.language,
        "language_chosen": user.language_chosen,
        "view": user.view.to_json(),
        "last": user.last.to_json(),
        "selection": user.selection and user.selection.to_json(),
        "reminded": user.reminded.isoformat() if user.reminded else "",
        "correspondence": dict(user.correspondence),
        "trail": [place.to_json() for place in user.trail],
        "remind_days": user.remind_days,
        "greeted": user.greeted,
    }


def _user_from(user_id: str, draft_id: str, data: Json, acting: str) -> User:
    return User(
        user_id,
        Language(data["language"]),
        data["language_chosen"],
        View.from_json(data["view"]),
        draft_id,
        Last.from_json(data["last"]),
        Selection.from_json(data["selection"]) if data.get("selection") else None,
        date.fromisoformat(data["reminded"]) if data.get("reminded") else None,
        {iso3: Language(code) for iso3, code in data.get("correspondence", {}).items()},
        tuple(Place.from_json(one) for one in data.get("trail", ())),
        data.get("remind_days", REMIND_DAYS),
        acting,
        data.get("greeted", True),
    )
