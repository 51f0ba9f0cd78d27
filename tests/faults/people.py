"""One person: does a thing in the chat, and knows what must be seen there afterwards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.conversation.talk.events import Command, FileSent, Tap, Typed
from bot.letters.model import Language
from tests.faults.scripts import Await, Do
from tests.faults.trace import Notes, explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.conversation.talk.values import Screen
    from tests.botapi import BotApi
    from tests.botapi.driver import Shown
    from tests.faults.scripts import Invitations, Step
    from tests.faults.shadow import Shadow
    from tests.faults.stored import Stored
    from tests.faults.tally import Tally

TOLD_AGAIN = "told to send it again: the disk was full or the database in use"
ASK_AGAIN = "invitations to be asked for again: a link is not kept"
TOO_SLOW = "told to send it again: the file was not read in time, on a busy computer"
UNREAD = {
    "too long to read": TOO_SLOW,
    "far more rows, tags or parts": TOO_SLOW,
    "What you sent last has stopped me": "left out and said so: the process died twice of it",
    "could not be fetched": "told to send it again: the file could not be fetched",
}
REFUSED = "I could not save that just now"
FAILED = "The letters could not be written"
BODY = ("Excellency,", "Excellence,", "Excelencia:", "Sir or Madam", "Madame, Monsieur")
LEFT_OUT = "has stopped me more than once"


class Person:
    """A script, a chat, and the shadow of it."""

    def __init__(  # noqa: PLR0913, PLR0917 -- all that a person lives among
        self,
        api: BotApi,
        shadow: Shadow,
        number: int,
        script: Iterator[Step],
        invitations: Invitations,
        tally: Tally,
    ) -> None:
        self.user = api.user(number)
        self.notes = Notes()
        self.number = number
        self._api = api
        self._shadow = shadow
        self._script = script
        self._invitations = invitations
        self._tally = tally
        self._next: Step | None = None
        self._next_event: Command | None = None
        self._event: Command | Tap | Typed | FileSent | None = None
        self._refusals = 0
        self._file = 0
        self._heard = 0
        self._invited: set[str] = set()
        self.doing: Do | None = None
        self.update = 0
        self.updates: list[int] = []
        self.blocked = False
        self.told_left_out = 0
        self.behind = [0, 0, 0]
        self.excused = [0, 0, 0]

    # Doing

    def act(self) -> bool:
        """Do the next thing; whether there was one."""
        step = self._next or next(self._script)
        event = self._next_event
        self._next = self._next_event = None
        while isinstance(step, Do) and step.maybe and not self.offers(step.tap):
            step = next(self._script)
        if isinstance(step, Await):
            if not self._invitations.open:
                self._next = step
                return False
            real, shadow = self._invitations.open.pop(0)
            return self._do(Do(f"/start {real}"), Command("start", shadow))
        return self._do(step, event)

    def again(self, step: Do) -> None:
        """Do something that is not in the script."""
        self._do(step, None)

    def _do(self, step: Do, event: Command | None) -> bool:
        self._refusals = self._said(REFUSED)
        self._heard = len(self._api.calls)
        if step.begins:
            self._tally.add(step.begins)
        if step.tap:
            self._event = self._tap(step.tap)
            if self._event is None:
                self._skip()
                return False
        elif step.file:
            self._event = FileSent(*step.file)
            self._file = self.user.send_document(*step.file).message_id
        else:
            self._event = event or _typed(step.text)
            self.user.send(step.text)
        self.update = self._api.last_update_id
        self.updates.append(self.update)
        self.doing = step
        self.notes.add(f"does {_words(step)}, as update {self.update}")
        return True

    def _skip(self) -> None:
        """What the script wants is not there: /start leads on to another play."""
        self.notes.add("finds no such button, and begins anew with /start")
        self._next = Do("/start")

    def offers(self, label: str) -> bool:
        """Whether a button begins like that."""
        rows = self._shadow.screen(self.number).rows
        return any(button.label.startswith(label) for row in rows for button in row)

    def _tap(self, labels: str) -> Tap | None:
        """Tap the button in the chat that stands where the shadow's does."""
        card = self.card()
        screen = self._shadow.screen(self.number)
        for label in labels.split("|"):
            for r, row in enumerate(screen.rows):
                for c, button in enumerate(row):
                    fits = button.label.startswith(label) and card and r < len(card.buttons)
                    if fits and card and c < len(card.buttons[r]):
                        data = card.buttons[r][c]["callback_data"]
                        self.user.tap_data(card.message_id, data)
                        return Tap(button.data)
        return None

    # What must be there

    def card(self) -> Shown | None:
        """The newest message with buttons that call the bot."""
        return next((one for one in reversed(self.user.messages) if _calls(one)), None)

    def applied(self) -> bool:
        """The update was taken: take it in the shadow, too. False where it was refused."""
        if self.doing is None or self._event is None:
            return True
        unread = self._unread()
        if unread:
            self.notes.add(f"update {self.update} was not read, in words: {unread}")
            self._tally.add(UNREAD[unread])
            self._shadow.take_unread(self.number, self._event, unread)
            self._put_off()
            return False
        self._shadow.take(self.number, self._event, Language.EN)
        self.notes.add(f"update {self.update} was taken; due: {self.title()}")
        self._tally.add("steps taken")
        return True

    def was_refused(self) -> bool:
        """Whether the bot has said that it could not take it: in the chat, or above it."""
        above = any(
            REFUSED in str(call.parameters.get("text"))
            and call.parameters.get("callback_query_id") in self._queries()
            for call in self._api.calls[self._heard :]
        )
        return above or self._said(REFUSED) > self._refusals

    def _queries(self) -> set[str]:
        taps = (one.get("callback_query") for one in self._api.world.updates.every.values())
        return {one["id"] for one in taps if one and one["from"]["id"] == self.number}

    def refused(self) -> None:
        """It was not taken: it is done once more, and that update never comes again.

        For one that was refused in words is new to the bot: should Telegram hand it in again long
        afterwards, it would be taken then, and rightly so.
        """
        self.notes.add(f"update {self.update} was refused")
        self._tally.add(TOLD_AGAIN)
        self.updates.remove(self.update)
        self._put_off()

    def _put_off(self) -> None:
        """What could not be done is the next thing to do; a link by the same name as before."""
        self._next, self.doing = self.doing, None
        self._next_event = self._event if isinstance(self._event, Command) else None

    def was_read(self) -> Callable[[], bool]:
        """Tells whether what was done was read, or the person told that it could not be.

        That is to be seen in the chat: there stands the screen that it comes to, below a file; or
        it was said there since, even where another screen has taken the place of these words.
        """
        if not self.doing or not self._event or self.blocked or self.doing.job:
            return lambda: True  # of a job another screen may be there already: that it ended
        due = self._shadow.coming(self.number, self._event, Language.EN)
        file = self._file if self.doing.file else 0

        def was_read() -> bool:
            card = self.card()
            below = card is not None and card.message_id > file
            return bool(self._unread()) or (below and card is not None and _is_screen(card, due))

        return was_read

    def _unread(self) -> str:
        """The words in which the person was told that what they sent last could not be read."""
        for call in self._api.calls[self._heard :]:
            # One that met a failure before it acted stands there as it came: its chat is a text.
            if call.parameters.get("chat_id") == self.number:
                text = str(call.parameters.get("text", ""))
                found = next((said for said in UNREAD if said in text), "")
                if found:
                    return found
        return ""

    def finish(self) -> None:
        """The thing is done, and its screen is there."""
        if self.doing and self.doing.counts:
            self._tally.add(self.doing.counts)
        if self.number in self._shadow.tokens:
            found = [one for text in self.user.texts for one in re.findall(r"\?start=(s\S+)", text)]
            token = self._shadow.tokens.pop(self.number)
            if found and found[-1] not in self._invited:
                self._invited.add(found[-1])
                self._invitations.open.append((found[-1], token))
            else:
                self._tally.add(ASK_AGAIN)
        self.doing = None

    def job_ended(self) -> bool:
        """Whether no letters to many States are under way any more: the ZIP, or that it failed."""
        if self.number not in self._shadow.jobs:
            return True
        card = self.card()
        if card and FAILED in card.text:
            self._shadow.end_job(self.number, done=False)
            self._tally.add("left out and said so: the process died twice of it")
            return True
        if card and "are in the ZIP file above" in card.text:
            self._shadow.end_job(self.number, done=True)
            self._tally.add("jobs finished")
            return True
        return False

    def sees(self) -> bool:
        """Whether the newest card shows what it must."""
        card = self.card()
        return card is not None and _is_screen(card, self._shadow.screen(self.number))

    def title(self) -> str:
        """The first line of the screen that is due."""
        return self._shadow.screen(self.number).title.partition("\n")[0]

    def has_all(self) -> bool:
        """Whether no letter and no file is missing."""
        return all(found >= due for found, due in zip(self._found(), self._due(), strict=True))

    def surplus(self) -> list[int]:
        """How many letters and files stand there that are one too many."""
        return [max(0, f - d) for f, d in zip(self._found(), self._due(), strict=True)]

    def lacking(self) -> int:
        """How many letters and files are missing."""
        return sum(max(0, d - f) for f, d in zip(self._found(), self._due(), strict=True))

    def forgive(self) -> None:
        """Begin to count anew from what stands there."""
        due = self._shadow.due.get(self.number)
        if due:
            self.behind = [f - d for f, d in zip(self._found(), self._plain_due(), strict=True)]

    def cards(self) -> int:
        """How many messages with buttons that call the bot stand in the chat."""
        return sum(map(_calls, self.user.messages))

    def differs(self) -> str:
        """What is seen and what must be, for a line of the report."""
        card, screen = self.card(), self._shadow.screen(self.number)
        seen = {*card.text.splitlines(), *card.labels} if card else set()
        rows = {button.label for row in screen.rows for button in row}
        due = {*screen.title.splitlines(), *screen.text.splitlines(), *rows}
        return f"person {self.number} did {self.doing}, lacks {due - seen}, sees {seen - due}"

    def explain(self, folder: Path, stored: Stored) -> None:
        """Print how it came to what is seen."""
        explain(self._api, self.number, self.notes, folder, stored)

    def was_left_out(self) -> int:
        """How often the person was told that something was left out."""
        return self._said(LEFT_OUT)

    def _due(self) -> list[int]:
        return [d + more for d, more in zip(self._plain_due(), self.behind, strict=True)]

    def _plain_due(self) -> list[int]:
        due = self._shadow.due.get(self.number)
        return [due.letters, due.files, due.letters] if due else [0, 0, 0]

    def _found(self) -> list[int]:
        replies = self.user.replies
        bodies = [one for one in replies if not one.buttons and any(x in one.text for x in BODY)]
        return [_groups(replies, "photo"), _groups(replies, "document"), len(bodies)]

    def _said(self, words: str) -> int:
        return sum(words in text for text in self.user.texts)


def _calls(message: Shown) -> bool:
    return bool(message.buttons) and "callback_data" in message.buttons[0][0]


def _words(step: Do) -> str:
    return step.tap or step.text.partition("\n")[0] or (step.file[0] if step.file else "")


def _typed(text: str) -> Command | Typed:
    if not text.startswith("/"):
        return Typed(text)
    name, _blank, argument = text[1:].partition(" ")
    return Command(name, argument)


def _groups(messages: list[Shown], kind: str) -> int:
    """How many times something was sent: an album is one."""
    return len(
        {one.album or one.message_id for one in messages if one.file and one.file.kind == kind}
    )


def _is_screen(card: Shown, screen: Screen) -> bool:
    labels = [[button.label for button in row] for row in screen.rows]
    shown = [[str(button["text"]) for button in row] for row in card.buttons]
    says = set(card.text.splitlines())
    # What was done last may be said in the place of one line.
    lacking = {*screen.title.splitlines(), *screen.text.splitlines()} - says
    return shown == labels and len(lacking) <= 1 and screen.title.splitlines()[0] in says
