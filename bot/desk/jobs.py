"""Writing the letters of a job, one by one, into ZIP files; beside whatever else goes on."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from bot.conversation.many.kept import JobStatus, Target
from bot.conversation.many.mailing import dated, for_target, mission_is_doubtful, request_for
from bot.conversation.talk.context import LANGUAGE_NAMES, own_campaign
from bot.conversation.talk.names import folded, region_names, way_names
from bot.desk import folders
from bot.desk.papers import MIME, Document, all_files, counted, file_stem
from bot.desk.update import DEATHS
from bot.documents.bundle import Bundle, Entry, Labels, indexed
from bot.letters.facts import is_stale
from bot.letters.language import full_date
from bot.letters.model import Language, Letter, Stage
from bot.letters.own_words import Fit
from bot.machine.figures import LETTERS, count

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
    from concurrent.futures import Executor
    from pathlib import Path

    from bot.conversation.many.kept import Job
    from bot.desk.update import Desk
    from bot.letters.letterhead import Letterhead


WORD = 8
"""In which cell of the index the Word file stands."""

FOLDERS = (("word", "docx"), ("pdf", "pdf"), ("email", "eml"))


class Work:
    """One job's letters and index on their way to disk. Not for two threads at a time."""

    def __init__(self, desk: Desk, job: Job, language: Language, head: Letterhead | None) -> None:
        self._desk = desk
        self._job = job
        self._head = head
        self._language = language
        self._ = desk.translator(language)
        self._opened = ExitStack()
        self._folder = self._opened.enter_context(folders.temporary())
        codes = [code for code in (job.draft.treaty, *job.draft.also) if code]
        own = own_campaign(job.draft, desk)
        self._about = own.title(language) if own else "\u2011".join(codes)
        self._has_facts = bool(codes)
        self._day = job.draft.date or desk.today()
        stem = f"{'-'.join(codes) or job.draft.campaign}-{self._day.isoformat()}"
        self._bundle = Bundle(self._folder, stem, self._day)
        self._entries: list[Entry] = []

    def close(self) -> None:
        """Take everything away again."""
        with self._opened:
            self._bundle.close()

    def write(self, target: Target) -> None:
        """One letter as Word and PDF, and its line in the index."""
        request = request_for(self._job, target, self._desk)
        letter = self._desk.letters.compose(request)
        if not isinstance(letter, Letter):
            self._note(target, None)
            return
        stem = file_stem(letter)
        drafts = self._job.emails or bool(letter.to)
        found = FOLDERS if drafts else FOLDERS[:2]
        kinds = tuple(kind for _, kind in found)
        made = counted(self._desk.hands.do(all_files, letter, kinds, self._head))
        for (folder, kind), one in zip(found, made, strict=True):
            self._bundle.add(f"{folder}/{stem}.{kind}", one.data)
        self._note(target, letter)
        count(LETTERS, "many")

    def finish(self) -> list[tuple[str, Path]]:
        """The names and places of the ZIP files."""
        order = [str(language) for language in Language]
        self._entries.sort(key=lambda one: (folded(one.state), order.index(one.languages)))
        index = self._desk.hands.do(indexed, self._labels(), tuple(self._entries), self._day)
        return self._bundle.finish(index)

    def _note(self, target: Target, letter: Letter | None) -> None:
        _ = self._
        records = self._desk.records
        state = records.states[target.state]
        stage, signed_on = self._standing(letter) if letter else ("", "")
        stem = file_stem(letter) if letter else ""
        cells = (
            state.short(self._language),
            state.iso3,
            region_names(_)[state.region],
            LANGUAGE_NAMES[target.language],
            self._day.isoformat(),
            (", ".join(letter.treaties) or self._about) if letter else "",
            stage,
            signed_on,
            f"word/{stem}.docx" if letter else "",
            f"pdf/{stem}.pdf" if letter else "",
            *self._booked(target),
            *self._sent(target),
            self._remark(target, letter),
        )
        name = state.short(self._language)
        self._entries.append(Entry(cells, region_names(_)[state.region], name, target.language))

    def _booked(self, target: Target) -> tuple[str, str, str, str]:
        """What the mission book says of whom the letter goes to, and of which day that is."""
        draft = for_target(self._job, target)
        entry = None if draft.address else draft.booked
        if entry is None:
            return ("", "", "", "")
        language = LANGUAGE_NAMES[entry.language] if entry.language else ""
        return ", ".join(entry.lines), entry.email, language, entry.as_of.isoformat()

    def _sent(self, target: Target) -> tuple[str, str, str]:
        """When and how it was sent, when answered: as a rule still to be filled in."""
        fate = for_target(self._job, target).fate
        return (
            fate.sent_on.isoformat() if fate.sent_on else "",
            way_names(self._)[fate.sent_by] if fate.sent_by else "",
            fate.answered_on.isoformat() if fate.answered_on else "",
        )

    def _standing(self, letter: Letter) -> tuple[str, str]:
        """Stage and date of signature, of each treaty where the letter names several."""
        _ = self._
        stages, days = [], []
        for code in letter.treaties:
            standing = self._desk.records.standing(code, letter.state, self._day)
            mark = f"{code}: " if len(letter.treaties) > 1 else ""
            said = {Stage.SIGNED: _("signed, not ratified"), Stage.PARTY: _("party")}
            stages.append(mark + said.get(standing.stage, _("not signed")))
            if standing.signed_on:
                days.append(mark + standing.signed_on.isoformat())
        return "; ".join(stages), "; ".join(days)

    def _remark(self, target: Target, letter: Letter | None) -> str:
        """What to know of a letter before it is sent."""
        _ = self._
        if letter is None:
            return _("Not written: there is nothing to ask of this State on that date.")
        stood = {section.key for section in letter.sections}
        unfit = [
            change
            for change in self._job.draft.changes
            if change.fit(target.language) is not Fit.GOOD and change.key in stood
        ]
        remarks = [_("Own words in it are not translated, or out of date.")] if unfit else []
        remarks += self._first_remarks(letter)
        entry = for_target(self._job, target).booked
        if entry and entry.is_old(self._day):
            remarks.append(
                _("The mission book’s entry is more than 180 days older: please check it.")
            )
        state = self._desk.records.states[target.state]
        if mission_is_doubtful(state, self._job.draft):
            remarks.append(
                _(
                    "%(state)s is not a Member of the United Nations: please check that it has a "
                    "mission in Geneva.",
                    state=state.short(self._language),
                )
            )
        return " ".join(remarks)

    def _first_remarks(self, letter: Letter) -> list[str]:
        """Which treaty the State has to join before another."""
        _, records = self._, self._desk.records
        name = records.states[letter.state].short(self._language)
        waiting = [
            (code, records.lacking(code, letter.state, letter.date)) for code in letter.treaties
        ]
        return [
            _(
                "%(state)s has to join %(parent)s before it may join %(treaty)s: the letter asks "
                "for both.",
                state=name,
                parent=parent,
                treaty=code,
            )
            for code, parent in waiting
            if parent
        ]

    def _labels(self) -> Labels:
        _ = self._
        as_of = dated(self._job.draft, self._desk)
        letters = sum(bool(entry.cells[WORD]) for entry in self._entries)
        states = len({entry.state for entry in self._entries})
        facts = [
            _.plural("%(count)s State", "%(count)s States", states)
            + ", "
            + _.plural("%(count)s letter", "%(count)s letters", letters),
            _("Letters dated %(date)s.", date=full_date(self._day, self._language)),
        ]
        if self._has_facts:
            day = full_date(as_of, self._language)
            facts.append(_("Status of treaties as at %(date)s.", date=day))
        if self._has_facts and is_stale(as_of, self._day):
            facts.append(
                _(
                    "These facts are more than three months older than the letters. Please check "
                    "each State’s status at treaties.un.org before sending."
                )
            )
        return Labels(
            _("Letters on %(treaties)s", treaties=self._about),
            tuple(facts),
            (
                _("State"),
                _("Code"),
                _("Region"),
                _("Language"),
                _("Date"),
                _("Treaties"),
                _("Stage"),
                _("Signed on"),
                _("Word"),
                _("PDF"),
                _("Address"),
                _("E-mail"),
                _("Language of correspondence"),
                _("As of"),
                _("Sent on"),
                _("Sent by"),
                _("Answered on"),
                _("Remark"),
            ),
            self._language,
        )


async def written(
    desk: Desk, workshop: Executor, job_id: str, moved: Callable[[], Awaitable[None]]
) -> AsyncGenerator[Document, None]:
    """The ZIP files of a job, one at a time; none any more once it is cancelled.

    `moved` is told of every letter. Each letter is a piece of work of its own: other people's
    documents come in between. Raises RuntimeError for a job that the process died of before.
    """
    found = desk.shelves.jobs.find(job_id)
    if found is None or found[1].status is not JobStatus.RUNNING:
        return
    owner, job = found
    loop = asyncio.get_running_loop()
    language = desk.current(job.begun_by or owner).language
    work = Work(desk, job, language, desk.shelves.letterheads.of(owner))
    try:
        for number, target in enumerate(job.targets, start=1):
            with _not_deadly(desk, job_id, number):
                await loop.run_in_executor(workshop, work.write, target)
            desk.progress[job_id] = number
            if not desk.shelves.jobs.is_running(job_id):
                return
            await moved()
        with _not_deadly(desk, job_id, 0):
            files = await loop.run_in_executor(workshop, work.finish)
        for name, path in files:
            data = await loop.run_in_executor(workshop, path.read_bytes)
            if not desk.shelves.jobs.is_running(job_id):
                return
            yield Document(name, data, MIME["zip"])
    finally:
        desk.progress.pop(job_id, None)
        # In the workshop, after the letter that is still being written there.
        await loop.run_in_executor(workshop, work.close)


@contextmanager
def _not_deadly(desk: Desk, job_id: str, number: int) -> Iterator[None]:
    """One letter of a job, or 0 for its files. Raises RuntimeError where the process died of it.

    Each by itself: a job takes long, and a process that dies beside it, for whatever reason, says
    nothing of it, but that it died at the same letter twice.
    """
    with desk.store.begun.mark(f"job:{job_id}:{number}") as deaths:
        if deaths >= DEATHS:
            message = "a job ended the program more than once"
            raise RuntimeError(message)
        yield
