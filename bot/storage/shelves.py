"""All shelves of a database, each by its subject's name for it. A broken table fails at start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.talk.values import Owned
from bot.storage.coalitions import Coalitions
from bot.storage.deletions import Deletions
from bot.storage.drafts import Drafts
from bot.storage.expiring import ExpiringLetters
from bot.storage.facts import Facts
from bot.storage.jobs import Jobs
from bot.storage.letterheads import Letterheads
from bot.storage.lists import Lists
from bot.storage.missions import Missions
from bot.storage.notices import Notices
from bot.storage.proposals import Proposals
from bot.storage.reminders import Reminders
from bot.storage.sets import Sets
from bot.storage.signings import Signings

if TYPE_CHECKING:
    from sqlite_utils import Database

    from bot.conversation.talk.values import Change, Changes
    from bot.storage.shelf import Keep, Shelf


class Shelves:
    """One object for each subject's rows."""

    def __init__(self, db: Database) -> None:
        self.drafts = Drafts(db)
        self.sets = Sets(db)
        self.lists = Lists(db)
        self.letterheads = Letterheads(db)
        self.jobs = Jobs(db)
        self.reminders = Reminders(db)
        self.signings = Signings(db)
        self.facts = Facts(db)
        self.proposals = Proposals(db)
        self.notices = Notices(db)
        self.coalitions = Coalitions(db)
        self.missions = Missions(db)
        self.deletions = Deletions(db)
        self.expiring = ExpiringLetters(db)
        self._keeps: dict[type[Change], Keep] = {}
        for shelf in self.all():
            twice = self._keeps.keys() & shelf.keeps.keys()
            if twice:
                message = f"two shelves keep the same changes: {sorted(map(str, twice))}"
                raise ValueError(message)
            self._keeps.update(shelf.keeps)

    def all(self) -> tuple[Shelf, ...]:
        """Every shelf."""
        return (
            *(self.drafts, self.sets, self.lists, self.letterheads, self.jobs, self.reminders),
            *(self.signings, self.facts, self.proposals, self.notices, self.coalitions),
            *(self.missions, self.deletions, self.expiring),
        )

    @property
    def kinds(self) -> frozenset[type[Change]]:
        """The kinds of changes that some shelf keeps."""
        return frozenset(self._keeps)

    def keep(self, user_id: str, owner: str, changes: Changes) -> None:
        """Keep what a turn changed, in its order: of the user, or of whom the user works for.

        Within a transaction.
        """
        for change in changes:
            whose = owner if isinstance(change, Owned) else user_id
            self._keeps[type(change)](whose, change)
