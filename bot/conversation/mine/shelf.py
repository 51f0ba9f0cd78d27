"""My letters: finished ones, those to many States, drafts, the archive; found by State or treaty.

A tap opens a letter. On the page a small button beside each leads to what became of it; in a
messenger the buttons of a row are equally wide, and that would take half of the label: there one
button below the list turns the whole of it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from bot.conversation.many.kept import jobs_of
from bot.conversation.many.written import job_marks, job_name, letters_of, places
from bot.conversation.mine.expiring import kept as keep
from bot.conversation.mine.expiring import soon
from bot.conversation.mine.expiring_page import expiring_rows
from bot.conversation.mine.marking import written_job
from bot.conversation.mine.reminders import overdue_rows
from bot.conversation.mine.to_many import looked_at
from bot.conversation.talk.dates import short_day
from bot.conversation.talk.drafts import draft_of, drafts_of
from bot.conversation.talk.events import Typed
from bot.conversation.talk.names import about, draft_label, fate_mark, folded, treaty_label
from bot.conversation.talk.page import DRAFT, Page, Step, blocks, lines, looking
from bot.conversation.talk.paging import turning
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation.many.kept import Job
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.paging import Rows
    from bot.conversation.talk.values import Button

PAGE = 8
MOST_TYPED = 60
MARKING = "marking"
"""The view's key where a tap leads to what became of a letter."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: a letter, or letters to many States; `value` is what its button carries."""

    label: str
    action: str
    value: str
    day: date
    words: str
    draft: Draft | None = None
    job: Job | None = None


class ShelfPage(Page):
    """The user's letters, the latest first; the view's text is what they are found by."""

    views = ("letters", "archive", "unfinished")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Each letter, and the way to what can be done with it."""
        _ = context._
        view = context.user.view
        entries = _entries(context)
        archived = [one for one in entries if _is_archived(one)]
        kept = [one for one in entries if not _is_archived(one)]
        drafts = [one for one in kept if one.draft and not one.draft.is_complete]
        finished = [one for one in kept if not (one.draft and not one.draft.is_complete)]
        here = {"archive": archived, "unfinished": drafts}.get(view.name, finished or drafts)
        found = here
        if view.text:
            # What is typed is looked for among the drafts as well.
            found = _found(context, kept if view.name == "letters" else here, view.text)
        rows = _rows(context, found)
        more: list[tuple[Button, ...]] = []
        if drafts and finished and view.name == "letters" and not view.text:
            more.append((context.button(_("Drafts (%(count)s)", count=len(drafts)), "unfinished"),))
        if not context.is_on_page and any(one.action == "open" for one in found):
            turned = _("Open letters") if view.key == MARKING else _("Sent, answered, delete…")
            more.append((context.button(turned, "turn"),))
        end: list[Button] = [context.button(_("New letter"), "new")]
        if view.text:
            end.append(context.button(_("All letters"), "letters"))
        if archived and view.name != "archive":
            label = _("Archive (%(count)s)", count=len(archived))
            end.append(context.button(label, "archive"))
        title = {"archive": _("The archive"), "unfinished": _("Drafts")}.get(view.name)
        text = blocks(notice, _said(context, entries, found))
        is_plain = view.name == "letters" and not view.text
        due = (*expiring_rows(context), *overdue_rows(context)) if is_plain else ()
        return Screen(
            title or _("My letters"), text, (*due, *rows, *more, tuple(end)), _("State or treaty")
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Open a letter, or look at what can be done with it."""
        view = context.user.view
        if action == "fate":
            return looking(context, View(action, value))
        if action == "many":
            return Step(context.session.looking(View(action, value)), "", keep(context, value))
        if action == "turn":
            key = "" if view.key == MARKING else MARKING
            return looking(context, replace(view, key=key))
        if action == "letter":
            job_id, _dot, key = value.partition(".")
            job = written_job(context, job_id)
            return looked_at(context, job, key) if job else looking(context, View("letters"))
        if action != "open":
            return looking(context, View(action))
        draft = draft_of(context, value)
        if draft is None:
            return looking(context, View("letters"))
        return Step(context.session.with_draft(draft).looking(DRAFT), arrives=True)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """Find letters."""
        if not isinstance(event, Typed):
            return None
        text = " ".join(event.text.split())[:MOST_TYPED]
        return looking(context, replace(context.user.view, page=0, text=text))


def _said(context: Context, entries: list[Entry], found: list[Entry]) -> str:
    _ = context._
    view = context.user.view
    if view.text and not found:
        return _("No letter was found by “%(text)s”.", text=view.text)
    if not entries:
        return _("You have no letters yet. Tap New letter to begin one.")
    if view.key == MARKING and found:
        return _("Tap the letter that was sent or answered, or that is to be deleted.")
    if found:
        said = _("✉ sent, ✓ answered. Type a State or a treaty to find its letters.")
        if soon(context):
            return lines(said, _("✕ deleted on that day, unless you open or keep it."))
        return said
    return ""


def _rows(context: Context, found: list[Entry]) -> Rows:
    """The page of the letters that is looked at, and the row that turns pages."""
    last = max(0, (len(found) - 1) // PAGE)
    page = min(max(context.user.view.page, 0), last)
    rows = [_row(context, one) for one in found[page * PAGE : (page + 1) * PAGE]]
    return (*rows, *turning(context, len(found), page, size=PAGE))


def _row(context: Context, one: Entry) -> tuple[Button, ...]:
    """Letters to many States have one page, and so one way to it."""
    if one.action == "many" and one.job:
        marks = job_marks(context, one.job)
        return (context.button(one.label + marks, one.action, one.value),)
    if one.action != "open":
        return (context.button(one.label, one.action, one.value),)
    action = "fate" if context.user.view.key == MARKING else "open"
    button = context.button(one.label, action, one.value)
    if not context.is_on_page:
        return (button,)
    return (button, context.button("⋯", "fate", one.value))


def _is_archived(entry: Entry) -> bool:
    if entry.job:
        return entry.job.archived
    return bool(entry.draft and entry.draft.fate.archived)


def _entries(context: Context) -> list[Entry]:
    """All letters, the latest first; of those to many States the job, not each."""
    of_many = places(context)
    drafts = [
        one
        for one in drafts_of(context)
        if (one.has_subject or one.state) and one.id not in of_many
    ]
    labels = _labels(context, drafts)
    days = {one.expiring.letter_id: short_day(context, one.expiring.day) for one in soon(context)}
    never = date.min
    entries: list[Entry] = []
    names: Counter[str] = Counter()
    for job in reversed(jobs_of(context)):
        name = job_name(context, job)
        names[name] += 1
        day = job.written or job.draft.date or never
        words = _words(context, job.draft, "")
        label = _numbered(name, names[name]) + _until(days, job.id)
        entries.insert(0, Entry(label, "many", job.id, day, words, job=job))
    entries += [
        Entry(
            labels[draft.id] + _until(days, draft.id),
            "open",
            draft.id,
            draft.updated or draft.date or never,
            _words(context, draft, labels[draft.id]),
            draft=draft,
        )
        for draft in drafts
    ]
    return sorted(entries, key=lambda one: one.day, reverse=True)


def _until(days: Mapping[str, str], letter_id: str) -> str:
    """Until when a letter is there that is deleted soon."""
    return f" · ✕ {days[letter_id]}" if letter_id in days else ""


def _labels(context: Context, drafts: list[Draft]) -> dict[str, str]:
    """By the draft's id; those that would be alike are numbered."""
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for draft in sorted(drafts, key=lambda one: one.id):
        label = draft_label(context, draft)
        if not draft.date and draft.updated:
            label += f" · {short_day(context, draft.updated)}"
        counts[label] += 1
        mark = fate_mark(draft.fate) if draft.is_complete else "✎ "
        labels[draft.id] = mark + _numbered(label, counts[label])
    return labels


def _numbered(label: str, number: int) -> str:
    return f"{label} ({number})" if number > 1 else label


def _words(context: Context, draft: Draft, label: str) -> str:
    codes = [code for code in (draft.treaty, *draft.also) if code]
    return folded(
        " ".join((label, about(context, draft), *(treaty_label(context, code) for code in codes)))
    )


def _found(context: Context, entries: list[Entry], wanted: str) -> list[Entry]:
    """By any name of the State, by the treaty's code or subject, or by the letter's label.

    Of letters to many States, a State finds its own letter.
    """
    states = {state.iso3 for state in context.library.find.states(wanted).found}
    treaties = {treaty.code for treaty in context.library.find.treaties(wanted).found}
    found = []
    for entry in entries:
        draft = entry.job.draft if entry.job else entry.draft
        codes = {draft.treaty, *draft.also} if draft else set()
        by_state = bool(entry.draft and entry.draft.state in states)
        if by_state or codes & treaties or folded(wanted) in entry.words:
            found.append(entry)
        elif entry.job:
            found += _of_many(context, entry, states)
    return found


def _of_many(context: Context, entry: Entry, states: set[str]) -> list[Entry]:
    """The letters to these States among those to many."""
    job = entry.job
    if job is None or not states & {target.state for target in job.targets}:
        return []
    found = []
    for one in letters_of(context, job):
        if one.target.state in states:
            draft = one.draft or replace(
                job.draft, state=one.target.state, language=one.target.language
            )
            label = fate_mark(one.fate) + draft_label(context, draft)
            value = f"{job.id}.{one.target.key}"
            found.append(Entry(label, "letter", value, entry.day, "", job=job))
    return found
