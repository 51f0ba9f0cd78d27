"""What a letter took from the mission book: said with its day, left out, or taken anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.missions.shown import entry_lines
from bot.conversation.talk.booked import MISSIONS, entry_of, taking
from bot.conversation.talk.page import Page, Step, blocks, drafted
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen
from bot.letters.model import NOBODY

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.paging import Rows
    from bot.letters.mission_book import Entry


class BookedPage(Page):
    """What the book says of the letter's office, and what stands in the letter."""

    views = ("booked",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The entry that the letter has, and the one that the book has now."""
        _ = context._
        taken, now = context.draft.booked, _now(context)
        said = [entry_lines(context, taken)] if taken else []
        buttons = []
        if now and now != taken:
            head = _("The book says now:") if taken else _("The book says:")
            said.append(f"{head}\n{entry_lines(context, now)}")
            buttons.append(context.button(_("Take it for this letter"), "takebooked"))
        if taken:
            buttons.append(context.button(_("Leave it out of this letter"), "leavebooked"))
            said.insert(0, booked_line(context))
        none = "" if said else _("The mission book says nothing of this office.")
        return Screen(_("From the mission book"), blocks(notice, *said, none), in_rows(buttons, 1))

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Take it, or leave it out."""
        del value
        entry = _now(context) if action == "takebooked" else None
        return drafted(context, taking(context.draft, entry), context.user.view)


def _now(context: Context) -> Entry | None:
    """What the book says now of the letter's office."""
    return None if MISSIONS.is_empty(context) else entry_of(context, context.draft)


def booked_line(context: Context, draft: Draft | None = None) -> str:
    """What stands in the letter from the mission book, and of which day; a warning where old."""
    _, draft = context._, draft or context.draft
    entry = draft.booked
    parts = ", ".join(_parts(context, draft))
    if entry is None or not parts:
        return ""
    said = _(
        "%(parts)s: mission book, as of %(date)s.",
        parts=parts[:1].upper() + parts[1:],
        date=context.day(entry.as_of),
    )
    if not entry.is_old(context.letter_date(draft)):
        return said
    old = _("That is more than 180 days before the letter: please check that it still holds.")
    return f"⚠ {said} {old}"


def _parts(context: Context, draft: Draft) -> list[str]:
    """What of the entry stands in the letter, or in its e-mail draft."""
    _, entry = context._, draft.booked
    if entry is None or draft.address:
        return []
    head = entry.addressee != NOBODY and draft.addressee == entry.addressee
    said = (
        (_("address"), bool(entry.lines)),
        (_("head of the office"), head),
        (_("e-mail"), bool(entry.email)),
        (_("language"), entry.language is not None and entry.language is draft.language),
    )
    return [name for name, there in said if there]


def booked_rows(context: Context) -> Rows:
    """The line that opens the page, where the letter took something or could."""
    taken, now = context.draft.booked, _now(context)
    if not (taken or now):
        return ()
    _ = context._
    if taken is None:
        label = _("The mission book knows this office")
    elif now and now != taken:
        label = _("⚠ The mission book has changed")
    else:
        label = _("From the mission book, %(date)s", date=context.day(taken.as_of))
        label = f"⚠ {label}" if taken.is_old(context.letter_date()) else label
    return ((context.button(label, "booked"),),)
