"""Coalitions, their members, and the links that invite to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.conversation.coalitions import kept as asked
from bot.conversation.coalitions.kept import (
    Closed,
    Copied,
    Founded,
    Held,
    Invitation,
    InvitationsWithdrawn,
    Invited,
    Joined,
    Left,
    Member,
    MemberRemoved,
    MembershipTold,
    Renamed,
    RoleGiven,
)
from bot.conversation.many.kept import JobStatus
from bot.conversation.talk.membership import Membership, Role
from bot.letters.sound import read_json
from bot.storage import forgetting
from bot.storage.drafts import save_draft
from bot.storage.errors import reading
from bot.storage.sets import save_set
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation.talk.values import Change
    from bot.storage.shelf import Keep


class Coalitions(Shelf, asked.Coalitions):
    """The coalitions in one database."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {
            Founded: self._found,
            Renamed: self._rename,
            Invited: self._invite,
            InvitationsWithdrawn: self._withdraw,
            RoleGiven: self._give,
            MemberRemoved: self._remove,
            Closed: self._close,
            Joined: self._join,
            Left: self._leave,
            MembershipTold: self._tell,
            Copied: self._copy,
        }

    @reading()
    def of(self, user_id: str) -> tuple[Membership, ...]:
        """The coalitions of which the user is a member, by name."""
        rows = self._rows(
            "SELECT c.id, c.name, m.role, m.told FROM members m JOIN coalitions c"
            " ON c.id = m.coalition_id WHERE m.user_id = ?",
            user_id,
        )
        found = (
            Membership(one, self._name(one, name), Role(role), bool(told))
            for one, name, role, told in rows
        )
        return tuple(sorted(found, key=lambda one: (one.name, one.coalition)))

    def _name(self, coalition: str, stored: str) -> str:
        return self._sealing.open(stored, "coalitions", "name", coalition)

    def _shown_as(self, member: str, stored: str) -> str:
        return self._sealing.open(stored, "members", "shown_as", member)

    @reading()
    def members(self, coalition: str, user_id: str) -> tuple[Member, ...]:
        """The coalition's members, the longest first; which of them the user is."""
        rows = self._rows(
            "SELECT id, shown_as, role, joined, user_id = ? FROM members WHERE coalition_id = ?"
            " ORDER BY joined, rowid",
            *(user_id, coalition),
        )
        return tuple(
            Member(
                one,
                self._shown_as(one, shown_as),
                Role(role),
                date.fromisoformat(joined),
                bool(own),
            )
            for one, shown_as, role, joined, own in rows
        )

    @reading()
    def invitation(self, digest: str) -> Invitation | None:
        """What the link of that digest invites to, be it that it has expired."""
        rows = self._rows(
            "SELECT c.id, c.name, i.role, m.id, m.shown_as, i.expires FROM invitations i"
            " JOIN coalitions c ON c.id = i.coalition_id"
            " JOIN members m ON m.coalition_id = c.id AND m.id = i.member_id"
            " WHERE i.digest = ? AND i.uses > 0"
            " AND m.user_id NOT IN (SELECT user_id FROM deletions)",
            digest,
        )
        if not rows:
            return None
        coalition, name, role, member, by, expires = rows[0]
        ends, by = datetime.fromisoformat(expires), self._shown_as(member, by)
        return Invitation(digest, coalition, self._name(coalition, name), Role(role), by, ends)

    def open_invitations(self, coalition: str, now: datetime) -> int:
        """How many links are out that still work."""
        rows = self._rows(
            "SELECT count(*) FROM invitations WHERE coalition_id = ? AND uses > 0 AND expires > ?",
            *(coalition, now.isoformat()),
        )
        return int(rows[0][0])

    @reading()
    def held(self, coalition: str) -> Held:
        """How much belongs to the coalition: letters to many States count for each State."""
        jobs = self._rows(
            "SELECT id, data FROM jobs WHERE user_id = ? AND status = ?",
            *(coalition, JobStatus.DONE),
        )
        opened = (read_json(self._sealing.open(data, "jobs", "data", one)) for one, data in jobs)
        of_many = sum(len(job["targets"]) for job in opened)
        ((drafts, sets, heads, signings, books),) = self._rows(
            "SELECT (SELECT count(*) FROM drafts WHERE user_id = ?1),"
            " (SELECT count(*) FROM sets WHERE user_id = ?1),"
            " (SELECT count(*) FROM letterheads WHERE user_id = ?1),"
            " (SELECT count(*) FROM signings WHERE user_id = ?1),"
            " (SELECT count(*) FROM mission_books WHERE user_id = ?1)",
            coalition,
        )
        return Held(
            drafts + of_many,
            sets,
            letterhead=bool(heads),
            signings=signings,
            missions=bool(books),
        )

    @reading()
    def set_names(self, owner: str) -> tuple[str, ...]:
        """What the sets of a coalition, or of the user, are called."""
        rows = self._rows("SELECT id, name FROM sets WHERE user_id = ?", owner)
        return tuple(self._sealing.open(name, "sets", "name", one) for one, name in rows)

    def untold(self, channel: str) -> tuple[str, ...]:
        """The channel's users who are to hear of their role."""
        rows = self._rows(
            "SELECT DISTINCT user_id FROM members WHERE told = 0 AND user_id LIKE ?",
            f"{channel}:%",
        )
        return tuple(user_id for (user_id,) in rows)

    def _found(self, user_id: str, change: Founded) -> None:
        one, close = change.membership, self._sealing.close
        # Letters stand in the name of a row of users: this is no person, and no channel has one.
        self._execute(
            "INSERT INTO users (id, data, draft_id) VALUES (?, ?, '')",
            (one.coalition, close("{}", "users", "data", one.coalition)),
        )
        self._execute(
            "INSERT INTO coalitions (id, name, founded) VALUES (?, ?, ?)",
            (
                *(one.coalition, close(one.name, "coalitions", "name", one.coalition)),
                change.member.joined.isoformat(),
            ),
        )
        self._add(user_id, one, change.member)

    def _add(self, user_id: str, one: Membership, member: Member) -> None:
        self._execute(
            "INSERT INTO members (id, coalition_id, user_id, role, joined, shown_as, told)"
            " VALUES (?, ?, ?, ?, ?, ?, 1)",
            (
                *(member.id, one.coalition, user_id, member.role),
                member.joined.isoformat(),
                self._sealing.close(member.shown_as, "members", "shown_as", member.id),
            ),
        )

    def _join(self, user_id: str, change: Joined) -> None:
        self._add(user_id, change.membership, change.member)
        self._execute("DELETE FROM invitations WHERE digest = ?", (change.digest,))

    def _rename(self, user_id: str, change: Renamed) -> None:
        del user_id
        name = self._sealing.close(change.name, "coalitions", "name", change.coalition)
        self._execute("UPDATE coalitions SET name = ? WHERE id = ?", (name, change.coalition))

    def _invite(self, user_id: str, change: Invited) -> None:
        one = change.invitation
        self._execute(
            "INSERT INTO invitations (digest, coalition_id, role, member_id, expires, uses)"
            " SELECT ?, ?, ?, id, ?, 1 FROM members WHERE coalition_id = ? AND user_id = ?",
            (
                *(one.digest, change.coalition, one.role, one.expires.isoformat()),
                *(change.coalition, user_id),
            ),
        )

    def _withdraw(self, user_id: str, change: InvitationsWithdrawn) -> None:
        del user_id
        self._execute("DELETE FROM invitations WHERE coalition_id = ?", (change.coalition,))

    def _give(self, user_id: str, change: RoleGiven) -> None:
        self._execute(
            "UPDATE members SET role = ?, told = CASE WHEN user_id = ? THEN 1 ELSE 0 END"
            " WHERE coalition_id = ? AND id = ?",
            (change.role, user_id, change.coalition, change.member),
        )
        if change.role is not Role.OWNER:  # the links of one who may not invite open nothing
            self._execute(
                "DELETE FROM invitations WHERE coalition_id = ? AND member_id = ?",
                (change.coalition, change.member),
            )

    def _remove(self, user_id: str, change: MemberRemoved) -> None:
        del user_id
        forgetting.parted(self._execute, self._sealing, change.coalition, change.member)

    def _leave(self, user_id: str, change: Left) -> None:
        row = self._execute(
            "SELECT id FROM members WHERE coalition_id = ? AND user_id = ?",
            (change.coalition, user_id),
        ).fetchone()
        if row:
            forgetting.parted(self._execute, self._sealing, change.coalition, row[0])

    def _close(self, user_id: str, change: Closed) -> None:
        del user_id
        forgetting.close(self._execute, self._sealing, change.coalition)

    def _tell(self, user_id: str, change: MembershipTold) -> None:
        self._execute(
            "UPDATE members SET told = 1 WHERE coalition_id = ? AND user_id = ?",
            (change.coalition, user_id),
        )

    def _copy(self, user_id: str, change: Copied) -> None:
        del user_id
        if change.draft:
            save_draft(self._execute, self._sealing, change.owner, change.draft)
        if change.saved:
            save_set(self._execute, self._sealing, change.owner, change.saved)
