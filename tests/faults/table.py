"""What is compared: each person's screen, letters and files, and all that is stored of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.shadow import Shadow, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.botapi import BotApi
    from tests.botapi.calls import Call
    from tests.faults.people import Person
    from tests.faults.stored import Stored
    from tests.faults.tally import Tally

PATIENCE = 90.0
UNKNOWN = "sent but not known: documents that may stand twice, of which that is said"
LEFT_OUT = "left out and said so: the process died twice of it"
CARDS = "cards left: sent, and then killed before that was known"


def kind_of(call: Call) -> int:
    """Whether it sends a picture (0), a file (1) or a text (2); else 3."""
    if call.method == "sendMediaGroup":
        return 0 if call.parameters["media"][0].get("type") == "photo" else 1
    if call.method == "sendMessage":
        return 3 if "reply_markup" in call.parameters else 2
    return {"sendPhoto": 0, "sendDocument": 1}.get(call.method, 3)


class Table:
    """Where what was seen is laid beside what must be."""

    def __init__(self, shadow: Shadow, tally: Tally, stored: Stored, folder: Path) -> None:
        self._shadow = shadow
        self._tally = tally
        self._stored = stored
        self._folder = folder
        self.learn: Callable[[], None] = lambda: None
        """Looks up what was sent of which the bot was not told, before that is counted."""

    @staticmethod
    def wait(api: BotApi, until: Callable[[], object], seconds: float) -> bool:
        """Whether it came true in time."""
        try:
            api.wait(until, seconds)
        except TimeoutError:
            return False
        return True

    def take(self, api: BotApi, people: Sequence[Person]) -> None:
        """What was done is done to the shadow, too, when the bot has taken it."""
        self.wait(api, self._is_read, PATIENCE)
        for person in people:
            if person.doing is None:
                self.wait(api, person.job_ended, PATIENCE)
                continue
            if not self._was_taken(person.update):
                if not self.wait(api, person.was_refused, PATIENCE / 3):
                    words = f"person {person.number}: {person.doing.text}{person.doing.tap}"
                    self._miss(
                        "lost answers", f"neither taken nor refused in words: {words}", person
                    )
                person.refused()
                continue
            if not self.wait(api, person.was_read(), PATIENCE / 3) and person.doing.file:
                self._miss("lost answers", "a file is neither read nor refused in words", person)
                person.refused()
                continue
            if person.applied():
                self.wait(api, person.job_ended, PATIENCE)

    def _was_taken(self, number: int) -> bool:
        query = "SELECT 1 FROM updates WHERE channel = 'telegram' AND id = ?"
        return bool(self._stored.rows(query, number))

    def _is_read(self) -> bool:
        return not self._stored.rows("SELECT 1 FROM inbox")

    def look(self, api: BotApi, person: Person, when: str) -> bool:
        """Whether the person sees the screen; what else is wrong is noted."""
        if person.doing is None:
            return True  # nothing was done, or it was refused: what is seen was looked at before
        good = self.wait(api, lambda: person.sees() and person.has_all(), PATIENCE / 3)
        if not good:
            good = self._blame(person, when)
        self.learn()
        self._count_surplus(api, person, when)
        if person.cards() > 1:
            self._tally.add(CARDS)
        person.finish()
        return good

    def compare(self, people: Sequence[Person], when: str) -> None:
        """What is stored of everybody is what they have answered."""
        with self._stored.store() as store:
            for person in people:
                mine = kept(store, person.number)
                due = kept(self._shadow.desk.store, person.number)
                if mine != due:
                    pairs = [(a, b) for a, b in zip(mine, due, strict=True) if a != b]
                    words = f"{when}: person {person.number}: {str(pairs)[:700]}"
                    self._miss("lost answers", words, person)

    def _miss(self, name: str, words: str, person: Person, times: int = 1) -> None:
        self._tally.wrong(name, words, times)
        person.explain(self._folder, self._stored)

    def _blame(self, person: Person, when: str) -> bool:
        if person.lacking() and person.was_left_out() > person.told_left_out:
            person.told_left_out = person.was_left_out()
            self._tally.add(LEFT_OUT)
            person.forgive()
        elif person.lacking():
            words = f"{when}: {person.differs()}"
            self._miss("missing documents", words, person, person.lacking())
            person.forgive()
        if not person.sees():
            words = f"{when}: {person.differs()}"
            self._miss("people without a working screen", words, person)
            return False
        return True

    def _count_surplus(self, api: BotApi, person: Person, when: str) -> None:
        for kind, count in enumerate(person.surplus()):
            known = min(count, person.excused[kind])
            person.excused[kind] -= known
            if known:
                self._tally.add(UNKNOWN, known)
            if count > known:
                mine = [c for c in api.calls[-200:] if c.parameters.get("chat_id") == person.number]
                calls = [(c.method, c.status, c.fault) for c in mine[-14:]]
                words = f"{when}: person {person.number}, {calls}"
                self._miss("doubled documents", words, person, count - known)
        if any(person.surplus()):
            person.forgive()
